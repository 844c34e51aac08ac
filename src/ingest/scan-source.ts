import { InputError } from '../errors.ts';
import { CopyingSink } from './copying-sink.ts';
import { CsvFileWriter } from './csv-file-writer.ts';
import { type ExaminedSource, examineSource } from './examine-source.ts';
import { columnsOf } from './mapping/expression.ts';
import { layoutExpressions } from './mapping/layout.ts';
import { openQuestions } from './open-questions.ts';
import type { CanonicalOutput, OutputSink, RecordListener } from './output-sink.ts';
import type { TextColumn } from './raw-table.ts';
import { RecordReader } from './record-reader.ts';
import type { ScanOptions } from './scan-options.ts';
import { scanPass } from './scan-pass.ts';
import type { ScannedSource } from './scanned-source.ts';
import { SourceFile } from './source-file.ts';
import { sourceWarnings } from './source-warnings.ts';
import { WritingSink } from './writing-sink.ts';

export type { ScanOptions } from './scan-options.ts';
export type { ScannedSource } from './scanned-source.ts';

/**
 * The one door: reads a file of orders, understands its columns and how its values are written, and says what is in it and
 * what the engine may load. One pass where the engine can read the file itself; else one or two to understand and one to write.
 * Throws an InputError when the file as a whole cannot be used, or leaves a question open that only the user can answer.
 */
export async function scanSource(path: string, options: ScanOptions): Promise<ScannedSource> {
  const file = await SourceFile.open(path, options.table);
  const outputs: CsvFileWriter[] = [];
  try {
    const examined = await examineSource(file, options, false);
    const { understanding } = examined;
    if (options.requireFinalNewline === true && examined.content.form === 'text') assertFinalNewline(examined);
    const [question] = openQuestions(file.name, understanding, options.currency);
    if (question !== undefined) throw question;
    if (examined.way === 'in-place') {
      await file.assertUnchanged();
      options.onProgress?.(file.bytes, file.bytes);
      return describe(file, examined, undefined, 0);
    }
    const create = (stem: string, delimiter: string): CsvFileWriter => {
      const writer = CsvFileWriter.create(options.tempDir, stem, delimiter);
      outputs.push(writer);
      return writer;
    };
    // A copied record keeps its delimiter.
    const delimiter = examined.way === 'copied' ? examined.table.delimiter : ',';
    const output: CanonicalOutput = {
      records: create('records', delimiter),
      createMalformed: () => create('malformed', ','),
    };
    const sink = await readRecords(file, examined, output);
    for (const writer of outputs) writer.finish();
    await file.assertUnchanged();
    options.onProgress?.(file.bytes, file.bytes);
    return describe(file, examined, output, sink.footerCount);
  } catch (error) {
    for (const output of outputs) output.discard();
    // A file that did not hold still explains whatever else seems to be wrong with it.
    if (error instanceof InputError) await file.assertUnchanged();
    throw error;
  } finally {
    await file.close();
  }
}

/** Reads all records of an examined file by its rules. */
export async function readRecords(
  file: SourceFile,
  examined: ExaminedSource,
  output: CanonicalOutput | undefined,
  listener?: RecordListener,
): Promise<OutputSink> {
  const { dialect } = examined.settings;
  const sink =
    examined.way === 'copied'
      ? new CopyingSink(file.name, dialect, output, listener)
      : new WritingSink(file.name, dialect, new RecordReader(examined.rules), output, listener);
  await scanPass(file.name, examined.content, examined.settings, { sink });
  sink.finish();
  return sink;
}

function assertFinalNewline({ name, pass }: ExaminedSource): void {
  if (pass.scanner.endsWithNewline) return;
  throw new InputError(`${name} does not end with a line end: possibly a partial file, its last amount cut short`, {
    remedy: 'Export the file again, or leave --require-final-newline out.',
  });
}

