import type { AnswerColumn, Cell } from '../api/answer.ts';

/** What stands where a figure is not known. */
export const UNKNOWN = '–';

type NumberOrNull = number | null | undefined;

/** Figures as people of a locale write them. */
export interface Format {
  /** An amount in the currency of the data. */
  money(value: NumberOrNull): string;
  /** The same in short, for axes and tiles: €1.2M. */
  shortMoney(value: NumberOrNull): string;
  /** An amount without its cents once they no longer matter: from ten thousand on. */
  roundMoney(value: NumberOrNull): string;
  /** A quotient, always with two decimals. */
  ratio(value: NumberOrNull): string;
  /** A whole number, or one with two decimals. */
  number(value: NumberOrNull): string;
  shortNumber(value: NumberOrNull): string;
  /** A measure or an estimate: four digits that matter. */
  precise(value: NumberOrNull): string;
  /** A number with so many decimals. */
  fixed(value: NumberOrNull, decimals: number): string;
  /** `value` is in percent: 12.5 becomes 12.5 %. */
  percent(value: NumberOrNull): string;
  /** A change in percent with its sign. */
  change(value: NumberOrNull): string;
  /** A day, given as YYYY-MM-DD. */
  day(value: string | null | undefined): string;
  /** A month, given as YYYY-MM or as one of its days. */
  month(value: string | null | undefined): string;
  /** A moment, given as ISO 8601. */
  moment(value: string | null | undefined): string;
  /** A cell by the type and unit of its column. */
  cell(value: Cell | undefined, column: Pick<AnswerColumn, 'type' | 'unit'>): string;
}

/** @param locale BCP 47 @param currency ISO 4217 */
export function makeFormat(locale: string, currency: string): Format {
  const numbers = (options: Intl.NumberFormatOptions) => {
    const format = new Intl.NumberFormat(locale, options);
    return (value: NumberOrNull) => (value === null || value === undefined ? UNKNOWN : format.format(value));
  };
  const moments = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return (value: string | null | undefined) => {
      if (value === null || value === undefined) return UNKNOWN;
      const moment = new Date(value.length === 7 ? `${value}-01` : value);
      return Number.isNaN(moment.getTime()) ? value : format.format(moment);
    };
  };
  const money = numbers({ style: 'currency', currency });
  const wholeMoney = numbers({ style: 'currency', currency, maximumFractionDigits: 0 });
  const number = numbers({ maximumFractionDigits: 2 });
  const percentOf = numbers({ style: 'percent', maximumFractionDigits: 1 });
  const changeOf = numbers({ style: 'percent', maximumFractionDigits: 1, signDisplay: 'exceptZero' });
  const hundredth = (value: NumberOrNull) => (typeof value === 'number' ? value / 100 : value);
  const day = moments({ dateStyle: 'medium' });
  const moment = moments({ dateStyle: 'medium', timeStyle: 'short', timeZone: undefined });
  return {
    money,
    shortMoney: numbers({ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }),
    roundMoney: (value) => (Math.abs(value ?? 0) >= 10_000 ? wholeMoney(value) : money(value)),
    ratio: numbers({ minimumFractionDigits: 2, maximumFractionDigits: 2 }),
    number,
    precise: numbers({ maximumSignificantDigits: 4 }),
    fixed: (value, decimals) => numbers({ minimumFractionDigits: decimals, maximumFractionDigits: decimals })(value),
    shortNumber: numbers({ notation: 'compact', maximumFractionDigits: 1 }),
    percent: (value) => percentOf(hundredth(value)),
    change: (value) => changeOf(hundredth(value)),
    day,
    month: moments({ month: 'short', year: 'numeric' }),
    moment,
    cell: (value, { type, unit }) => {
      if (value === null || value === undefined) return UNKNOWN;
      if (typeof value === 'boolean') return value ? 'yes' : 'no';
      if (typeof value === 'number') {
        if (unit === 'money') return money(value);
        return unit === 'percent' ? percentOf(value / 100) : number(value);
      }
      if (type === 'date') return day(value);
      return type === 'timestamp' ? moment(value) : value;
    },
  };
}
