import { witnesses } from './clean-file.ts';
import { type Damage, rowLines } from './damage.ts';
import { type Column, type Draft, type Line, textLine } from './draft.ts';

/** Other names of the columns. */
function named(kind: string, cases: readonly string[], names: Readonly<Record<string, string>>): Damage {
  return {
    kind,
    cases,
    aspects: ['header'],
    outcome: 'harmless',
    apply: ({ columns }) => {
      for (const column of columns) column.name = names[column.key] ?? column.name;
    },
  };
}

function shuffled(columns: readonly Column[], dice: (limit: number) => number): Column[] {
  const rest = [...columns];
  return columns.flatMap(() => rest.splice(dice(rest.length), 1));
}

function refusedHeader(
  kind: string,
  cases: readonly string[],
  message: RegExp,
  change: (draft: Draft) => void,
): Damage {
  return {
    kind,
    cases,
    aspects: ['header', 'columns', 'delimiter', 'quotes', 'top'],
    outcome: 'refused',
    apply: (draft) => {
      change(draft);
      draft.refusals.push(message);
    },
  };
}

export const headerDamages: readonly Damage[] = [
  named('names in lower case with underscores', ['C34'], {
    ...{ date: 'order_date', customer: 'customer_id', order: 'order_id', sales: 'sales_amount' },
  }),
  named('names in capitals, with spaces around', ['C34'], {
    ...{ date: ' DATE', customer: 'CUSTOMER-ID ', order: 'OrderID', sales: 'SALES' },
  }),
  named('other names', ['C34', 'C36'], {
    ...{ date: 'Created at', customer: 'Email', order: 'Invoice Number', sales: 'Total' },
  }),
  named('German names', ['C34'], {
    ...{ date: 'Bestelldatum', customer: 'Kundennummer', order: 'Bestellnummer', sales: 'Betrag' },
  }),
  {
    kind: 'columns in another order',
    cases: ['C33'],
    aspects: ['columns'],
    outcome: 'harmless',
    apply: (draft, dice) => {
      draft.columns = shuffled(draft.columns, dice);
    },
  },
  {
    kind: 'columns that nobody knows',
    cases: ['C36', 'C39'],
    aspects: ['columns'],
    outcome: 'harmless',
    apply: (draft, dice) => {
      const extra = ['__proto__', 'constructor', 'Gift?'].map((name) => ({ key: `extra ${name}`, name }));
      for (const column of extra) draft.columns.splice(1 + dice(draft.columns.length), 0, column);
      for (const line of rowLines(draft)) {
        for (const { key } of extra) line.cells[key] = String(dice(3000) - 1000);
      }
    },
  },
  {
    kind: 'empty columns at the end of every line',
    cases: ['C17'],
    aspects: ['columns'],
    outcome: 'harmless',
    apply: ({ columns }) => {
      columns.push({ key: 'empty 1', name: '' }, { key: 'empty 2', name: '' });
    },
  },
  refusedHeader('a column name twice', ['C35'], /Sales|sales/, ({ columns }) => {
    columns.push({ key: 'again', name: columns.find(({ key }) => key === 'sales')?.name ?? '' });
  }),
  refusedHeader('no amount column', ['C36'], /missing column/, (draft) => {
    draft.columns = draft.columns.filter(({ key }) => key !== 'sales');
  }),
  refusedHeader('no header', ['C37'], /no header row|missing column|above the header/, (draft) => {
    draft.lines = draft.lines.filter((line) => line !== draft.header);
  }),
  refusedHeader('no header but one further down, as in joined files', ['C37', 'C41'], /above the header/, (draft) => {
    const [header, ...rows] = draft.lines;
    if (header !== undefined) draft.lines = rows.toSpliced(5, 0, header);
  }),
  refusedHeader(
    'an open quote in the header',
    ['C21'],
    / in the header|missing column|above the header/,
    ({ header }) => {
      header.spoilers.push((text) => text.replace('Date', '"Date'));
    },
  ),
];

