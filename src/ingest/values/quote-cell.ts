import { printable } from '../../printable.ts';

const SHOWN_CHARACTERS = 60;

/** A cell's text in quotes, safe to print on one line and of bounded length. */
export function quoteCell(text: string): string {
  return `"${printable(text, SHOWN_CHARACTERS)}"`;
}
