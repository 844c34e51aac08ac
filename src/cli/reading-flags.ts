import { type Command, Option } from 'commander';
import { didYouMean } from '../did-you-mean.ts';
import { UsageError } from '../errors.ts';
import { isTargetName, targetNames } from '../ingest/mapping/target.ts';

/** Options that say how input files are to be read. */
export interface ReadingFlags {
  readonly map?: readonly string[];
  readonly grain?: string;
  readonly guests?: string;
  readonly currency?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  readonly sheet?: string;
  readonly dateFormat?: string;
  readonly excelDates?: string | true;
  readonly timezone?: string;
  readonly decimalMark?: string;
  readonly requireFinalNewline?: boolean;
}

/** Tables to read orders from. */
export interface TableFlags {
  readonly sourceTable?: readonly string[];
}

/** Adds the option that names them. */
export function withTableFlag(command: Command): Command {
  return command.addOption(
    new Option(
      '--source-table <name>',
      'a table or view to read orders from, such as shop.orders, in the database that --connection names; may be repeated',
    ).argParser((name: string, before: readonly string[] = []) => [...before, name]),
  );
}

/** Adds them to a command. */
export function withReadingFlags(command: Command): Command {
  return command
    .option('--map <target=column...>', 'columns by what they mean: date="Order Date" amount="Quantity*UnitPrice"')
    .option('--grain <grain>', 'what a row is: order, line, or first-line (default: by the layout)')
    .option('--guests <how>', 'orders without a customer: reject or separate (default: reject)')
    .option('--currency <code>', 'keep the rows in this currency, set the others aside')
    .option('--date-format <format>', 'such as DD/MM/YYYY, MM/DD/YYYY or day-first (default: from the whole column)')
    .option('--timezone <zone>', 'in which a time stamp becomes a date, such as Europe/Berlin (default: UTC)')
    .option('--decimal-mark <mark>', 'of amounts: . or , (default: from the whole column)')
    .option('--excel-dates [system]', 'read day numbers as dates, counted from 1900 (default) or 1904')
    .option('--encoding <name>', 'such as windows-1252 (default: from the bytes)')
    .option('--delimiter <character>', 'between columns; "tab" for a tab (default: from the header)')
    .option('--sheet <name>', 'sheet of a workbook or file in a zip archive, by name or number')
    .option('--require-final-newline', 'refuse a file that does not end with a line end: it may be cut off');
}

/** What looks like a path was meant as a file: `--map` takes every word that follows it. */
export function filesAfterMap({ map = [] }: ReadingFlags): string[] {
  return map.filter(isPath);
}

function isPath(word: string): boolean {
  return !word.includes('=') && /[./\\*]/.test(word);
}

/** The settings that the options stand for; what was not given is left out. */
export function readingSettings(flags: ReadingFlags): Readonly<Record<string, unknown>> {
  const { map, grain, guests, currency, encoding, delimiter, sheet, dateFormat, excelDates, timezone } = flags;
  return {
    map: map === undefined ? undefined : mapSetting(map.filter((word) => !isPath(word))),
    grain,
    guests,
    currency: currency?.toUpperCase(),
    encoding,
    delimiter: delimiter !== undefined && /^(tab|\\t)$/i.test(delimiter) ? '\t' : delimiter,
    sheet,
    dateFormat,
    excelDates: excelDates === true ? '1900' : excelDates,
    timezone,
    decimalMark: flags.decimalMark,
    requireFinalNewline: flags.requireFinalNewline,
  };
}

function mapSetting(assignments: readonly string[]): Record<string, string> {
  const map: Record<string, string> = {};
  for (const assignment of assignments) {
    const equals = assignment.indexOf('=');
    const target = targetOf(assignment.slice(0, Math.max(0, equals)).trim());
    if (target === undefined) {
      const word = equals < 1 ? assignment : assignment.slice(0, equals);
      throw new UsageError(`"${assignment}" is not TARGET=COLUMN${didYouMean(word, targetNames)}`, {
        remedy: [
          `targets are ${targetNames.join(', ')}`,
          'for example --map date="Order Date" amount="Quantity*Price"',
          'put files before --map',
        ],
      });
    }
    map[target] = assignment.slice(equals + 1).trim();
  }
  return map;
}

/** Also `unit-price` and `unit_price` for `unitPrice`, and the names that the tables have. */
function targetOf(word: string): string | undefined {
  const plain = word.toLowerCase().replaceAll(/[\s_-]/g, '');
  const names: Readonly<Record<string, string>> = { customerid: 'customer', orderid: 'order', sales: 'amount' };
  const target = names[plain] ?? targetNames.find((name) => name.toLowerCase() === plain);
  return target !== undefined && isTargetName(target) ? target : undefined;
}
