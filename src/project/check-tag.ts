import { didYouMean } from '../did-you-mean.ts';
import type { ProjectError } from '../errors.ts';
import type { Check, CheckKind, Severity } from './model.ts';
import { type SqlPart, splitAtCommas } from './sql-text.ts';

/** Makes the error for the character at `offset` of the check's text. */
type CheckErrorAt = (cause: string, offset: number, remedy?: string) => ProjectError;

export interface CheckText {
  /** What follows `@check`. */
  readonly text: string;
  readonly line: number;
  /** The columns that the model declares. */
  readonly columns: readonly string[];
  readonly errorAt: CheckErrorAt;
}

interface Call extends CheckText {
  readonly severity: Severity;
  readonly args: readonly SqlPart[];
  /** Where the arguments begin and what they are as one text, for the SQL of an expression. */
  readonly inner: SqlPart;
}

const FORMS: Readonly<Record<CheckKind, string>> = {
  not_null: 'not_null(column, ...)',
  unique: 'unique(column, ...)',
  accepted_values: "accepted_values(column, 'A', 'B', ...)",
  range: 'range(column, min, max), each a number, a quoted text or null',
  relationship: 'relationship(column, other_model.other_column)',
  expression: 'expression(name, SQL that is true for a good row)',
};
const KINDS = Object.keys(FORMS);
const SEVERITIES = ['warn', 'error'];
const NUMBER = /^-?(\d+(\.\d+)?|\.\d+)$/;
const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

function isKind(word: string): word is CheckKind {
  return Object.hasOwn(FORMS, word);
}

function columnOf(call: Call, part: SqlPart | undefined): string {
  const { text, offset } = part ?? { text: '', offset: 0 };
  if (call.columns.includes(text)) return text;
  const hint = didYouMean(text, call.columns);
  throw call.errorAt(`"${text}" is not a declared column${hint}`, offset, 'declare it: @column name - meaning');
}

function constantOf(call: Call, { text, offset }: SqlPart): string | number {
  if (NUMBER.test(text)) return Number(text);
  const quoted = /^'((?:[^']|'')*)'$/.exec(text);
  if (quoted?.[1] !== undefined) return quoted[1].replaceAll("''", "'");
  throw call.errorAt(`"${text}" is neither a number nor a text in single quotes`, offset);
}

function needArguments(call: Call, kind: CheckKind, min: number, max = Number.POSITIVE_INFINITY): void {
  const given = call.args.length;
  if (given >= min && given <= max) return;
  throw call.errorAt(
    `${given} argument${given === 1 ? '' : 's'} for the check ${kind}`,
    call.inner.offset,
    `write ${FORMS[kind]}`,
  );
}

const READERS: Readonly<Record<CheckKind, (call: Call) => Check[]>> = {
  not_null(call) {
    const { severity, line } = call;
    return call.args.map((part) => {
      const column = columnOf(call, part);
      return { kind: 'not_null', severity, line, name: `not_null(${column})`, column };
    });
  },
  unique(call) {
    const { severity, line } = call;
    const columns = call.args.map((part) => columnOf(call, part));
    return [{ kind: 'unique', severity, line, name: `unique(${columns.join(', ')})`, columns }];
  },
  accepted_values(call) {
    needArguments(call, 'accepted_values', 2);
    const { severity, line, args } = call;
    const column = columnOf(call, args[0]);
    const values = args.slice(1).map((part) => constantOf(call, part));
    return [{ kind: 'accepted_values', severity, line, name: `accepted_values(${column})`, column, values }];
  },
  range(call) {
    needArguments(call, 'range', 3, 3);
    const { severity, line, args } = call;
    const column = columnOf(call, args[0]);
    const [min = null, max = null] = args
      .slice(1)
      .map((part) => (part.text === 'null' ? null : constantOf(call, part)));
    if (min === null && max === null) throw call.errorAt('a range without bounds checks nothing', call.inner.offset);
    if (min !== null && max !== null && (typeof min !== typeof max || min > max)) {
      throw call.errorAt(`no value lies between ${min} and ${max}`, call.inner.offset);
    }
    const name = `range(${args.map((part) => part.text).join(', ')})`;
    return [{ kind: 'range', severity, line, name, column, min, max }];
  },
  relationship(call) {
    needArguments(call, 'relationship', 2, 2);
    const { severity, line, args } = call;
    const column = columnOf(call, args[0]);
    const target = args[1] ?? call.inner;
    const [toModel = '', toColumn = '', ...rest] = target.text.split('.');
    if (!NAME.test(toModel) || !NAME.test(toColumn) || rest.length > 0) {
      throw call.errorAt(`"${target.text}" is not model.column`, target.offset, `write ${FORMS.relationship}`);
    }
    const name = `relationship(${column}, ${toModel}.${toColumn})`;
    return [{ kind: 'relationship', severity, line, name, column, toModel, toColumn }];
  },
  expression(call) {
    const { severity, line, args, inner } = call;
    const [name, sql] = args;
    if (name === undefined || sql === undefined || !NAME.test(name.text)) {
      throw call.errorAt(
        `"${name?.text ?? ''}" is not a name for an expression`,
        inner.offset,
        `write ${FORMS.expression}`,
      );
    }
    const text = inner.text.slice(sql.offset - inner.offset).trim();
    if (text === '')
      throw call.errorAt(`the expression ${name.text} is empty`, sql.offset, `write ${FORMS.expression}`);
    if (text.includes('{{')) throw call.errorAt('"{{" in a check: its expression is plain SQL', sql.offset);
    return [{ kind: 'expression', severity, line, name: name.text, sql: text }];
  },
};

/** Reads `[warn|error] kind(arguments)`. `not_null` of several columns is several checks. Throws what `errorAt` makes. */
export function parseCheck(check: CheckText): Check[] {
  const { text, errorAt } = check;
  const head = /^\s*(?:([A-Za-z_]+)\s+)?([A-Za-z_]+)\s*\(/.exec(text);
  if (head === null) {
    throw errorAt(`"${text.trim()}" is not a check`, 0, `write [warn|error] ${Object.values(FORMS).join(', ')}`);
  }
  const [opening, severity = 'error', kind = ''] = head;
  if (severity !== 'warn' && severity !== 'error') {
    throw errorAt(`"${severity}" is not a severity${didYouMean(severity, SEVERITIES)}`, opening.indexOf(severity));
  }
  if (!isKind(kind)) {
    const known = `known are ${KINDS.join(', ')}`;
    throw errorAt(`"${kind}" is not a check${didYouMean(kind, KINDS)}`, opening.lastIndexOf(kind), known);
  }
  const offset = opening.length;
  const close = text.trimEnd().length - 1;
  if (text[close] !== ')')
    throw errorAt(`"${kind}(" is not closed by ")"`, opening.lastIndexOf(kind), `write ${FORMS[kind]}`);
  const inner: SqlPart = { text: text.slice(offset, close), offset };
  const split = splitAtCommas(inner.text);
  if (!split.ok) throw errorAt(`${split.reason}, in the check ${kind}`, offset + split.offset, `write ${FORMS[kind]}`);
  const args = split.parts.map((part) => ({ text: part.text, offset: part.offset + offset }));
  return READERS[kind]({ ...check, severity, args, inner });
}

/** The first check whose name another one before it has, or undefined. */
export function firstDuplicate(checks: readonly Check[]): Check | undefined {
  const names = new Set<string>();
  return checks.find((check) => names.size === names.add(check.name).size);
}
