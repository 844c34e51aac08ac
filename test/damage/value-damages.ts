import { witnesses } from './clean-file.ts';
import { type Damage, replaceSome, rewrite, rowLines } from './damage.ts';

const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
const germanMonths = 'Jan Feb Mrz Apr Mai Jun Jul Aug Sep Okt Nov Dez'.split(' ');

type Parts = readonly [year: string, month: string, day: string];
type WriteDate = (...parts: Parts) => string;

function parts(date: string): Parts {
  const [year = '', month = '', day = ''] = date.split('-');
  return [year, month, day];
}

function dates(kind: string, cases: readonly string[], write: WriteDate): Damage {
  return {
    kind,
    cases,
    aspects: ['dates'],
    outcome: 'harmless',
    apply: (draft) => rewrite(draft, 'date', (date) => write(...parts(date))),
  };
}

const short = (year: string) => year.slice(2);
const noZero = (number: string) => String(Number(number));

export const dateDamages: readonly Damage[] = [
  dates('dates 25/09/2026', ['C57'], (y, m, d) => `${d}/${m}/${y}`),
  dates('dates 9/25/26', ['C57'], (y, m, d) => `${noZero(m)}/${noZero(d)}/${short(y)}`),
  dates('dates 25.09.2026', ['C57'], (y, m, d) => `${d}.${m}.${y}`),
  dates('dates Dec 1, 2017', ['C63'], (y, m, d) => `${months[Number(m) - 1]} ${noZero(d)}, ${y}`),
  dates('dates 10-Dez-25', ['C63'], (y, m, d) => `${d}-${germanMonths[Number(m) - 1]}-${short(y)}`),
  dates('dates with time and offset', ['C61'], (y, m, d) => `${y}-${m}-${d}T12:30:00+02:00`),
  dates('dates with time, month first, and a zone', ['C61'], (y, m, d) => `${m}/${d}/${y} 9:05:00 AM PST`),
  {
    kind: 'dates 20260925, format declared',
    cases: ['C63'],
    aspects: ['dates'],
    outcome: 'harmless',
    apply: (draft) => {
      rewrite(draft, 'date', (date) => date.replaceAll('-', ''));
      draft.options = { ...draft.options, dateFormat: 'yyyymmdd' };
    },
  },
  {
    kind: 'dates that could be day or month first',
    cases: ['C57'],
    aspects: ['dates'],
    outcome: 'refused',
    apply: (draft) => {
      rewrite(draft, 'date', (date, at) => `0${1 + (at % 9)}/1${at % 3}/${date.slice(0, 4)}`);
      draft.refusals.push(/cannot be decided/);
    },
  },
  {
    kind: 'day first, then month first',
    cases: ['C58'],
    aspects: ['dates'],
    outcome: 'refused',
    apply: (draft) => {
      const middle = draft.clean.rows.length / 2;
      rewrite(draft, 'date', (date, at) => {
        const [y, m, d] = parts(date);
        return at < middle ? `${d}/${m}/${y}` : `${m}/${d}/${y}`;
      });
      draft.refusals.push(/mixes two ways to write dates/);
    },
  },
  {
    kind: 'days of no calendar',
    cases: ['C59', 'C60'],
    aspects: ['dates'],
    outcome: 'costs',
    apply: (draft, dice) => {
      const no = [
        '2024-02-30',
        '2023-13-01',
        '0000-00-00',
        '2024-01-05garbage',
        'infinity',
        '99999-01-01',
        '45296',
        '',
      ];
      replaceSome(draft, dice, 'date', () => no[dice(no.length)] ?? '');
    },
  },
];

/** `1234.50` with the marks of a country. */
function grouped(amount: string, mark: string, group: string): string {
  const [whole = '', decimals = ''] = amount.replace('-', '').split('.');
  return `${whole.replace(/\B(?=(\d{3})+$)/g, group)}${mark}${decimals}`;
}

const isNegative = (amount: string) => amount.startsWith('-');
const german = (amount: string) => `${isNegative(amount) ? '-' : ''}${grouped(amount, ',', '.')}`;

function amounts(kind: string, cases: readonly string[], write: (amount: string) => string): Damage {
  return {
    kind,
    cases,
    aspects: ['amounts'],
    outcome: 'harmless',
    apply: (draft) => rewrite(draft, 'sales', write),
  };
}

