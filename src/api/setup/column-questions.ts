import { InputError, UsageError } from '../../errors.ts';
import { columnsOf, compileWith, type Expression } from '../../ingest/mapping/expression.ts';
import { expressionText } from '../../ingest/mapping/expression-text.ts';
import { mapOption } from '../../ingest/mapping/header-errors.ts';
import { HeaderIndex } from '../../ingest/mapping/header-index.ts';
import { looksLikeData } from '../../ingest/mapping/looks-like-data.ts';
import { matchGeneral } from '../../ingest/mapping/match-general.ts';
import type { DeclaredTargets } from '../../ingest/mapping/match-header.ts';
import { findPreset, presetTargets } from '../../ingest/mapping/preset-match.ts';
import {
  isTargetName,
  type RequiredTargetName,
  requiredTargetNames,
  type TargetName,
  targets,
} from '../../ingest/mapping/target.ts';
import type { ProfiledTarget } from '../../ingest/profile-source.ts';
import { splitAmount } from '../../ingest/values/amount-cell.ts';
import { dateCell } from '../../ingest/values/date-cell.ts';
import { printable } from '../../printable.ts';
import type { FileColumn } from './file-columns.ts';
import type { Answer, Question } from './question.ts';

/** Below this a column is asked about. */
const SURE = 0.8;

const messages: Readonly<Record<RequiredTargetName, string>> = {
  date: 'Which column holds the day of the order?',
  customer: 'Which column tells one customer from another?',
  order: 'Which column holds the id of the order?',
  amount: 'Which column holds the amount?',
};

/** Whether the names alone leave one of the four columns open, so that a user can name it. */
export function needsColumns(columns: readonly FileColumn[], map: DeclaredTargets): boolean {
  return openColumnQuestions(columns, map).length > 0;
}

/** Questions for the columns that no name points to, or several do; none where the file has no header or is refused. */
export function openColumnQuestions(columns: readonly FileColumn[], map: DeclaredTargets): Question[] {
  const header = new HeaderIndex(columns.map(({ name }) => name));
  const settled = settledTargets(header, map);
  if (settled === undefined) return [];
  const { expressions, ambiguous } = matchGeneral(header, settled);
  const open = requiredTargetNames.filter((name) => !expressions.has(name) || ambiguous.has(name));
  const hasNoName = open.length === requiredTargetNames.length;
  if (header.columns.length < 2 || (hasNoName && header.columns.some(looksLikeData))) return [];
  return open.map((target) => {
    const ties = ambiguous.get(target) ?? [];
    const named = ties.map((position) => `"${printable(header.name(position), 60)}"`);
    const evidence =
      ties.length === 0
        ? [`no column has a name like "${targets[target].label}"`]
        : [`${named.join(' and ')} both fit`];
    const used = [...expressions].flatMap(([name, expression]) => (isRequired(name) ? columnsOf(expression) : []));
    const answers = [...columnAnswers(header, columns, target, { ties, used }), ...otherAnswers(target, expressions)];
    return { id: target, message: messages[target], evidence, answers, suggested: undefined };
  });
}

/** Questions for columns that were taken by a weak name; the column that was taken is suggested. */
export function doubtfulColumnQuestions(
  columns: readonly FileColumn[],
  profiled: readonly ProfiledTarget[],
): Question[] {
  const header = new HeaderIndex(columns.map(({ name }) => name));
  return profiled.flatMap(({ target, expression, confidence }) => {
    if (!isRequired(target) || confidence >= SURE) return [];
    const taken = answer(target, expression, printable(expression), 'as it was taken');
    const others = columnAnswers(header, columns, target, { ties: [], used: [] }).filter(
      ({ option }) => option !== taken.option,
    );
    const position = header.positions(expression)[0];
    const examples = position === undefined ? '' : examplesText(columns[position]?.examples ?? []);
    const evidence = [`"${printable(expression, 60)}" was taken for it, with a confidence of ${confidence.toFixed(2)}`];
    const suggested = examples === '' ? taken : { ...taken, hint: examples };
    return [{ id: target, message: messages[target], evidence, answers: [suggested, ...others], suggested }];
  });
}

