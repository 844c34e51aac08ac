import { didYouMean } from '../did-you-mean.ts';

/** Digits before or after a number's point: too few to overflow a double, and as many as Postgres lets a pattern repeat. */
const MAX_DIGITS = 255;

const NUMBER_PATTERN = `[+-]?([0-9]{1,${MAX_DIGITS}}(\\.[0-9]{0,${MAX_DIGITS}})?|\\.[0-9]{1,${MAX_DIGITS}})`;
const INTEGER_PATTERN = '[+-]?[0-9]{1,19}';
/** Years 0001 to 9999; DuckDB would read 0000 as 1 BC. */
const DATE_PATTERN = '([1-9][0-9]{3}|0[1-9][0-9]{2}|00[1-9][0-9]|000[1-9])-[0-9]{2}-[0-9]{2}';

interface CastRule {
  readonly type: string;
  /** What a value must look like, in full. */
  readonly pattern: string;
  /** Decimals, for a decimal of more than 18 digits. */
  readonly scale?: number;
  /**
   * A condition that makes the cast of a value of that look succeed, for engines whose cast fails. It asks first what is
   * quickly answered and true of nearly every value.
   */
  fits(value: string): string;
}

function integerRule(type: string, min: string, max: string): CastRule {
  return {
    type,
    pattern: INTEGER_PATTERN,
    fits: (value) => `(length(${value}) < ${max.length} or cast(${value} as numeric) between ${min} and ${max})`,
  };
}

function hasFewDigits(value: string): string {
  const digits = (part: number) => `length(split_part(ltrim(${value}, '+-'), '.', ${part})) <= ${MAX_DIGITS}`;
  return `(length(${value}) <= ${MAX_DIGITS} or ${digits(1)} and ${digits(2)})`;
}

const RULES: readonly CastRule[] = [
  {
    type: 'date',
    pattern: DATE_PATTERN,
    fits: (value) => {
      const part = (start: number, length: number) => `cast(substr(${value}, ${start}, ${length}) as integer)`;
      const [year, month, day] = [part(1, 4), part(6, 2), part(9, 2)];
      const leap = `case when ${year} % 4 = 0 and (${year} % 100 <> 0 or ${year} % 400 = 0) then 29 else 28 end`;
      const last = `case when ${month} = 2 then ${leap} when ${month} in (4, 6, 9, 11) then 30 else 31 end`;
      return `${month} between 1 and 12 and (${day} between 1 and 28 or ${day} between 29 and ${last})`;
    },
  },
  integerRule('integer', '-2147483648', '2147483647'),
  integerRule('bigint', '-9223372036854775808', '9223372036854775807'),
  { type: 'double precision', pattern: NUMBER_PATTERN, fits: hasFewDigits },
];

function decimalRule(precision: number, scale: number): CastRule {
  const digits = precision - scale;
  return {
    type: `decimal(${precision}, ${scale})`,
    ...(precision > 18 ? { scale } : {}),
    pattern: NUMBER_PATTERN,
    // Rounding may add a digit.
    fits: (value) =>
      `(length(${value}) < ${digits} or ${hasFewDigits(value)} and abs(round(cast(${value} as numeric), ${scale})) < 1${'0'.repeat(digits)})`,
  };
}

function findRule(type: string): CastRule | undefined {
  const decimal = /^decimal\(\s*(\d{1,2})\s*,\s*(\d{1,2})\s*\)$/.exec(type);
  if (decimal !== null) {
    const [precision, scale] = [Number(decimal[1]), Number(decimal[2])];
    return precision >= 1 && precision <= 38 && scale <= precision ? decimalRule(precision, scale) : undefined;
  }
  return RULES.find((rule) => rule.type === type);
}

/** What is wrong with a type for `safe_cast`, or undefined. */
export function castTypeProblem(type: string): string | undefined {
  if (findRule(type) !== undefined) return undefined;
  const types = RULES.map((rule) => rule.type);
  return `it is not a type to cast to${didYouMean(type, [...types, 'decimal(18,2)'])}; known are ${types.join(', ')}, decimal(p,s) of up to 38 digits`;
}

function ruleOf(type: string): CastRule {
  const rule = findRule(type);
  if (rule === undefined) throw new RangeError(`"${type}": ${castTypeProblem(type)}`);
  return rule;
}

/**
 * DuckDB's form: its `try_cast` alone takes `2024-01-05garbage` for a date and 1.5 for an integer. Reading a decimal of
 * more than 18 digits takes it a hundred times as long as a shorter one, so values that fit are read as shorter ones.
 */
export function tryCastSql(value: string, type: string): string {
  const { type: target, pattern, scale } = ruleOf(type);
  const text = `cast(${value} as varchar)`;
  const isLike = (form: string) => `regexp_full_match(${text}, '${form}')`;
  const general = `when ${isLike(pattern)} then try_cast(${text} as ${target}) end`;
  if (scale === undefined || scale > 16) return `case ${general}`;
  // One digit less than fits, since rounding may add one.
  const short = `[+-]?[0-9]{1,${17 - scale}}(\\.[0-9]{0,${MAX_DIGITS}})?`;
  return `case when ${isLike(short)} then cast(try_cast(${text} as decimal(18, ${scale})) as ${target}) ${general}`;
}

/**
 * For an engine whose cast fails on a bad value: each `case` lets through only what the next step can read. How many
 * digits there are is asked apart: PostgreSQL takes thirty times as long over a pattern that counts up to 255.
 */
export function guardedCastSql(value: string, type: string): string {
  const rule = ruleOf(type);
  const text = `cast(${value} as varchar)`;
  const cast = `cast(${text} as ${rule.type})`;
  const pattern = rule.pattern.replaceAll(`{1,${MAX_DIGITS}}`, '+').replaceAll(`{0,${MAX_DIGITS}}`, '*');
  // Once more on the outside: a case forgets the precision of a decimal.
  return `cast(case when ${text} ~ '^(?:${pattern})$' then case when ${rule.fits(text)} then ${cast} end end as ${rule.type})`;
}
