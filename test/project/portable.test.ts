import { describe, expect, it } from 'vitest';
import { PORTABLE, type PortableFunction, renderPortable } from '../../src/project/portable.ts';
import { projectErrorOf } from './helpers.ts';
import { AGGREGATE_CASES } from './portable-aggregate-cases.ts';
import { SCALAR_CASES } from './portable-cases.ts';
import { openPortableDuckDb } from './portable-database.ts';
import { testPortableLaws } from './portable-laws.ts';
import { testPortableFunctions } from './portable-suite.ts';

testPortableFunctions('portable functions on DuckDB', openPortableDuckDb);
testPortableLaws('laws of portable functions on DuckDB', openPortableDuckDb);

describe('the table of portable functions', () => {
  const rows: readonly (readonly [string, PortableFunction])[] = Object.entries(PORTABLE);

  it('every function has a case', () => {
    const tested = new Set([...SCALAR_CASES, ...AGGREGATE_CASES].map(({ fn }) => fn));
    expect([...tested].sort()).toEqual(Object.keys(PORTABLE).sort());
  });

  it('says of every function what it does, and of every exception why', () => {
    for (const [name, { doc, exceptions = {} }] of rows) {
      expect(doc.length, name).toBeGreaterThan(20);
      for (const { why } of Object.values(exceptions)) expect(why.split(' ').length, name).toBeGreaterThan(4);
    }
  });

  it('names only parameters that exist among the verbatim ones and the lists', () => {
    for (const [, { params, verbatim = [], lists = [] }] of rows) {
      expect(params).toEqual(expect.arrayContaining([...verbatim, ...lists]));
    }
  });

  it('a wrong number of arguments is refused from TypeScript too', () => {
    const error = projectErrorOf(() => renderPortable('divide', ['a'], 'duckdb'));
    expect(error.message).toBe('1 arguments for divide(a, b), which takes 2');
  });

  it('a misspelled function or engine does not compile', () => {
    // @ts-expect-error: no function of this name
    expect(() => renderPortable('divied', ['a', 'b'], 'duckdb')).toThrow();
    // @ts-expect-error: no engine of this name
    expect(renderPortable('divide', ['a', 'b'], 'duckbd')).toContain('nullif');
  });
});
