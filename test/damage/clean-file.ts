import fc from 'fast-check';
import { dateOf, dayOf } from '../support/calendar-days.ts';
import { amountText, type SaleRow } from '../support/make-shop.ts';

/** The rows of a clean file, and whether it is a wide one or has the original's five columns. */
export interface CleanFile {
  readonly rows: readonly SaleRow[];
  readonly isWide: boolean;
}

/** So many rows at the beginning, and at the end, have a day above 12 and an amount below 1,000: they prove how values are written. */
export const witnesses = 4;

/** Ids that a reader may trip over; each writable in windows-1252. */
const customers = [
  ...['C17', '00123', '123', 'NULL', 'NA', '12345678901234567890', '1e5', '=1+1', '-', 'a b', 'tab\there'],
  ...[
    'a,b',
    'a;b',
    'x|y',
    ', Inc',
    'say "hi"',
    '"quoted"',
    "O'Neil & Söhne",
    'Müller',
    'José',
    '€uro',
    'ann@shop.example',
  ],
];
const orderIds = [
  (n: number) => `O${n}`,
  (n: number) => `00${n}`,
  (n: number) => `90071992547409${1000 + n}`,
  (n: number) => `#${n}`,
  (n: number) => `${n}e5`,
  (n: number) => `A,${n}`,
  (n: number) => `"${n}"`,
  (n: number) => `2024/${n}`,
  (n: number) => `ü${n}`,
];

/** A clean file from numbers: rows `[day, customer, kind of order id, cents]`. */
function cleanFile(seeds: readonly (readonly [number, number, number, number])[], isWide: boolean): CleanFile {
  const rows = seeds.map(([day, customer, kind, cents], at): SaleRow => {
    const isWitness = at < witnesses || at >= seeds.length - witnesses;
    const drawn = dateOf(dayOf('2023-01-01') + day);
    return {
      date: isWitness ? `${drawn.slice(0, 8)}${13 + (day % 16)}` : drawn,
      customer: customers[customer % customers.length] ?? '',
      order: (orderIds[kind % orderIds.length] ?? String)(at + 1),
      sales: amountText(isWitness ? 1 + (Math.abs(cents) % 99_999) : cents),
    };
  });
  return { rows, isWide };
}

/** 14 to 40 orders, a few of them returns. */
export const anyCleanFile: fc.Arbitrary<CleanFile> = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.nat({ max: 700 }),
        fc.nat({ max: 200 }),
        fc.nat({ max: 200 }),
        fc.oneof(
          { weight: 9, arbitrary: fc.integer({ min: 1, max: 400_000 }) },
          { weight: 1, arbitrary: fc.constant(-1250) },
        ),
      ),
      { minLength: 14, maxLength: 40 },
    ),
    fc.boolean(),
  )
  .map(([seeds, isWide]) => cleanFile(seeds, isWide));

/** The file with other order ids, so that it can be loaded together with others. */
export function withPrefix({ rows, isWide }: CleanFile, prefix: string): CleanFile {
  return { rows: rows.map((row) => ({ ...row, order: `${prefix}${row.order}` })), isWide };
}

/** The same 30 orders always. */
export function usualCleanFile(isWide: boolean): CleanFile {
  return cleanFile(
    Array.from({ length: 30 }, (_, n) => [
      (n * 37) % 700,
      n * 5,
      n * 4,
      n % 11 === 5 ? -1250 : 199 + ((n * 71_993) % 400_000),
    ]),
    isWide,
  );
}
