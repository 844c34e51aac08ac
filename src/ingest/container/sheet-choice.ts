import { didYouMean } from '../../did-you-mean.ts';
import { InputError } from '../../errors.ts';
import { type ContentOptions, optionNames } from './content.ts';

export interface Sheet {
  readonly name: string;
  /** From 1, in the workbook's order, hidden sheets included. */
  readonly number: number;
  readonly isHidden: boolean;
}

type Peek = (sheet: Sheet) => Promise<readonly (readonly string[])[]>;

/**
 * The sheet that the options name; else the only visible one that is not empty; else the first of them in whose first rows one looks like
 * a header. Throws an InputError that lists the sheets when that leaves none.
 */
export async function chooseSheet(
  file: string,
  sheets: readonly Sheet[],
  { sheet: wanted, looksLikeHeader }: ContentOptions,
  peek: Peek,
): Promise<Sheet> {
  const names = sheets.map(({ name }) => name);
  if (wanted !== undefined) {
    const found = sheets.find(({ name }) => name === wanted) ?? sheets.find(({ number }) => String(number) === wanted);
    if (found !== undefined) return found;
    throw new InputError(`${file} has no sheet ${JSON.stringify(wanted)}${didYouMean(wanted, names)}`, {
      remedy: `It has ${listed(names)}.`,
    });
  }
  const visible = sheets.filter(({ isHidden }) => !isHidden);
  const [first, ...more] = visible;
  if (first !== undefined && more.length === 0) return first;
  const filled: { sheet: Sheet; rows: Awaited<ReturnType<Peek>> }[] = [];
  for (const sheet of visible) {
    const rows = await peek(sheet);
    if (rows.length > 0) filled.push({ sheet, rows });
  }
  const [only, ...others] = filled;
  if (only === undefined) {
    throw new InputError(`no rows in ${file}: its sheets are empty or hidden: ${listed(names)}`, {
      remedy: `Check that the export was complete, or name a hidden sheet with ${optionNames.sheet}.`,
    });
  }
  if (others.length === 0) return only.sheet;
  const table = filled.find(({ rows }) => rows.some((cells) => looksLikeHeader?.(cells) === true));
  if (table !== undefined) return table.sheet;
  throw new InputError(
    `${file} has ${filled.length} sheets with data, and none has a header that is known: ${listed(names)}`,
    {
      remedy: `Say which with ${optionNames.sheet} ${JSON.stringify(only.sheet.name)}, or with its number.`,
    },
  );
}

function listed(names: readonly string[]): string {
  return names.map((name) => JSON.stringify(name)).join(', ');
}
