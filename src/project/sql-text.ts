/** A value that may stand in SQL: from the configuration, or from a check. Text that looks like a date stays text. */
export type SqlValue = string | number | boolean | null | readonly (string | number)[];

/**
 * The value as an SQL literal for every engine. A list becomes what may follow `in`: `('a', 'b')`.
 * Throws a RangeError for numbers that are not finite and for text with a NUL character, which no engine stores.
 */
export function sqlLiteral(value: SqlValue): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} is not a finite number`);
    // A bare negative number after a minus sign would begin a comment.
    return value < 0 ? `(${value})` : String(value);
  }
  if (typeof value === 'string') {
    if (value.includes('\0')) throw new RangeError('text with a NUL character cannot be written in SQL');
    return `'${value.replaceAll("'", "''")}'`;
  }
  // `in ()` is a syntax error, and `not in (null)` is never true.
  return value.length === 0 ? '(select null where false)' : `(${value.map((item) => sqlLiteral(item)).join(', ')})`;
}

export interface SqlPart {
  readonly text: string;
  /** Where the part begins in the text that was split. */
  readonly offset: number;
}

export type SplitResult =
  | { readonly ok: true; readonly parts: readonly SqlPart[] }
  | { readonly ok: false; readonly reason: string; readonly offset: number };

/** Where the quoted text that begins at `start` ends (just after the closing quote), or -1. A doubled quote is a quote. */
export function quotedEnd(text: string, start: number): number {
  const quote = text.charAt(start);
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== quote) continue;
    if (text[at + 1] !== quote) return at + 1;
    at++;
  }
  return -1;
}

function trimmed(text: string, start: number, end: number): SqlPart {
  const part = text.slice(start, end);
  return { text: part.trim(), offset: start + (part.length - part.trimStart().length) };
}

/** Splits SQL at the commas that stand outside quotes and parentheses. Comments are refused. */
export function splitAtCommas(text: string): SplitResult {
  const parts: SqlPart[] = [];
  const open: number[] = [];
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "'" || character === '"') {
      const end = quotedEnd(text, at);
      if (end === -1) return { ok: false, reason: `the ${character} is not closed`, offset: at };
      at = end - 1;
    } else if (character === '(' || character === '[') open.push(at);
    else if (character === ')' || character === ']') {
      if (open.pop() === undefined) return { ok: false, reason: `the ${character} was never opened`, offset: at };
    } else if (text.startsWith('--', at) || text.startsWith('/*', at)) {
      return { ok: false, reason: 'a comment does not belong here', offset: at };
    } else if (character === ',' && open.length === 0) {
      parts.push(trimmed(text, start, at));
      start = at + 1;
    }
  }
  const unclosed = open.pop();
  if (unclosed !== undefined) {
    return { ok: false, reason: `the ${text.charAt(unclosed)} is not closed`, offset: unclosed };
  }
  parts.push(trimmed(text, start, text.length));
  return { ok: true, parts };
}
