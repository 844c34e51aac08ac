/** How many more orders a campaign must bring to earn what it costs. */
export interface BreakEven {
  /** Orders per 100 contacts that would not have come anyway. */
  readonly extraOrdersPer100Contacts: number;
  /** The same relative to the orders that come anyway: 0.2 is 20 % more; null without a base rate. */
  readonly lift: number | null;
  /** Whether that is possible at all: no more orders than contacts, those that come anyway included. */
  readonly isPossible: boolean;
}

/** A customer orders once or not at all in the window. Null where an order earns nothing. */
export function breakEven(costPerContact: number, marginPerOrder: number, baseRate: number | null): BreakEven | null {
  if (!(marginPerOrder > 0)) return null;
  const extra = costPerContact / marginPerOrder;
  return {
    extraOrdersPer100Contacts: 100 * extra,
    lift: baseRate === null || baseRate === 0 ? null : extra / baseRate,
    isPossible: extra + (baseRate ?? 0) <= 1,
  };
}
