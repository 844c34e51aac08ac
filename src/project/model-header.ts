import { didYouMean } from '../did-you-mean.ts';
import type { ProjectError } from '../errors.ts';
import { firstDuplicate, parseCheck } from './check-tag.ts';
import { errorAt, positionAt } from './location.ts';
import type { Check, Materialization, ModelColumn, ModelHeader } from './model.ts';

const TAGS = ['materialized', 'grain', 'column', 'check'] as const;
/** Letters of a table or column that every engine keeps. */
export const LONGEST_NAME = 63;
const FORMS = [
  '@materialized table|view',
  '@grain column, column',
  '@column name - meaning',
  '@check [warn|error] not_null(column)',
];

interface Tag {
  readonly name: string;
  /** What follows the name, up to the next tag. */
  readonly text: string;
  /** Where `@` and the text stand in the file. */
  readonly offset: number;
  readonly textOffset: number;
}

/** Where the leading comment's text begins and ends in the file, and where the SQL after it begins. */
export interface HeaderPlace {
  readonly start: number;
  readonly end: number;
  readonly bodyStart: number;
}

/** Finds the leading comment. Throws a ProjectError where there is none. */
export function findHeader(text: string, file: string): HeaderPlace {
  const open = /^\uFEFF?\s*\/\*/.exec(text);
  const end = open === null ? -1 : text.indexOf('*/', open[0].length);
  if (open !== null && end !== -1) return { start: open[0].length, end, bodyStart: end + 2 };
  const cause = open === null ? 'the model has no header' : 'the "/*" of the header is not closed';
  const remedy =
    'begin the file with a comment: /* One row per ...: what it answers. */ and tags such as @grain, @column, @check';
  throw errorAt(cause, { file, ...positionAt(text, open === null ? 0 : open[0].length - 2) }, remedy);
}

/** Reads one header: collects the tags, and gives every error its place in the file. */
class HeaderReader {
  readonly #text: string;
  readonly #file: string;

  constructor(text: string, file: string) {
    this.#text = text;
    this.#file = file;
  }

  error(cause: string, offset: number, remedy: string | readonly string[] = []): ProjectError {
    return errorAt(cause, { file: this.#file, ...positionAt(this.#text, offset) }, remedy);
  }

  read({ start, end }: HeaderPlace): ModelHeader {
    const tagPattern = /^[ \t]*@([A-Za-z_]*)[ \t]*/gm;
    const header = this.#text.slice(start, end);
    const found = [...header.matchAll(tagPattern)];
    const prose = header.slice(0, found[0]?.index ?? header.length);
    const description = prose
      .trim()
      .split(/\r?\n[ \t]*\r?\n/)
      .map((paragraph) => paragraph.trim().replaceAll(/\s+/g, ' '))
      .join('\n\n');
    if (description === '') {
      throw this.error('the header has no description', start, 'begin it with one sentence that ends with the grain');
    }
    const tags = found.map((match, index): Tag => {
      const textStart = match.index + match[0].length;
      const text = header.slice(textStart, found[index + 1]?.index ?? header.length).trimEnd();
      return {
        name: match[1] ?? '',
        text,
        offset: start + match.index + match[0].indexOf('@'),
        textOffset: start + textStart,
      };
    });
    this.#refuseUnknown(tags);
    const columns = this.#columns(tags);
    const names = columns.map((column) => column.name);
    return {
      description,
      materialized: this.#materialized(tags),
      grain: this.#grain(tags, names),
      columns,
      checks: this.#checks(tags, names),
    };
  }

  #refuseUnknown(tags: readonly Tag[]): void {
    for (const { name, offset } of tags) {
      if (TAGS.some((known) => known === name)) continue;
      throw this.error(`"@${name}" is not a tag of model headers${didYouMean(name, TAGS)}`, offset, FORMS);
    }
  }

  #single(tags: readonly Tag[], name: string): Tag | undefined {
    const [first, second] = tags.filter((tag) => tag.name === name);
    if (second !== undefined) throw this.error(`"@${name}" stands twice in the header`, second.offset);
    return first;
  }

  #materialized(tags: readonly Tag[]): Materialization {
    const tag = this.#single(tags, 'materialized');
    if (tag === undefined) return 'table';
    if (tag.text === 'table' || tag.text === 'view') return tag.text;
    const hint = didYouMean(tag.text, ['table', 'view']);
    throw this.error(`"${tag.text}" is neither table nor view${hint}`, tag.textOffset, 'write one tag per line');
  }

  #grain(tags: readonly Tag[], columns: readonly string[]): string[] {
    const tag = this.#single(tags, 'grain');
    if (tag === undefined) return [];
    const names = tag.text.split(',').map((name) => name.trim());
    for (const name of names) {
      if (columns.includes(name)) continue;
      const hint = didYouMean(name, columns);
      throw this.error(
        `"${name}" is not a declared column${hint}`,
        tag.textOffset,
        'declare it: @column name - meaning',
      );
    }
    return names;
  }

  #columns(tags: readonly Tag[]): ModelColumn[] {
    const columns = new Map<string, ModelColumn>();
    for (const { text, textOffset } of tags.filter((tag) => tag.name === 'column')) {
      const [, name, meaning] = /^([A-Za-z_][A-Za-z0-9_]*)\s+-\s+(\S[\s\S]*)$/.exec(text) ?? [];
      if (name === undefined || meaning === undefined) {
        throw this.error(`"${text}" does not describe a column`, textOffset, 'write @column name - meaning');
      }
      if (columns.has(name)) throw this.error(`column "${name}" is declared twice`, textOffset);
      if (name.length > LONGEST_NAME) {
        const cause = `column "${name}" has a name of ${name.length} characters; PostgreSQL cuts names at ${LONGEST_NAME}`;
        throw this.error(cause, textOffset, 'give it a shorter name');
      }
      columns.set(name, { name, description: meaning.replaceAll(/\s+/g, ' ') });
    }
    return [...columns.values()];
  }

  #checks(tags: readonly Tag[], columns: readonly string[]): Check[] {
    const checks: Check[] = [];
    for (const { text, offset, textOffset } of tags.filter((tag) => tag.name === 'check')) {
      checks.push(
        ...parseCheck({
          text,
          columns,
          line: positionAt(this.#text, offset).line,
          errorAt: (cause, at, remedy) => this.error(cause, textOffset + at, remedy),
        }),
      );
      const duplicate = firstDuplicate(checks);
      if (duplicate !== undefined) throw this.error(`check "${duplicate.name}" stands twice in the header`, offset);
    }
    return checks;
  }
}

/**
 * Reads the leading comment of a model: prose, then one tag per line. Throws a ProjectError with file, line and column for
 * a missing description, an unknown tag, a malformed check, a column declared twice or used without being declared.
 */
export function parseHeader(text: string, file: string): ModelHeader {
  return new HeaderReader(text, file).read(findHeader(text, file));
}
