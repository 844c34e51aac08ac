import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { parseDecimal } from '../values/decimal.ts';
import { columnKey, endsIgnorable } from './column-name.ts';
import type { NumberNode, TextNode } from './expression.ts';
import type { HeaderIndex } from './header-index.ts';

const longestExpression = 1000;

/** Parses the text language; see `compileExpression`. */
export function parseTextExpression(text: string, header: HeaderIndex, label?: string): TextNode {
  const parser = new ExpressionParser(text, header, label);
  return parser.whole(() => textChoice(parser));
}

/** Parses the number language; see `compileExpression`. */
export function parseNumberExpression(text: string, header: HeaderIndex, label?: string): NumberNode {
  const parser = new ExpressionParser(text, header, label);
  return parser.whole(() => numberChoice(parser));
}

function textChoice(parser: ExpressionParser): TextNode {
  const items = parser.list('|', () => textJoin(parser));
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { op: 'first', items };
}

function textJoin(parser: ExpressionParser): TextNode {
  const items = parser.list('&', () => textOperand(parser));
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { op: 'join', items };
}

function textOperand(parser: ExpressionParser): TextNode {
  const name = parser.takeFunction(['unless', 'if']);
  if (name === 'unless') {
    const position = parser.column();
    const values: string[] = [];
    do {
      parser.expect(',');
      values.push(parser.literal());
    } while (parser.peeks(','));
    parser.expect(')');
    return { op: 'unless', position, values };
  }
  if (name === 'if') {
    const position = parser.column();
    parser.expect(',');
    const word = parser.literal();
    parser.expect(',');
    const yes = textChoice(parser);
    parser.expect(',');
    const no = textChoice(parser);
    parser.expect(')');
    return { op: 'if', position, word: word.toLowerCase(), yes, no };
  }
  if (parser.peeks("'")) return { op: 'literal', text: parser.literal() };
  const position = parser.takeColumn();
  if (position !== undefined) return { op: 'column', position };
  if (parser.take('(')) {
    const inner = textChoice(parser);
    parser.expect(')');
    return inner;
  }
  throw parser.operandError();
}

function numberChoice(parser: ExpressionParser): NumberNode {
  const items = parser.list('|', () => numberSum(parser));
  const [only] = items;
  return only !== undefined && items.length === 1 ? only : { op: 'first', items };
}

function numberSum(parser: ExpressionParser): NumberNode {
  let left = numberProduct(parser);
  for (;;) {
    if (parser.take('+')) left = { op: 'add', left, right: numberProduct(parser) };
    else if (parser.take('-')) left = { op: 'subtract', left, right: numberProduct(parser) };
    else return left;
  }
}

function numberProduct(parser: ExpressionParser): NumberNode {
  let left = numberOperand(parser);
  while (parser.take('*')) left = { op: 'multiply', left, right: numberOperand(parser) };
  return left;
}

function numberOperand(parser: ExpressionParser): NumberNode {
  if (parser.takeFunction(['packed']) !== undefined) {
    const position = parser.column();
    parser.expect(',');
    const field = parser.word();
    parser.expect(')');
    return { op: 'packed', position, field };
  }
  const number = parser.takeNumber();
  if (number !== undefined) return number;
  const position = parser.takeColumn();
  if (position !== undefined) return { op: 'column', position };
  if (parser.take('-')) return { op: 'negate', item: numberOperand(parser) };
  if (parser.take('(')) {
    const inner = numberChoice(parser);
    parser.expect(')');
    return inner;
  }
  throw parser.operandError();
}

/** A place in an expression's text, and what can be taken from there. */
class ExpressionParser {
  readonly #text: string;
  readonly #header: HeaderIndex;
  readonly #label: string | undefined;
  #at = 0;
  /** Where the last operand began, for the error about what follows it. */
  #operandAt = 0;

  constructor(text: string, header: HeaderIndex, label: string | undefined) {
    this.#text = text;
    this.#header = header;
    this.#label = label;
  }

