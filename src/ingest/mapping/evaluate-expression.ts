import { add, type Decimal, multiply, negate, parseDecimal, subtract } from '../values/decimal.ts';
import type { NumberExpression, NumberNode, TextExpression, TextNode } from './expression.ts';

/** Reads the text of a cell that is not blank as a number; undefined where it is none. */
export type NumberReader = (text: string) => Decimal | undefined;

/** The text of the expression for a record; empty where all its columns are blank. Cells are taken as they stand. */
export function evaluateText(expression: TextExpression, cells: readonly string[]): string {
  return textOf(expression.root, cells);
}

/**
 * The number of the expression for a record. Undefined: its columns are blank (blank terms of + and - count as zero
 * unless both are blank, a blank factor leaves nothing). `unreadable`: a column it needs holds no number.
 */
export function evaluateNumber(
  expression: NumberExpression,
  cells: readonly string[],
  read: NumberReader,
): Decimal | undefined | 'unreadable' {
  return numberOf(expression.root, cells, read);
}

function isBlank(text: string): boolean {
  return text.length === 0 || text.trim().length === 0;
}

function textOf(node: TextNode, cells: readonly string[]): string {
  switch (node.op) {
    case 'column':
      return cells[node.position] ?? '';
    case 'literal':
      return node.text;
    case 'first':
      for (const item of node.items) {
        const text = textOf(item, cells);
        if (!isBlank(text)) return text;
      }
      return '';
    case 'join': {
      let joined = '';
      for (const item of node.items) {
        const text = textOf(item, cells);
        if (isBlank(text)) continue;
        joined = joined === '' ? text : `${joined} ${text}`;
      }
      return joined;
    }
    case 'unless': {
      const text = cells[node.position] ?? '';
      return node.values.includes(text.trim()) ? '' : text;
    }
    case 'if': {
      const isSo = (cells[node.position] ?? '').toLowerCase().includes(node.word);
      return textOf(isSo ? node.yes : node.no, cells);
    }
  }
}

function numberOf(node: NumberNode, cells: readonly string[], read: NumberReader): Decimal | undefined | 'unreadable' {
  switch (node.op) {
    case 'column': {
      const text = cells[node.position] ?? '';
      return isBlank(text) ? undefined : (read(text) ?? 'unreadable');
    }
    case 'number':
      return node.value;
    case 'first':
      for (const item of node.items) {
        const value = numberOf(item, cells, read);
        if (value !== undefined) return value;
      }
      return undefined;
    case 'negate': {
      const value = numberOf(node.item, cells, read);
      return value === undefined || value === 'unreadable' ? value : negate(value);
    }
    case 'packed':
      return packedSum(cells[node.position] ?? '', node.field, read);
    default:
      return combine(node.op, numberOf(node.left, cells, read), numberOf(node.right, cells, read));
  }
}

function combine(
  op: 'add' | 'subtract' | 'multiply',
  left: Decimal | undefined | 'unreadable',
  right: Decimal | undefined | 'unreadable',
): Decimal | undefined | 'unreadable' {
  if (left === 'unreadable' || right === 'unreadable') return 'unreadable';
  if (op === 'multiply') return left === undefined || right === undefined ? undefined : multiply(left, right);
  if (right === undefined) return left;
  if (left === undefined) return op === 'add' ? right : negate(right);
  return op === 'add' ? add(left, right) : subtract(left, right);
}

/** Sums the numbers behind `field:`; entries are separated by `;`, their fields by `|`. */
function packedSum(cell: string, field: string, read: NumberReader): Decimal | undefined | 'unreadable' {
  if (isBlank(cell)) return undefined;
  const start = `${field}:`;
  let sum: Decimal | undefined;
  for (const part of cell.split(/[|;]/)) {
    const text = part.trim();
    if (text.slice(0, start.length).toLowerCase() !== start) continue;
    const number = text.slice(start.length).trim();
    if (number === '') continue;
    // The plugin writes plain numbers there, whatever the style of the other columns.
    const value = parseDecimal(number) ?? read(number);
    if (value === undefined) return 'unreadable';
    sum = sum === undefined ? value : add(sum, value);
  }
  return sum ?? 'unreadable';
}
