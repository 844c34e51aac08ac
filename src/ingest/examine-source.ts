import { InputError, RunError, UsageError } from '../errors.ts';
import type { Content } from './container/content.ts';
import { EncodingEvidence } from './container/encoding.ts';
import { openContent } from './container/open-content.ts';
import { readHead } from './content-head.ts';
import type { CopiedTable } from './copied-table.ts';
import { ExaminingSink, type ValueEvidence } from './examining-sink.ts';
import { findTable, type TextTable } from './find-table.ts';
import { evaluateText } from './mapping/evaluate-expression.ts';
import { columnsOf, type Expression } from './mapping/expression.ts';
import { type HeaderMatch, headerScore, matchHeader } from './mapping/match-header.ts';
import { PlainSink } from './plain-sink.ts';
import { recordCells } from './record-cells.ts';
import type { ReadingRules } from './record-reader.ts';
import { type Dialect, type RecordScanner, rfc4180 } from './record-scanner.ts';
import type { ScanOptions } from './scan-options.ts';
import { type PassResult, type PassSettings, scanPass } from './scan-pass.ts';
import type { SourceFile } from './source-file.ts';
import { encodingFromName, type TextEncoding } from './text-encoding.ts';
import type { Understanding } from './understanding.ts';
import { currencyOf } from './values/currency.ts';
import { dateCell } from './values/date-cell.ts';
import { compileDateFormat, type DateFormat } from './values/date-format.ts';
import { quoteCell } from './values/quote-cell.ts';
import { dateRules } from './values/read-date.ts';
import { ShopZone } from './values/shop-zone.ts';

/**
 * `in-place`: the engine may read the file as it is. `copied`: no value needs a rule, but the engine needs a copy.
 * `by-rules`: the values are read by the rules that were found.
 */
export type ReadingWay = 'in-place' | 'copied' | 'by-rules';

/** A file that was looked at from beginning to end. */
export interface ExaminedSource {
  readonly name: string;
  readonly content: Content;
  readonly sha256: string;
  readonly table: TextTable;
  readonly settings: PassSettings;
  readonly pass: PassResult;
  readonly columns: readonly string[];
  readonly understanding: Understanding;
  readonly rules: ReadingRules;
  readonly encodingEvidence: string;
  readonly way: ReadingWay;
}

const mebibyte = 2 ** 20;
/** Other characters, and `//`, could mean something else than a path to the engine. */
const plainPath = /^(?!.*\/\/)[A-Za-z0-9_./ -]+$/;

/** Looks at every record. `thorough`: gathers evidence even where the file turns out to be plain. */
export async function examineSource(
  file: SourceFile,
  options: ScanOptions,
  thorough: boolean,
): Promise<ExaminedSource> {
  const content = await openContent(file, contentOptions(file, options));
  const isText = content.form === 'text';
  const { table: copied } = file;
  const declared =
    copied !== undefined
      ? 'utf-8'
      : isText && options.encoding !== undefined
        ? encodingFromName(options.encoding)
        : undefined;
  const head = await readHead(content, declared);
  const table: TextTable = isText
    ? findTable(head.text, options.delimiter, options.map)
    : { delimiter: ',', headerLine: 1, preamble: [], blankCount: 0 };
  const settings: PassSettings = {
    dialect: { ...rfc4180, delimiter: table.delimiter },
    headerLine: table.headerLine,
    encoding: head.encoding,
    maxRecordBytes: options.maxRecordBytes ?? mebibyte,
    chunkBytes: options.chunkBytes ?? mebibyte,
  };
  const match = new HeaderMatcher(file.name, options);
  const format = options.dateFormat === undefined ? undefined : compileDateFormat(options.dateFormat);
  const mayBePlain = !thorough && isPlainWanted(format, options);
  const plain = mayBePlain ? await lookWhetherPlain(file, content, settings, match) : undefined;
  const looked = plain ?? (await lookClosely(file, content, settings, match, declared));
  const { pass, encodingEvidence } = looked;
  assertRows(file, pass.scanner);
  if (copied !== undefined) assertAllRows(copied, pass.scanner);
  assertNoOrdersAbove(file, table, settings.dialect, looked.columns, match.found);
  const understanding = understand(match.found, looked.evidence, format, options);
  const zone = new ShopZone(understanding.timezone);
  return {
    name: file.name,
    content,
    sha256: await content.sha256(),
    table,
    settings: { ...settings, encoding: pass.encoding },
    pass,
    columns: looked.columns,
    understanding,
    rules: {
      layout: understanding.layout,
      columns: looked.columns,
      dates: dateRules(understanding.dates, zone, understanding.layout.timeZoneOfDates),
      amounts: understanding.amounts,
      ...(options.currency === undefined ? {} : { currency: options.currency }),
    },
    encodingEvidence,
    way: plain === undefined ? 'by-rules' : isReadableInPlace(file, content, pass.scanner) ? 'in-place' : 'copied',
  };
}

