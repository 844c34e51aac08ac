import type { Decimal } from '../values/decimal.ts';
import { parseNumberExpression, parseTextExpression } from './expression-parser.ts';
import { HeaderIndex } from './header-index.ts';

/** A text computed from a record's cells. */
export type TextNode =
  | { readonly op: 'column'; readonly position: number }
  | { readonly op: 'literal'; readonly text: string }
  /** The first that is not blank. */
  | { readonly op: 'first'; readonly items: readonly TextNode[] }
  /** All that are not blank, with a space between them. */
  | { readonly op: 'join'; readonly items: readonly TextNode[] }
  /** The cell, or blank where it is one of the values. */
  | { readonly op: 'unless'; readonly position: number; readonly values: readonly string[] }
  /** `yes` where the cell contains the word, without regard to case, else `no`. */
  | {
      readonly op: 'if';
      readonly position: number;
      readonly word: string;
      readonly yes: TextNode;
      readonly no: TextNode;
    };

/** A number computed from a record's cells. */
export type NumberNode =
  | { readonly op: 'column'; readonly position: number }
  | { readonly op: 'number'; readonly value: Decimal }
  | { readonly op: 'first'; readonly items: readonly NumberNode[] }
  | { readonly op: 'add' | 'subtract' | 'multiply'; readonly left: NumberNode; readonly right: NumberNode }
  | { readonly op: 'negate'; readonly item: NumberNode }
  /** The sum of the numbers behind `field:` in a cell such as `amount:88.00|reason:|date:...`. */
  | { readonly op: 'packed'; readonly position: number; readonly field: string };

export interface TextExpression {
  readonly kind: 'text';
  readonly root: TextNode;
  /** The header it was compiled against. */
  readonly header: readonly string[];
}

export interface NumberExpression {
  readonly kind: 'number';
  readonly root: NumberNode;
  /** The header it was compiled against. */
  readonly header: readonly string[];
}

export type Expression = TextExpression | NumberExpression;

/**
 * Compiles an expression over the columns of a header.
 *
 * Text: `A | B` the first that is not blank, `A & B` joined by one space (binds tighter), `'literal'`, parentheses,
 * `unless(A, '0')` blank where A is 0, `if(A, 'word', B, C)` B where A contains the word, else C.
 * Number: `+ - *`, unary minus, parentheses, numbers, `A | B`, `packed(A, field)`.
 *
 * Columns are named as in the header, case, spaces, `_`, `-`, `.` and `/` do not matter; the longest name that fits
 * wins. `"Name"` and `[Name]` are always a column. Throws a UsageError with the position for anything that cannot be
 * read and for unknown columns, an InputError where the header has the column twice.
 */
export function compileExpression(text: string, columns: readonly string[], kind: 'text'): TextExpression;
export function compileExpression(text: string, columns: readonly string[], kind: 'number'): NumberExpression;
export function compileExpression(text: string, columns: readonly string[], kind: 'text' | 'number'): Expression;
export function compileExpression(text: string, columns: readonly string[], kind: 'text' | 'number'): Expression {
  return compileWith(text, new HeaderIndex(columns), kind);
}

/** As `compileExpression`, with an index of the header made before; `label` names the target in errors. */
export function compileWith(text: string, header: HeaderIndex, kind: 'text', label?: string): TextExpression;
export function compileWith(text: string, header: HeaderIndex, kind: 'number', label?: string): NumberExpression;
export function compileWith(text: string, header: HeaderIndex, kind: 'text' | 'number', label?: string): Expression;
export function compileWith(text: string, header: HeaderIndex, kind: 'text' | 'number', label?: string): Expression {
  const { columns } = header;
  return kind === 'text'
    ? { kind, root: parseTextExpression(text, header, label), header: columns }
    : { kind, root: parseNumberExpression(text, header, label), header: columns };
}

/** Positions of all columns that an expression reads, each once, ascending. */
export function columnsOf(expression: Expression): number[] {
  const positions = new Set<number>();
  const visit = (node: TextNode | NumberNode): void => {
    switch (node.op) {
      case 'column':
      case 'unless':
      case 'packed':
        positions.add(node.position);
        break;
      case 'first':
      case 'join':
        for (const item of node.items) visit(item);
        break;
      case 'if':
        positions.add(node.position);
        visit(node.yes);
        visit(node.no);
        break;
      case 'add':
      case 'subtract':
      case 'multiply':
        visit(node.left);
        visit(node.right);
        break;
      case 'negate':
        visit(node.item);
        break;
    }
  };
  visit(expression.root);
  return [...positions].sort((a, b) => a - b);
}