/** All that is known of an examined file; `output` is undefined where the engine reads the file as it is. */
export function describe(
  file: SourceFile,
  examined: ExaminedSource,
  output: CanonicalOutput | undefined,
  footerCount: number,
): ScannedSource {
  const { content, pass, columns, table, understanding, encodingEvidence } = examined;
  const { scanner } = pass;
  const { recordCount, wellFormedCount, malformedCount, blankCount, lineEnding, endsWithNewline } = scanner;
  const used = new Set(layoutExpressions(understanding.layout).flatMap(([, expression]) => columnsOf(expression)));
  for (const { column } of understanding.layout.rules) used.add(column);
  const known = {
    path: file.path,
    origin: file.table?.origin ?? file.path,
    name: file.name,
    bytes: file.bytes,
    sha256: examined.sha256,
    container: content.container,
    compression: content.compression,
    table: content.form,
    ...(content.member === undefined ? {} : { member: content.member }),
    otherMembers: content.others,
    containerWarnings: content.warnings(),
    identity: file.identity,
    columns,
    understanding,
    ignoredColumns: columns.filter((_, position) => !used.has(position)),
    recordCount,
    wellFormedCount,
    malformedCount,
    footerCount,
    blankCount: blankCount + table.blankCount,
    invalidUtf8Count: scanner.invalidUtf8Count,
    hasByteOrderMark: pass.hasByteOrderMark,
    encoding: pass.encoding,
    encodingEvidence,
    delimiter: table.delimiter,
    headerLine: scanner.headerLine,
    preamble: table.preamble,
    lineEnding,
    endsWithNewline,
  };
  return { ...known, warnings: sourceWarnings(known), ...filesOf(file, examined, output) };
}

function filesOf(
  file: SourceFile,
  { columns, pass, table, rules, way }: ExaminedSource,
  output: CanonicalOutput | undefined,
): Pick<ScannedSource, 'records' | 'recordColumns' | 'malformed'> {
  const ownColumns = columns.map((_, position) => `c${position}`);
  if (output === undefined) {
    const { scanner } = pass;
    const records = {
      path: file.path,
      delimiter: table.delimiter,
      columns: ownColumns,
      skipLines: 1,
      longestRecordBytes: scanner.longestRecordBytes,
      recordCount: scanner.wellFormedCount,
      hasPosition: false,
    };
    return { records, recordColumns: directColumns(rules.layout, columns.length) };
  }
  const { records, malformed } = output;
  const filled = new RecordReader(rules).filledColumns;
  return {
    ...(way === 'copied'
      ? {
          records: canonicalFile(records, table.delimiter, ownColumns),
          recordColumns: directColumns(rules.layout, columns.length),
        }
      : { records: canonicalFile(records, ',', filled), recordColumns: filled }),
    ...(malformed === undefined
      ? {}
      : { malformed: canonicalFile(malformed, ',', ['detail', 'raw_text', 'kind', 'kind_detail']) }),
  };
}

const rawColumnOf: Readonly<Record<string, TextColumn>> = {
  date: 'order_date_text',
  customer: 'customer_id_text',
  order: 'order_id_text',
  amount: 'sales_text',
  rowIndex: 'row_index_text',
  line: 'line_id_text',
  product: 'product_text',
  quantity: 'quantity_text',
  unitPrice: 'unit_price_text',
  channel: 'channel_text',
  status: 'status_text',
  discount: 'discount_text',
  country: 'country_text',
};

/** Which raw column each column of a file that is read as it is fills. */
function directColumns(layout: ExaminedSource['rules']['layout'], count: number): (TextColumn | undefined)[] {
  const columns: (TextColumn | undefined)[] = Array.from({ length: count });
  for (const [target, expression] of layoutExpressions(layout)) {
    if (expression.root.op === 'column') columns[expression.root.position] = rawColumnOf[target];
  }
  return columns;
}

function canonicalFile(writer: CsvFileWriter, delimiter: string, columns: readonly string[]): ScannedSource['records'] {
  return {
    path: writer.path,
    delimiter,
    columns: ['source_row', 'source_line', ...columns],
    skipLines: 0,
    longestRecordBytes: writer.longestRecordBytes,
    recordCount: writer.recordCount,
    hasPosition: true,
  };
}
