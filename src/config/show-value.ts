const MAX_VALUE_CHARACTERS = 80;
const MAX_LIST_VALUES = 5;

/** Characters that would change how the rest of a terminal line looks: controls, line breaks, text direction. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/** Text that is safe to print on one line: unprintable characters as \u escapes, the end cut off beyond the limit. */
export function printable(text: string, maxCharacters = 2_000): string {
  const short = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}...` : text;
  return short.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Any value, short and on one line, for an error message; never runs code of the value. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return showList(value);
  switch (typeof value) {
    case 'string':
      return `"${printable(value, MAX_VALUE_CHARACTERS)}"`;
    case 'object':
      return value === null ? 'null' : 'an object';
    case 'bigint':
      return `${printable(String(value), MAX_VALUE_CHARACTERS)}n`;
    case 'function':
      return 'a function';
    default:
      return printable(String(value), MAX_VALUE_CHARACTERS);
  }
}

function showList(values: readonly unknown[]): string {
  const shown = values
    .slice(0, MAX_LIST_VALUES)
    .map((value) => (Array.isArray(value) ? 'a list' : showValue(value)))
    .join(', ');
  const rest = values.length - MAX_LIST_VALUES;
  return rest > 0 ? `[${shown}, and ${rest} more]` : `[${shown}]`;
}
