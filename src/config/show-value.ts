import { maskPassword } from '../engines/postgres/connection-url.ts';
import { printable } from '../printable.ts';

const MAX_VALUE_CHARACTERS = 80;
const MAX_LIST_VALUES = 5;

/** Any value, short and on one line, for an error message; never runs code of the value, nor shows the password of a URL. */
export function showValue(value: unknown): string {
  if (Array.isArray(value)) return showList(value);
  switch (typeof value) {
    case 'string':
      return `"${printable(value.includes('://') ? maskPassword(value) : value, MAX_VALUE_CHARACTERS)}"`;
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
