import { InputError } from '../../errors.ts';
import { columnKey } from './column-name.ts';
import { columnsOf, compileWith, type Expression, type NumberExpression, type TextExpression } from './expression.ts';
import { expressionText } from './expression-text.ts';
import { mapOption, missingError, noHeaderError } from './header-errors.ts';
import { HeaderIndex } from './header-index.ts';
import type { Layout, LayoutTargets } from './layout.ts';
import { looksLikeData } from './looks-like-data.ts';
import { matchGeneral } from './match-general.ts';
import { findPreset, presetById, presetNotes, presetRules, presetTargets } from './preset-match.ts';
import type { Preset } from './presets/preset.ts';
import { type RequiredTargetName, requiredTargetNames, type TargetName, targetNames, targets } from './target.ts';

/** What a header means, and how sure that is. */
export interface HeaderMatch {
  readonly layout: Layout;
  /** Per target 0 to 1; 1 for presets, declared expressions and the preferred names. */
  readonly confidence: Readonly<Partial<Record<TargetName, number>>>;
  /** Columns that nothing reads, as written. */
  readonly ignoredColumns: readonly string[];
  readonly isPreset: boolean;
  /** What was understood, in sentences for people. */
  readonly explanation: readonly string[];
}

/** Expressions given by the user, by target. */
export type DeclaredTargets = Readonly<Partial<Record<TargetName, string>>>;

export interface MatchOptions {
  /** The id of the preset to take, whatever the header looks like; `none` to match names one by one. */
  readonly preset?: string | undefined;
}

/** What pandas calls the nameless index column when it has read it back. */
const rowIndexName = 'Unnamed: 0';
/** A made-up answer to "how sure" for what was told or is known exactly. */
const certain = 1;

/**
 * Finds out what the columns of a header mean: by the preset whose signature it has, else name by name. `declared`
 * expressions take the place of single targets. The order of columns, case, spaces, `_`, `-`, `.`, `/` and invisible
 * characters in names do not matter; the row index (no name, or `Unnamed: 0`) is optional.
 *
 * Throws an InputError that names what is missing, or all columns that fit one target equally well, or says that
 * there is no header, or that the file is known and cannot be used; a UsageError for a declared expression or a preset
 * that cannot be read.
 */
export function matchHeader(
  columns: readonly string[],
  declared: DeclaredTargets = {},
  options: MatchOptions = {},
): HeaderMatch {
  const header = new HeaderIndex(columns);
  const expressions = new Map<TargetName, Expression>();
  for (const target of targetNames) {
    const text = declared[target];
    if (text !== undefined) expressions.set(target, compileWith(text, header, targets[target].kind));
  }
  const rowIndex = expressions.has('rowIndex') ? undefined : findRowIndex(header);
  if (rowIndex !== undefined) expressions.set('rowIndex', rowIndex);
  const preset = options.preset === 'none' ? undefined : choosePreset(header, options.preset);
  return preset === undefined
    ? matchByNames(header, expressions)
    : matchByPreset(preset, header, expressions, declared);
}

function choosePreset(header: HeaderIndex, id: string | undefined): Preset | undefined {
  return id === undefined ? findPreset(header) : presetById(id, header);
}

function findRowIndex(header: HeaderIndex): TextExpression | undefined {
  const named = header.positions(rowIndexName);
  if (named.length > 1) throw header.ambiguousError(`the ${targets.rowIndex.label}`, named);
  const position = named[0] ?? header.columns.findIndex((column) => columnKey(column) === '');
  return position < 0 ? undefined : { kind: 'text', root: { op: 'column', position }, header: header.columns };
}

function matchByPreset(
  preset: Preset,
  header: HeaderIndex,
  given: ReadonlyMap<TargetName, Expression>,
  declared: DeclaredTargets,
): HeaderMatch {
  const { refusal } = preset;
  if (refusal !== undefined && requiredTargetNames.some((name) => !isKnown(name, preset, declared))) {
    throw new InputError(`${preset.title}: ${refusal.reason}`, { remedy: refusal.remedy });
  }
  const expressions = new Map([...given, ...presetTargets(preset, header, new Set(given.keys()))]);
  const confidence = confidenceOf(expressions.keys(), certain);
  const open = requiredTargetNames.filter((name) => !expressions.has(name));
  if (open.length > 0) {
    const general = matchGeneral(header, expressions);
    for (const name of open) {
      const expression = general.expressions.get(name);
      const ties = general.ambiguous.get(name);
      if (ties !== undefined) throw ambiguousError(header, name, ties);
      if (expression === undefined) throw missingError(open, header.columns, `${preset.title}: `);
      expressions.set(name, expression);
      confidence[name] = general.confidence[name] ?? certain;
    }
  }
  const layout: Layout = {
    id: preset.id,
    title: preset.title,
    grain: preset.grain,
    targets: layoutTargets(expressions),
    ...(preset.timeZoneOfDates === undefined ? {} : { timeZoneOfDates: preset.timeZoneOfDates }),
    customerRule: preset.customerRule,
    guestIds: preset.guestIds ?? [],
    rules: presetRules(preset, header),
    ...(preset.dateHint === undefined ? {} : { dateHint: preset.dateHint }),
    notes: presetNotes(preset, header),
  };
  return {
    layout,
    confidence,
    ignoredColumns: ignoredColumns(header, layout),
    isPreset: true,
    explanation: [
      `Recognised as ${preset.title} by the columns ${preset.signature.join(', ')}.`,
      ...sentences(layout, declared),
      ...layout.notes,
    ],
  };
}

