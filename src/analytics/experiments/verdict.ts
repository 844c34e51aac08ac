import { counted } from '../observation/words.ts';
import type { Readout } from './read-out.ts';

/** What a look allows to say: of the targets more ordered than of the controls, fewer, or neither can be told. */
export const verdicts = ['more', 'fewer', 'no evidence', 'too early', 'no control group'] as const;
export type Verdict = (typeof verdicts)[number];

export interface Judged {
  readonly targets: number;
  readonly controls: number;
  readonly isFinal: boolean;
  /** Null before the first look, and without a control group. */
  readonly readout: Readout | null;
}

export function verdictOf({ targets, controls, isFinal, readout }: Judged): Verdict {
  if (targets === 0 || controls === 0) return 'no control group';
  if (readout === null) return 'too early';
  const { low, high } = readout.conversion.interval;
  if (low > 0) return 'more';
  if (high < 0) return 'fewer';
  return isFinal ? 'no evidence' : 'too early';
}

/** The verdict as a sentence, with the figures on which it rests. */
export function verdictInWords(judged: Judged): string {
  const { targets, controls, readout } = judged;
  const verdict = verdictOf(judged);
  if (verdict === 'no control group') {
    const missing = controls === 0 ? 'nobody was left alone' : 'nobody was to be contacted';
    return `No control group: ${missing}, so the effect cannot be known.`;
  }
  if (readout === null) return 'Too early: no look has been reached yet.';
  const { value, interval } = readout.conversion;
  const range = `${signed(interval.low)} to ${signed(interval.high)} percentage points`;
  const than = `of ${counted(targets, 'target')} than of ${counted(controls, 'control')}`;
  const figures = `${signed(value)} percentage points (interval ${range})`;
  if (verdict === 'more') return `More ${than} ordered: ${figures}.`;
  if (verdict === 'fewer') return `Fewer ${than} ordered: ${figures}. The campaign did harm.`;
  if (verdict === 'too early') return `Too early to tell: so far ${figures}; the window is not over.`;
  return `No evidence of an effect: a difference of ${figures} can be chance.`;
}

/** A share in percent with its sign. */
function signed(share: number): string {
  const text = (100 * share).toFixed(2);
  if (Number(text) === 0) return '0.00';
  return share > 0 ? `+${text}` : text;
}
