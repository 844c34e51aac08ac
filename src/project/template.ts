import { didYouMean } from '../did-you-mean.ts';
import type { ProjectError } from '../errors.ts';
import { errorAt, type Position, positionAt } from './location.ts';
import { isPortableName, PORTABLE, type PortableFunction } from './portable.ts';
import { quotedEnd, splitAtCommas } from './sql-text.ts';

interface TextSegment {
  readonly kind: 'text';
  readonly text: string;
}

/** `{{ name('arg', ...) }}`; arguments without their quotes, `''` read as one quote, integers as their digits. */
export interface CallSegment extends Position {
  readonly kind: 'call';
  readonly name: string;
  readonly args: readonly string[];
}

export type Segment = TextSegment | CallSegment;

/** The calls that join models to each other and to the configuration; all take one name. */
const REFERENCE_CALLS = ['ref', 'source', 'var'] as const;

const REFERENCE_PARAMS: readonly string[] = ['name'];
const VOCABULARY: readonly string[] = [...REFERENCE_CALLS, ...Object.keys(PORTABLE)];
const CALL_FORM = "write {{ name('argument', ...) }} with text in single quotes; a quote inside is doubled";

/** One file while it is read: a cursor and the errors that name it. */
class TemplateReader {
  readonly #text: string;
  readonly #file: string;
  #at: number;

  constructor(text: string, file: string, start: number) {
    this.#text = text;
    this.#file = file;
    this.#at = start;
  }

  segments(): Segment[] {
    const segments: Segment[] = [];
    for (;;) {
      const open = this.#text.indexOf('{{', this.#at);
      const end = open === -1 ? this.#text.length : open;
      const text = this.#text.slice(this.#at, end);
      this.#refuseStray(text);
      if (text !== '') segments.push({ kind: 'text', text });
      if (open === -1) return segments;
      this.#at = open;
      segments.push(this.#call());
    }
  }

  #error(cause: string, offset: number, remedy?: string): ProjectError {
    return errorAt(cause, { file: this.#file, ...positionAt(this.#text, offset) }, remedy);
  }

  #refuseStray(text: string): void {
    const stray = /\}\}|\{%/.exec(text);
    if (stray === null) return;
    const [mark] = stray;
    const offset = this.#at + stray.index;
    if (mark === '}}') throw this.#error('"}}" without its "{{"', offset, CALL_FORM);
    throw this.#error(
      `"${mark}" is not part of the language: models have no control flow`,
      offset,
      'for loops and conditions write a code model, a .ts file in the same folder',
    );
  }

  #call(): CallSegment {
    const open = this.#at;
    this.#at += 2;
    this.#skipSpace();
    const name = this.#take(/[A-Za-z_][A-Za-z0-9_]*/y);
    if (name === undefined) throw this.#error('"{{" is not followed by a function name', open, CALL_FORM);
    const nameOffset = this.#at - name.length;
    if (!VOCABULARY.includes(name)) {
      const known = `known are ${VOCABULARY.join(', ')}`;
      throw this.#error(`"${name}" is not a function of models${didYouMean(name, VOCABULARY)}`, nameOffset, known);
    }
    this.#skipSpace();
    if (this.#take(/\(/y) === undefined) throw this.#error(`"${name}" is not followed by "("`, nameOffset, CALL_FORM);
    const args = this.#arguments(name, nameOffset);
    this.#skipSpace();
    if (this.#take(/\}\}/y) === undefined) {
      throw this.#error(`"{{ ${name}(...)" is not closed by "}}"`, this.#at, CALL_FORM);
    }
    this.#checkArguments(name, args, nameOffset);
    const { line, column } = positionAt(this.#text, nameOffset);
    return { kind: 'call', name, args, line, column };
  }

  #arguments(name: string, nameOffset: number): string[] {
    const args: string[] = [];
    this.#skipSpace();
    if (this.#take(/\)/y) !== undefined) return args;
    for (;;) {
      this.#skipSpace();
      args.push(this.#argument(name));
      this.#skipSpace();
      if (this.#take(/\)/y) !== undefined) return args;
      if (this.#take(/,/y) === undefined) {
        throw this.#error(`"${name}(" is not closed by ")"`, nameOffset, CALL_FORM);
      }
    }
  }

  #argument(name: string): string {
    const start = this.#at;
    const number = this.#take(/-?[0-9]+(?![A-Za-z0-9_.])/y);
    if (number !== undefined) return number;
    if (this.#text[start] !== "'") {
      const found = /^[^\s,)}]+/.exec(this.#text.slice(start, start + 60))?.[0] ?? '';
      throw this.#error(`"${found}" is not a quoted argument of ${name}`, start, CALL_FORM);
    }
    const end = quotedEnd(this.#text, start);
    if (end === -1) throw this.#error('the quote is not closed', start, CALL_FORM);
    this.#at = end;
    const value = this.#text.slice(start + 1, end - 1).replaceAll("''", "'");
    if (value.includes('{{')) {
      throw this.#error(
        '"{{" within an argument: calls cannot be nested',
        start,
        'give the inner value a column in an earlier CTE',
      );
    }
    return value;
  }

  #checkArguments(name: string, args: readonly string[], offset: number): void {
    const definition: PortableFunction | undefined = isPortableName(name) ? PORTABLE[name] : undefined;
    const params = definition?.params ?? REFERENCE_PARAMS;
    const usage = `${name}(${params.join(', ')})`;
    if (args.length !== params.length) {
      const given = `${args.length} argument${args.length === 1 ? '' : 's'}`;
      throw this.#error(`${given} for ${usage}, which takes ${params.length}`, offset, definition?.doc);
    }
    if (definition === undefined && !/^[A-Za-z_][A-Za-z0-9_.]*$/.test(args[0] ?? '')) {
      throw this.#error(`"${args[0]}" is not a name, in ${name}`, offset);
    }
    for (const [index, param] of params.entries()) {
      const arg = args[index] ?? '';
      if (definition === undefined || definition.verbatim?.includes(param)) continue;
      const problem = expressionProblem(arg, definition.lists?.includes(param) ?? false);
      if (problem !== undefined) throw this.#error(`"${arg}" as ${param} of ${usage}: ${problem}`, offset);
    }
    const problem = definition?.check?.(args);
    if (problem !== undefined) throw this.#error(`${problem}, in ${name}`, offset, definition?.doc);
  }

  #skipSpace(): void {
    this.#take(/\s+/y);
  }

  #take(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text)?.[0];
    if (found !== undefined) this.#at += found.length;
    return found;
  }
}

/** Why a text cannot stand as one SQL expression, or undefined: it would shift the arguments of the SQL around it. */
function expressionProblem(expression: string, mayBeList: boolean): string | undefined {
  const split = splitAtCommas(expression);
  if (!split.ok) return split.reason;
  if (split.parts.length > 1 && !mayBeList) return 'a comma outside parentheses';
  return split.parts.some((part) => part.text === '') ? 'it is empty' : undefined;
}

/**
 * Splits the SQL of a model into text and calls. `start` is where the SQL begins in `text` (after the header), so that
 * errors show lines of the file. Throws a ProjectError naming file, line and column for anything outside the language:
 * unknown functions, a wrong number of arguments, unquoted arguments, nesting, control flow.
 */
export function parseTemplate(text: string, file: string, start = 0): Segment[] {
  return new TemplateReader(text, file, start).segments();
}
