import { nearest } from '../../did-you-mean.ts';
import { InputError } from '../../errors.ts';
import { knownNames } from './known-names.ts';
import { type RequiredTargetName, requiredTargetNames, targets } from './target.ts';

const columnsShown = 20;
const requiredLabels = requiredTargetNames.map((name) => targets[name].label).join(', ');

/** Column names in quotes, the first of them, cut where long. */
export function quotedColumns(columns: readonly string[]): string {
  const shown = columns.slice(0, columnsShown).map((column) => JSON.stringify(column.slice(0, 60)));
  const rest = columns.length - shown.length;
  return shown.join(', ') + (rest > 0 ? ` and ${rest} more` : '');
}

export function noHeaderError(columns: readonly string[]): InputError {
  return new InputError(`no header row: the first line looks like data: ${quotedColumns(columns)}`, {
    remedy: `Put a line with the column names on top: ${requiredLabels}.`,
  });
}

/** Names the missing columns with the nearest of those found. `context` is put before, such as the preset's title. */
export function missingError(
  missing: readonly RequiredTargetName[],
  columns: readonly string[],
  context = '',
): InputError {
  const near = new Map(missing.map((target) => [target, nearestColumn(target, columns)]));
  const wanted = missing.map((target) => {
    const name = near.get(target);
    return targets[target].label + (name === undefined ? '' : ` (did you mean ${JSON.stringify(name)}?)`);
  });
  const what = `${context}missing column${missing.length > 1 ? 's' : ''} ${wanted.join(', ')}; found ${quotedColumns(columns)}`;
  const choices = missing.map((target) => `${target}=${shellWord(near.get(target) ?? 'a column')}`);
  const remedy = [
    `Rename the columns; needed are ${requiredLabels}, in any order, case and spaces do not matter.`,
    `Or say which column is meant: --map ${choices.join(' ')}.`,
  ];
  if (missing.length === 1 && missing[0] === 'order') {
    remedy.push(
      'A file without order ids can take one order per customer and day: --map order="CUSTOMER & DATE", with its own names.',
    );
  }
  return new InputError(what, { remedy });
}

/** How a column is given to `--map` on a command line. */
export function mapOption(target: RequiredTargetName, column: string): string {
  return `--map ${target}=${shellWord(column)}`;
}

function shellWord(text: string): string {
  const clean = text.slice(0, 60);
  return /["$`\\!]/.test(clean) ? `'${clean.replaceAll("'", "'\\''")}'` : `"${clean}"`;
}

function nearestColumn(target: RequiredTargetName, columns: readonly string[]): string | undefined {
  const [preferred] = knownNames[target] ?? [];
  for (const name of preferred?.[1] ?? []) {
    const near = nearest(name, columns.slice(0, 200));
    if (near !== undefined) return near;
  }
  return undefined;
}
