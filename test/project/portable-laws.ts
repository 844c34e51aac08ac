import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expandPortable } from './helpers.ts';
import { evaluate as evaluateOn, type PortableDatabase } from './portable-database.ts';
import { comparableText } from './portable-edge-cases.ts';

/** Below and above the limit of the 64-bit path, which lies at 10^11 cents. */
const cents = fc.oneof(
  ...[3n, 10n, 11n, 14n, 17n].map((power) => fc.bigInt({ min: -(10n ** power), max: 10n ** power })),
);

function decimalText(units: bigint, scale: number): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
  return `${units < 0n ? '-' : ''}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

/** Half away from zero, in whole numbers only. */
function dividedCents(dividend: bigint, divisor: bigint): bigint {
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor];
  const quotient = (2n * a + b) / (2n * b);
  return dividend < 0n !== divisor < 0n ? -quotient : quotient;
}

/** What holds for any values, on every engine and version. */
export function testPortableLaws(title: string, open: () => Promise<PortableDatabase>): void {
  describe(title, () => {
    let db: PortableDatabase;
    beforeAll(async () => {
      db = await open();
    });
    afterAll(() => db.close());
    const evaluate = (expression: string, rows: readonly (readonly string[])[]) => evaluateOn(db, expression, rows);

    it('money_divide is exact decimal division, for any cents and any count', async () => {
      const pair = fc.tuple(
        cents,
        fc.bigInt({ min: -1_000_000n, max: 1_000_000n }).filter((count) => count !== 0n),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(pair, { minLength: 50, maxLength: 200 }), async (pairs) => {
          const rows = pairs.map(([a, b]) => [`cast('${decimalText(a, 2)}' as decimal(18,2))`, `cast(${b} as bigint)`]);
          const expected = pairs.map(([a, b]) => decimalText(dividedCents(a, b), 2));
          expect(await evaluate("{{ money_divide('a', 'b') }}", rows)).toEqual(expected);
        }),
        { numRuns: 20 },
      );
    });

    it('months_between and add_months agree: the month n months on is n boundaries away', async () => {
      const day = fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true });
      const step = fc.tuple(day, fc.integer({ min: -600, max: 600 }));
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 50, maxLength: 100 }), async (steps) => {
          const rows = steps.map(([from, months]) => [
            `cast('${from.toISOString().slice(0, 10)}' as date)`,
            String(months),
          ]);
          const later = "{{ add_months('a', 'b') }}";
          const lengths = await evaluate(
            `{{ months_between('a', '${expandPortable(later, db.engine).replaceAll("'", "''")}') }}`,
            rows,
          );
          expect(lengths.map(Number)).toEqual(steps.map(([, months]) => months));
          const expected = steps.map(([from, months]) => {
            const [year, month] = [from.getUTCFullYear(), from.getUTCMonth() + months];
            const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
            return new Date(Date.UTC(year, month, Math.min(from.getUTCDate(), lastDay))).toISOString().slice(0, 10);
          });
          expect(await evaluate(later, rows)).toEqual(expected);
        }),
        { numRuns: 10 },
      );
    });

    it('safe_cast to date takes exactly the days of the calendar', async () => {
      const text = fc
        .tuple(fc.integer({ min: 1, max: 9999 }), fc.integer({ min: 0, max: 14 }), fc.integer({ min: 0, max: 33 }))
        .map(([year, ...rest]) =>
          [String(year).padStart(4, '0'), ...rest.map((n) => String(n).padStart(2, '0'))].join('-'),
        );
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 100, maxLength: 200 }), async (texts) => {
          const expected = texts.map((value) => {
            const date = new Date(`${value}T00:00:00Z`);
            return !Number.isNaN(date.valueOf()) && date.toISOString().startsWith(value) ? value : null;
          });
          expect(
            await evaluate(
              "{{ safe_cast('a', 'date') }}",
              texts.map((value) => [`'${value}'`]),
            ),
          ).toEqual(expected);
        }),
        { numRuns: 10 },
      );
    });

    it('hash_key has 19 digits and hash_share lies in [0, 1), both from the MD5 of the text', async () => {
      const text = fc.string({ unit: 'grapheme' }).filter((value) => !value.includes('\0'));
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 50, maxLength: 100 }), async (texts) => {
          const rows = texts.map((value) => [`'${value.replaceAll("'", "''")}'`]);
          const digests = texts.map((value) => createHash('md5').update(value).digest('hex'));
          const keys = digests.map((hex) => String(BigInt(`0x${hex.slice(0, 15)}`) + 2n ** 60n));
          expect(await evaluate("{{ hash_key('a') }}", rows)).toEqual(keys);
          for (const key of keys) expect(key).toHaveLength(19);
          const shares = (await evaluate("{{ hash_share('a') }}", rows)).map(Number);
          expect(shares).toEqual(digests.map((hex) => Number(BigInt(`0x${hex.slice(0, 13)}`)) / 2 ** 52));
          for (const share of shares) expect(share >= 0 && share < 1).toBe(true);
        }),
        { numRuns: 10 },
      );
    });

    it('safe_cast to double precision reads the number nearest to the text', async () => {
      const digits = fc.stringMatching(/^[0-9]{1,30}$/);
      const text = fc.tuple(fc.constantFrom('', '-', '+'), digits, digits).map(([sign, a, b]) => `${sign}${a}.${b}`);
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 100, maxLength: 200 }), async (texts) => {
          const rows = texts.map((value) => [`'${value}'`]);
          const numbers = (await evaluate("{{ safe_cast('a', 'double precision') }}", rows)).map(Number);
          expect(numbers).toEqual(texts.map(Number));
        }),
        { numRuns: 10 },
      );
    });

    it('safe_cast to a decimal rounds any text of digits exactly, and refuses what does not fit', async () => {
      const digits = (max: number) => fc.stringMatching(new RegExp(`^[0-9]{1,${max}}$`));
      const text = fc.tuple(fc.constantFrom('', '-'), digits(18), digits(30));
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 100, maxLength: 200 }), async (numbers) => {
          const expected = numbers.map(([sign, whole, decimals]) => {
            const half = BigInt((decimals.charAt(2) || '0') >= '5' ? 1 : 0);
            const cents = BigInt(whole + decimals.slice(0, 2).padEnd(2, '0')) + half;
            return cents < 10n ** 18n ? decimalText(sign === '-' ? -cents : cents, 2) : null;
          });
          const rows = numbers.map(([sign, whole, decimals]) => [`'${sign}${whole}.${decimals}'`]);
          expect(await evaluate("{{ safe_cast('a', 'decimal(18,2)') }}", rows)).toEqual(expected);
        }),
        { numRuns: 10 },
      );
    });

    it('comparable_text lowers each character by itself, wherever it stands', async () => {
      const unit = fc.constantFrom(..."aAΣσςİIıi\u0307\u0308ßẞÄ 한\u1112\u1161\u11abΆΑ\u0301ЖǅÅ\u200d.'-1😀");
      await fc.assert(
        fc.asyncProperty(fc.array(fc.string({ unit }), { minLength: 50, maxLength: 100 }), async (texts) => {
          const rows = texts.map((value) => [`'${value.replaceAll("'", "''")}'`]);
          expect(await evaluate("{{ comparable_text('a') }}", rows)).toEqual(texts.map(comparableText));
        }),
        { numRuns: 20 },
      );
    });

    it('csv_field can be read back', async () => {
      const text = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' ', 'é', "'") });
      await fc.assert(
        fc.asyncProperty(fc.array(text, { minLength: 50, maxLength: 100 }), async (texts) => {
          const fields = await evaluate(
            "{{ csv_field('a') }}",
            texts.map((value) => [`'${value.replaceAll("'", "''")}'`]),
          );
          const read = fields.map(String).map((field) => {
            if (!field.startsWith('"')) return /[,"\r\n]/.test(field) ? 'not quoted' : field;
            return field.slice(1, -1).replaceAll('""', '"');
          });
          expect(read).toEqual(texts);
        }),
        { numRuns: 10 },
      );
    });
  });
}
