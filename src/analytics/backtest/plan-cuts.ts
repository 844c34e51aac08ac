import type { Days } from '../units.ts';

/** What a day in the past is looked back from. */
export type CutRole = 'evaluate' | 'train';

/** A day on which the past is cut in two: what was known by then, and what came within the horizon after it. */
export interface Cut {
  /** Days before the as-of date. */
  readonly daysBefore: number;
  /**
   * `evaluate`: predictions made with what was known then are compared with what came. `train`: only used to learn from, by
   * later cuts whose past its horizon lies in.
   */
  readonly role: CutRole;
}

export interface CutRequest {
  /** From the first order to the as-of date. */
  readonly historyDays: Days;
  readonly horizonDays: Days;
}

/** The cuts that a backtest looks at, fewest and most. */
export const fewestCuts = 3;
const mostCuts = 4;
/** A model learns from at most so many cuts: older ones tell of another shop. */
const mostTrainingCuts = 4;

/**
 * How long a shop must have been watched before the oldest cut: for the horizon or 90 days, whichever is shorter, and half the horizon at
 * least; only half the horizon where the history has no room for more.
 */
const pastsBeforeOldest = (horizonDays: number): readonly number[] => [
  Math.max(horizonDays / 2, Math.min(90, horizonDays)),
  horizonDays / 2,
];

/**
 * Chooses the past cuts, latest first. The horizon of the latest ends on the as-of date. Each cut to evaluate has at least one
 * cut to train on whose horizon has ended by then. Horizons may overlap where the history is short: then cuts stand a half or a
 * quarter of the horizon apart. Empty where not even so {@link fewestCuts} fit in, which a history of three horizons always allows.
 */
export function planCuts({ historyDays, horizonDays }: CutRequest): readonly Cut[] {
  for (const past of pastsBeforeOldest(horizonDays)) {
    for (const partsOfHorizon of [1, 2, 4]) {
      const cuts = cutsApart(historyDays - past, horizonDays, partsOfHorizon);
      if (cuts.length > 0) return cuts;
    }
  }
  return [];
}

/** Cuts a part of the horizon apart, up to `oldest` days before the as-of date; empty where too few can be evaluated. */
function cutsApart(oldest: number, horizonDays: number, partsOfHorizon: number): readonly Cut[] {
  const steps = Math.floor(((oldest - horizonDays) * partsOfHorizon) / horizonDays);
  const ages = Array.from(
    { length: Math.max(0, steps + 1) },
    (_, k) => horizonDays + Math.floor((k * horizonDays) / partsOfHorizon),
  );
  const evaluated = Math.min(mostCuts, ages.length - partsOfHorizon);
  if (evaluated < fewestCuts) return [];
  const used = evaluated - 1 + partsOfHorizon + mostTrainingCuts;
  return ages
    .slice(0, used)
    .map((daysBefore, index) => ({ daysBefore, role: index < evaluated ? 'evaluate' : 'train' }));
}

/** The cuts that a model may learn from on a day: those whose horizon has ended by then, latest first. */
export function trainingCuts<T extends Pick<Cut, 'daysBefore'>>(
  cuts: readonly T[],
  daysBefore: number,
  horizonDays: Days,
): readonly T[] {
  return cuts.filter((cut) => cut.daysBefore - horizonDays >= daysBefore).slice(0, mostTrainingCuts);
}
