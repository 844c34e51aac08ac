/** Customers with the same predicted probability of an event, after it is known who had it. Counts may be fractional weights. */
export interface ScoredCell {
  readonly probability: number;
  /** Customers with the event. */
  readonly events: number;
  /** Customers without it. */
  readonly nonEvents: number;
}

/** Customers with and without an event. */
export type EventCounts = Omit<ScoredCell, 'probability'>;

export function countEvents(cells: Iterable<EventCounts>): EventCounts {
  let [events, nonEvents] = [0, 0];
  for (const cell of cells) {
    events += cell.events;
    nonEvents += cell.nonEvents;
  }
  return { events, nonEvents };
}

/** One cell per distinct probability, ascending, without empty ones. */
export function byRisingProbability(cells: readonly ScoredCell[]): ScoredCell[] {
  const merged: ScoredCell[] = [];
  for (const cell of cells.toSorted((a, b) => a.probability - b.probability)) {
    if (cell.events + cell.nonEvents === 0) continue;
    const last = merged.at(-1);
    if (last?.probability !== cell.probability) merged.push(cell);
    else merged.push({ ...cell, ...countEvents([merged.pop() ?? cell, cell]) });
  }
  return merged;
}

/** How near to 0 and 1 a probability may come where its logarithm is taken. */
const nearest = 1e-9;

/** The probability, moved into [1e-9, 1 - 1e-9]. */
export function clipped(probability: number): number {
  return Math.min(1 - nearest, Math.max(nearest, probability));
}