function contentOptions(file: SourceFile, options: ScanOptions) {
  let reported = 0;
  let last = 0;
  let readings = 0;
  const { sheet, signal } = options;
  return {
    chunkBytes: options.chunkBytes ?? mebibyte,
    limits: {
      maxInflatedBytes: options.maxInflatedBytes ?? 64 * 1024 * mebibyte,
      maxInflationRatio: options.maxInflationRatio ?? 200,
    },
    tempDir: options.tempDir,
    ...(sheet === undefined ? {} : { sheet, member: sheet }),
    ...(signal === undefined ? {} : { signal }),
    looksLikeHeader: (cells: readonly string[]) => headerScore(cells) > 0,
    onBytes: (doneBytes: number) => {
      if (doneBytes < last && 2 * last > file.bytes) readings++;
      last = doneBytes;
      // How often the file will be read is not known: each reading takes half of what is left.
      const done = Math.floor(file.bytes - (file.bytes - doneBytes / 2) / 2 ** readings);
      if (done <= reported || done >= file.bytes) return;
      reported = done;
      options.onProgress?.(done, file.bytes);
    },
  };
}

/** Matches the header once, when a pass comes to it, and keeps the result. */
class HeaderMatcher {
  readonly #name: string;
  readonly #options: ScanOptions;
  #match: HeaderMatch | undefined;

  constructor(name: string, options: ScanOptions) {
    this.#name = name;
    this.#options = options;
  }

  get found(): HeaderMatch {
    if (this.#match === undefined) throw new Error(`${this.#name} has rows but no header`);
    return this.#match;
  }

  readonly layoutOf = (columns: readonly string[]): HeaderMatch['layout'] => {
    this.#match ??= this.#matched(columns);
    return this.#match.layout;
  };

  #matched(columns: readonly string[]): HeaderMatch {
    const { map, grain } = this.#options;
    try {
      const match = matchHeader(columns, map);
      return grain === undefined ? match : { ...match, layout: { ...match.layout, grain } };
    } catch (error) {
      const details = (caught: InputError | UsageError) => ({ remedy: caught.remedy, cause: caught });
      if (error instanceof UsageError) throw new UsageError(`${error.message} in ${this.#name}`, details(error));
      if (error instanceof InputError) throw new InputError(`${error.message} in ${this.#name}`, details(error));
      throw error;
    }
  }
}

interface Looked {
  readonly pass: PassResult;
  readonly columns: readonly string[];
  readonly evidence: ValueEvidence;
  readonly encodingEvidence: string;
}

/** Whether dates YYYY-MM-DD and amounts with a point are what the user has declared, if anything. */
function isPlainWanted(format: DateFormat | undefined, { decimalMark }: ScanOptions): boolean {
  const isIso = format === undefined || format.kind === 'iso' || format.kind === 'order';
  return isIso && decimalMark !== ',';
}

async function lookWhetherPlain(
  file: SourceFile,
  content: Content,
  settings: PassSettings,
  match: HeaderMatcher,
): Promise<Looked | undefined> {
  const sink = new PlainSink(file.name, settings.dialect, match.layoutOf);
  const pass = await scanPass(file.name, content, settings, {
    sink,
    mayGoOn: (scanner, encoding) => sink.isPlain && encoding === 'utf-8' && scanner.invalidUtf8Count === 0,
  });
  if (pass === undefined) return undefined;
  const encodingEvidence = content.form === 'table' ? formatSaysSo(content) : 'valid UTF-8';
  return { pass, columns: sink.columns, evidence: sink.evidence, encodingEvidence };
}

/**
 * Whether the engine may read the original: LF only, the header on the first line, nothing left out. Not CRLF: DuckDB
 * 1.5.6 finds no row at all, without an error, when it is told `new_line = '\\r\\n'` together with `skip = 1` or `header`.
 */
function isReadableInPlace(file: SourceFile, content: Content, scanner: RecordScanner): boolean {
  return (
    (content.container === 'plain' || content.container === 'table') &&
    plainPath.test(file.path) &&
    scanner.malformedCount === 0 &&
    scanner.blankCount === 0 &&
    scanner.innerMarkCount === 0 &&
    scanner.multiLineCount === 0 &&
    scanner.headerLine <= 1 &&
    (scanner.lineEnding === 'lf' || scanner.lineEnding === 'none')
  );
}

function formatSaysSo({ container }: Content): string {
  return `the ${container} format says so`;
}

