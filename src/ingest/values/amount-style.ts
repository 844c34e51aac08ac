import { printable } from '../../printable.ts';
import { splitAmount } from './amount-cell.ts';
import { type DecimalMark, type MarkEvidence, markEvidence, simpleNumber } from './grouped-number.ts';

export type { DecimalMark } from './grouped-number.ts';

/** How many amounts of a file say what about its decimal mark, and up to three of each kind as written. */
export type AmountCounts = Readonly<Record<MarkEvidence | 'blank', number>>;
export type AmountExamples = Readonly<Record<MarkEvidence, readonly string[]>>;

/** How the amounts of a file are written, decided from all of them. */
export interface AmountStyle {
  /** Undefined if nothing decides: then only amounts that read the same with either mark are readable. */
  readonly decimalMark: DecimalMark | undefined;
  readonly basis: 'declared' | 'evidence' | 'none';
  /** Both marks are proven by some amount; those of the fewer kind are unreadable (all of them at a tie). */
  readonly isMixed: boolean;
  readonly counts: AmountCounts;
  readonly examples: AmountExamples;
}

const MAX_EXAMPLES = 3;
/** Examples are looked for among the first so many of a kind. */
const MANY = 1000;
const MAX_EXAMPLE_CHARACTERS = 60;

/** Gathers what all amounts of a file, over all its amount columns, prove about the decimal mark. */
export class AmountEvidence {
  readonly #counts = { plain: 0, point: 0, comma: 0, ambiguous: 0, unreadable: 0, blank: 0 };
  readonly #examples: Record<MarkEvidence, string[]> = {
    plain: [],
    point: [],
    comma: [],
    ambiguous: [],
    unreadable: [],
  };

  /** `times`: so many amounts, written the same way as this one. */
  add(text: string, times = 1): void {
    if (times === 0) return;
    const kind = evidenceOf(text);
    this.#counts[kind] += times;
    if (kind === 'blank' || this.#counts[kind] - times >= MANY) return;
    const examples = this.#examples[kind];
    if (examples.length < MAX_EXAMPLES) {
      const example = printable(text.trim(), MAX_EXAMPLE_CHARACTERS);
      if (!examples.includes(example)) examples.push(example);
    }
  }

  addAll(texts: Iterable<string>): void {
    for (const text of texts) this.add(text);
  }

  /** The style of all amounts added so far; a declared mark wins over what they prove. */
  decide(declared?: DecimalMark): AmountStyle {
    const { point, comma } = this.#counts;
    const proven = point > comma ? '.' : comma > point ? ',' : undefined;
    const { plain, ambiguous, unreadable } = this.#examples;
    return {
      decimalMark: declared ?? proven,
      basis: declared !== undefined ? 'declared' : proven !== undefined ? 'evidence' : 'none',
      isMixed: point > 0 && comma > 0,
      counts: { ...this.#counts },
      examples: {
        plain: [...plain],
        point: [...this.#examples.point],
        comma: [...this.#examples.comma],
        ambiguous: [...ambiguous],
        unreadable: [...unreadable],
      },
    };
  }
}

/** What one cell says about the decimal mark. */
function evidenceOf(text: string): MarkEvidence | 'blank' {
  const simple = simpleNumber(text);
  if (simple !== undefined) {
    const { isNegative, separatorAt } = simple;
    if (separatorAt === -1) return 'plain';
    const start = isNegative ? 1 : 0;
    const mayGroup = text.length - separatorAt === 4 && separatorAt - start <= 3 && text.charCodeAt(start) !== 48;
    if (mayGroup) return 'ambiguous';
    return text.charCodeAt(separatorAt) === 46 ? 'point' : 'comma';
  }
  if (text.trim() === '') return 'blank';
  const cell = splitAmount(text);
  return cell === undefined ? 'unreadable' : markEvidence(cell.body);
}

/** The decision and what it rests on, in one sentence for people. */
export function describeAmountStyle(style: AmountStyle): string {
  const { counts, examples, decimalMark } = style;
  const total = counts.plain + counts.point + counts.comma + counts.ambiguous + counts.unreadable;
  const number = (value: number): string => value.toLocaleString('en-US');
  const like = (texts: readonly string[]): string => (texts[0] === undefined ? '' : `, such as ${texts[0]}`);
  if (style.basis === 'declared') return `decimal mark "${decimalMark}": declared`;
  if (style.isMixed) {
    const rest = decimalMark === undefined ? 'neither is taken' : `"${decimalMark}" is taken, the others are refused`;
    return (
      `decimal marks mixed: ${number(counts.point)} of ${number(total)} amounts prove "."${like(examples.point)}; ` +
      `${number(counts.comma)} prove ","${like(examples.comma)}; ${rest}`
    );
  }
  if (decimalMark !== undefined) {
    const [count, texts] = decimalMark === '.' ? [counts.point, examples.point] : [counts.comma, examples.comma];
    return `decimal mark "${decimalMark}": ${number(count)} of ${number(total)} amounts prove it${like(texts)}`;
  }
  if (counts.ambiguous > 0) {
    return (
      `decimal mark unknown: ${number(counts.ambiguous)} of ${number(total)} amounts could be read both ways` +
      `${like(examples.ambiguous)}, and none proves one`
    );
  }
  return `no decimal mark needed: ${number(counts.plain)} of ${number(total)} amounts are whole numbers`;
}
