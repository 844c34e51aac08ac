import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parseTableName, shownName } from '../../../src/engines/postgres/table-name.ts';
import { RunError, UsageError } from '../../../src/errors.ts';
import { databaseUrl, findTable, sql } from '../../support/postgres/source-tables.ts';
import { errorOf } from '../../support/run-shop.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** The lines of the copy of a table. */
async function linesOf(name: string, url?: string): Promise<string[]> {
  const path = join(temporaryFolder(), 'copy.csv');
  await (await findTable(name, url)).copyTo(path);
  return (await readFile(path, 'utf8')).split('\n').slice(0, -1);
}

describe('the name of a table', () => {
  test.each([
    ['orders', undefined, 'orders'],
    ['shop.orders', 'shop', 'orders'],
    [' shop . orders ', 'shop', 'orders'],
    ['"Sales 2024"."Orders.v2"', 'Sales 2024', 'Orders.v2'],
    ['Sales 2024.my orders', 'Sales 2024', 'my orders'],
    ['"say ""x""".t', 'say "x"', 't'],
    ['sales.shop.orders', 'shop', 'orders'],
  ])('%s is read', (text, schema, table) => {
    const { schema: found, table: name } = parseTableName(text, 'sales');
    expect([found?.text, name.text]).toEqual([schema, table]);
  });

  test.each(['', ' ', '.', 'shop.', '.orders', 'a..b', 'other.shop.orders', 'a.b.c.d', '"open', 'a"b', '"".x', '"a"b'])(
    '%j is none',
    (text) => {
      expect(() => parseTableName(text, 'sales')).toThrow(UsageError);
    },
  );

  test('that SQL shows is read back as the same name', () => {
    for (const [schema, table] of [
      ['shop', 'orders'],
      ['Sales 2024', 'Orders.v2'],
      ['a"b', ' '],
      ['é', "'"],
    ] as const) {
      const { schema: part, table: name } = parseTableName(shownName(schema, table), 'db');
      expect([part?.text, name.text]).toEqual([schema, table]);
    }
  });
});

