import { describe, expect, test } from 'vitest';
import { toObjects } from '../../src/engines/result-set.ts';
import { onlyOn } from '../support/on-engines.ts';
import { makeEngine, openWorkspace } from '../support/small-snapshot.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function valuesOf(sql: string) {
  const workspace = await openWorkspace(makeEngine(temporaryFolder()));
  const { columns, rows } = await workspace.query(sql);
  return { types: columns.map(({ type }) => type), row: rows[0] };
}

describe('values of a result', () => {
  test('[C43] integers beyond 2^53 are exact text, smaller ones are numbers', async () => {
    const { types, row } = await valuesOf(`select cast(9007199254740991 as bigint) as safe,
      cast(9007199254740993 as bigint) as big, cast(-9223372036854775808 as bigint) as lowest, count(*) as total`);
    expect(types).toEqual(['integer', 'integer', 'integer', 'integer']);
    expect(row).toEqual([9007199254740991, '9007199254740993', '-9223372036854775808', 1]);
  });

  onlyOn('duckdb', 'it has an integer type beyond bigint, which sums have')(
    '[C43] so are integers beyond 2^63',
    async () => {
      const { types, row } = await valuesOf(
        'select cast(12345678901234567890 as hugeint) as huge, sum(range) as total from range(4)',
      );
      expect(types).toEqual(['integer', 'integer']);
      expect(row).toEqual(['12345678901234567890', 6]);
    },
  );

  test('decimals are text with all their places', async () => {
    const { types, row } = await valuesOf(
      `select cast('0.10' as decimal(18, 2)) as cents, cast('12345678901234567.89' as decimal(38, 2)) as wide,
        cast('-0.05' as decimal(18, 2)) as negative`,
    );
    expect(types).toEqual(['decimal', 'decimal', 'decimal']);
    expect(row).toEqual(['0.10', '12345678901234567.89', '-0.05']);
  });

  test('dates are ISO dates also before 1970 and on leap days', async () => {
    const { types, row } = await valuesOf(
      `select date '1969-12-31' as old, date '2024-02-29' as leap, timestamp '2024-02-29 23:59:59.5' as moment`,
    );
    expect(types).toEqual(['date', 'date', 'timestamp']);
    expect(row).toEqual(['1969-12-31', '2024-02-29', '2024-02-29 23:59:59.5']);
  });

  test('nulls stay null in every type', async () => {
    const { row } = await valuesOf(
      `select cast(null as varchar) as t, cast(null as bigint) as i, cast(null as decimal(18, 2)) as d,
        cast(null as date) as day, cast(null as boolean) as b, cast(null as double precision) as f`,
    );
    expect(row).toEqual([null, null, null, null, null, null]);
  });

  test('booleans and doubles are JavaScript values; nested values are text', async () => {
    const { types, row } = await valuesOf(
      `select true as yes, cast(0.1 as double precision) as tenth, array[1, 2] as list`,
    );
    expect(types).toEqual(['boolean', 'double', 'other']);
    expect(row?.slice(0, 2)).toEqual([true, 0.1]);
    expect(String(row?.[2])).toMatch(/^[[{]"?1"?, ?"?2"?[\]}]$/);
  });

  test('[C39] [S26] columns called __proto__, constructor and toString keep their values and change no prototype', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const result = await workspace.query(`select 'a' as "__proto__", 'b' as "constructor", 'c' as "toString"`);
    const [row] = toObjects(result);
    expect(Object.entries(row ?? {})).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['toString', 'c'],
    ]);
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(String({})).toBe('[object Object]');
  });

  test('parameters are bound as text, number and boolean, never put into the statement', async () => {
    const workspace = await openWorkspace(makeEngine(temporaryFolder()));
    const text = `'; drop table x; --`;
    const { rows } = await workspace.query(
      'select $1 as text, cast($2 as double precision) + 0.5 as sum, cast($3 as boolean) as flag, $4 as nothing',
      { params: [text, 5, true, null] },
    );
    expect(rows).toEqual([[text, 5.5, true, null]]);
  });
});
