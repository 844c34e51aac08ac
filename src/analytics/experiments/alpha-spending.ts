import { gaussLegendre } from '../numeric/gauss-legendre.ts';
import { normalCdf, normalDensity, normalQuantile } from '../numeric/normal.ts';

/** One look at an experiment that is planned to be looked at several times. */
export interface PlannedLook {
  /** Share of all information that is there at this look, above 0 to 1. */
  readonly information: number;
  /** A difference of more standard errors than this, up or down, is evidence. */
  readonly criticalZ: number;
  /** Probability, without any effect, to have found evidence at this look or before. */
  readonly alphaSpent: number;
}

const rule = gaussLegendre(48);

/**
 * The error that may have been made by then, on both sides together, if `alpha` may be made in the end: the O'Brien-Fleming-type function of
 * Lan and DeMets (Biometrika 1983, 70, 659-663), for each side with half of `alpha`. Little at first, most at the end.
 */
export function spentAlpha(information: number, alpha: number): number {
  return 4 * normalCdf(normalQuantile(alpha / 4) / Math.sqrt(information));
}

/**
 * Boundaries for looks at these shares of the information, in rising order, so that the probability to cross any of them without an effect is
 * `alpha`. The distribution of the score that has not crossed yet is carried from look to look by numerical integration (Armitage,
 * McPherson, Rowe 1969).
 */
export function planLooks(informations: readonly number[], alpha: number): PlannedLook[] {
  let density = start;
  let before = 0;
  let spent = 0;
  const looks: PlannedLook[] = [];
  for (const information of informations) {
    const deviation = Math.sqrt(information - before);
    const continuing = density;
    // Of the score, which has the variance `information`: not the z, whose variance is 1.
    const above = (bound: number) => continuing.sum((score) => normalCdf((score - bound) / deviation));
    const target = (spentAlpha(information, alpha) - spent) / 2;
    const bound = crossing(above, target, 12 * Math.sqrt(information));
    spent += 2 * above(bound);
    looks.push({ information, criticalZ: bound / Math.sqrt(information), alphaSpent: spent });
    density = onGrid(bound, (at) => continuing.sum((score) => normalDensity((at - score) / deviation) / deviation));
    before = information;
  }
  return looks;
}

/** The score of experiments that go on: sums of a function over its distribution. */
interface Density {
  sum(of: (score: number) => number): number;
}

/** Before the first look the score is 0. */
const start: Density = { sum: (of) => of(0) };

/** A density between -bound and bound, kept at the nodes of a quadrature rule. */
function onGrid(bound: number, at: (score: number) => number): Density {
  const scores = rule.nodes.map((node) => bound * (2 * node - 1));
  const weights = scores.map((score, index) => 2 * bound * (rule.weights[index] ?? 0) * at(score));
  return { sum: (of) => scores.reduce((total, score, index) => total + (weights[index] ?? 0) * of(score), 0) };
}

/** Where a falling function, from 0 to `most`, has the value `target`: by bisection. */
function crossing(falling: (x: number) => number, target: number, most: number): number {
  let [low, high] = [0, most];
  while (high - low > 1e-9) {
    const middle = (low + high) / 2;
    if (falling(middle) > target) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
