import { logistic } from '../numeric/log-sum.ts';
import { normalQuantile } from '../numeric/normal.ts';
import { byRisingProbability, countEvents, type EventCounts, type ScoredCell } from './scored-cell.ts';

export interface AreaUnderCurve {
  /** Probability that a customer with the event has a higher score than one without; equal scores count half. */
  readonly value: number;
  /** 0 where all scores are in order, or all in the wrong one: the interval says more. */
  readonly standardError: number;
  /** Confidence interval. */
  readonly low: number;
  readonly high: number;
}

/**
 * Area under the receiver operating characteristic curve: 1/2 for scores that say nothing, 1 for those that put every
 * customer with the event before every other. Null where nobody or everybody has it. The standard error is that of
 * DeLong, DeLong and Clarke-Pearson 1988, by counting along the sorted scores (Sun and Xu 2014); the interval is
 * symmetric in the logit of the area.
 */
export function areaUnderCurve(cells: readonly ScoredCell[], level = 0.95): AreaUnderCurve | null {
  const scores = byRisingProbability(cells);
  const { events, nonEvents } = countEvents(scores);
  if (events === 0 || nonEvents === 0) return null;
  // For each score the share of the others that it is on the right side of: DeLong's V10 and V01.
  const below = { events: 0, nonEvents: 0 };
  const placements = scores.map((cell) => {
    const placement = {
      cell,
      ofEvents: (below.nonEvents + cell.nonEvents / 2) / nonEvents,
      ofNonEvents: 1 - (below.events + cell.events / 2) / events,
    };
    below.events += cell.events;
    below.nonEvents += cell.nonEvents;
    return placement;
  });
  const sum = placements.reduce((all, { cell, ofEvents }) => all + cell.events * ofEvents, 0);
  const value = Math.min(1, sum / events);
  if (value === 0 || value === 1)
    return { value, standardError: 0, ...extremeInterval(value, { events, nonEvents }, level) };
  let [ofEvents, ofNonEvents] = [0, 0];
  for (const { cell, ...share } of placements) {
    ofEvents += cell.events * (share.ofEvents - value) ** 2;
    ofNonEvents += cell.nonEvents * (share.ofNonEvents - value) ** 2;
  }
  const widest = value * (1 - value);
  const standardError = Math.sqrt(
    varianceOfMean(ofEvents, events, widest) + varianceOfMean(ofNonEvents, nonEvents, widest),
  );
  const logit = Math.log(value / (1 - value));
  const half = (normalQuantile((1 + level) / 2) * standardError) / widest;
  return { value, standardError, low: logistic(logit - half), high: logistic(logit + half) };
}

/**
 * Variance of the mean of `count` shares. One share alone shows no spread: it gets the largest variance that numbers
 * from 0 to 1 with this mean can have.
 */
function varianceOfMean(squares: number, count: number, widest: number): number {
  return (count < 2 ? widest : squares / (count - 1)) / count;
}

/**
 * Without a single pair in the wrong order there is no spread to estimate from. But the smaller group makes so many
 * pairs without a common customer, and all of them are in order with at most the probability area^pairs: the bound is
 * the area for which that is the tail (Clopper and Pearson 1934).
 */
function extremeInterval(value: 0 | 1, { events, nonEvents }: EventCounts, level: number) {
  const bound = ((1 - level) / 2) ** (1 / Math.min(events, nonEvents));
  return value === 1 ? { low: bound, high: 1 } : { low: 0, high: 1 - bound };
}
