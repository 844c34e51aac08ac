import type { CustomerRule, Grain } from '../layout.ts';
import type { RecordOutcome, RuleCondition } from '../record-rule.ts';
import type { TargetName } from '../target.ts';

/** A rule about the column of that name; left out where the header lacks it. */
export interface PresetRule {
  readonly column: string;
  readonly when: RuleCondition;
  readonly values?: readonly string[];
  readonly outcome: RecordOutcome;
}

/** A note for every file of the layout, or only for files without a column. */
export type PresetNote = string | { readonly without: string; readonly note: string };

/** A file that is recognised and cannot be used, and what to take instead. */
export interface PresetRefusal {
  readonly reason: string;
  readonly remedy: string;
}

/** A known layout as data: how its header is recognised and what its columns mean. */
export interface Preset {
  /** Stable, for `--preset`. */
  readonly id: string;
  readonly title: string;
  /** Columns that must be there; names are compared by `columnKey` everywhere. */
  readonly signature: readonly string[];
  /** Of each group one must be there. */
  readonly oneOf?: readonly (readonly string[])[];
  /** Columns of other layouts: none may be there. */
  readonly without?: readonly string[];
  readonly grain: Grain;
  /**
   * Expressions, the preferred first; the first whose columns are all there is taken. A required target that is not
   * listed is matched by name. Column names stand in brackets, so that each is exactly one column.
   */
  readonly targets: Readonly<Partial<Record<TargetName, string | readonly string[]>>>;
  readonly customerRule: CustomerRule;
  readonly guestIds?: readonly string[];
  readonly rules?: readonly PresetRule[];
  readonly timeZoneOfDates?: string;
  readonly dateHint?: 'day-first' | 'month-first';
  readonly notes?: readonly PresetNote[];
  readonly refusal?: PresetRefusal;
}

/** For reports without any customer column. */
export const noCustomer = "''";

export const noCustomerNote =
  'There is no customer column in this report: every record is a guest. Take a report with a customer, name a column (--map customer="..."), or count each order as a customer of its own (--guests separate).';
