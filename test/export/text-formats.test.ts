import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column, Value } from '../../src/engines/result-set.ts';
import { csvRecord, csvWriter, withoutFormula } from '../../src/export/csv-record.ts';
import { jsonLineWriter } from '../../src/export/json-line.ts';

const STARTERS = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠'];

/** A strict reader of RFC 4180 with line feeds, written for this test: null for an empty field that is not quoted. */
function parseCsv(text: string): (string | null)[][] {
  const records: (string | null)[][] = [];
  let record: (string | null)[] = [];
  let at = 0;
  while (at < text.length) {
    let field: string | null = '';
    if (text[at] === '"') {
      const pieces: string[] = [];
      for (at++; ; at++) {
        const close = text.indexOf('"', at);
        if (close === -1) throw new Error('a quote is not closed');
        pieces.push(text.slice(at, close));
        at = close + 1;
        if (text[at] !== '"') break;
        pieces.push('"');
      }
      field = pieces.join('');
    } else {
      const [plain = ''] = /^[^,\n]*/.exec(text.slice(at)) ?? [];
      if (/["\r]/.test(plain)) throw new Error('a field needs quotes');
      at += plain.length;
      field = plain === '' ? null : plain;
    }
    record.push(field);
    if (text[at] === '\n') {
      records.push(record);
      record = [];
    } else if (text[at] === ',' && text[at + 1] === '\n') {
      record.push(null);
      records.push(record);
      record = [];
      at++;
    } else if (text[at] !== ',') throw new Error(`a comma or a line feed is missing at ${at}`);
    at++;
  }
  return records;
}

const text: Column = { name: 'id', type: 'text' };

describe('CSV', () => {
  test('[S23] text that a spreadsheet would compute gets an apostrophe, whatever it begins with', () => {
    for (const start of STARTERS) {
      expect(withoutFormula(`${start}cmd|' /C calc'!A0`)).toBe(`'${start}cmd|' /C calc'!A0`);
    }
    expect(withoutFormula('a=1')).toBe('a=1');
    expect(withoutFormula('')).toBe('');
  });

  test('[S23] numbers, dates and booleans are left as they are, a name of a column is not', () => {
    const columns: Column[] = [
      { name: '=name', type: 'decimal' },
      { name: 'b', type: 'integer' },
      { name: 'c', type: 'date' },
      { name: 'd', type: 'text' },
      { name: 'e', type: 'double' },
    ];
    const { header, record } = csvWriter(columns, false);
    expect(header).toBe("'=name,b,c,d,e\n");
    expect(record(['-12.50', -3, '-0044-03-15', '-12.50', -1e-9])).toBe("-12.50,-3,-0044-03-15,'-12.50,-1e-9\n");
  });

  test('[S23] exact text is not changed', () => {
    expect(csvWriter([text], true).record(['=1+1'])).toBe('=1+1\n');
  });

  test('[S24] what is written is what a strict reader reads, null and empty text told apart', () => {
    const cell = fc.oneof(
      fc.constant(null),
      fc.string({ unit: fc.constantFrom('"', ',', '\r', '\n', 'x', ' ', "'", 'é', '\0', '\t', '=') }),
      fc.string({ unit: 'binary' }),
    );
    const table = fc
      .integer({ min: 2, max: 4 })
      .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 }));
    fc.assert(
      fc.property(table, (rows) => {
        expect(parseCsv(rows.map((row) => csvRecord(row)).join(''))).toEqual(rows);
      }),
    );
  });

  test('[S24] a record of one null is not an empty line', () => {
    expect(csvRecord([null])).toBe('""\n');
  });

  test('[S23] the apostrophe is all that differs from exact text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...STARTERS, 'a', '"', ',') }), (value) => {
        const [[written]] = [parseCsv(`${csvWriter([text, text], false).record([value, null])}`)[0] ?? []];
        const expected = value === '' ? '' : STARTERS.includes(value.charAt(0)) ? `'${value}` : value;
        expect(written).toBe(expected);
      }),
    );
  });
});

describe('JSON lines', () => {
  test('decimals keep their digits, long integers and dates are text', () => {
    const columns: Column[] = [
      { name: 'money', type: 'decimal' },
      { name: 'key', type: 'integer' },
      { name: 'day', type: 'date' },
      { name: '__proto__', type: 'boolean' },
    ];
    const line = jsonLineWriter(columns)(['9007199254740993.10', '9223372036854775807', '2024-02-29', true]);
    expect(line).toBe(
      '{"money":9007199254740993.10,"key":"9223372036854775807","day":"2024-02-29","__proto__":true}\n',
    );
  });

  test('every line is one JSON object, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (value: Value) => {
        const line = jsonLineWriter([text])([value]);
        expect(JSON.parse(line)).toEqual({ id: value });
        expect(line.indexOf('\n')).toBe(line.length - 1);
      }),
    );
  });
});
