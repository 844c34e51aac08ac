import type { ValueEvidence } from './examining-sink.ts';
import { HeaderSink } from './header-sink.ts';
import type { Layout } from './mapping/layout.ts';
import type { Dialect } from './record-scanner.ts';
import { AmountEvidence } from './values/amount-style.ts';
import { DateEvidence } from './values/date-evidence.ts';

const quote = 0x22;
const minus = 0x2d;
const point = 0x2e;
const zero = 0x30;
const nine = 0x39;

/**
 * Looks whether the values of all records need no rule to be read: dates YYYY-MM-DD, amounts with a point and at most two
 * decimals. At the level of bytes, because it sees every record of the plainest and largest files.
 */
export class PlainSink extends HeaderSink {
  /** False from the first record on that must be read by a rule. */
  isPlain = true;
  readonly #layoutOf: (columns: readonly string[]) => Layout;
  #dateAt = -1;
  #amountAt = -1;
  #recordCount = 0;
  #pointCount = 0;
  /** A date, a whole amount and one with a point, as examples. */
  #date = '';
  #whole = '';
  #decimal = '';

  constructor(name: string, dialect: Dialect, layoutOf: (columns: readonly string[]) => Layout) {
    super(name, dialect);
    this.#layoutOf = layoutOf;
  }

  override header(bytes: Buffer, start: number, end: number): void {
    super.header(bytes, start, end);
    const layout = this.#layoutOf(this.columns);
    const { date, amount } = layout.targets;
    this.isPlain = isDirect(layout);
    if (date.root.op === 'column' && amount.root.op === 'column') {
      this.#dateAt = date.root.position;
      this.#amountAt = amount.root.position;
    }
  }

  /** What the records prove, as the thorough look would have gathered it. */
  get evidence(): ValueEvidence {
    const dates = new DateEvidence();
    const amounts = new AmountEvidence();
    dates.add(this.#date, this.#recordCount);
    amounts.add(this.#whole, this.#recordCount - this.#pointCount);
    amounts.add(this.#decimal, this.#pointCount);
    return { dates, amounts, currencies: new Map() };
  }

  wellFormed(
    bytes: Buffer,
    start: number,
    _end: number,
    _row: number,
    _line: number,
    ends: Int32Array,
    firstEnd: number,
  ): void {
    if (!this.isPlain) return;
    this.#recordCount++;
    const date = firstEnd + this.#dateAt;
    this.#seeDate(bytes, this.#dateAt === 0 ? start : (ends[date - 1] ?? 0) + 1, ends[date] ?? 0);
    const amount = firstEnd + this.#amountAt;
    this.#seeAmount(bytes, this.#amountAt === 0 ? start : (ends[amount - 1] ?? 0) + 1, ends[amount] ?? 0);
  }

  #seeDate(bytes: Buffer, start: number, end: number): void {
    const isQuoted = bytes[start] === quote;
    const from = isQuoted ? start + 1 : start;
    const to = isQuoted ? end - 1 : end;
    if (!isIsoDate(bytes, from, to)) this.isPlain = false;
    else if (this.#date === '') this.#date = bytes.toString('latin1', from, to);
  }

  #seeAmount(bytes: Buffer, start: number, end: number): void {
    const isQuoted = bytes[start] === quote;
    const from = isQuoted ? start + 1 : start;
    const to = isQuoted ? end - 1 : end;
    const decimals = decimalsOf(bytes, from, to);
    if (decimals === undefined) {
      this.isPlain = false;
    } else if (decimals > 0) {
      this.#pointCount++;
      if (this.#decimal === '') this.#decimal = bytes.toString('latin1', from, to);
    } else if (this.#whole === '') {
      this.#whole = bytes.toString('latin1', from, to);
    }
  }
}

/** Whether every target is a column as it stands, and no record is judged by more than that. */
function isDirect({ id, targets, rules, grain, customerRule, guestIds }: Layout): boolean {
  // Mended rejects say which load they amend.
  if (id === 'rejects') return false;
  if (rules.length > 0 || grain === 'first-line' || customerRule !== 'text' || guestIds.length > 0) return false;
  if (targets.currency !== undefined || targets.refund !== undefined) return false;
  return Object.values(targets).every((expression) => expression === undefined || expression.root.op === 'column');
}

function isIsoDate(bytes: Buffer, from: number, to: number): boolean {
  if (to - from !== 10 || bytes[from + 4] !== minus || bytes[from + 7] !== minus) return false;
  for (let at = from; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (at !== from + 4 && at !== from + 7 && (byte < zero || byte > nine)) return false;
  }
  return true;
}

/** The number of decimals, 0 to 2, of a number with a point; undefined if it is none, or has more. */
function decimalsOf(bytes: Buffer, from: number, to: number): number | undefined {
  let at = bytes[from] === minus ? from + 1 : from;
  const first = at;
  while (at < to && (bytes[at] ?? 0) >= zero && (bytes[at] ?? 0) <= nine) at++;
  if (at === first) return undefined;
  if (at === to) return 0;
  const decimals = to - at - 1;
  if (bytes[at] !== point || decimals < 1 || decimals > 2) return undefined;
  for (at++; at < to; at++) {
    const byte = bytes[at] ?? 0;
    if (byte < zero || byte > nine) return undefined;
  }
  return decimals;
}
