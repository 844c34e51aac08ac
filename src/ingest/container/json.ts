import { InputError } from '../../errors.ts';
import { transcode } from '../transcode.ts';
import { ColumnNames } from './column-names.ts';
import { CsvText } from './csv-text.ts';
import { type JsonRecord, JsonRecords, JsonShapeError } from './json-records.ts';

/** Parsed at a time: each byte becomes many times as much memory for a moment. */
const sliceBytes = 65_536;

/** A table that was made from a stream of bytes. */
export interface DerivedTable {
  chunks(): AsyncGenerator<Buffer, void, void>;
}

/**
 * A JSON document, an array of flat objects or an object that holds one, as a table. Reads it once to learn its columns.
 * @throws InputError when it is not valid JSON, not Unicode, or holds no such array.
 */
export async function openJson(
  name: string,
  read: () => AsyncGenerator<Buffer, void, void>,
  chunkBytes: number,
): Promise<DerivedTable> {
  const columns = new ColumnNames(name);
  for await (const _ of pass(name, read(), (record) => columns.add(record))) {
    // Looks at all of it before the first record goes on.
  }
  const { names } = columns;
  if (names.length === 0) {
    throw new InputError(`no rows in ${name}: its array is empty`, { remedy: 'Check that the export was complete.' });
  }
  return {
    async *chunks() {
      const csv = new CsvText(chunkBytes);
      csv.addRecord(names);
      for await (const _ of pass(name, read(), (record) => csv.addRecord(cellsOf(record, names)))) {
        if (csv.isFull) yield csv.take();
      }
      yield csv.take();
    },
  };
}

/** The record's cells in the order of the columns. */
export function cellsOf(record: JsonRecord, columns: readonly string[]): string[] {
  return columns.map((column) => record.get(column) ?? '');
}

/** Yields after each chunk that was parsed. */
async function* pass(
  name: string,
  chunks: AsyncGenerator<Buffer, void, void>,
  onRecord: (record: JsonRecord) => void,
): AsyncGenerator<void, void, void> {
  const records = new JsonRecords(onRecord);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of transcode(name, chunks, undefined, () => {})) {
      for (let at = 0; at < chunk.length; at += sliceBytes) {
        records.push(decoder.decode(chunk.subarray(at, at + sliceBytes), { stream: true }));
        yield;
      }
    }
    records.push(decoder.decode());
    records.finish();
  } catch (error) {
    throw jsonError(name, error);
  }
}

function jsonError(name: string, error: unknown): unknown {
  if (error instanceof JsonShapeError) {
    return new InputError(`${name} ${error.message}`, {
      remedy: 'JSON is read as an array of objects, one object that holds one such array, or one object per line.',
      cause: error,
    });
  }
  if (error instanceof TypeError && 'code' in error && error.code === 'ERR_ENCODING_INVALID_ENCODED_DATA') {
    return new InputError(`${name} is JSON but holds bytes that are not UTF-8`, {
      remedy: 'Export the file again; it is damaged or was cut off.',
      cause: error,
    });
  }
  return error;
}
