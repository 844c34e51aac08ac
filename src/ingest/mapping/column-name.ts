/** Characters that nobody sees: soft hyphen, zero-width characters, marks of direction, byte order mark. */
const invisible = '\\u00ad\\u034f\\u061c\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u2064\\ufeff';
const ignorable = new RegExp(`[\\s_\\-./${invisible}]`, 'g');
const ignorableAtEnd = new RegExp(`[\\s_\\-./${invisible}]$`);

/**
 * What two spellings of one column name have in common: compatibility forms resolved (NFKC), without case, spaces,
 * underscores, hyphens, dots, slashes and invisible characters. `Order ID`, `order_id` and `ORDER-ID` are one key.
 */
export function columnKey(name: string): string {
  return name.normalize('NFKC').replace(ignorable, '').toLowerCase();
}

/** The key without accents, for words of several languages: `Número` is `numero`. */
export function foldedKey(name: string): string {
  return columnKey(name).normalize('NFD').replace(/\p{M}/gu, '');
}

/** Whether a text ends in a character that `columnKey` leaves out. */
export function endsIgnorable(text: string): boolean {
  return ignorableAtEnd.test(text);
}

/** What two spellings of a value of a rule have in common: without case, spaces, underscores and hyphens. */
export function valueKey(text: string): string {
  return text.replace(/[\s_\-\u200b\ufeff]/g, '').toLowerCase();
}
