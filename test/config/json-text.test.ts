import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findJsonFault } from '../../src/config/json-text.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

describe('agreement with JSON.parse', () => {
  it('finds no fault in any JSON text', () => {
    const json = fc.tuple(fc.jsonValue(), fc.nat(3)).map(([value, indent]) => JSON.stringify([value], null, indent));
    fc.assert(
      fc.property(json, (text) => {
        expect(findJsonFault(text)).toBeUndefined();
      }),
    );
  });

  it('finds a fault in a damaged text if and only if JSON.parse does', () => {
    const damaged = fc
      .tuple(fc.jsonValue(), fc.nat(), fc.nat(2), fc.constantFrom(...'{}[],:"\\0.-e+tn/ \n\u0001é', 'true', '\\u00g0'))
      .map(([value, place, removed, inserted]) => {
        const text = JSON.stringify([value]);
        const at = place % (text.length + 1);
        return text.slice(0, at) + inserted + text.slice(at + removed);
      });
    fc.assert(
      fc.property(damaged, (text) => {
        expect(findJsonFault(text) === undefined).toBe(isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });
});

describe('position and words of a fault', () => {
  const cases: readonly (readonly [text: string, line: number, column: number, message: string])[] = [
    ['{"a" 1}', 1, 6, 'expected a colon, found "1"'],
    ['{"a" "b"}', 1, 6, 'expected a colon, found "b"'],
    ['{"a":\n  tru}', 2, 3, 'expected a value, found "tru"'],
    ['{"a": 1,\r\n}', 2, 1, 'expected a key in double quotes, found "}"'],
    ["{'a': 1}", 1, 2, 'expected a key in double quotes or "}", found "\'"'],
    ['{a: 1}', 1, 2, 'expected a key in double quotes or "}", found "a"'],
    ['[1, 2', 1, 6, 'expected a comma or the closing bracket, found the end of the file'],
    ['[1}', 1, 3, 'expected a comma or the closing bracket, found "}"'],
    ['[', 1, 2, 'expected a value or "]", found the end of the file'],
    ['{"a": "b\nc"}', 1, 7, 'expected a value, found a text that is not closed or holds an invalid escape'],
    ['{} {}', 1, 4, 'expected the end of the file, found "{"'],
    ['{"a": 1,\n "b": {"a": 2},\n "a": 3}', 3, 2, 'the key "a" stands twice, first in line 1'],
    ['{"a": 1, "\\u0061": 3}', 1, 10, 'the key "\\u0061" stands twice, first in line 1'],
  ];
  for (const [text, line, column, message] of cases) {
    it(JSON.stringify(text), () => {
      expect(findJsonFault(text)).toEqual({ line, column, message });
    });
  }
});

it('a text of 250,000 characters without a closing quote is judged in linear time', () => {
  const started = performance.now();
  expect(findJsonFault(`{"a": "${'x'.repeat(250_000)}`)?.message).toContain('not closed');
  expect(performance.now() - started).toBeLessThan(250);
});
