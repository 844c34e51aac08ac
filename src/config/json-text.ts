/** The first fault of a JSON text. */
export interface JsonFault {
  /** 1-based. */
  readonly line: number;
  /** 1-based, in UTF-16 units, as editors count. */
  readonly column: number;
  /** Such as `expected a value, found "}"`. */
  readonly message: string;
}

type Expected = 'value' | 'valueOrEnd' | 'key' | 'keyOrEnd' | 'colon' | 'commaOrEnd' | 'nothing';

const EXPECTED: Readonly<Record<Expected, string>> = {
  value: 'a value',
  valueOrEnd: 'a value or "]"',
  key: 'a key in double quotes',
  keyOrEnd: 'a key in double quotes or "}"',
  colon: 'a colon',
  commaOrEnd: 'a comma or the closing bracket',
  nothing: 'the end of the file',
};

const BLANK = /[ \t\n\r]*/y;
const TOKEN =
  /[{}[\],:]|"(?:[ !#-[\]-\uffff]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;

/**
 * Where a JSON text goes wrong: a syntax fault, or a key of the outermost object that stands twice (JSON.parse keeps the
 * last one in silence). JSON.parse itself says the position for some faults only.
 */
export function findJsonFault(text: string): JsonFault | undefined {
  const open: ('{' | '[')[] = [];
  const keys = new Map<string, number>();
  let expected: Expected = 'value';
  let offset = 0;

  for (;;) {
    offset += matchAt(BLANK, text, offset)?.length ?? 0;
    if (offset === text.length && expected === 'nothing') return undefined;
    const token = matchAt(TOKEN, text, offset);
    const next: Expected | undefined = token === undefined ? undefined : follow(expected, token, open);
    if (token === undefined || next === undefined) {
      return faultAt(text, offset, `expected ${EXPECTED[expected]}, found ${found(text, offset)}`);
    }
    if (open.length === 1 && next === 'colon') {
      const key = String(JSON.parse(token));
      const first = keys.get(key);
      if (first !== undefined) {
        return faultAt(text, offset, `the key ${token} stands twice, first in line ${position(text, first).line}`);
      }
      keys.set(key, offset);
    }
    expected = next;
    offset += token.length;
  }
}

/** What may come after `token`, or undefined if it may not stand here; keeps `open` up to date. */
function follow(expected: Expected, token: string, open: ('{' | '[')[]): Expected | undefined {
  const inside = open.at(-1);
  const afterValue = (depth: number): Expected => (depth === 0 ? 'nothing' : 'commaOrEnd');
  if (token === '}' || token === ']') {
    const closes = inside === (token === '}' ? '{' : '[');
    if (!closes || !(expected === 'commaOrEnd' || expected === 'keyOrEnd' || expected === 'valueOrEnd'))
      return undefined;
    open.pop();
    return afterValue(open.length);
  }
  if (token === ',') return expected !== 'commaOrEnd' ? undefined : inside === '{' ? 'key' : 'value';
  if (token === ':') return expected === 'colon' ? 'value' : undefined;
  if (expected === 'key' || expected === 'keyOrEnd') return token.startsWith('"') ? 'colon' : undefined;
  if (expected !== 'value' && expected !== 'valueOrEnd') return undefined;
  if (token === '{' || token === '[') {
    open.push(token);
    return token === '{' ? 'keyOrEnd' : 'valueOrEnd';
  }
  return afterValue(open.length);
}

function matchAt(pattern: RegExp, text: string, offset: number): string | undefined {
  pattern.lastIndex = offset;
  return pattern.exec(text)?.[0];
}

function found(text: string, offset: number): string {
  if (offset >= text.length) return 'the end of the file';
  const token = matchAt(TOKEN, text, offset);
  if (token !== undefined)
    return token.length > 40 ? `${token.slice(0, 40)}...` : token.startsWith('"') ? token : `"${token}"`;
  const rest = text.slice(offset, offset + 40);
  if (rest.startsWith('//') || rest.startsWith('/*')) return 'a comment';
  if (rest.startsWith('"')) return 'a text that is not closed or holds an invalid escape';
  return JSON.stringify(/^[\w$.+-]+/.exec(rest)?.[0] ?? String.fromCodePoint(text.codePointAt(offset) ?? 0));
}

function faultAt(text: string, offset: number, message: string): JsonFault {
  return { ...position(text, offset), message };
}

function position(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  return { line: before.split('\n').length, column: offset - before.lastIndexOf('\n') };
}
