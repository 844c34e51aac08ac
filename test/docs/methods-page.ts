import { expect } from 'vitest';
import { pageText } from './support.ts';

export const page = await pageText('docs/methods.md');

/** Rows of the table whose first column has that title: cells by the title of their column. */
export function tableOf(title: string): ReadonlyMap<string, string>[] {
  const lines = page.split('\n');
  const at = lines.findIndex((line) => cellsOf(line)[0] === title);
  const length = lines.slice(at).findIndex((line) => !line.startsWith('|'));
  if (at < 0 || length < 3) throw new Error(`docs/methods.md has no table that begins with "${title}"`);
  const [header = '', , ...rows] = lines.slice(at, at + length);
  const titles = cellsOf(header);
  return rows.map((row) => {
    const cells = cellsOf(row);
    expect(cells.length, row).toBe(titles.length);
    return new Map(titles.map((name, index) => [name, cells[index] ?? '']));
  });
}

function cellsOf(line: string): string[] {
  if (!line.startsWith('| ')) return [];
  return line
    .replace(/^\|(.*)\|$/, '$1')
    .split('|')
    .map((cell) => cell.trim());
}

/** The numbers of a text, in the order in which they stand there. */
export function numbersIn(text: string): string[] {
  return [...text.matchAll(/-?\d[\d,]*(?:\.\d+)?/g)].map(([number]) => number.replace(/,$/, ''));
}

/** The cell says the value: the same text, or the same number to within a unit of the last digit that is shown. */
export function expectShown(cell: string, value: string | number, where: string): void {
  if (typeof value === 'string' || Number.isNaN(value)) {
    expect(cell, where).toBe(Number.isNaN(value) ? '' : value);
    return;
  }
  const [number = ''] = numbersIn(cell);
  const shown = Number(number.replaceAll(',', ''));
  const digits = /\.(\d+)/.exec(number)?.[1]?.length ?? 0;
  // Whole numbers that are written out are exact; zeros at their end are rounded.
  const zeros = digits > 0 || Math.abs(shown) < 1e6 ? 0 : (/0*$/.exec(number.replaceAll(',', ''))?.[0].length ?? 0);
  const unit = digits === 0 && zeros === 0 && !cell.includes('%') ? 0.5 : 10 ** (zeros - digits);
  expect(number, where).not.toBe('');
  expect(Math.abs(shown - value), `${where}: ${cell} on the page, ${value} computed`).toBeLessThanOrEqual(unit);
}

/** The page has a sentence of this form, and the numbers in its groups are these. */
export function expectSentence(form: RegExp, values: readonly number[]): void {
  const found = form.exec(page.replaceAll(/\s+/g, ' '));
  expect(found, `no sentence like ${form}`).not.toBeNull();
  const [, ...shown] = found ?? [];
  expect(shown.length, String(form)).toBe(values.length);
  for (const [index, value] of values.entries()) expectShown(shown[index] ?? '', value, String(form));
}

export interface Formula {
  readonly tex: string;
  readonly isBlock: boolean;
}

/** All formulas, and the page without them and without code: there is no dollar sign left in it. */
export function formulasOf(text: string): { readonly formulas: readonly Formula[]; readonly rest: string } {
  const formulas: Formula[] = [];
  const rest = text
    .replaceAll(/^```[\s\S]*?^```$/gm, '')
    .replaceAll(/`[^`\n]*`/g, '')
    .replaceAll(/^\$\$\n([^$]*)\n\$\$$/gm, (_, tex: string) => {
      formulas.push({ tex, isBlock: true });
      return '';
    })
    .replaceAll(/(?<![\w$])\$(?!\s)([^$\n]+)(?<!\s)\$(?![\w$-])/g, (_, tex: string) => {
      formulas.push({ tex, isBlock: false });
      return '';
    });
  return { formulas, rest };
}
