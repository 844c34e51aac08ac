import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { lintSql } from '../../src/project/lint-sql.ts';

const HEADER = '/* One row. */\n';

function rulesOf(sql: string): string[] {
  return lintSql(HEADER + sql, 'm.sql').map(({ rule }) => rule);
}

describe('lintSql', () => {
  it.each([
    ['cast', 'select a::date'],
    ['division', 'select a / b'],
    ['division', 'select a // b'],
    ['division', 'select sum(a)/100'],
    ['distinct-on', 'select distinct on (a) b'],
    ['qualify', 'select a qualify a = 1'],
    ['group-by-all', 'group by all'],
    ['group-by-all', 'order by  all'],
    ['date-difference', "select date_diff('month', a, b)"],
    ['date-difference', "select datediff('month', a, b)"],
    ['date-difference', 'select age(a, b)'],
    ['percentile', 'select median(a)'],
    ['percentile', 'select quantile_cont(a, 0.5)'],
    ['percentile', 'select percentile_cont(0.5) within group (order by a)'],
    ['try-cast', 'select try_cast(a as date)'],
    ['date-format', "select strftime(a, '%Y')"],
    ['date-format', "select to_char(a, 'YYYY')"],
    ['join', 'from a natural join b'],
    ['join', 'from a right outer join b'],
    ['create', 'create or replace table x as select 1'],
    ['clock-or-chance', 'select current_date'],
    ['clock-or-chance', 'select now()'],
    ['clock-or-chance', 'select random()'],
    ['window-order', 'select row_number() over (partition by a)'],
    ['window-order', 'select lag(a, 1) over ()'],
    ['window-order', 'select rank() over w from t window w as (partition by a)'],
    ['window-order', 'select (select 1 order by 2), ntile(4) over (partition by a)'],
    ['lower-case', 'SELECT a'],
    ['lower-case', 'select a As b'],
  ])('%s: %s', (rule, sql) => {
    expect(rulesOf(sql)).toEqual([rule]);
  });

  it.each([
    ['the same words in comments', 'select a -- SELECT median(a) / b::date\n/* try_cast / */'],
    ['the same words in literals and quoted names', `select 'SELECT a / b', "FROM", 'it''s a / b'`],
    ['portable calls', "select {{ divide('a', 'b') }}, {{ percentile('a', '0.5') }}, {{ days_between('a', 'b') }}"],
    ['what is not SQL in calls', "select {{ matches('a', '[A-Z]+/[0-9]') }}, {{ string_agg('a', ' / ', 'a') }}"],
    ['a literal in an argument', "select {{ hash_key('a || ''/'' || b') }}"],
    [
      'ordered windows',
      'select row_number() over (partition by a order by b), lag(a) over w from t window w as (order by b)',
    ],
    ['an aggregate over a window', 'select sum(a) over (partition by b)'],
    ['columns whose names contain such words', 'select page(1), medians, right_side, all_days, current_dates, t.Date'],
    ['left and inner joins', 'from a left join b on true inner join c on true'],
  ])('lets pass %s', (_situation, sql) => {
    expect(rulesOf(sql)).toEqual([]);
  });

  it('looks into the arguments of calls and into the expressions of checks', () => {
    const text = "/* One row.\n@column a - number\n@check expression(small, a / 2 < 3)\n*/\nselect {{ ln('a / 2') }}";
    expect(lintSql(text, 'm.sql')).toEqual([
      expect.objectContaining({ rule: 'division', line: 3, column: 28 }),
      expect.objectContaining({ rule: 'division', line: 5, column: 17 }),
    ]);
  });

  it('says where it is and what to write instead', () => {
    expect(lintSql(`${HEADER}select\n    a::date`, 'm.sql')).toEqual([
      { file: 'm.sql', line: 3, column: 6, rule: 'cast', message: '"::" is not portable: write cast(x as type)' },
    ]);
  });
});

const MODELS = fileURLToPath(new URL('../../models/', import.meta.url));

describe('our own models', () => {
  const files = readdirSync(MODELS, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.sql'));

  it('exist', () => expect(files).not.toEqual([]));

  it.each(files)('%s holds nothing that is not portable', (file) => {
    expect(lintSql(readFileSync(MODELS + file, 'utf8'), file)).toEqual([]);
  });
});
