import type { SegmentMove } from '../metadata/records.ts';
import type { Formatter } from './format.ts';
import { renderTable } from './table.ts';

const ORDER = ['not yet a customer', 'not in the data before', 'High Value', 'Regular', 'New', 'At Risk', 'Lost'];

function position(segment: string): number {
  const index = ORDER.indexOf(segment);
  return index < 0 ? ORDER.length : index;
}

/** A matrix of moves: a row for each segment before, a column for each segment after. */
export function movesTable(moves: readonly SegmentMove[], { count }: Pick<Formatter, 'count'>, width?: number): string {
  const names = (side: 'from' | 'to') =>
    [...new Set(moves.map((move) => move[side]))].sort((a, b) => position(a) - position(b) || (a < b ? -1 : 1));
  const columns = names('to');
  const customers = (from: string, to: string) =>
    moves.filter((move) => move.from === from && move.to === to).reduce((sum, move) => sum + move.customers, 0);
  return renderTable(
    {
      columns: [{ name: 'from \\ to', type: 'text' }, ...columns.map((name) => ({ name, type: 'integer' as const }))],
      rows: names('from').map((from) => [
        from,
        ...columns.map((to) => (customers(from, to) === 0 ? '-' : count(customers(from, to)))),
      ]),
    },
    width,
  ).trimEnd();
}
