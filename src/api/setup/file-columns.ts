import type { Content, ContentOptions } from '../../ingest/container/content.ts';
import { openContent } from '../../ingest/container/open-content.ts';
import { readHead } from '../../ingest/content-head.ts';
import { findTable } from '../../ingest/find-table.ts';
import { headerScore } from '../../ingest/mapping/header-score.ts';
import { recordCells } from '../../ingest/record-cells.ts';
import { rfc4180 } from '../../ingest/record-scanner.ts';
import type { ScanOptions } from '../../ingest/scan-options.ts';
import type { SourceFile } from '../../ingest/source-file.ts';
import { encodingFromName } from '../../ingest/text-encoding.ts';

/** A column of a file and what stands in it. */
export interface FileColumn {
  /** As written in the header. */
  readonly name: string;
  /** Up to three different cells that are not blank, from the beginning of the file. */
  readonly examples: readonly string[];
}

const MAX_EXAMPLES = 3;
const ROWS_LOOKED_AT = 200;
/** A quoted cell may go over so many lines. */
const LINES_JOINED = 5;
/** Below this length the beginning that is looked at is the whole file, and its last line is not cut. */
const CUT_LENGTH = 60_000;
const mebibyte = 2 ** 20;

/** The columns of a file by its beginning, whatever their names mean; none where its header is damaged. */
export async function readFileColumns(file: SourceFile, options: ScanOptions): Promise<FileColumn[]> {
  const content: Content = await openContent(file, contentOptions(options));
  const isText = content.form === 'text';
  const encoding = isText && options.encoding !== undefined ? encodingFromName(options.encoding) : undefined;
  const { text } = await readHead(content, encoding);
  const { delimiter, headerLine } = isText
    ? findTable(text, options.delimiter, options.map)
    : { delimiter: ',', headerLine: 1 };
  const lines = text.split(/\r\n|\n|\r/).slice(headerLine - 1);
  if (text.length > CUT_LENGTH) lines.pop();
  const records = recordsOf(lines, ROWS_LOOKED_AT + 1);
  if (records[0]?.startsWith(lines[0] ?? '') !== true) return [];
  const [header = [], ...rows] = records.map((record) => recordCells(record, { ...rfc4180, delimiter }));
  return header.map((name, position) => ({ name, examples: examplesOf(rows.map((cells) => cells[position] ?? '')) }));
}

function contentOptions({ tempDir, sheet, signal }: ScanOptions): ContentOptions {
  return {
    chunkBytes: mebibyte,
    limits: { maxInflatedBytes: 64 * 1024 * mebibyte, maxInflationRatio: 200 },
    tempDir,
    ...(sheet === undefined ? {} : { sheet, member: sheet }),
    ...(signal === undefined ? {} : { signal }),
    looksLikeHeader: (cells) => headerScore(cells) > 0,
  };
}

/** Records from lines: one whose quotes do not match goes on in the next lines. */
function recordsOf(lines: readonly string[], most: number): string[] {
  const records: string[] = [];
  for (let at = 0; at < lines.length && records.length < most; at++) {
    let record = lines[at] ?? '';
    const last = Math.min(at + LINES_JOINED, lines.length - 1);
    for (let next = at + 1; next <= last && hasOpenQuote(record); next++) {
      record += `\n${lines[next]}`;
      if (!hasOpenQuote(record)) at = next;
    }
    if (record.trim() !== '' && !hasOpenQuote(record)) records.push(record);
  }
  return records;
}

function hasOpenQuote(text: string): boolean {
  return (text.match(/"/g)?.length ?? 0) % 2 === 1;
}

function examplesOf(cells: readonly string[]): string[] {
  return [...new Set(cells.map((cell) => cell.trim()).filter((cell) => cell !== ''))].slice(0, MAX_EXAMPLES);
}
