/** A figure that somebody has published. */
interface PrintedFigure {
  readonly item: string;
  readonly source: string;
  readonly printed: number;
  /** Digits printed behind the point; negative where the figure is rounded to tens, hundreds, ... */
  readonly decimals: number;
  /**
   * How far beyond half a unit of the last printed digit we may be, as a difference, and why: theirs is itself not exact
   * to its last digit. Absent: the printed digits must agree.
   */
  readonly allowed?: { readonly difference: number; readonly why: string };
}

/** The same, with how to compute it. */
export interface PublishedFigure<Evidence> extends PrintedFigure {
  compute(evidence: Evidence): number;
}

/** `digits`: the same as printed; `allowed`: beyond the printed digits, but no further than known and explained. */
export type Agreement = 'digits' | 'allowed' | 'different';

/** A figure beside ours. */
export interface ComparedFigure {
  readonly item: string;
  readonly source: string;
  readonly paper: number;
  readonly decimals: number;
  /** Null where the computation gave no finite number. */
  readonly ours: number | null;
  /** Ours less the paper's. */
  readonly difference: number | null;
  /** How far apart the two may be, half a unit of the last printed digit or more. */
  readonly tolerance: number;
  readonly agreement: Agreement;
  /** Why they may differ, where they may. */
  readonly why?: string;
}

/** Computes a figure and holds it against the printed one. */
export function compareFigure<E>(figure: PublishedFigure<E>, evidence: E): ComparedFigure {
  return compareValue(figure, figure.compute(evidence));
}

/** Holds a value that is known against the printed one. */
export function compareValue(figure: PrintedFigure, ours: number): ComparedFigure {
  const { item, source, printed, decimals, allowed } = figure;
  // A part of a billionth more, so that a figure halfway between two roundings agrees with both.
  const halfUnit = 0.5 * 10 ** -decimals * (1 + 1e-9);
  const tolerance = Math.max(halfUnit, allowed?.difference ?? 0);
  const shown = { item, source, paper: printed, decimals, tolerance, ...(allowed && { why: allowed.why }) };
  if (!Number.isFinite(ours)) return { ...shown, ours: null, difference: null, agreement: 'different' };
  const distance = Math.abs(ours - printed);
  const agreement = distance <= halfUnit ? 'digits' : distance <= tolerance ? 'allowed' : 'different';
  return { ...shown, ours, difference: ours - printed, agreement };
}