/** Whether a refused preset's target has a meaning of its own or was declared. */
function isKnown(name: RequiredTargetName, preset: Preset, declared: DeclaredTargets): boolean {
  return declared[name] !== undefined || preset.targets[name] !== undefined;
}

function matchByNames(header: HeaderIndex, given: ReadonlyMap<TargetName, Expression>): HeaderMatch {
  const general = matchGeneral(header, given);
  for (const name of requiredTargetNames) {
    const ties = general.ambiguous.get(name);
    if (ties !== undefined) throw ambiguousError(header, name, ties);
  }
  const missing = requiredTargetNames.filter((name) => !general.expressions.has(name));
  if (missing.length > 0) {
    throw missing.length === requiredTargetNames.length && header.columns.some(looksLikeData)
      ? noHeaderError(header.columns)
      : missingError(missing, header.columns);
  }
  const layout: Layout = {
    id: 'general',
    title: 'columns matched by name',
    grain: general.grain,
    targets: layoutTargets(general.expressions),
    ...(general.timeZoneOfDates === undefined ? {} : { timeZoneOfDates: general.timeZoneOfDates }),
    customerRule: general.customerRule,
    guestIds: [],
    rules: general.rules,
    notes: general.notes,
  };
  return {
    layout,
    confidence: { ...general.confidence, ...confidenceOf(given.keys(), certain) },
    ignoredColumns: ignoredColumns(header, layout),
    isPreset: false,
    explanation: ['Columns matched by name.', ...sentences(layout, {}), ...general.notes],
  };
}

function confidenceOf(names: Iterable<TargetName>, value: number): Partial<Record<TargetName, number>> {
  return Object.fromEntries([...names].map((name) => [name, value]));
}

function ambiguousError(header: HeaderIndex, name: RequiredTargetName, positions: readonly number[]): InputError {
  const keys = new Set(positions.map((position) => columnKey(header.name(position))));
  const choices = positions.map((position) => mapOption(name, header.name(position)));
  const remedies = keys.size > 1 ? [`Say which is meant: ${choices.join(' or ')}.`] : [];
  return header.ambiguousError(targets[name].label, positions, remedies);
}

function layoutTargets(expressions: ReadonlyMap<TargetName, Expression>): LayoutTargets {
  const text = (name: TargetName): TextExpression => {
    const expression = expressions.get(name);
    if (expression?.kind !== 'text') throw new Error(`target ${name} has no text expression`);
    return expression;
  };
  const number = (name: TargetName): NumberExpression => {
    const expression = expressions.get(name);
    if (expression?.kind !== 'number') throw new Error(`target ${name} has no number expression`);
    return expression;
  };
  const optional = targetNames.filter((name) => !targets[name].isRequired && expressions.has(name));
  return {
    ...Object.fromEntries(optional.map((name) => [name, expressions.get(name)])),
    date: text('date'),
    customer: text('customer'),
    order: text('order'),
    amount: number('amount'),
  };
}

function ignoredColumns(header: HeaderIndex, { targets: used, rules }: Layout): string[] {
  const read = new Set(rules.map((rule) => rule.column));
  for (const expression of Object.values(used)) {
    for (const position of columnsOf(expression)) read.add(position);
  }
  return header.columns.filter((_, position) => !read.has(position));
}

const grainSentences = {
  order: 'Each row is an order.',
  line: "Each row is a line of an order; an order's lines are summed.",
  'first-line': "Each row is a line of an order; the order's totals stand on its first line only.",
} as const;

function sentences(layout: Layout, declared: DeclaredTargets): string[] {
  const { date, customer, order, amount } = layout.targets;
  const meaning = Object.entries({ date, customer, order, amount }).map(([name, expression]) => {
    const isDeclared = Object.hasOwn(declared, name);
    return `${name} = ${expressionText(expression)}${isDeclared ? ' (as told)' : ''}`;
  });
  return [`${meaning.join('; ')}.`, grainSentences[layout.grain]];
}

export { headerScore } from './header-score.ts';
