import type { EngineName } from '../engines/engine.ts';
import { ProjectError } from '../errors.ts';
import { duckDbMoneyDivision } from './money-division.ts';
import { patternProblem } from './regex-subset.ts';
import { castTypeProblem, guardedCastSql, tryCastSql } from './safe-cast.ts';
import { sqlLiteral } from './sql-text.ts';

export type { EngineName };

interface EngineException<Render> {
  /** Why this engine needs its own SQL, in one sentence. */
  readonly why: string;
  readonly sql: Render;
}

interface Row<Params extends readonly string[], Render> {
  /** What it returns, its type, and what null and zero do. */
  readonly doc: string;
  readonly params: Params;
  /** Parameters given as themselves (a name, a type, a pattern), not as an SQL expression. */
  readonly verbatim?: readonly Params[number][];
  /** Parameters that may hold several SQL expressions with commas between them. */
  readonly lists?: readonly Params[number][];
  /** What is wrong with the arguments, beginning with the offending one; undefined when nothing is. */
  readonly check?: (args: readonly string[]) => string | undefined;
  readonly default: Render;
  readonly exceptions?: Partial<Record<EngineName, EngineException<Render>>>;
}

/** One function that models may call, whatever the engine. Arguments and results are SQL text. */
export interface PortableFunction extends Row<readonly string[], (...args: string[]) => string> {}

/** Ties the number of arguments of every SQL form to `params`, so that a form with other arguments does not compile. */
function row<const Params extends readonly string[]>(
  definition: Row<Params, (...args: { readonly [Index in keyof Params]: string }) => string>,
): PortableFunction {
  return definition as unknown as PortableFunction;
}

const date = (d: string) => `cast(${d} as date)`;
const timestamp = (d: string) => `cast(${d} as timestamp)`;
const double = (x: string) => `cast(${x} as double precision)`;
const text = (x: string) => `cast(${x} as varchar)`;
const part = (field: string, d: string) => `extract(${field} from ${date(d)})`;
const startOf = (unit: string) => (d: string) => `cast(date_trunc('${unit}', ${timestamp(d)}) as date)`;
/** Space, tab, no-break space, zero-width characters, byte order mark. */
const UNSEEN = [32, 9, 160, 8203, 8204, 8205, 8288, 65279].map((code) => `chr(${code})`).join(' || ');
const twoTo60 = '1152921504606846976';
const twoTo52 = '4503599627370496';

const nameProblem = (name: string | undefined) =>
  /^[a-z][a-z0-9_]*$/.test(name ?? '') ? undefined : `"${name}" is not a column name in snake_case`;

const numberProblem = (p: string | undefined) =>
  /^(0(\.[0-9]+)?|1(\.0+)?)$/.test(p ?? '') ? undefined : `"${p}" is not a number from 0 to 1`;

