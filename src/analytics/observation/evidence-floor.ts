import { counted, written } from './words.ts';

export interface Evidence {
  /** Customers with at least one purchase. */
  readonly buyers: number;
  /** Days from the first order to the as-of date. */
  readonly historyDays: number;
  /** Customers of the past who ordered again within the horizon. */
  readonly returned: number;
  /** Customers of the past who did not. */
  readonly notReturned: number;
}

export interface EvidenceFloor {
  readonly minBuyers: number;
  readonly minHistoryDays: number;
  /** So many must have returned and so many must not: a score is learned from both kinds. */
  readonly minEvents: number;
}

interface Part {
  readonly words: string;
  /** The number next to the verb, which agrees with it. */
  readonly count: number;
}

/** What is missing before anything can be predicted, in words for the owner of a shop; null where nothing is. */
export function missingEvidence(evidence: Evidence, floor: EvidenceFloor): string | null {
  const parts: Part[] = [];
  const buyers = floor.minBuyers - evidence.buyers;
  if (buyers > 0) parts.push(buyersPart(buyers, evidence));
  const days = floor.minHistoryDays - evidence.historyDays;
  if (days > 0) parts.push({ words: `${counted(days, 'more day')} of orders`, count: days });
  const returned = floor.minEvents - evidence.returned;
  if (returned > 0) parts.push(customersPart(returned, 'orders again', 'order again'));
  const notReturned = floor.minEvents - evidence.notReturned;
  if (notReturned > 0) parts.push(customersPart(notReturned, 'does not order again', 'do not order again'));
  if (parts.length === 0) return null;
  const verb = parts.length === 1 && parts[0]?.count === 1 ? 'is' : 'are';
  return `${joined(parts)} ${verb} needed before anything can be predicted`;
}

/** Buyers, or the days until so many more have bought as fast as they did so far. Without a pace there are no days. */
function buyersPart(missing: number, { buyers, historyDays }: Evidence): Part {
  const words = counted(missing, 'more buyer');
  if (buyers <= 0 || historyDays <= 0) return { words, count: missing };
  const days = Math.ceil((missing * historyDays) / buyers);
  return { words: `${words} or, at the pace so far, ${counted(days, 'more day')}`, count: days };
}

function customersPart(missing: number, one: string, many: string): Part {
  const who = missing === 1 ? `customer who ${one}` : `customers who ${many}`;
  return { words: `${written(missing)} more ${who} within the horizon`, count: missing };
}

/** `a`, `a; and b`, `a; b; and c`: the parts have commas of their own. */
function joined(parts: readonly Part[]): string {
  return parts.map(({ words }, i) => (i > 0 && i === parts.length - 1 ? `and ${words}` : words)).join('; ');
}
