import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandPortable } from './helpers.ts';
import { AGGREGATE_CASES } from './portable-aggregate-cases.ts';
import { BOUNDS, SCALAR_CASES } from './portable-cases.ts';
import { comparable, evaluate, type PortableDatabase } from './portable-database.ts';
import { EDGE_CASES } from './portable-edge-cases.ts';

/** The same cases, with the same answers, on every engine and version. */
export function testPortableFunctions(title: string, open: () => Promise<PortableDatabase>): void {
  describe(title, () => {
    let db: PortableDatabase;
    beforeAll(async () => {
      db = await open();
    });
    afterAll(() => db.close());

    for (const { call, type, rows } of [...SCALAR_CASES, ...EDGE_CASES]) {
      it(`${call} on ${rows.length} edge rows`, async () => {
        const inputs = rows.map((row) => row.slice(0, -1).map(String));
        const actual = await evaluate(db, call, inputs);
        const shown = (value: unknown, index: number) => `${inputs[index]?.join(', ')} -> ${comparable(value, type)}`;
        expect(actual.map(shown)).toEqual(rows.map((row) => row.at(-1) ?? null).map(shown));
        const sample = inputs[0]?.join(', ');
        const names = ['a', 'b', 'c'].slice(0, inputs[0]?.length).join(', ');
        const sql = `select ${expandPortable(call, db.engine)} from (values (${sample})) as t (${names})`;
        expect(await db.types(sql)).toEqual([type]);
      });
    }

    for (const { fn, title, call, from, type, expected } of AGGREGATE_CASES) {
      it(`${fn}: ${title}`, async () => {
        const sql = `${BOUNDS} select ${expandPortable(call, db.engine)} as answer from ${expandPortable(from, db.engine)}`;
        const ordered = fn === 'date_series' ? `${sql} order by 1` : sql;
        const actual = (await db.query(ordered)).map(([value]) => comparable(value, type));
        expect(actual).toEqual(expected.map((value) => comparable(value, type)));
        expect(await db.types(ordered)).toEqual([type]);
      });
    }

    it('arguments may be whole expressions: the operators around them do not tear them apart', async () => {
      const one = async (expression: string, ...row: string[]) => String((await evaluate(db, expression, [row]))[0]);
      expect(await one("{{ divide('a + b', 'a - b') }} * 2", '3', '1')).toBe('4');
      expect(await one("1 - {{ days_between('a', 'a + 2') }} * 10", "cast('2024-01-01' as date)")).toBe('-19');
      expect(await one("{{ add_months('a', '1 - 2') }}", "cast('2024-03-31' as date)")).toBe('2024-02-29');
      expect(await one("{{ money_divide('a - b', 'b - a') }} + 1", '3', '1')).toBe('0.00');
      expect(await one("not {{ matches('a || b', 'xy') }}", "'x'", "'y'")).toBe('false');
      expect(await one("{{ csv_field('a') }} || ','", 'cast(null as varchar)')).toBe(',');
      expect(await one("a || {{ csv_field('b') }} || ';'", "'x'", "','")).toBe('x",";');
      expect(await one("{{ safe_cast('a', 'integer') }} + 1", "'41'")).toBe('42');
    });
  });
}
