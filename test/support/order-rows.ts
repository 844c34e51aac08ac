import { row, type SaleRow } from './make-shop.ts';

/** `count` orders of half a year, of 37 customers, the first of them number `from`; always the same. */
export function orderRows(count: number, from = 0): SaleRow[] {
  return Array.from({ length: count }, (_, index) => {
    const n = from + index;
    const day = `2024-0${1 + (n % 6)}-${String(1 + ((n * 7) % 28)).padStart(2, '0')}`;
    return row(day, `C${n % 37}`, `O${n}`, `${1 + ((n * 13) % 90)}.${String(n % 100).padStart(2, '0')}`);
  });
}