/** What was declared and what the layout knows; undefined where the file is one that is refused, or a declaration is wrong. */
function settledTargets(header: HeaderIndex, map: DeclaredTargets): Map<TargetName, Expression> | undefined {
  const settled = new Map<TargetName, Expression>();
  try {
    for (const [name, text] of Object.entries(map)) {
      if (isTargetName(name)) settled.set(name, compileWith(text, header, targets[name].kind));
    }
    const preset = findPreset(header);
    if (preset === undefined) return settled;
    if (preset.refusal !== undefined) return undefined;
    return new Map([...settled, ...presetTargets(preset, header, new Set(settled.keys()))]);
  } catch (error) {
    if (error instanceof UsageError || error instanceof InputError) return undefined;
    throw error;
  }
}

/** Every column that can be named, the likely ones first, those with a meaning of their own last. */
function columnAnswers(
  header: HeaderIndex,
  columns: readonly FileColumn[],
  target: RequiredTargetName,
  { ties, used }: { readonly ties: readonly number[]; readonly used: readonly number[] },
): Answer[] {
  const rank = (position: number): number =>
    ties.includes(position) ? 0 : used.includes(position) ? 3 : fits(target, columns[position]?.examples ?? []) ? 1 : 2;
  const positions = columns.map((_, position) => position).filter((position) => header.name(position).trim() !== '');
  return positions
    .toSorted((a, b) => rank(a) - rank(b) || a - b)
    .flatMap((position) => {
      const text = columnText(header, target, position);
      const { name, examples } = columns[position] ?? { name: '', examples: [] };
      return text === undefined ? [] : [answer(target, text, printable(name, 60), examplesText(examples))];
    });
}

/** The expression that means this column; undefined where its name is not its own. */
function columnText(header: HeaderIndex, target: RequiredTargetName, position: number): string | undefined {
  const root = { op: 'column', position } as const;
  const { kind } = targets[target];
  const text = expressionText(
    kind === 'text' ? { kind, root, header: header.columns } : { kind, root, header: header.columns },
  );
  try {
    const { root: found } = compileWith(text, header, kind);
    return found.op === 'column' && found.position === position ? text : undefined;
  } catch {
    return undefined;
  }
}

/** Ways out for files without a customer or an order id. */
function otherAnswers(target: RequiredTargetName, known: ReadonlyMap<TargetName, Expression>): Answer[] {
  if (target === 'customer') {
    return [answer('customer', "''", 'none of them', 'the file names no customers: every order is a guest')];
  }
  const [customer, date] = [known.get('customer'), known.get('date')];
  if (target !== 'order' || customer === undefined || date === undefined) return [];
  const joined = `${operand(customer)} & ${operand(date)}`;
  return [answer('order', joined, 'none of them', 'the orders of a customer on one day are taken as one')];
}

function operand(expression: Expression): string {
  const text = expressionText(expression);
  return expression.root.op === 'column' ? text : `(${text})`;
}

function answer(target: RequiredTargetName, expression: string, label: string, hint: string): Answer {
  const settings = { map: { [target]: expression } };
  return { label, ...(hint === '' ? {} : { hint }), settings, option: mapOption(target, expression) };
}

function examplesText(examples: readonly string[]): string {
  return examples.map((example) => printable(example, 24)).join(', ');
}

/** Whether the cells look like what the target wants; of ids anything may be one. */
function fits(target: RequiredTargetName, examples: readonly string[]): boolean {
  if (examples.length === 0) return false;
  if (target === 'date') return examples.every((text) => dateKinds.has(dateCell(text)?.kind ?? ''));
  if (target === 'amount') return examples.every((text) => splitAmount(text) !== undefined && !/^\d{9,}$/.test(text));
  return true;
}

const dateKinds: ReadonlySet<string> = new Set(['iso', 'named', 'pair']);

function isRequired(target: TargetName): target is RequiredTargetName {
  return requiredTargetNames.some((name) => name === target);
}
