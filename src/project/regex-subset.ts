/** Escapes that mean the same in RE2 and in Postgres' regular expressions: a backslash before punctuation. */
const PUNCTUATION = /[.*+?()[\]{}|^$/\\-]/;

/** Postgres' limit; the others allow more. */
const MAX_REPETITIONS = 255;

/** The larger number of the `{m,n}` with which the text begins. */
function repetitions(text: string): number {
  const [, min, max] = /^\{(\d+)(?:,(\d*))?\}/.exec(text) ?? [];
  return Math.max(Number(min ?? 0), Number(max ?? 0));
}

/**
 * What is wrong with a pattern for `matches`, or undefined. Only what all engines read alike is allowed: literals, `[0-9]`
 * classes, groups, `|`, `? * + {m,n}`. Outside it the same text matches different values: `\d` is ASCII only in DuckDB
 * and any digit in Postgres, `.` stops at a line end in one and not in the other.
 */
export function patternProblem(pattern: string): string | undefined {
  let inClass = false;
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern.charAt(at);
    const next = pattern.charAt(at + 1);
    if (character === '\\') {
      if (!PUNCTUATION.test(next)) return `"\\${next}" differs between engines: write a class such as [0-9]`;
      at++;
    } else if (inClass) {
      if (character === '[') return '"[" within a class: write \\[';
      if (character === ']') inClass = false;
    } else if (character === '[') inClass = true;
    else if (character === '.') return '"." differs between engines: write a class such as [^,], or \\.';
    else if (character === '^' || character === '$') return `"${character}" is not needed: the whole value must match`;
    else if (character === '{' && repetitions(pattern.slice(at)) > MAX_REPETITIONS) {
      return `it repeats more than ${MAX_REPETITIONS} times`;
    } else if (character === '(' && next === '?') return '"(?" differs between engines: write a plain group';
  }
  try {
    new RegExp(pattern, 'u');
  } catch {
    return 'it is not a valid regular expression';
  }
  return undefined;
}