/** One pass, or two where the bytes turn out not to be in the encoding that the first of them are. */
async function lookClosely(
  file: SourceFile,
  content: Content,
  settings: PassSettings,
  match: HeaderMatcher,
  declared: TextEncoding | undefined,
): Promise<Looked> {
  const evidence = new EncodingEvidence();
  const look = async (encoding: TextEncoding | undefined): Promise<Omit<Looked, 'encodingEvidence'>> => {
    const sink = new ExaminingSink(file.name, settings.dialect, match.layoutOf);
    const onBytes = encoding === settings.encoding ? (chunk: Buffer) => evidence.add(chunk) : undefined;
    const pass = await scanPass(
      file.name,
      content,
      { ...settings, encoding },
      { sink, ...(onBytes === undefined ? {} : { onBytes }) },
    );
    if (pass === undefined) throw new Error(`the pass over ${file.name} gave no result`);
    return { pass, columns: sink.columns, evidence: sink };
  };
  const first = await look(settings.encoding);
  if (content.form === 'table') return { ...first, encodingEvidence: formatSaysSo(content) };
  if (declared !== undefined) return { ...first, encodingEvidence: 'declared' };
  const { encoding, sentence } = evidence.decide();
  if (encoding === first.pass.encoding) return { ...first, encodingEvidence: sentence };
  return { ...(await look(encoding)), encodingEvidence: sentence };
}

/** Of joined files, or under a damaged header, the rows above the header that was found are no notes. */
function assertNoOrdersAbove(
  { name }: SourceFile,
  { preamble }: TextTable,
  dialect: Dialect,
  columns: readonly string[],
  { layout }: HeaderMatch,
): void {
  const order = preamble.find((line) => {
    const cells = recordCells(line, dialect);
    return cells.length === columns.length && dateCell(evaluateText(layout.targets.date, cells).trim()) !== undefined;
  });
  if (order === undefined) return;
  throw new InputError(`${quoteCell(order)} looks like an order, but stands above the header: ${name}`, {
    remedy: 'Put the line with the column names on top of the file; what stands above it is not read.',
  });
}

/** A damaged line may be cut where a cell has a line break. */
function assertAllRows(
  { name, rowCount }: CopiedTable,
  { recordCount, blankCount, malformedCount }: RecordScanner,
): void {
  if (malformedCount > 0 || recordCount + blankCount === rowCount) return;
  throw new RunError(`the server sent ${rowCount} rows of ${name}, but ${recordCount + blankCount} were read`, {
    remedy: 'this is a defect of the pipeline: please report it with the definition of the table',
  });
}

function assertRows({ name, bytes, table }: SourceFile, scanner: RecordScanner): void {
  if (table?.rowCount === 0) {
    throw new InputError(`no rows in ${name}: the table is empty`, {
      remedy: [
        'check that this is the table with the orders',
        ...table.warnings.map((warning) => `${name} ${warning}`),
      ],
    });
  }
  const why =
    scanner.headerLine === 0
      ? bytes === 0
        ? 'the file is empty'
        : 'it is blank'
      : scanner.recordCount === 0
        ? 'nothing follows the header'
        : undefined;
  if (why === undefined) return;
  throw new InputError(`no rows in ${name}: ${why}`, { remedy: 'Check that the export was complete.' });
}

function understand(
  match: HeaderMatch,
  { dates, amounts, currencies }: ValueEvidence,
  format: DateFormat | undefined,
  options: ScanOptions,
): Understanding {
  const { date, amount, refund } = match.layout.targets;
  const isDate = hasKind(options.table, 'date', [date]);
  const isNumber = hasKind(options.table, 'number', [amount, refund]);
  const excel = options.excelDates === undefined ? {} : { excelDates: options.excelDates };
  const [only] = currencies.keys();
  const named = options.currency ?? (currencies.size === 1 && only !== undefined ? currencyOf(only) : undefined);
  return {
    match,
    layout: match.layout,
    // What a table's types say needs no evidence, and what the user says is of other columns.
    dates: dates.decide(isDate ? undefined : format, excel),
    amounts: amounts.decide(isNumber ? '.' : options.decimalMark),
    currencies,
    currency: named !== undefined && /^[A-Z]{3}$/.test(named) ? named : undefined,
    timezone: options.timezone ?? 'UTC',
  };
}

/** Whether the expressions read columns of that kind only. */
function hasKind(
  table: CopiedTable | undefined,
  kind: CopiedTable['columns'][number]['kind'],
  expressions: readonly (Expression | undefined)[],
): boolean {
  if (table === undefined) return false;
  const positions = expressions.flatMap((expression) => (expression === undefined ? [] : columnsOf(expression)));
  return positions.length > 0 && positions.every((position) => table.columns[position]?.kind === kind);
}