/** One row per function. An engine without an exception runs the default; both are tested on edge rows. */
export const PORTABLE = {
  divide: row({
    doc: 'a / b as double precision; null when b is 0 or either is null',
    params: ['a', 'b'],
    default: (a, b) => `(${double(a)} / nullif(${double(b)}, 0))`,
  }),
  money_divide: row({
    doc: 'a / b as decimal(18,2), exact, a half goes away from zero; null when b is 0 or either is null. a has at most 2 decimals, b at most 4',
    params: ['a', 'b'],
    default: (a, b) =>
      `cast(round(cast(${a} as numeric(38, 20)) / nullif(cast(${b} as numeric(24, 4)), 0), 2) as decimal(18, 2))`,
    exceptions: {
      duckdb: {
        why: 'division of decimals gives a double, so this divides whole numbers',
        sql: duckDbMoneyDivision,
      },
    },
  }),
  days_between: row({
    doc: 'days from one date to another, integer, negative when `to` is earlier',
    params: ['from', 'to'],
    default: (from, to) => `cast(${date(to)} - ${date(from)} as integer)`,
  }),
  months_between: row({
    doc: 'calendar month boundaries from one date to another, integer: 2024-01-31 to 2024-02-01 is 1',
    params: ['from', 'to'],
    default: (from, to) => {
      const years = `${part('year', to)} - ${part('year', from)}`;
      return `cast((${years}) * 12 + ${part('month', to)} - ${part('month', from)} as integer)`;
    },
  }),
  add_days: row({
    doc: 'the date n days later, date',
    params: ['d', 'n'],
    default: (d, n) => `cast(${date(d)} + cast(${n} as integer) as date)`,
  }),
  add_months: row({
    doc: 'the same day n months later, date; a day that the month lacks becomes its last: 2024-01-31 plus 1 is 2024-02-29',
    params: ['d', 'n'],
    default: (d, n) => `cast(${date(d)} + cast(${n} as integer) * interval '1 month' as date)`,
  }),
  month_start: row({ doc: 'first day of the month, date', params: ['d'], default: startOf('month') }),
  quarter_start: row({ doc: 'first day of the quarter, date', params: ['d'], default: startOf('quarter') }),
  year_start: row({ doc: 'first day of the year, date', params: ['d'], default: startOf('year') }),
  month_end: row({
    doc: 'last day of the month, date',
    params: ['d'],
    default: (d) => `cast(date_trunc('month', ${timestamp(d)}) + interval '1 month' - interval '1 day' as date)`,
  }),
  format_month: row({
    doc: "the month as text 'YYYY-MM'",
    params: ['d'],
    default: (d) => `strftime(${date(d)}, '%Y-%m')`,
    exceptions: {
      postgres: { why: 'dates are formatted by to_char', sql: (d) => `to_char(${date(d)}, 'YYYY-MM')` },
    },
  }),
  format_quarter: row({
    doc: "the quarter as text 'YYYY-Qn'",
    params: ['d'],
    default: (d) => `(strftime(${date(d)}, '%Y') || '-Q' || ${part('quarter', d)})`,
    exceptions: {
      postgres: { why: 'dates are formatted by to_char', sql: (d) => `to_char(${date(d)}, 'YYYY-"Q"Q')` },
    },
  }),
  month_name: row({
    doc: 'English name of the month: January',
    params: ['d'],
    default: (d) => `monthname(${date(d)})`,
    exceptions: {
      postgres: {
        why: 'names come from to_char, padded unless FM is said, English unless TM is said',
        sql: (d) => `to_char(${date(d)}, 'FMMonth')`,
      },
    },
  }),
  day_name: row({
    doc: 'English name of the weekday: Monday',
    params: ['d'],
    default: (d) => `dayname(${date(d)})`,
    exceptions: {
      postgres: {
        why: 'names come from to_char, padded unless FM is said, English unless TM is said',
        sql: (d) => `to_char(${date(d)}, 'FMDay')`,
      },
    },
  }),
  date_series: row({
    doc: 'every day from one date to another, both included, as a relation with one date column: `from {{ date_series(...) }} as days`. No row when a bound is null or `to` is earlier. A bound may be a subquery in parentheses',
    params: ['from', 'to', 'column'],
    verbatim: ['column'],
    check: ([, , column]) => nameProblem(column),
    default: (from, to, column) =>
      `(select cast(unnest(generate_series(${timestamp(from)}, ${timestamp(to)}, interval '1 day')) as date) as ${column})`,
    exceptions: {
      postgres: {
        why: 'generate_series is a set, not a list',
        sql: (from, to, column) =>
          `(select cast(generate_series(${timestamp(from)}, ${timestamp(to)}, interval '1 day') as date) as ${column})`,
      },
    },
  }),
  percentile: row({
    doc: 'aggregate: the p-quantile (p from 0 to 1) of x as double precision, interpolated; nulls are left out, null without rows. `filter (where ...)` may follow',
    params: ['x', 'p'],
    verbatim: ['p'],
    check: ([, p]) => numberProblem(p),
    default: (x, p) => `percentile_cont(${p}) within group (order by ${double(x)})`,
  }),
  hash_key: row({
    doc: 'surrogate key of a text: bigint of 19 digits (2^60 plus 60 bits of its MD5), the same on every engine and in every run; null for null',
    params: ['text'],
    default: (x) => `(cast('0x' || substr(md5(${text(x)}), 1, 15) as bigint) + ${twoTo60})`,
    exceptions: {
      postgres: {
        why: 'hexadecimal digits become a number by way of a bit string',
        sql: (x) => `(cast(cast('x' || substr(md5(${text(x)}), 1, 15) as bit(60)) as bigint) + ${twoTo60})`,
      },
    },
  }),
  hash_share: row({
    doc: 'a number in [0, 1), double precision, spread evenly over different texts and always the same for one text (52 bits of its MD5); null for null',
    params: ['text'],
    default: (x) => `(${double(`cast('0x' || substr(md5(${text(x)}), 1, 13) as bigint)`)} / ${double(twoTo52)})`,
    exceptions: {
      postgres: {
        why: 'hexadecimal digits become a number by way of a bit string',
        sql: (x) =>
          `(${double(`cast(cast('x' || substr(md5(${text(x)}), 1, 13) as bit(52)) as bigint)`)} / ${double(twoTo52)})`,
      },
    },
  }),
  safe_cast: row({
    doc: 'x as a date, integer, bigint, double precision or decimal(p,s), null where the whole text is not one: no spaces, no exponent; decimals beyond s are rounded, a half away from zero',
    params: ['x', 'type'],
    verbatim: ['type'],
    check: ([, type]) => {
      const problem = castTypeProblem(type ?? '');
      return problem === undefined ? undefined : `"${type}": ${problem}`;
    },
    default: tryCastSql,
    exceptions: {
      postgres: { why: 'there is no try_cast, and pg_input_is_valid needs version 16', sql: guardedCastSql },
    },
  }),
  matches: row({
    doc: 'whether the whole text matches the pattern (literals, [0-9] classes, groups, |, ? * + {m,n}); null for null',
    params: ['x', 'pattern'],
    verbatim: ['pattern'],
    check: ([, pattern]) => {
      const problem = patternProblem(pattern ?? '');
      return problem === undefined ? undefined : `pattern "${pattern}": ${problem}`;
    },
    default: (x, pattern) => `regexp_full_match(${text(x)}, ${sqlLiteral(pattern)})`,
    exceptions: {
      postgres: {
        why: 'the operator finds a part of the text unless anchored',
        sql: (x, pattern) => `(${text(x)} ~ ${sqlLiteral(`^(?:${pattern})$`)})`,
      },
    },
  }),
  csv_field: row({
    doc: 'x as one field of a CSV file (RFC 4180): quoted where it holds a comma, a quote or a line end; empty text for null',
    params: ['x'],
    default: (x) =>
      `case when translate(${text(x)}, ',"' || chr(10) || chr(13), '') <> ${text(x)} ` +
      `then '"' || replace(${text(x)}, '"', '""') || '"' else coalesce(${text(x)}, '') end`,
  }),
  string_agg: row({
    doc: 'aggregate: the texts of x joined by the separator in the given order; nulls are left out, null without rows. `order` must be total, and name nulls first or last',
    params: ['x', 'separator', 'order'],
    verbatim: ['separator'],
    lists: ['order'],
    default: (x, separator, order) => `string_agg(${text(x)}, ${sqlLiteral(separator)} order by ${order})`,
  }),
  comparable_text: row({
    doc: 'the text as people would take it for the same: lower case, NFC, without spaces of any kind and zero-width characters; null for null',
    params: ['x'],
    default: (x) => `translate(lower(nfc_normalize(${text(x)})), ${UNSEEN}, '')`,
    exceptions: {
      postgres: {
        why: 'lower follows the collation of the database, where it may know ASCII only, and ICU alone maps a capital dotted I to two characters and a final sigma to another',
        sql: (x) =>
          `(translate(lower(translate(normalize(${text(x)}, nfc), 'İΣ', 'iσ') collate "und-x-icu"), ${UNSEEN}, '') collate "C")`,
      },
    },
  }),
  money: row({
    doc: 'x as decimal(18,2), a half of what its first six decimals say goes away from zero; null for null',
    params: ['x'],
    default: (x) => `cast(round(cast(${x} as decimal(24, 6)), 2) as decimal(18, 2))`,
  }),
  log_level: row({
    doc: 'a ratio on a logarithmic scale, integer: 0 for 1, so many `steps` more for each doubling, kept between `low` and `high`; `low` for 0, null for null',
    params: ['ratio', 'steps', 'low', 'high'],
    default: (ratio, steps, low, high) => {
      const log = `ln(case when ${double(ratio)} > 0 then ${double(ratio)} end)`;
      const level = `round(cast(${steps} * 1.4426950408889634 * ${log} as decimal(12, 4)), 0)`;
      return `case when ${ratio} is not null then cast(least(${high}, greatest(${low}, ${level})) as integer) end`;
    },
  }),
  logistic: row({
    doc: '1 / (1 + e^-x), double precision, from 0 to 1; x beyond 500 counts as 500, where engines fail; null for null',
    params: ['x'],
    default: (x) =>
      `case when ${double(x)} is not null then 1 / (1 + exp(-greatest(-500, least(500, ${double(x)})))) end`,
  }),
  ln: row({
    doc: 'natural logarithm, double precision; null for zero, negative numbers and null, where engines fail',
    params: ['x'],
    default: (x) => `ln(case when ${double(x)} > 0 then ${double(x)} end)`,
  }),
} as const;

export type PortableName = keyof typeof PORTABLE;

export function isPortableName(name: string): name is PortableName {
  return Object.hasOwn(PORTABLE, name);
}

/** The SQL of a portable function for one engine. Throws a ProjectError for a wrong number of arguments. */
export function renderPortable(name: PortableName, args: readonly string[], engine: EngineName): string {
  const definition: PortableFunction = PORTABLE[name];
  if (args.length !== definition.params.length) {
    throw new ProjectError(
      `${args.length} arguments for ${name}(${definition.params.join(', ')}), which takes ${definition.params.length}`,
    );
  }
  return (definition.exceptions?.[engine]?.sql ?? definition.default)(...args);
}
