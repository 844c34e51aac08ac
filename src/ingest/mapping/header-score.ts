import { HeaderIndex } from './header-index.ts';
import { looksLikeData } from './looks-like-data.ts';
import { matchGeneral } from './match-general.ts';
import { findPreset } from './preset-match.ts';
import { requiredTargetNames } from './target.ts';

/** A header of orders names at least two of date, customer, order, amount. */
const fewestTargets = 2;
/** Some headers name a column by a number, such as a year. */
const largestShareOfData = 0.2;

/**
 * How much a row of cells looks like a header of orders: 0 not at all, 1 a known layout or all four required columns.
 * Rows of data score 0. Never throws.
 */
export function headerScore(columns: readonly string[]): number {
  const filled = columns.filter((cell) => cell.trim() !== '');
  if (filled.length < fewestTargets) return 0;
  const data = filled.filter(looksLikeData).length;
  if (data > filled.length * largestShareOfData) return 0;
  const header = new HeaderIndex(columns);
  if (findPreset(header) !== undefined) return 1;
  const { confidence, ambiguous } = matchGeneral(header, new Map());
  const scores = requiredTargetNames.map((name) => (ambiguous.has(name) ? 0.6 : (confidence[name] ?? 0)));
  if (scores.filter((score) => score > 0).length < fewestTargets) return 0;
  return (scores.reduce((sum, score) => sum + score, 0) / requiredTargetNames.length) * (1 - data / filled.length);
}