describe('a table in the database', () => {
  beforeAll(async () => {
    await sql(`
      create schema shop; create schema other; create schema "Sales 2024";
      create table shop.orders (id int primary key, name text); insert into shop.orders values (2, 'b'), (1, 'a');
      create table other.orders (id int); create table shop."Orders" (id int);
      create table other.customers (id int); insert into other.customers values (7);
      create table "Sales 2024"."Orders.v2" ("Id, ""no""" int); insert into "Sales 2024"."Orders.v2" values (1);
      create view shop.recent as select name, id from shop.orders where id > 1;
      create materialized view shop.stored as select name from shop.orders;
      create table shop.parts (id int, day date, primary key (day, id)) partition by range (day);
      create table shop.parts_1 partition of shop.parts for values from ('2024-01-01') to ('2024-02-01');
      create table shop.parts_2 partition of shop.parts for values from ('2024-02-01') to ('2024-03-01');
      insert into shop.parts values (1, '2024-02-01'), (2, '2024-01-01'), (1, '2024-01-01');
      create table shop.parent (id int primary key, t text); create table shop.child () inherits (shop.parent);
      insert into shop.child values (1, 'a'); insert into shop.parent values (1, 'b');
      create sequence shop.numbers; create table shop.no_columns ();
      create table shop.unkeyed (amount numeric, note text, extra json);`);
  });

  test.each([
    ['shop.orders', 'shop.orders', ['id,name', '1,a', '2,b']],
    ['SHOP.RECENT', 'shop.recent', ['name,id', 'b,2']],
    ['Customers', 'other.customers', ['id', '7']],
    ['shop.stored', 'shop.stored', ['name', 'a', 'b']],
    ['shop.parts', 'shop.parts', ['id,day', '1,2024-01-01', '2,2024-01-01', '1,2024-02-01']],
    ['shop.parent', 'shop.parent', ['id,t', '1,a', '1,b']],
    ['"Sales 2024"."Orders.v2"', '"Sales 2024"."Orders.v2"', ['"Id, ""no"""', '1']],
  ])('%s is found and copied in the order of its key, or of all columns', async (text, name, lines) => {
    expect((await findTable(text)).name).toBe(name);
    expect(await linesOf(text)).toEqual(lines);
  });

  test('rows without a key come in an order that their content decides, equal numbers written differently too', async () => {
    const rows = [
      `(1.0, 'x', '{"a":1}')`,
      `(1.00, 'x', '{"a":1}')`,
      "(10, 'é', null)",
      "(9, 'z', '[]')",
      "(null, 'A', null)",
    ];
    await sql(`insert into shop.unkeyed values ${rows.join(', ')}`);
    const first = await linesOf('shop.unkeyed');
    await sql(`truncate shop.unkeyed; insert into shop.unkeyed values ${rows.toReversed().join(', ')}`);
    expect(await linesOf('shop.unkeyed')).toEqual(first);
    expect(first.slice(1).map((line) => line.split(',')[0])).toEqual(['1.0', '1.00', '9', '10', '']);
  });

  test.each([
    ['shop.order', /^there is no table shop\.order in postgres:.* \(did you mean shop\.orders\?\)$/],
    ['public.customers', /\(did you mean other\.customers\?\)$/],
    ['shop.numbers', /^there is no table shop\.numbers/],
    ['pg_catalog.pg_class', /^there is no table/],
    ['orders', /^orders may be any of "other"\."orders", "shop"\."orders"$/],
    ['shop.Orders', /^shop\.Orders may be any of "shop"\."Orders", "shop"\."orders"$/],
  ])('%s is refused', async (name, message) => {
    const error = await errorOf(UsageError, findTable(name));
    expect(error.message).toMatch(message);
    expect(error.remedy.length).toBeGreaterThan(0);
  });

  test('one that is named in full where two differ in capitals is the one that is meant', async () => {
    expect((await findTable('shop."orders"')).name).toBe('shop.orders');
    expect((await findTable('shop."Orders"')).name).toBe('shop."Orders"');
    expect((await findTable('shop.orders')).name).toBe('shop.orders');
  });

  test('without columns is refused', async () => {
    const table = await findTable('shop.no_columns');
    const error = await errorOf(UsageError, table.copyTo(join(temporaryFolder(), 'copy.csv')));
    expect(error.message).toBe('shop.no_columns has no columns');
  });

  test('that the role may not read is refused with the statements that let it', async () => {
    await sql(
      `drop role if exists "re ader"; create role "re ader" login; create schema closed; create table closed.t (a int, b int)`,
    );
    try {
      const refusal = async () => errorOf(UsageError, findTable('closed.t', databaseUrl('re%20ader')));
      const first = await refusal();
      expect(first.message).toBe('role "re ader" may not read the schema of closed.t');
      const grants = first.remedy.filter((line) => line.startsWith('GRANT'));
      expect(grants).toEqual([
        'GRANT USAGE ON SCHEMA "closed" TO "re ader";',
        'GRANT SELECT ON "closed"."t" TO "re ader";',
      ]);
      await sql('grant usage on schema closed to "re ader"; grant select (a) on closed.t to "re ader"');
      expect(await refusal()).toMatchObject({ message: 'role "re ader" may not read closed.t' });
      await sql(grants.join(''));
      await findTable('closed.t', databaseUrl('re%20ader'));
      await sql(`alter table closed.t enable row level security; insert into closed.t values (1, 2);
        create policy visible on closed.t using (a > 1)`);
      const table = await findTable('closed.t', databaseUrl('re%20ader'));
      expect(await table.copyTo(join(temporaryFolder(), 'copy.csv'))).toMatchObject({
        rowCount: 0,
        warnings: ['has row-level security: only the rows that role "re ader" may see were read'],
      });
    } finally {
      await sql('drop schema closed cascade; drop role "re ader"');
    }
  });

  test('in a server that cannot be reached is an error that says where', async () => {
    const error = await errorOf(RunError, findTable('shop.orders', 'postgres://postgres@127.0.0.1:1/shop'));
    expect(error.message).toMatch(/^postgres:\/\/postgres@127\.0\.0\.1:1\/shop cannot be reached/);
  });
});

describe('a database that could not hold our layers', () => {
  test('in LATIN1 is read: its texts arrive as UTF-8', async () => {
    await sql(`drop database if exists in_latin1`);
    await sql(`create database in_latin1 encoding 'LATIN1' locale 'C' template template0`);
    const url = new URL(databaseUrl());
    url.pathname = '/in_latin1';
    await sql(`create table t (name text); insert into t values ('Zoë'), ('ß')`, url.href);
    expect(await linesOf('public.t', url.href)).toEqual(['name', 'Zoë', 'ß']);
    await sql('drop database in_latin1');
  });
});
