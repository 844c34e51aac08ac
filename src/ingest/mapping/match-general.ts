import { columnsOf, type Expression } from './expression.ts';
import type { HeaderIndex } from './header-index.ts';
import type { CustomerRule, Grain } from './layout.ts';
import { type Candidate, matchNames } from './name-match.ts';
import { wordsOf } from './name-words.ts';
import type { RecordRule } from './record-rule.ts';
import { type RequiredTargetName, requiredTargetNames, type TargetName, targets } from './target.ts';

/** What the names of a header mean one by one; not necessarily all that is needed. */
export interface GeneralMatch {
  readonly expressions: ReadonlyMap<TargetName, Expression>;
  readonly confidence: Readonly<Partial<Record<TargetName, number>>>;
  /** Required targets with several equally good columns, as positions. */
  readonly ambiguous: ReadonlyMap<TargetName, readonly number[]>;
  readonly grain: Grain;
  readonly customerRule: CustomerRule;
  readonly timeZoneOfDates?: string;
  readonly rules: readonly RecordRule[];
  readonly notes: readonly string[];
}

const statusRules = [
  {
    outcome: 'CANCELLED',
    values: ['cancelled', 'canceled', 'voided', 'void', 'storniert', 'annulé', 'annulée', 'cancelado', 'annullato'],
  },
  { outcome: 'FAILED', values: ['failed', 'declined', 'denied', 'fehlgeschlagen'] },
  { outcome: 'UNPAID', values: ['unpaid', 'pending payment', 'awaiting payment', 'payment pending', 'unbezahlt'] },
  { outcome: 'REFUNDED', values: ['refunded', 'fully refunded', 'erstattet'] },
] as const;

/** Matches the names of a header; `given` targets are settled and their columns not offered to others. */
export function matchGeneral(header: HeaderIndex, given: ReadonlyMap<TargetName, Expression>): GeneralMatch {
  const rowIndex = given.get('rowIndex');
  const { found, ambiguous, candidates } = matchNames(header, {
    targets: new Set(given.keys()),
    columns: new Set(rowIndex === undefined ? [] : columnsOf(rowIndex)),
  });
  const expressions = new Map(given);
  const confidence: Partial<Record<TargetName, number>> = {};
  const notes: string[] = [];
  for (const [target, candidate] of found) {
    expressions.set(target, column(header, target, candidate.position));
    confidence[target] = candidate.confidence;
    notes.push(...runnersUp(header, target, candidate, candidates.get(target) ?? []));
  }
  const hasProduct = quantityTimesPrice(header, expressions, confidence, ambiguous, notes);
  const isLine = hasProduct || expressions.has('line') || expressions.has('product');
  if (isLine && !hasProduct && isOrderTotal(header, expressions.get('amount'))) {
    notes.push(
      'Warning: the amount is named as a total of the order, but rows seem to be its lines; if the total is repeated on each line, sums are too high.',
    );
  }
  const dateNames = namesOf(header, expressions.get('date'));
  const zone = dateNames.some((name) => wordsOf(name).some((word) => word === 'utc' || word === 'gmt'));
  const rules = rulesOf(expressions.get('status'));
  if (rules.length > 0) {
    notes.push(
      'Rows whose status says cancelled, failed or unpaid are set aside, refunded ones are given back in full.',
    );
  }
  const customerNames = namesOf(header, expressions.get('customer'));
  return {
    expressions,
    confidence,
    ambiguous: new Map(
      [...ambiguous].map(([target, ties]) => [target, ties.map(({ position }) => position).sort((a, b) => a - b)]),
    ),
    grain: isLine ? 'line' : 'order',
    customerRule: customerNames.some((name) => wordsOf(name).some(isMailWord)) ? 'email' : 'text',
    ...(zone ? { timeZoneOfDates: 'UTC' } : {}),
    rules,
    notes,
  };
}

function isMailWord(word: string): boolean {
  return /mail|courriel|correo/.test(word);
}

function column(header: HeaderIndex, target: TargetName, position: number): Expression {
  const root = { op: 'column', position } as const;
  return targets[target].kind === 'text'
    ? { kind: 'text', root, header: header.columns }
    : { kind: 'number', root, header: header.columns };
}

function namesOf(header: HeaderIndex, expression: Expression | undefined): string[] {
  return expression === undefined ? [] : columnsOf(expression).map((position) => header.name(position));
}

/** Sentences about a choice that could have been another: weak matches, and columns that fit nearly as well. */
function runnersUp(
  header: HeaderIndex,
  target: TargetName,
  chosen: Candidate,
  candidates: readonly Candidate[],
): string[] {
  if (!isRequired(target)) return [];
  const quoted = (position: number) => JSON.stringify(header.name(position));
  const others = candidates.filter(({ position }) => position !== chosen.position).slice(0, 3);
  if (others.length === 0 && chosen.confidence >= 0.8) return [];
  const alternatives =
    others.length === 0 ? '' : `, not ${others.map(({ position }) => quoted(position)).join(' or ')}`;
  return [`Check: ${quoted(chosen.position)} is taken as the ${target}${alternatives}; change it with --map.`];
}

function isRequired(target: TargetName): target is RequiredTargetName {
  return requiredTargetNames.some((name) => name === target);
}

/** Makes the amount of quantity and unit price where there is none; true when it did. */
function quantityTimesPrice(
  header: HeaderIndex,
  expressions: Map<TargetName, Expression>,
  confidence: Partial<Record<TargetName, number>>,
  ambiguous: ReadonlyMap<TargetName, unknown>,
  notes: string[],
): boolean {
  const [quantity] = positionsOf(expressions.get('quantity'));
  const amount = expressions.get('amount');
  // A list price is the price of one piece where there is a number of pieces.
  const isListPrice =
    confidence.amount !== undefined &&
    confidence.amount <= 0.6 &&
    namesOf(header, amount).some((name) => /list\W?_?price/i.test(name));
  const [price] = positionsOf(isListPrice ? amount : expressions.get('unitPrice'));
  if (quantity === undefined || price === undefined || ambiguous.has('amount')) return false;
  if (amount !== undefined && !isListPrice) return false;
  const left = { op: 'column', position: quantity } as const;
  const right = { op: 'column', position: price } as const;
  expressions.set('amount', { kind: 'number', root: { op: 'multiply', left, right }, header: header.columns });
  confidence.amount = Math.min(confidence.quantity ?? 1, confidence.unitPrice ?? confidence.amount ?? 1);
  notes.push('Amount is quantity times unit price, because no column holds the amount.');
  return true;
}

function positionsOf(expression: Expression | undefined): number[] {
  return expression?.root.op === 'column' ? [expression.root.position] : [];
}

function isOrderTotal(header: HeaderIndex, amount: Expression | undefined): boolean {
  return namesOf(header, amount).some((name) => {
    const words = wordsOf(name);
    return words.includes('order') || words.includes('grand') || words.includes('invoice');
  });
}

function rulesOf(status: Expression | undefined): RecordRule[] {
  const [position] = positionsOf(status);
  if (position === undefined) return [];
  return statusRules.map(({ outcome, values }) => ({ column: position, when: 'one-of', values, outcome }));
}
