import { witnesses } from './clean-file.ts';
import type { Draft, Line } from './draft.ts';

/** What of a file a damage changes. Two damages can meet in one file where they have nothing in common. */
export type Aspect =
  | 'delimiter'
  | 'quotes'
  | 'line ends'
  | 'encoding'
  | 'container'
  | 'header'
  | 'columns'
  | 'dates'
  | 'amounts'
  | 'customers'
  | 'orders'
  | 'joins'
  | 'top'
  | 'bottom';

/** A number from 0 to below the limit. */
export type Dice = (limit: number) => number;

export interface Damage {
  readonly kind: string;
  /** Cases of reliability.md. */
  readonly cases: readonly string[];
  readonly aspects: readonly Aspect[];
  /**
   * `harmless`: the clean tables must equal the clean file's. `costs`: some rows are reported, the others equal. `refused`: the
   * file as a whole. `warned`: one row may be another, and a warning says so.
   */
  readonly outcome: 'harmless' | 'costs' | 'refused' | 'warned';
  /** Changes the draft, and says in it what each line must come to. */
  readonly apply: (draft: Draft, dice: Dice) => void;
}

/** Lines with a row, in file order. */
export function rowLines({ lines }: Draft): Line[] {
  return lines.filter(({ row }) => row !== undefined);
}

/** Some lines that nothing has happened to and that prove nothing about the file: 1 or 2 of them. */
export function victims(draft: Draft, dice: Dice): Line[] {
  const free = rowLines(draft)
    .slice(witnesses, -witnesses)
    .filter(({ fate, spoilers }) => fate === 'loaded' && spoilers.length === 0);
  const count = Math.min(free.length, 1 + dice(2));
  return Array.from({ length: count }, () => free.splice(dice(free.length), 1)).flat();
}

/** Spoils the text of some lines, which costs them. */
export function spoilSome(draft: Draft, dice: Dice, spoil: (text: string) => string): void {
  for (const line of victims(draft, dice)) {
    line.fate = 'reported';
    line.spoilers.push(spoil);
  }
}

/** Changes a cell of some lines, which costs them. */
export function replaceSome(draft: Draft, dice: Dice, key: string, value: (text: string) => string): void {
  for (const line of victims(draft, dice)) {
    line.fate = 'reported';
    line.cells[key] = value(line.cells[key] ?? '');
  }
}

/** Changes a cell of every row. */
export function rewrite(draft: Draft, key: string, value: (text: string, at: number) => string): void {
  for (const [at, line] of rowLines(draft).entries()) line.cells[key] = value(line.cells[key] ?? '', at);
}
