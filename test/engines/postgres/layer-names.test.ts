import { describe, expect, test } from 'vitest';
import { firstWord, reads, withSchemas } from '../../../src/engines/postgres/layer-names.ts';

const located = (sql: string) => withSchemas(sql, (layer) => `p_${layer}`);

describe('names of layers in a statement', () => {
  test.each([
    ['select * from business.x', 'select * from "p_business".x'],
    ['select * from BUSINESS . "X"', 'select * from "p_business" . "X"'],
    ['select * from "business".x', 'select * from "p_business".x'],
    [
      'select staging.a.id from staging.a join warehouse.b on true',
      'select "p_staging".a.id from "p_staging".a join "p_warehouse".b on true',
    ],
    [
      'select /* business.x */ 1 -- staging.y\n from warehouse/**/.z',
      'select /* business.x */ 1 -- staging.y\n from "p_warehouse"/**/.z',
    ],
  ])('%s', (sql, expected) => {
    expect(located(sql)).toBe(expected);
  });

  test.each([
    `select 'business.x'`,
    `select 'it''s business.x'`,
    String.raw`select E'\' business.x'`,
    'select $$ business.x $$, $a$ staging.y $$ warehouse.z $a$',
    'select "a business.x"',
    'select shop.business.x from shop.business',
    'select mybusiness.x, business_x.y, business1.z from a',
    'select business from a',
    'select "BUSINESS".x from a',
    'select übusiness.x',
  ])('leaves %s as it is', (sql) => {
    expect(located(sql)).toBe(sql);
  });

  test('a text that is not closed is left for the server to refuse', () => {
    expect(located(`select ' from business.x`)).toContain('business');
  });
});

describe('statements that read', () => {
  test.each([
    'select 1',
    ' \n-- x\n SELECT 1',
    '/* a */ with x as (select 1) table x',
    '(select 1)',
    'values (1)',
    'show all',
    'explain select 1',
  ])('%s', (sql) => expect(reads(sql)).toBe(true));
  test.each([
    'insert into a values (1)',
    'copy a to program $$rm$$',
    'do $$ begin end $$',
    'call f()',
    'set role x',
    '',
    'vacuum',
    'commit',
  ])('%s does not', (sql) => expect(reads(sql)).toBe(false));
  test('the first word is behind comments', () => expect(firstWord('/* select */ delete from a')).toBe('delete'));
});
