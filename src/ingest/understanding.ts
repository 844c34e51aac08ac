import type { Layout } from './mapping/layout.ts';
import type { HeaderMatch } from './mapping/match-header.ts';
import type { AmountStyle } from './values/amount-style.ts';
import type { DateStyle } from './values/date-style.ts';

/** What was understood of a file: how its columns are named, and how its values are written. */
export interface Understanding {
  readonly match: HeaderMatch;
  readonly layout: Layout;
  readonly dates: DateStyle;
  readonly amounts: AmountStyle;
  /** Records by currency, those that are set aside left out. */
  readonly currencies: ReadonlyMap<string, { readonly records: number; readonly firstRow: number }>;
  /** ISO 4217 code of the amounts; undefined where the file names none. */
  readonly currency: string | undefined;
  readonly timezone: string;
}
