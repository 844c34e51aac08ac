import type { PortableName } from '../../src/project/portable.ts';

type ResultType = 'double' | 'decimal(18,2)' | 'integer' | 'bigint' | 'date' | 'text' | 'boolean';

/** A call over columns a, b, c; each row is SQL literals for the columns and, last, the expected text (null for null). */
export interface ScalarCases {
  readonly fn: PortableName;
  readonly call: string;
  readonly type: ResultType | 'decimal(8,3)' | 'decimal(38,10)';
  readonly rows: readonly (readonly [string, ...string[], string | null])[];
}

/** A call over a relation with one row as its answer. */
export interface AggregateCase {
  readonly fn: PortableName;
  readonly title: string;
  readonly call: string;
  readonly from: string;
  readonly type: ResultType;
  readonly expected: readonly (string | null)[];
}

const d = (text: string) => `cast('${text}' as date)`;
const money = (text: string) => `cast(${text} as decimal(18,2))`;
const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const noDate = 'cast(null as date)';
const noText = 'cast(null as varchar)';
const noMoney = 'cast(null as decimal(18,2))';

export const SCALAR_CASES: readonly ScalarCases[] = [
  {
    fn: 'divide',
    call: "{{ divide('a', 'b') }}",
    type: 'double',
    rows: [
      ['1', '2', '0.5'],
      ['-7', '2', '-3.5'],
      ['0', '5', '0'],
      ['5', '0', null],
      ['0', '0', null],
      ['cast(null as integer)', '5', null],
      ['5', 'cast(null as integer)', null],
      ['1', '3', '0.3333333333333333'],
    ],
  },
  {
    fn: 'money_divide',
    call: "{{ money_divide('a', 'b') }}",
    type: 'decimal(18,2)',
    rows: [
      [money('0.05'), '2', '0.03'],
      [money('-0.05'), '2', '-0.03'],
      [money('0.05'), '-2', '-0.03'],
      [money('-0.05'), '-2', '0.03'],
      [money('0.01'), '2', '0.01'],
      [money('0.01'), '3', '0.00'],
      [money('-0.01'), '3', '0.00'],
      [money('2.01'), '2', '1.01'],
      [money('1.15'), '10', '0.12'],
      [money('6709020.43'), '33477', '200.41'],
      [money('10'), '3', '3.33'],
      [money('20'), '3', '6.67'],
      [money('999999999.99'), 'cast(0.0001 as decimal(18,4))', '9999999999900.00'],
      [money('-999999999.99'), '999999999.9999', '-1.00'],
      [money('1000000000.01'), '2', '500000000.01'],
      [money('123456789012.34'), '7', '17636684144.62'],
      [money('33.30'), 'cast(99.9 as decimal(5,1))', '0.33'],
      [money('0'), '7', '0.00'],
      [money('5'), '0', null],
      [noMoney, '5', null],
      [money('5'), 'cast(null as integer)', null],
      // A double has 53 bits: these need more.
      [money('9999999999999999.99'), '1', '9999999999999999.99'],
      [money('9999999999999999.99'), '2', '5000000000000000.00'],
      [money('9999999999999999.97'), '2', '4999999999999999.99'],
      [money('-9999999999999999.99'), '1', '-9999999999999999.99'],
    ],
  },
  {
    fn: 'days_between',
    call: "{{ days_between('a', 'b') }}",
    type: 'integer',
    rows: [
      [d('2024-02-28'), d('2024-03-01'), '2'],
      [d('2023-02-28'), d('2023-03-01'), '1'],
      [d('2024-03-01'), d('2024-02-28'), '-2'],
      [d('2024-03-01'), d('2024-03-01'), '0'],
      [d('1999-12-31'), d('2000-12-31'), '366'],
      [noDate, d('2024-03-01'), null],
      [d('2024-03-01'), noDate, null],
    ],
  },
  {
    fn: 'months_between',
    call: "{{ months_between('a', 'b') }}",
    type: 'integer',
    rows: [
      [d('2024-01-31'), d('2024-02-01'), '1'],
      [d('2024-01-01'), d('2024-01-31'), '0'],
      [d('2023-12-31'), d('2024-01-01'), '1'],
      [d('2024-02-01'), d('2024-01-31'), '-1'],
      [d('2022-03-15'), d('2024-02-15'), '23'],
      [noDate, d('2024-02-01'), null],
    ],
  },
  {
    fn: 'add_days',
    call: "{{ add_days('a', 'b') }}",
    type: 'date',
    rows: [
      [d('2024-02-28'), '1', '2024-02-29'],
      [d('2023-02-28'), '1', '2023-03-01'],
      [d('2024-01-01'), '-1', '2023-12-31'],
      [d('2024-01-01'), '0', '2024-01-01'],
      [noDate, '1', null],
    ],
  },
  {
    fn: 'add_months',
    call: "{{ add_months('a', 'b') }}",
    type: 'date',
    rows: [
      [d('2024-01-31'), '1', '2024-02-29'],
      [d('2023-01-31'), '1', '2023-02-28'],
      [d('2024-03-31'), '-1', '2024-02-29'],
      [d('2024-02-29'), '12', '2025-02-28'],
      [d('2024-11-30'), '3', '2025-02-28'],
      [d('2024-02-29'), '0', '2024-02-29'],
      [noDate, '1', null],
    ],
  },
  {
    fn: 'month_start',
    call: "{{ month_start('a') }}",
    type: 'date',
    rows: [
      [d('2024-02-29'), '2024-02-01'],
      [d('2024-02-01'), '2024-02-01'],
      [noDate, null],
    ],
  },
  {
    fn: 'quarter_start',
    call: "{{ quarter_start('a') }}",
    type: 'date',
    rows: [
      [d('2024-03-31'), '2024-01-01'],
      [d('2024-12-31'), '2024-10-01'],
      [d('2024-04-01'), '2024-04-01'],
      [noDate, null],
    ],
  },
  {
    fn: 'year_start',
    call: "{{ year_start('a') }}",
    type: 'date',
    rows: [
      [d('2024-12-31'), '2024-01-01'],
      [d('2024-01-01'), '2024-01-01'],
      [noDate, null],
    ],
  },
  {
    fn: 'month_end',
    call: "{{ month_end('a') }}",
    type: 'date',
    rows: [
      [d('2024-02-01'), '2024-02-29'],
      [d('2100-02-10'), '2100-02-28'],
      [d('2000-02-29'), '2000-02-29'],
      [d('2024-12-31'), '2024-12-31'],
      [d('2024-04-15'), '2024-04-30'],
      [noDate, null],
    ],
  },
  {
    fn: 'format_month',
    call: "{{ format_month('a') }}",
    type: 'text',
    rows: [
      [d('2024-02-29'), '2024-02'],
      [d('0999-12-01'), '0999-12'],
      [noDate, null],
    ],
  },
  {
    fn: 'format_quarter',
    call: "{{ format_quarter('a') }}",
    type: 'text',
    rows: [
      [d('2024-03-31'), '2024-Q1'],
      [d('2024-04-01'), '2024-Q2'],
      [d('2024-12-31'), '2024-Q4'],
      [noDate, null],
    ],
  },
  {
    fn: 'month_name',
    call: "{{ month_name('a') }}",
    type: 'text',
    rows: [
      [d('2024-05-01'), 'May'],
      [d('2024-09-30'), 'September'],
      [noDate, null],
    ],
  },
  {
    fn: 'day_name',
    call: "{{ day_name('a') }}",
    type: 'text',
    rows: [
      [d('2024-02-29'), 'Thursday'],
      [d('2024-03-03'), 'Sunday'],
      [d('2024-03-06'), 'Wednesday'],
      [noDate, null],
    ],
  },
  {
    // Computed with node:crypto: 2^60 + the first 15 hexadecimal digits of the MD5 of the UTF-8 text.
    fn: 'hash_key',
    call: "{{ hash_key('a') }}",
    type: 'bigint',
    rows: [
      [text('C1'), '1270821873844130767'],
      [text(''), '2108204478131866400'],
      [text('Ünïcode 🙂'), '1160428525190426868'],
      [noText, null],
    ],
  },
  {
    fn: 'hash_share',
    call: "{{ hash_share('a') }}",
    type: 'double',
    rows: [
      [text('C1'), '0.1022622691711248'],
      [text(''), '0.8285759001873909'],
      [noText, null],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'date') }}",
    type: 'date',
    rows: [
      [text('2024-02-29'), '2024-02-29'],
      [text('2023-02-29'), null],
      [text('1900-02-29'), null],
      [text('2000-02-29'), '2000-02-29'],
      [text('2024-02-30'), null],
      [text('2024-04-31'), null],
      [text('2024-12-31'), '2024-12-31'],
      [text('2024-13-01'), null],
      [text('2024-00-10'), null],
      [text('2024-01-00'), null],
      [text('0000-01-01'), null],
      [text('0001-01-01'), '0001-01-01'],
      [text('2024-01-05garbage'), null],
      [text('2024-1-5'), null],
      [text(' 2024-01-05'), null],
      [text('2024-01-05\n'), null],
      [text('2024-01-05 10:00:00'), null],
      [text(''), null],
      [text('infinity'), null],
      [noText, null],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'integer') }}",
    type: 'integer',
    rows: [
      [text('12'), '12'],
      [text('-12'), '-12'],
      [text('+007'), '7'],
      [text('1.5'), null],
      [text('1e3'), null],
      [text(' 1'), null],
      [text('2147483647'), '2147483647'],
      [text('2147483648'), null],
      [text('-2147483648'), '-2147483648'],
      [text('-2147483649'), null],
      [text('99999999999999999999'), null],
      [text(''), null],
      [text('-'), null],
      [text('٣'), null],
      [noText, null],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'bigint') }}",
    type: 'bigint',
    rows: [
      [text('9223372036854775807'), '9223372036854775807'],
      [text('9223372036854775808'), null],
      [text('-9223372036854775808'), '-9223372036854775808'],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'decimal(18,2)') }}",
    type: 'decimal(18,2)',
    rows: [
      [text('12.34'), '12.34'],
      [text('-0.005'), '-0.01'],
      [text('1.005'), '1.01'],
      [text('1.0049999999999999999999'), '1.00'],
      [text('.5'), '0.50'],
      [text('5.'), '5.00'],
      [text('+5'), '5.00'],
      [text('00012'), '12.00'],
      [text('.'), null],
      [text('1,234.50'), null],
      [text('1 234'), null],
      [text('$5'), null],
      [text('1e5'), null],
      [text('NaN'), null],
      [text('Infinity'), null],
      [text('9999999999999999.99'), '9999999999999999.99'],
      [text('9999999999999999.994'), '9999999999999999.99'],
      [text('9999999999999999.995'), null],
      [text('-9999999999999999.995'), null],
      [text('10000000000000000'), null],
      [text(''), null],
      [noText, null],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'decimal(38,10)') }}",
    type: 'decimal(38,10)',
    rows: [
      [text('9999999999999999999999999999.9999999999'), '9999999999999999999999999999.9999999999'],
      [text('-1.23456789015'), '-1.2345678902'],
      [text('9999999.99999999995'), '10000000.0000000000'],
      [text('99999999.99999999995'), '100000000.0000000000'],
      [text('12345678.1'), '12345678.1000000000'],
      [text('.5'), '0.5000000000'],
      [text('5.x'), null],
      [noText, null],
      [text('99999999999999999999999999999'), null],
    ],
  },
  {
    fn: 'safe_cast',
    call: "{{ safe_cast('a', 'double precision') }}",
    type: 'double',
    rows: [
      [text('0.1'), '0.1'],
      [text('-12'), '-12'],
      [text('nan'), null],
      [text('1e999'), null],
      [text('1'.repeat(400)), null],
      [noText, null],
    ],
  },
  {
    fn: 'matches',
    call: "{{ matches('a', '[A-Z]{2}(-[0-9]+)?|o''neil') }}",
    type: 'boolean',
    rows: [
      [text('DE'), 'true'],
      [text('DE-12'), 'true'],
      [text("o'neil"), 'true'],
      [text("DE-o'neil"), 'false'],
      [text('xDE'), 'false'],
      [text('DEx'), 'false'],
      [text('DE\n'), 'false'],
      [text('\nDE'), 'false'],
      [text(''), 'false'],
      [noText, null],
    ],
  },
  {
    fn: 'csv_field',
    call: "{{ csv_field('a') }}",
    type: 'text',
    rows: [
      [text('plain'), 'plain'],
      [text('a,b'), '"a,b"'],
      [text('say "hi"'), '"say ""hi"""'],
      [text('two\nlines'), '"two\nlines"'],
      [text('carriage\rreturn'), '"carriage\rreturn"'],
      [text(' spaces '), ' spaces '],
      [text('"'), '""""'],
      [text(''), ''],
      [noText, ''],
    ],
  },
  {
    fn: 'csv_field',
    call: "{{ csv_field('a') }}",
    type: 'text',
    rows: [[money('-1234.50'), '-1234.50']],
  },
  {
    fn: 'ln',
    call: "{{ ln('a') }}",
    type: 'double',
    rows: [
      ['cast(1 as integer)', '0'],
      ['0', null],
      ['-1', null],
      ['cast(null as integer)', null],
    ],
  },
];