export const amountDamages: readonly Damage[] = [
  amounts('amounts $1,234.56', ['C49', 'C50'], (text) => `${isNegative(text) ? '-' : ''}$${grouped(text, '.', ',')}`),
  amounts('amounts (12.50)', ['C51'], (text) => (isNegative(text) ? `(${text.slice(1)})` : text)),
  amounts('amounts 12.50-', ['C51'], (text) => (isNegative(text) ? `${text.slice(1)}-` : text)),
  amounts('amounts 1 234,50 kr', ['C49'], (text) => `${isNegative(text) ? '-' : ''}${grouped(text, ',', ' ')} kr`),
  amounts('amounts 1.234,56 €', ['C49', 'C50'], (text) => `${german(text)} €`),
  {
    ...amounts('amounts with a Unicode minus', ['C51'], (text) => text.replace('-', '\u2212')),
    aspects: ['amounts', 'encoding'],
  },
  {
    kind: 'thousands separators without quotes',
    cases: ['C16'],
    aspects: ['amounts', 'delimiter', 'quotes'],
    outcome: 'costs',
    apply: (draft) => {
      for (const line of rowLines(draft)) {
        const amount = line.cells.sales ?? '';
        const text = `${isNegative(amount) ? '-' : ''}${grouped(amount, '.', ',')}`;
        if (!text.includes(',')) continue;
        line.fate = 'reported';
        line.cells.sales = 'AMOUNT';
        line.spoilers.push((plain) => plain.replace('AMOUNT', text));
      }
    },
  },
  {
    kind: 'another decimal mark from some row on',
    cases: ['C49'],
    aspects: ['amounts'],
    outcome: 'costs',
    apply: (draft) => {
      for (const line of rowLines(draft).slice(-3)) {
        line.cells.sales = german(line.cells.sales ?? '');
        line.fate = 'reported';
      }
    },
  },
  {
    kind: 'another currency from some row on',
    cases: ['C50'],
    aspects: ['amounts'],
    outcome: 'refused',
    apply: (draft) => {
      const middle = draft.clean.rows.length / 2;
      rewrite(draft, 'sales', (text, at) => `${text} ${at < middle ? 'USD' : 'EUR'}`);
      draft.refusals.push(/2 currencies/);
    },
  },
  {
    kind: 'amounts that are none',
    cases: ['C52'],
    aspects: ['amounts'],
    outcome: 'costs',
    apply: (draft, dice) => {
      const no = ['NaN', 'inf', '1e3', '1_000', '0x10', '5%', '', '12.50.10', '--5', '0.00'];
      replaceSome(draft, dice, 'sales', () => no[dice(no.length)] ?? '');
    },
  },
];

export const idDamages: readonly Damage[] = [
  {
    kind: 'ids that a spreadsheet has rounded',
    cases: ['C44'],
    aspects: ['customers', 'orders'],
    outcome: 'costs',
    apply: (draft, dice) => {
      replaceSome(draft, dice, 'customer', () => '1.23E+11');
      replaceSome(draft, dice, 'order', () => '9.00719925474E+15');
    },
  },
  {
    kind: 'no customer, or no order id',
    cases: ['C47'],
    aspects: ['customers', 'orders'],
    outcome: 'costs',
    apply: (draft, dice) => {
      replaceSome(draft, dice, 'customer', () => '');
      replaceSome(draft, dice, 'order', () => ' ');
    },
  },
  {
    kind: 'spaces around cells',
    cases: ['C12'],
    aspects: ['customers', 'orders'],
    outcome: 'harmless',
    apply: (draft) => {
      for (const key of ['customer', 'order', 'sales', 'date'])
        rewrite(draft, key, (text, at) => (at % 3 === 0 ? `${text}  ` : text));
    },
  },
  {
    kind: 'an order id that two customers have',
    cases: ['C66'],
    aspects: ['customers', 'orders'],
    outcome: 'costs',
    apply: (draft) => {
      const [one, other] = rowLines(draft)
        .slice(witnesses, -witnesses)
        .filter(({ fate }) => fate === 'loaded');
      if (one === undefined || other === undefined) return;
      for (const line of [one, other]) line.fate = 'reported';
      Object.assign(one.cells, { customer: 'one' });
      Object.assign(other.cells, { customer: 'another', order: one.cells.order });
    },
  },
];
