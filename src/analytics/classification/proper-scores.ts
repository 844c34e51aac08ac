import { clipped, countEvents, type ScoredCell } from './scored-cell.ts';

/**
 * Mean squared difference between the probability and what happened (1 or 0): 0 is perfect, 1/4 is what "one half" always
 * gets. Null without customers. Source: Brier 1950, for one of the two classes.
 */
export function brierScore(cells: readonly ScoredCell[]): number | null {
  return meanLoss(cells, (probability) => [(1 - probability) ** 2, probability ** 2]);
}

/**
 * Mean of -ln(probability of what happened), natural logarithm per customer. Probabilities nearer to 0 or 1 than 1e-9
 * count as 1e-9 and 1 - 1e-9, so that one that was certain and wrong costs 20.7 and not everything. Null without customers.
 */
export function logLoss(cells: readonly ScoredCell[]): number | null {
  return meanLoss(cells, (probability) => {
    const inside = clipped(probability);
    return [-Math.log(inside), -Math.log1p(-inside)];
  });
}

/** The part of a reference's score that is saved: 1 for a perfect score, 0 for no better, negative for worse. */
export function skill(score: number, reference: number): number | null {
  return reference === 0 ? null : 1 - score / reference;
}

/** Mean over customers of a loss, given as [with the event, without it]. */
function meanLoss(cells: readonly ScoredCell[], loss: (probability: number) => [number, number]): number | null {
  const { events, nonEvents } = countEvents(cells);
  if (events + nonEvents === 0) return null;
  const sum = cells.reduce((all, cell) => {
    const [withEvent, without] = loss(cell.probability);
    return all + cell.events * withEvent + cell.nonEvents * without;
  }, 0);
  return sum / (events + nonEvents);
}
