import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { CsvFile } from '../csv-file.ts';
import type { QueryOptions } from '../engine.ts';
import { quotedIdentifier, quotedString } from '../quote.ts';
import { loadCopyStreams } from './driver.ts';
import type { Session } from './session.ts';

/** No field of a file can equal this, so that an empty field stays an empty text instead of becoming null. */
const NO_NULL = '\u0001never\u0001';

const LF = 10;

/**
 * Copies an approved file into a table of its columns, all text, with `record_no` counted up from 1. The file streams
 * through; `onBytes` is told how much of it is sent.
 */
export async function copyCsv(
  session: Session,
  table: string,
  { path, delimiter, columns, skipLines }: CsvFile,
  onShare: (share: number) => void,
  options: QueryOptions = {},
): Promise<void> {
  const names = columns.map((name) => quotedIdentifier(name));
  const definitions = names.map((name) => `${name} text collate "C"`);
  await session.execute(
    `create unlogged table ${table} (record_no bigint generated always as identity (cache 1000), ${definitions.join(', ')})`,
  );
  const format = [
    'format csv',
    `delimiter ${quotedString(delimiter)}`,
    `quote '"'`,
    `escape '"'`,
    `null ${quotedString(NO_NULL)}`,
    `encoding 'UTF8'`,
  ];
  const sql = `copy ${table} (${names.join(', ')}) from stdin with (${format.join(', ')})`;
  const { from } = await loadCopyStreams();
  const total = (await stat(path)).size;
  await session.withClient(sql, options, async (client) => {
    const target = client.query(from(sql));
    await pipeline(
      createReadStream(path, { highWaterMark: 1 << 18 }),
      withoutFirstLines(skipLines, total, onShare),
      target,
      options,
    );
  });
  await session.execute(`analyze ${table}`);
}

/** Leaves the first lines out, and tells how much has passed. */
function withoutFirstLines(lines: number, totalBytes: number, onShare: (share: number) => void): Transform {
  let left = lines;
  let bytes = 0;
  return new Transform({
    transform(chunk: Buffer, _, done) {
      bytes += chunk.length;
      onShare(totalBytes === 0 ? 1 : bytes / totalBytes);
      let start = 0;
      while (left > 0) {
        const end = chunk.indexOf(LF, start);
        if (end === -1) return done();
        start = end + 1;
        left--;
      }
      done(null, start === 0 ? chunk : chunk.subarray(start));
    },
  });
}