  whole<Node>(parse: () => Node): Node {
    if (this.#text.length > longestExpression) {
      throw new UsageError(`expression of ${this.#text.length} characters; ${longestExpression} are the limit`);
    }
    const node = parse();
    if (this.#skipSpaces() < this.#text.length) throw this.#trailingError();
    return node;
  }

  list<Node>(separator: string, item: () => Node): Node[] {
    const items = [item()];
    while (this.take(separator)) items.push(item());
    return items;
  }

  peeks(symbol: string): boolean {
    return this.#text.startsWith(symbol, this.#skipSpaces());
  }

  take(symbol: string): boolean {
    if (!this.peeks(symbol)) return false;
    this.#at += symbol.length;
    return true;
  }

  expect(symbol: string): void {
    if (!this.take(symbol)) throw this.#error(`expected ${JSON.stringify(symbol)}`, this.#at);
  }

  /** The function's name, with its parenthesis taken, unless a longer column name begins here. */
  takeFunction<Name extends string>(names: readonly Name[]): Name | undefined {
    const start = this.#skipSpaces();
    for (const name of names) {
      const call = new RegExp(`${name}\\s*\\(`, 'iy');
      call.lastIndex = start;
      const match = call.exec(this.#text);
      if (match === null || this.#columnEnd(start) > start + name.length) continue;
      this.#at = call.lastIndex;
      return name;
    }
    return undefined;
  }

  /** A number, unless a longer column name begins here. */
  takeNumber(): NumberNode | undefined {
    const start = this.#skipSpaces();
    const pattern = /\d+(\.\d+)?(?![\p{L}\p{N}_])/uy;
    pattern.lastIndex = start;
    const digits = pattern.exec(this.#text)?.[0];
    if (digits === undefined || this.#columnEnd(start) > start + digits.length) return undefined;
    const value = parseDecimal(digits);
    if (value === undefined) return undefined;
    this.#operandAt = start;
    this.#at = start + digits.length;
    return { op: 'number', value };
  }

  /** The text between single quotes; a quote inside is written twice. */
  literal(): string {
    const start = this.#skipSpaces();
    const match = /'((?:[^']|'')*)'/y;
    match.lastIndex = start;
    const inner = match.exec(this.#text)?.[1];
    if (inner === undefined) throw this.#error("expected a text in single quotes, such as 'x'", start);
    this.#operandAt = start;
    this.#at = match.lastIndex;
    return inner.replaceAll("''", "'");
  }

  word(): string {
    const start = this.#skipSpaces();
    const match = /[\p{L}\p{N}_-]+/uy;
    match.lastIndex = start;
    const word = match.exec(this.#text)?.[0];
    if (word === undefined) throw this.#error('expected the name of a field', start);
    this.#at = match.lastIndex;
    return word.toLowerCase();
  }

  column(): number {
    const position = this.takeColumn();
    if (position === undefined) throw this.operandError();
    return position;
  }

  takeColumn(): number | undefined {
    const start = this.#skipSpaces();
    const quoted = /"((?:[^"]|"")*)"|\[([^\]]*)\]/y;
    quoted.lastIndex = start;
    const match = quoted.exec(this.#text);
    if (match !== null) {
      const name = match[1]?.replaceAll('""', '"') ?? match[2] ?? '';
      const position = this.#header.find(name, this.#label);
      if (position === undefined) throw this.#unknownError(name, start);
      this.#operandAt = start;
      this.#at = quoted.lastIndex;
      return position;
    }
    const end = this.#columnEnd(start);
    if (end === start) return undefined;
    this.#operandAt = start;
    this.#at = end;
    return this.#header.find(this.#text.slice(start, end), this.#label);
  }

  /** What stands here is no operand: an unknown column, or nothing at all. */
  operandError(): UsageError {
    const start = this.#skipSpaces();
    const name = this.#nameAt(start);
    return name === '' ? this.#error('expected a column', start) : this.#unknownError(name, start);
  }

  #skipSpaces(): number {
    while (/\s/.test(this.#text.charAt(this.#at))) this.#at++;
    return this.#at;
  }

  /** Where the longest column name that begins at `start` ends; `start` when none does. */
  #columnEnd(start: number): number {
    // A name may be written with other spaces and hyphens than in the header, so somewhat longer.
    const last = Math.min(this.#text.length, start + 2 * this.#header.longestName + 10);
    if (start >= last || /[\s|&+*()'",\]]/.test(this.#text.charAt(start))) {
      if (this.#text.charAt(start) !== '(') return start;
    }
    for (let end = last; end > start; end--) {
      if (/[\p{L}\p{N}_]/u.test(this.#text.charAt(end)) && /[\p{L}\p{N}_]/u.test(this.#text.charAt(end - 1))) continue;
      const written = this.#text.slice(start, end);
      const positions = this.#header.positions(written);
      if (positions.length === 0 || columnKey(written) === '') continue;
      const isExact = positions.some((position) => this.#header.name(position).trim() === written);
      const hasMinusSign = /\s-|-\s/.test(written) || written.startsWith('-');
      if (isExact || !(endsIgnorable(written) || hasMinusSign)) return end;
    }
    return start;
  }

  /** The unknown name at `start`, up to the next operator; a hyphen is one only between spaces. */
  #nameAt(start: number): string {
    const match = /[^|&+*(),'"[\]]*?(?=\s+-\s|\s*[|&+*(),'"[\]]|\s*$)/y;
    match.lastIndex = start;
    return match.exec(this.#text)?.[0] ?? '';
  }

  #trailingError(): UsageError {
    const name = this.#nameAt(this.#operandAt);
    const rest = this.#text.slice(this.#at);
    const isLongerName = this.#operandAt + name.length > this.#at && !this.#header.has(name);
    return isLongerName
      ? this.#unknownError(name, this.#operandAt)
      : this.#error(`unexpected ${JSON.stringify(rest.slice(0, 20))}`, this.#at);
  }

  #unknownError(name: string, at: number): UsageError {
    const hint = didYouMean(name, this.#header.columns);
    return this.#error(`unknown column ${JSON.stringify(name)}${hint}`, at, [
      'Name a column of the header; quotes keep a name with operators together: "Net - Tax" or [Net - Tax].',
    ]);
  }

  #error(what: string, at: number, remedy: readonly string[] = []): UsageError {
    return new UsageError(`${what} at position ${at + 1} of ${JSON.stringify(this.#text)}`, { remedy });
  }
}
