import { isPortableName, PORTABLE, type PortableFunction } from './portable.ts';
import { quotedEnd } from './sql-text.ts';

const CALL = /^\{\{(?:'(?:[^']|'')*'|[^'}]|\}(?!\}))*\}\}/;

function blank(text: string): string {
  return text.replaceAll(/[^\n]/g, ' ');
}

/**
 * The SQL with comments, literals, quoted names and all that is not SQL in the template's calls replaced by blanks, so
 * that a search finds constructs only. Every other character keeps its place.
 */
export function blankLiterals(sql: string): string {
  let outline = '';
  for (let at = 0; at < sql.length; ) {
    const end = tokenEnd(sql, at);
    const token = sql.slice(at, end);
    if (token.startsWith('{{')) outline += blankCall(token);
    else outline += token.length === 1 ? token : blank(token);
    at = end;
  }
  return outline;
}

/** The end of the comment, literal, quoted name or call that begins at `at`; of anything else, one character. */
function tokenEnd(sql: string, at: number): number {
  const [character, pair] = [sql.charAt(at), sql.slice(at, at + 2)];
  if (pair === '--') return endOf(sql, '\n', at, 0);
  if (pair === '/*') return endOf(sql, '*/', at, 2);
  if (pair === '{{') return at + (CALL.exec(sql.slice(at))?.[0].length ?? 2);
  if (character !== "'" && character !== '"') return at + 1;
  const close = quotedEnd(sql, at);
  return close === -1 ? sql.length : close;
}

function endOf(sql: string, mark: string, from: number, length: number): number {
  const found = sql.indexOf(mark, from + length);
  return found === -1 ? sql.length : found + length;
}

/** A call with only the arguments left that are SQL. The names of the functions are ours, so they go as well. */
function blankCall(call: string): string {
  const name = /^\{\{\s*([a-z_]+)/.exec(call)?.[1] ?? '';
  if (!isPortableName(name)) return blank(call);
  const definition: PortableFunction = PORTABLE[name];
  let index = 0;
  let outline = '';
  let at = 0;
  for (const quoted of call.matchAll(/'((?:[^']|'')*)'/g)) {
    const param = definition.params[index++] ?? '';
    const inner = quoted[1] ?? '';
    // A doubled quote is one quote of the argument; the literal within keeps its length with two blanks.
    const sql = blankLiterals(inner.replaceAll("''", "'\0")).replaceAll('\0', ' ');
    outline += blank(call.slice(at, quoted.index + 1));
    outline += definition.verbatim?.includes(param) ? blank(inner) : sql;
    at = quoted.index + 1 + inner.length;
  }
  return outline + blank(call.slice(at));
}
