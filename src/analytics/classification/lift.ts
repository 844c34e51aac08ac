import { byRisingProbability, countEvents, type ScoredCell } from './scored-cell.ts';

/** One of equally large parts of all customers. */
export interface LiftPart {
  /** 1 has the highest probabilities. */
  readonly part: number;
  /** May be fractional. */
  readonly customers: number;
  /** Mean predicted probability. */
  readonly predicted: number;
  /** Share with the event. */
  readonly actual: number;
  /** `actual` over the share of all customers with the event; null where nobody has it. */
  readonly lift: number | null;
}

/**
 * Customers by falling probability, cut into equally large parts. Customers with the same probability who fall into
 * several parts are spread in proportion, so that the order of equals does not matter. Empty without customers.
 */
export function liftByPart(cells: readonly ScoredCell[], parts = 10): LiftPart[] {
  const { events, nonEvents } = countEvents(cells);
  const total = events + nonEvents;
  if (total === 0) return [];
  const sums = Array.from({ length: parts }, () => ({ predicted: 0, events: 0 }));
  let from = 0;
  for (const cell of byRisingProbability(cells).reverse()) {
    const customers = cell.events + cell.nonEvents;
    const to = from + customers;
    for (const [index, sum] of sums.entries()) {
      const [start, end] = [(total * index) / parts, (total * (index + 1)) / parts];
      // What rounding puts behind the last border belongs to the last part.
      const inside = (index === parts - 1 ? to : Math.min(to, end)) - Math.max(from, start);
      if (inside <= 0) continue;
      sum.predicted += inside * cell.probability;
      sum.events += (inside / customers) * cell.events;
    }
    from = to;
  }
  const customers = total / parts;
  return sums.map((sum, index) => ({
    part: index + 1,
    customers,
    predicted: sum.predicted / customers,
    actual: sum.events / customers,
    lift: events === 0 ? null : sum.events / customers / (events / total),
  }));
}
