import { row, type SaleRow } from './make-shop.ts';
import { simulatedRows } from './simulated-shop.ts';

/** Ids that break what is put together carelessly: HTML, quotes, formulas, direction, length. */
export const HOSTILE_IDS: readonly string[] = [
  '<img src=x onerror=alert(1)>',
  '</script><script>alert(1)</script>',
  "'; drop table x; --",
  '" onmouseover="alert(1)',
  '=1+1',
  '@SUM(A1)',
  '../../etc/passwd',
  '..',
  'a/b?c=d&e#f',
  '100%',
  '\u202egnp.exe',
  '😀 smile',
  'x'.repeat(300),
];

/** A shop large enough for predictions, with customers of hostile names and a few dirty rows. */
export function servedRows(): SaleRow[] {
  const rows = simulatedRows({ customers: 800, seed: 3, startDate: '2023-01-01', endDate: '2024-12-31' });
  const hostile = HOSTILE_IDS.map((id, index) => row('2024-03-05', id, `hostile-${index}`, 100 + index));
  const returned = row('2024-12-30', rows[0]?.customer ?? '', 'return-1', '-5.00');
  const dirty = [row('2024-13-45', 'a', 'dirty-1', '1.00'), row('2024-01-05', 'a', 'dirty-2', 'much')];
  return [...rows, ...hostile, returned, ...dirty];
}
