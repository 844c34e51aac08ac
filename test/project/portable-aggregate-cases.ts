import type { PortableName } from '../../src/project/portable.ts';
import type { ResultType } from './portable-cases.ts';

/** A call over a relation with one row as its answer. */
export interface AggregateCase {
  readonly fn: PortableName;
  readonly title: string;
  readonly call: string;
  readonly from: string;
  readonly type: ResultType;
  readonly expected: readonly (string | null)[];
}

const numbers = (list: string) => `(values ${list}) as numbers (x)`;

/** In an order that is neither that of code points nor that of a dictionary. */
const letters =
  "(values ('a'), ('\u{1f600}'), ('\uff21'), ('B'), ('\u00e4'), ('z'), ('_'), ('-b'), ('\u0436'), ('A'), ('a\\'), ('Z'), ('\u00c4'), ('b')) as letters (x)";

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
    fn: 'percentile',
    title: 'of one row is the row, of nothing but nulls is null',
    call: "{{ percentile('x', '0.37') }} + coalesce({{ percentile('y', '0.5') }}, 0)",
    from: '(values (cast(-2.50 as decimal(18,2)), cast(null as integer))) as one (x, y)',
    type: 'double',
    expected: ['-2.5'],
  },
  {
    fn: 'percentile',
    title: 'of halves below zero lies between them',
    call: "{{ percentile('x', '0.5') }}",
    from: numbers('(-1.5), (-0.5), (0), (-3)'),
    type: 'double',
    expected: ['-1'],
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
    fn: 'string_agg',
    title: 'texts of the collation that the engine gives to its columns are ordered by code point',
    call: "{{ string_agg('x', ' ', 'x') }}",
    from: `(select x collate "C" as x from ${letters}) as ordered`,
    type: 'text',
    expected: ['-b A B Z _ a a\\ b z \u00c4 \u00e4 \u0436 \uff21 \u{1f600}'],
  },
  {
    fn: 'string_agg',
    title: 'the order may go down, with nulls first, and ties are settled by what follows',
    call: "{{ string_agg('y', '|', 'x desc nulls first, y nulls last') }}",
    from: "(values (1, 'a'), (null, 'c'), (2, null), (2, ''), (1, 'A\n')) as pairs (x, y)".replace("'a'", "'B'"),
    type: 'text',
    expected: ['c||A\n|B'],
  },
  {
    fn: 'string_agg',
    title: 'the separator may be a line end or nothing',
    call: "{{ string_agg('x', '\n', 'x') }} || {{ string_agg('x', '', 'x desc') }}",
    from: numbers('(1), (10), (9)'),
    type: 'text',
    expected: ['1\n9\n101091'],
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
    title: 'the first and the last days that can be stored',
    call: 'days.d',
    from: "{{ date_series('cast(''9999-12-30'' as date)', 'cast(''9999-12-31'' as date)', 'd') }} as days where days.d > cast('0001-01-01' as date)",
    type: 'date',
    expected: ['9999-12-30', '9999-12-31'],
  },
  {
    fn: 'date_series',
    title: 'starts in the year 1 and counts every day up to the year 2024',
    call: 'count(*)',
    from: "{{ date_series('cast(''0001-01-01'' as date)', 'cast(''2024-01-01'' as date)', 'd') }} as days",
    type: 'bigint',
    expected: ['738886'],
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
