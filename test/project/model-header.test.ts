import { describe, expect, it } from 'vitest';
import { parseHeader } from '../../src/project/model-header.ts';
import { projectErrorOf } from './helpers.ts';

function headerWith(tags: string) {
  return parseHeader(
    `/*\nOne row per order.\n@column order_id - order as text\n@column amount - money\n${tags}\n*/\nselect 1`,
    'm.sql',
  );
}

function messageOf(tags: string): string {
  return projectErrorOf(() => headerWith(tags)).message;
}

describe('parseHeader', () => {
  it('reads prose, grain, columns in order, and the way it is stored', () => {
    const header = parseHeader(
      '\uFEFF\n/*\nMonthly revenue:\r\n  one row per month.\n\nReturns are\nincluded.\n\n@materialized view\n@grain month, shop\n' +
        '@column month - first day of\n  the month, in UTC\n@column shop - where it was sold\n*/\nselect 1',
      'm.sql',
    );
    expect(header).toEqual({
      description: 'Monthly revenue: one row per month.\n\nReturns are included.',
      materialized: 'view',
      grain: ['month', 'shop'],
      columns: [
        { name: 'month', description: 'first day of the month, in UTC' },
        { name: 'shop', description: 'where it was sold' },
      ],
      checks: [],
    });
  });

  it('a header without tags is a table without a stated grain', () => {
    expect(parseHeader('/* One row. */ select 1', 'm.sql')).toEqual({
      description: 'One row.',
      materialized: 'table',
      grain: [],
      columns: [],
      checks: [],
    });
  });

  it('reads every kind of check, with its line and severity', () => {
    const { checks } = headerWith(
      [
        '@check not_null(order_id, amount)',
        '@check warn unique(order_id,amount)',
        "@check error accepted_values(order_id, 'it''s, (here)', 2, -0.5)",
        '@check range(amount, null, 10.5)',
        "@check range(order_id, 'a', null)",
        '@check relationship(order_id, dim_order.order_id)',
        "@check warn expression(amount_is_small,\n  amount < 10 or\n  order_id in ('a', ')'))",
      ].join('\n'),
    );
    expect(checks).toEqual([
      { kind: 'not_null', name: 'not_null(order_id)', severity: 'error', line: 5, column: 'order_id' },
      { kind: 'not_null', name: 'not_null(amount)', severity: 'error', line: 5, column: 'amount' },
      { kind: 'unique', name: 'unique(order_id, amount)', severity: 'warn', line: 6, columns: ['order_id', 'amount'] },
      {
        kind: 'accepted_values',
        name: 'accepted_values(order_id)',
        severity: 'error',
        line: 7,
        column: 'order_id',
        values: ["it's, (here)", 2, -0.5],
      },
      {
        kind: 'range',
        name: 'range(amount, null, 10.5)',
        severity: 'error',
        line: 8,
        column: 'amount',
        min: null,
        max: 10.5,
      },
      {
        kind: 'range',
        name: "range(order_id, 'a', null)",
        severity: 'error',
        line: 9,
        column: 'order_id',
        min: 'a',
        max: null,
      },
      {
        kind: 'relationship',
        name: 'relationship(order_id, dim_order.order_id)',
        severity: 'error',
        line: 10,
        column: 'order_id',
        toModel: 'dim_order',
        toColumn: 'order_id',
      },
      {
        kind: 'expression',
        name: 'amount_is_small',
        severity: 'warn',
        line: 11,
        sql: "amount < 10 or\n  order_id in ('a', ')')",
      },
    ]);
  });

  it.each([
    [
      'an unknown tag',
      '@chekc not_null(amount)',
      '"@chekc" is not a tag of model headers (did you mean "check"?), in m.sql:5:1',
    ],
    [
      'a tag in the style of other tools',
      '  @depends orders',
      '"@depends" is not a tag of model headers, in m.sql:5:3',
    ],
    ['a column declared twice', '@column amount - again', 'column "amount" is declared twice, in m.sql:5:9'],
    [
      'a column whose name an engine would cut',
      `@column ${'x'.repeat(64)} - long`,
      `column "${'x'.repeat(64)}" has a name of 64 characters; PostgreSQL cuts names at 63, in m.sql:5:9`,
    ],
    ['a column without a meaning', '@column price', '"price" does not describe a column, in m.sql:5:9'],
    ['a column with an empty meaning', '@column price - ', '"price -" does not describe a column, in m.sql:5:9'],
    [
      'a grain column that is not declared',
      '@grain order_di',
      '"order_di" is not a declared column (did you mean "order_id"?), in m.sql:5:8',
    ],
    ['two grains', '@grain order_id\n@grain amount', '"@grain" stands twice in the header, in m.sql:6:1'],
    [
      'a kind of relation that is none',
      '@materialized veiw',
      '"veiw" is neither table nor view (did you mean "view"?), in m.sql:5:15',
    ],
    [
      'two tags on a line',
      '@materialized view @grain order_id',
      '"view @grain order_id" is neither table nor view, in m.sql:5:15',
    ],
    ['an unknown check', '@check notnull(amount)', '"notnull" is not a check (did you mean "not_null"?), in m.sql:5:8'],
    ['a check named like a JavaScript property', '@check toString(amount)', '"toString" is not a check, in m.sql:5:8'],
    [
      'a misspelled severity',
      '@check wran not_null(amount)',
      '"wran" is not a severity (did you mean "warn"?), in m.sql:5:8',
    ],
    ['a check without parentheses', '@check not_null amount', '"not_null amount" is not a check, in m.sql:5:8'],
    ['a check that is not closed', '@check not_null(amount', '"not_null(" is not closed by ")", in m.sql:5:8'],
    [
      'a check on a column that is not declared',
      '@check warn unique(order_id, amuont)',
      '"amuont" is not a declared column (did you mean "amount"?), in m.sql:5:30',
    ],
    ['a check on nothing', '@check not_null()', '"" is not a declared column, in m.sql:5:17'],
    [
      'a value that is not quoted',
      '@check accepted_values(order_id, A)',
      '"A" is neither a number nor a text in single quotes, in m.sql:5:34',
    ],
    [
      'no accepted values',
      '@check accepted_values(order_id)',
      '1 argument for the check accepted_values, in m.sql:5:24',
    ],
    ['a range without an end', '@check range(amount, 0)', '2 arguments for the check range, in m.sql:5:14'],
    [
      'a range without bounds',
      '@check range(amount, null, null)',
      'a range without bounds checks nothing, in m.sql:5:14',
    ],
    ['a range upside down', '@check range(amount, 5, 1)', 'no value lies between 5 and 1, in m.sql:5:14'],
    ['a range of a number and a text', "@check range(amount, 5, 'z')", 'no value lies between 5 and z, in m.sql:5:14'],
    [
      'a relationship to a model without a column',
      '@check relationship(order_id, dim_order)',
      '"dim_order" is not model.column, in m.sql:5:31',
    ],
    [
      'an expression without a name',
      '@check expression(amount > 0)',
      '"amount > 0" is not a name for an expression, in m.sql:5:19',
    ],
    ['an expression without SQL', '@check expression(positive, )', 'the expression positive is empty, in m.sql:5:29'],
    [
      'a template call in an expression',
      "@check expression(positive, {{ divide('a', 'b') }} > 0)",
      '"{{" in a check: its expression is plain SQL, in m.sql:5:29',
    ],
    [
      'a quote that is not closed',
      "@check accepted_values(order_id, 'A)",
      "the ' is not closed, in the check accepted_values, in m.sql:5:34",
    ],
    [
      'the same check twice',
      '@check not_null(amount)\n@check warn not_null(order_id, amount)',
      'check "not_null(amount)" stands twice in the header, in m.sql:6:1',
    ],
  ])('refuses %s', (_situation, tags, message) => {
    expect(messageOf(tags)).toBe(message);
  });

  it.each([
    ['no header', 'select 1', 'the model has no header, in m.sql:1:1'],
    ['SQL before the comment', 'select 1 /* One row. */', 'the model has no header, in m.sql:1:1'],
    ['a comment that does not end', '\n/* One row per', 'the "/*" of the header is not closed, in m.sql:2:1'],
    ['no description', '/*\n@grain a\n*/', 'the header has no description, in m.sql:1:3'],
    ['an empty comment', '/**/', 'the header has no description, in m.sql:1:3'],
  ])('refuses a file with %s', (_situation, text, message) => {
    expect(projectErrorOf(() => parseHeader(text, 'm.sql')).message).toBe(message);
  });

  it('says how to write it', () => {
    expect(projectErrorOf(() => headerWith('@check range(amount, 0)')).remedy).toEqual([
      'write range(column, min, max), each a number, a quoted text or null',
    ]);
    expect(projectErrorOf(() => parseHeader('select 1', 'm.sql')).remedy.join()).toContain('One row per');
  });
});