const numbers = (list: string) => `(values ${list}) as numbers (x)`;

export const AGGREGATE_CASES: readonly AggregateCase[] = [
  {
    fn: 'percentile',
    title: 'the median of two decimals is computed in doubles and does not snap to a cent',
    call: "{{ percentile('x', '0.5') }}",
    from: numbers('(cast(10.10 as decimal(12,2))), (20.21)'),
    type: 'double',
    expected: ['15.155000000000001'],
  },
  {
    fn: 'percentile',
    title: 'nulls are left out and ties count',
    call: "{{ percentile('x', '0.25') }}",
    from: numbers('(1), (1), (1), (9), (null)'),
    type: 'double',
    expected: ['1'],
  },
  {
    fn: 'percentile',
    title: 'interpolates between neighbours, and a filter may follow',
    call: "{{ percentile('x', '0.9') }} filter (where x > 0)",
    from: numbers('(1), (2), (3), (4), (-100)'),
    type: 'double',
    expected: ['3.7'],
  },
  {
    fn: 'percentile',
    title: 'no rows give null',
    call: "{{ percentile('x', '0.5') }}",
    from: `${numbers('(1)')} where x > 1`,
    type: 'double',
    expected: [null],
  },
  {
    fn: 'percentile',
    title: 'the ends are the smallest and the largest',
    call: "{{ percentile('x', '0') }} + {{ percentile('x', '1') }}",
    from: numbers('(-5), (7), (3)'),
    type: 'double',
    expected: ['2'],
  },
  {
    fn: 'string_agg',
    title: 'joins in the given order and leaves nulls out',
    call: "{{ string_agg('x', ', ', 'n desc, x') }}",
    from: "(values ('a', 1), ('c', 2), ('b', 2), (null, 3)) as letters (x, n)",
    type: 'text',
    expected: ['b, c, a'],
  },
  {
    fn: 'string_agg',
    title: 'numbers are written as text, the separator may hold a quote',
    call: "{{ string_agg('x', '''', 'x') }}",
    from: numbers('(2), (1)'),
    type: 'text',
    expected: ["1'2"],
  },
  {
    fn: 'string_agg',
    title: 'no rows give null',
    call: "{{ string_agg('x', ',', 'x') }}",
    from: `${numbers('(1)')} where x > 1`,
    type: 'text',
    expected: [null],
  },
  {
    fn: 'date_series',
    title: 'runs over a leap day, both ends included',
    call: 'days.full_date',
    from: "{{ date_series('cast(''2024-02-28'' as date)', 'cast(''2024-03-01'' as date)', 'full_date') }} as days",
    type: 'date',
    expected: ['2024-02-28', '2024-02-29', '2024-03-01'],
  },
  {
    fn: 'date_series',
    title: 'takes its bounds from subqueries',
    call: 'days.d',
    from: "{{ date_series('(select min(x) from bounds)', '(select max(x) from bounds)', 'd') }} as days",
    type: 'date',
    expected: ['2023-12-31', '2024-01-01'],
  },
  {
    fn: 'date_series',
    title: 'one day',
    call: 'days.d',
    from: "{{ date_series('cast(''2024-03-01'' as date)', 'cast(''2024-03-01'' as date)', 'd') }} as days",
    type: 'date',
    expected: ['2024-03-01'],
  },
  {
    fn: 'date_series',
    title: 'an end before the start gives no rows',
    call: 'days.d',
    from: "{{ date_series('cast(''2024-03-02'' as date)', 'cast(''2024-03-01'' as date)', 'd') }} as days",
    type: 'date',
    expected: [],
  },
  {
    fn: 'date_series',
    title: 'a null bound gives no rows',
    call: 'days.d',
    from: "{{ date_series('cast(null as date)', 'cast(''2024-03-01'' as date)', 'd') }} as days",
    type: 'date',
    expected: [],
  },
];

/** A CTE for cases that select from `bounds`. */
export const BOUNDS =
  "with bounds as (select cast('2024-01-01' as date) as x union all select cast('2023-12-31' as date))";
