import { isUtf8 } from 'node:buffer';
import { InputError } from '../../errors.ts';
import { transcode } from '../transcode.ts';
import { ColumnNames } from './column-names.ts';
import { CsvText } from './csv-text.ts';
import { cellsOf, type DerivedTable } from './json.ts';
import { type JsonRecord, JsonRecords, JsonShapeError } from './json-records.ts';

const lf = 0x0a;
const byteOrderMark = Buffer.from('\ufeff');
/** A longer line is not gathered: memory would grow with it. */
const maxLineBytes = 16 * 2 ** 20;

/**
 * JSON lines as a table. Line n stands on line n + 1 of the table unless cells hold line ends; empty lines stay empty, and
 * a line that is no JSON object is handed on as one that the scanner counts as malformed. Reads the file once to learn its columns.
 * @throws InputError when no line is an object.
 */
export async function openJsonLines(
  name: string,
  read: () => AsyncGenerator<Buffer, void, void>,
  chunkBytes: number,
): Promise<DerivedTable> {
  const columns = new ColumnNames(name);
  for await (const line of linesOf(name, read())) {
    const record = recordOf(line);
    if (record !== undefined) columns.add(record);
  }
  const { names } = columns;
  if (names.length === 0) {
    throw new InputError(`no rows in ${name}: no line of it is a JSON object with anything in it`, {
      remedy: 'Check that the export was complete.',
    });
  }
  return {
    async *chunks() {
      const csv = new CsvText(chunkBytes);
      csv.addRecord(names);
      for await (const line of linesOf(name, read())) {
        const record = recordOf(line);
        if (record !== undefined) csv.addRecord(cellsOf(record, names));
        else if (isBlank(line)) csv.addEmptyLine();
        else csv.addMalformed(line, 'not a JSON object: "');
        if (csv.isFull) yield csv.take();
      }
      yield csv.take();
    },
  };
}

/** The lines without their ends and without a byte order mark; valid until the next is asked for. */
async function* linesOf(name: string, chunks: AsyncGenerator<Buffer, void, void>): AsyncGenerator<Buffer, void, void> {
  let held: Buffer[] = [];
  let heldBytes = 0;
  let isFirst = true;
  const complete = (end: Buffer): Buffer => {
    let line = held.length === 0 ? end : Buffer.concat([...held, end]);
    held = [];
    heldBytes = 0;
    if (isFirst && line.subarray(0, byteOrderMark.length).equals(byteOrderMark))
      line = line.subarray(byteOrderMark.length);
    isFirst = false;
    return line.at(-1) === 0x0d ? line.subarray(0, -1) : line;
  };
  for await (const chunk of transcode(name, chunks, undefined, () => {})) {
    let start = 0;
    for (let end = chunk.indexOf(lf); end >= 0; end = chunk.indexOf(lf, start)) {
      yield complete(chunk.subarray(start, end));
      start = end + 1;
    }
    if (start === chunk.length) continue;
    held.push(Buffer.from(chunk.subarray(start)));
    heldBytes += chunk.length - start;
    if (heldBytes > maxLineBytes) {
      throw new InputError(`${name} has a line longer than ${maxLineBytes.toLocaleString('en-US')} bytes`, {
        remedy: 'JSON lines have one object per line; a single document must be an array of objects.',
      });
    }
  }
  if (held.length > 0) yield complete(Buffer.alloc(0));
}

function recordOf(line: Buffer): JsonRecord | undefined {
  if (!isUtf8(line) || isBlank(line)) return undefined;
  let found: JsonRecord | undefined;
  const records = new JsonRecords((record) => {
    found = record;
  }, true);
  try {
    records.push(line.toString('utf8'));
    records.finish();
  } catch (error) {
    if (!(error instanceof JsonShapeError)) throw error;
    return undefined;
  }
  return found;
}

function isBlank(line: Buffer): boolean {
  return line.every((byte) => byte === 0x20 || byte === 0x09 || byte === 0x0d);
}
