import { UsageError } from '../../errors.ts';
import { printable } from '../../printable.ts';
import { quotedIdentifier } from '../quote.ts';

/** One part of a table's name, as somebody wrote it. */
export interface NamePart {
  readonly text: string;
  readonly isQuoted: boolean;
}

/** `schema.table`, or a table whose schema is to be found. */
export interface WrittenName {
  readonly schema: NamePart | undefined;
  readonly table: NamePart;
}

const PART = /\s*(?:"((?:[^"]|"")+)"|([^".]*[^".\s]))\s*(\.|$)/y;

/** Reads a name as SQL writes it; a name that needs quotes for its spaces or capitals alone is understood without them. */
export function parseTableName(text: string, database: string): WrittenName {
  const parts: NamePart[] = [];
  PART.lastIndex = 0;
  for (let separator = '.'; separator === '.'; ) {
    const match = PART.exec(text);
    if (match === null) throw notAName(text);
    const [, quoted, plain] = match;
    parts.push({ text: quoted?.replaceAll('""', '"') ?? plain ?? '', isQuoted: quoted !== undefined });
    separator = match[3] ?? '';
  }
  const [first, second, third, ...rest] = parts;
  if (first === undefined || rest.length > 0) throw notAName(text);
  if (third !== undefined && second !== undefined && isNamed(first, database)) return { schema: second, table: third };
  if (third !== undefined) throw notAName(text);
  return second === undefined ? { schema: undefined, table: first } : { schema: first, table: second };
}

/** Whether SQL would take the part for the name, or it is the name letter by letter. */
export function isNamed({ text, isQuoted }: NamePart, name: string): boolean {
  return text === name || (!isQuoted && text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase()) === name);
}

/** A table in SQL, quoted only where SQL needs it. */
export function shownName(schema: string, table: string): string {
  return [schema, table].map((name) => (/^[a-z_][a-z0-9_$]*$/.test(name) ? name : quotedIdentifier(name))).join('.');
}

function notAName(text: string): UsageError {
  return new UsageError(`${JSON.stringify(printable(text, 80))} is not the name of a table`, {
    remedy: [
      'write schema.table, for example --source-table shop.orders',
      `a name with a dot goes into double quotes: --source-table '"Sales 2024"."Orders.v2"'`,
    ],
  });
}
