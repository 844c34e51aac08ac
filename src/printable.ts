/** Characters that would change how the rest of a terminal line looks: controls, line breaks, text direction. */
const UNPRINTABLE = /[\p{Cc}\u2028\u2029\u200b-\u200f\ufeff\u202a-\u202e\u2066-\u2069]/gu;

/** Text that is safe to print on one line: unprintable characters as \u escapes, the end cut off beyond the limit, if one is given. */
export function printable(text: string, maxCharacters = Number.POSITIVE_INFINITY): string {
  const short = text.length > maxCharacters ? `${text.slice(0, maxCharacters)}...` : text;
  return short.replace(UNPRINTABLE, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `\\u${code.toString(16).padStart(4, '0')}`;
  });
}
