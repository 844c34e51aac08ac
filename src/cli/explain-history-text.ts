import type { HistoryEntry, OrderHistory } from '../api/explain/order-history.ts';
import type { Words } from './explain-words.ts';

/** Ids are cut to what the other columns leave, but not below this. */
const SHORTEST_ID = 12;

interface TableColumn {
  readonly name: string;
  readonly isNumber?: boolean;
  /** A column that no entry needs is left out. */
  readonly isNeeded: (entry: HistoryEntry) => boolean;
  readonly cell: (entry: HistoryEntry, words: Words) => string;
}

const COLUMNS: readonly TableColumn[] = [
  { name: 'date', isNeeded: () => true, cell: ({ date }) => date },
  { name: '', isNeeded: ({ kind }) => kind === 'return', cell: ({ kind }) => kind },
  { name: 'id', isNeeded: () => true, cell: ({ orderId }) => orderId },
  {
    name: 'amount',
    isNumber: true,
    isNeeded: ({ kind }) => kind === 'order',
    cell: ({ kind, amount }, { money }) => (kind === 'order' ? money(amount) : ''),
  },
  {
    name: 'returned',
    isNumber: true,
    isNeeded: ({ returnedAmount }) => returnedAmount !== 0,
    cell: ({ returnedAmount }, { money }) => (returnedAmount === 0 ? '' : money(returnedAmount)),
  },
  {
    name: 'days since the order before',
    isNumber: true,
    isNeeded: ({ daysSincePreviousOrder }) => daysSincePreviousOrder !== null,
    cell: ({ daysSincePreviousOrder }, { count }) =>
      daysSincePreviousOrder === null ? '' : count(daysSincePreviousOrder),
  },
];

/** The orders and returns as a table of at most `width` characters. */
export function historyLines({ entries, earlierEntries }: OrderHistory, words: Words, width: number): string[] {
  const columns = COLUMNS.filter(({ isNeeded }) => entries.some(isNeeded)).map(({ name, isNumber = false, cell }) => {
    const cells = [name, ...entries.map((entry) => cell(entry, words))];
    return { name, isNumber, cells, width: Math.max(...cells.map((text) => text.length)) };
  });
  const others = columns.reduce((sum, column) => sum + (column.name === 'id' ? 0 : column.width + 2), 0);
  const longestId = Math.max(SHORTEST_ID, width - others);
  const lines = ['', ...entries].map((_, row) =>
    columns
      .map(({ name, isNumber, cells, width }) => {
        const cell = cells[row] ?? '';
        if (name === 'id') return shortened(cell, longestId).padEnd(Math.min(width, longestId));
        return isNumber ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
  return earlierEntries === 0 ? lines : [...lines, `and ${words.count(earlierEntries)} earlier`];
}

function shortened(text: string, length: number): string {
  return text.length > length ? `${text.slice(0, length - 1)}…` : text;
}
