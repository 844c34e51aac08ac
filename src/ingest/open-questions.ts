import { InputError } from '../errors.ts';
import { expressionText } from './mapping/expression-text.ts';
import type { Understanding } from './understanding.ts';

/** What the file itself cannot answer, as errors with the option that answers it; empty where all is clear. */
export function openQuestions(name: string, understanding: Understanding, wanted: string | undefined): InputError[] {
  return [...dateQuestions(name, understanding), ...currencyQuestions(name, understanding, wanted)];
}

function dateQuestions(name: string, { dates, layout }: Understanding): InputError[] {
  if (dates.verdict === 'clear' || !areTheRule(dates)) return [];
  const column = expressionText(layout.targets.date);
  const hint =
    layout.dateHint === undefined
      ? []
      : [`${layout.title} usually writes ${layout.dateHint === 'day-first' ? 'the day' : 'the month'} first.`];
  const say = 'Say which: --date-format DD/MM/YYYY (day first) or --date-format MM/DD/YYYY (month first).';
  const what =
    dates.verdict === 'mixed'
      ? `${name} mixes two ways to write dates in ${column}: ${dates.evidence}`
      : `${name}: it cannot be decided how the dates in ${column} are written: ${dates.evidence}`;
  const after =
    dates.verdict === 'mixed' ? ['With one of them declared, the dates that do not fit it are rejected by row.'] : [];
  return [new InputError(what, { remedy: [say, ...after, ...hint] })];
}

function currencyQuestions(name: string, { currencies }: Understanding, wanted: string | undefined): InputError[] {
  if (currencies.size < 2 || wanted !== undefined) return [];
  const counts = [...currencies].toSorted(([, a], [, b]) => b.records - a.records);
  const list = counts.map(
    ([currency, { records, firstRow }]) =>
      `${currency}: ${records.toLocaleString('en-US')} record${records === 1 ? '' : 's'}, the first is record ${firstRow}`,
  );
  return [
    new InputError(`${name} has amounts in ${currencies.size} currencies, which cannot be added up`, {
      remedy: [...list, `Keep one, for example --currency ${codeOf(counts)}; the others are set aside and counted.`],
    }),
  ];
}

/** A few such dates among others are refused one by one; a column of them is a question. */
function areTheRule({ counts }: Understanding['dates']): boolean {
  const numeric = counts.dayFirst + counts.monthFirst + counts.eitherOrder + counts.dashedShortYear;
  return 2 * numeric >= numeric + counts.iso + counts.named + counts.other;
}

/** A code that keeps the most records: `--currency` takes no signs. */
function codeOf(counts: readonly (readonly [currency: string, count: unknown])[]): string {
  const codes = counts.map(([currency]) => currency).filter((currency) => /^[A-Z]{3}$/.test(currency));
  return codes[0] ?? 'USD';
}