export const lineDamages: readonly Damage[] = [
  {
    kind: 'notes above the header',
    cases: ['C27'],
    aspects: ['top'],
    outcome: 'harmless',
    apply: ({ lines }, dice) => {
      const notes = [
        'Orders of the shop',
        'Period: 2023-01-01 - 2024-12-31',
        '',
        '"All times are UTC"',
        'Filter,none,x',
      ];
      lines.unshift(...notes.slice(dice(notes.length)).map((text) => textLine(text, 'passed')));
    },
  },
  {
    kind: 'lines below the table',
    cases: ['C27'],
    aspects: ['bottom'],
    outcome: 'costs',
    apply: (draft) => {
      const total: Line = { cells: {}, fate: 'reported', spoilers: [] };
      const [first] = draft.columns;
      if (first !== undefined) total.cells[first.key] = 'Total';
      draft.lines.push(total, textLine('Generated on 2024-05-01', 'reported'));
    },
  },
  {
    kind: 'blank lines',
    cases: ['C10', 'C28'],
    aspects: [],
    outcome: 'harmless',
    apply: ({ lines }, dice) => {
      for (let n = 0; n < 3; n++)
        lines.splice(1 + dice(lines.length - 1), 0, textLine(['', '  ', '\t'][n] ?? '', 'passed'));
    },
  },
  {
    kind: 'lines of nothing but delimiters',
    cases: ['C28'],
    aspects: [],
    outcome: 'harmless',
    apply: (draft, dice) => {
      const { lines } = draft;
      const only = () => (draft.delimiter + draft.padding).repeat(draft.columns.length - 1);
      for (let n = 0; n < 2; n++) {
        lines.splice(2 + dice(lines.length - 2), 0, { cells: {}, fate: 'passed', spoilers: [only] });
      }
    },
  },
  {
    kind: 'the same row twice',
    cases: ['C66'],
    aspects: ['orders', 'bottom'],
    outcome: 'costs',
    apply: (draft, dice) => {
      const rows = rowLines(draft);
      const row = rows[dice(witnesses)];
      if (row === undefined || row.fate !== 'loaded' || row.spoilers.length > 0) return;
      draft.lines.push({ cells: { ...row.cells }, fate: 'reported', spoilers: [] });
    },
  },
  {
    kind: 'the header once more, as in joined files',
    cases: ['C27', 'C41'],
    aspects: ['joins'],
    outcome: 'costs',
    apply: (draft, dice) => {
      joinAt(draft, dice, (name) => name);
    },
  },
  {
    kind: 'a byte order mark and the header once more, as in joined files',
    cases: ['C01', 'C41'],
    aspects: ['encoding', 'joins'],
    outcome: 'costs',
    apply: (draft, dice) => {
      joinAt(draft, dice, (text) => `\ufeff${text}`);
    },
  },
  {
    kind: 'a byte order mark before a row, as in joined files',
    cases: ['C01'],
    aspects: ['encoding', 'columns'],
    outcome: 'harmless',
    apply: (draft, dice) => {
      const rows = rowLines(draft).filter(({ spoilers }) => spoilers.length === 0);
      const line = rows[dice(rows.length)];
      if (line === undefined) return;
      line.spoilers.push((text) => `\ufeff${text}`);
      // Before a quoted cell it makes the quote a stray one.
      if (line.fate === 'loaded') line.fate = 'either';
    },
  },
  {
    kind: 'joined files, the columns of the second in another order',
    cases: ['C41'],
    aspects: ['columns', 'dates', 'amounts', 'orders', 'joins', 'bottom'],
    outcome: 'costs',
    apply: (draft) => {
      const last = rowLines(draft).slice(-5);
      const [first] = last;
      if (first === undefined) return;
      const swap: Readonly<Record<string, string>> = { customer: 'order', order: 'customer' };
      const columns = draft.columns.map(
        (column) => draft.columns.find(({ key }) => key === swap[column.key]) ?? column,
      );
      for (const line of last) Object.assign(line, { columns, fate: 'reported' });
      const cells = Object.fromEntries(columns.map(({ key, name }) => [key, name]));
      draft.lines.splice(draft.lines.indexOf(first), 0, { cells, columns, fate: 'reported', spoilers: [] });
    },
  },
  {
    kind: 'one column more from some row on',
    cases: ['C20'],
    aspects: ['columns', 'dates', 'amounts', 'delimiter', 'bottom'],
    outcome: 'costs',
    apply: (draft) => {
      for (const line of rowLines(draft).slice(-6)) {
        line.columns = [...draft.columns, { key: 'more', name: 'More' }];
        line.cells.more = 'x';
        line.fate = 'reported';
      }
    },
  },
];

/** The header again before some row. */
function joinAt(draft: Draft, dice: (limit: number) => number, change: (text: string) => string): void {
  const rows = rowLines(draft);
  const at = draft.lines.indexOf(rows[1 + dice(rows.length - 1)] ?? draft.header);
  const cells = Object.fromEntries(draft.columns.map(({ key, name }) => [key, name]));
  draft.lines.splice(at, 0, { cells, fate: 'reported', spoilers: [change] });
}
