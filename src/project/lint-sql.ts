import { positionAt } from './location.ts';
import { parseHeader } from './model-header.ts';
import { blankLiterals } from './sql-outline.ts';

export interface LintFinding {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** Short name of the rule: `division`. */
  readonly rule: string;
  /** What stands there and what to write instead. */
  readonly message: string;
}

interface Rule {
  readonly name: string;
  readonly pattern: RegExp;
  readonly advice: string;
}

/** Constructs that are not SQL of every engine, give other results elsewhere, or depend on the clock or on chance. */
const RULES: readonly Rule[] = [
  { name: 'cast', pattern: /::/g, advice: 'write cast(x as type)' },
  { name: 'division', pattern: /\/+/g, advice: "use {{ divide('a', 'b') }} or {{ money_divide('a', 'b') }}" },
  { name: 'distinct-on', pattern: /\bdistinct\s+on\b/gi, advice: 'use row_number() in a CTE' },
  { name: 'qualify', pattern: /\bqualify\b/gi, advice: 'filter in the next CTE' },
  { name: 'group-by-all', pattern: /\b(group|order)\s+by\s+all\b/gi, advice: 'name the columns' },
  {
    name: 'date-difference',
    pattern: /\b(date_?diff|date_?sub|age)\s*\(/gi,
    advice: "use {{ days_between('from', 'to') }} or {{ months_between('from', 'to') }}",
  },
  {
    name: 'percentile',
    pattern: /\b(median|quantile(_cont|_disc)?|percentile_(cont|disc))\s*\(/gi,
    advice: "use {{ percentile('x', '0.5') }}",
  },
  { name: 'try-cast', pattern: /\btry_cast\b/gi, advice: "use {{ safe_cast('x', 'type') }}" },
  { name: 'date-format', pattern: /\b(strftime|to_char)\s*\(/gi, advice: "use {{ format_month('d') }} and the like" },
  {
    name: 'join',
    pattern: /\b(natural|right)\s+(inner\s+|outer\s+|left\s+)?join\b/gi,
    advice: 'write inner join or left join',
  },
  {
    name: 'create',
    pattern: /\bcreate\s+or\s+replace\b/gi,
    advice: 'a model is one select; the engine creates the relation',
  },
  {
    name: 'clock-or-chance',
    pattern: /\b(current_(date|time|timestamp)\b|(now|today|random|uuid|gen_random_uuid)\s*\()/gi,
    advice: "use {{ var('asOf') }}, or {{ hash_share('text') }}",
  },
];

const RANKING =
  /\b(row_number|rank|dense_rank|percent_rank|cume_dist|ntile|lag|lead|first_value|last_value|nth_value)\s*\(/gi;

const KEYWORDS = new Set(
  (
    'all and as asc between by case cast count create cross date decimal desc distinct else end except exists extract false ' +
    'filter first from full group having in inner intersect interval is join last left like limit max min not null nulls ' +
    'numeric offset on or order outer over partition range recursive rows select sum table then true union using values ' +
    'varchar when where window with'
  ).split(' '),
);

/** Where the parenthesis that opens at `open` closes, or the end of the text. */
function closing(outline: string, open: number): number {
  let depth = 0;
  for (let at = open; at < outline.length; at++) {
    if (outline[at] === '(') depth++;
    else if (outline[at] === ')' && --depth === 0) return at;
  }
  return outline.length;
}

/** The definition of the window of a ranking function whose arguments open at `open`; undefined without a window. */
function windowOf(outline: string, open: number): string | undefined {
  const after = closing(outline, open) + 1;
  const over = /^\s*(?:(?:ignore|respect)\s+nulls\s+)?over\s*(\(|[a-z_][a-z0-9_]*)/i.exec(outline.slice(after));
  if (over === null) return undefined;
  const [whole, target = ''] = over;
  if (target !== '(') {
    const named = new RegExp(`\\b${target}\\s+as\\s+\\(`, 'i').exec(outline);
    if (named === null) return undefined;
    const start = named.index + named[0].length - 1;
    return outline.slice(start, closing(outline, start));
  }
  const start = after + whole.length - 1;
  return outline.slice(start, closing(outline, start));
}

interface Found {
  readonly offset: number;
  readonly rule: string;
  readonly message: string;
}

function lintOutline(outline: string): Found[] {
  const found: Found[] = [];
  for (const { name, pattern, advice } of RULES) {
    for (const match of outline.matchAll(pattern)) {
      const construct = match[0].replaceAll(/\s+/g, ' ');
      found.push({ offset: match.index, rule: name, message: `"${construct}" is not portable: ${advice}` });
    }
  }
  for (const match of outline.matchAll(RANKING)) {
    const window = windowOf(outline, match.index + match[0].length - 1);
    if (window !== undefined && /\border\s+by\b/i.test(window)) continue;
    const message = `${match[1]} without "over (... order by ...)" numbers rows by chance: order them totally`;
    found.push({ offset: match.index, rule: 'window-order', message });
  }
  for (const match of outline.matchAll(/(?<![\w.])[A-Za-z_]*[A-Z][A-Za-z_]*(?!\w)/g)) {
    if (!KEYWORDS.has(match[0].toLowerCase())) continue;
    found.push({
      offset: match.index,
      rule: 'lower-case',
      message: `"${match[0]}" is a keyword: write it in lower case`,
    });
  }
  return found;
}

/**
 * Finds what models must not contain, in a model file of ours: in its SQL, in the arguments of its calls and in the
 * expressions of its checks. Other comments, and literals, are not looked at. Findings stand in the order of the text.
 * Throws a ProjectError where the header cannot be read.
 */
export function lintSql(text: string, file: string): LintFinding[] {
  const found = lintOutline(blankLiterals(text));
  for (const check of parseHeader(text, file).checks) {
    if (check.kind !== 'expression') continue;
    const start = text.indexOf(check.sql, text.indexOf(`(${check.name}`));
    found.push(...lintOutline(blankLiterals(check.sql)).map((entry) => ({ ...entry, offset: start + entry.offset })));
  }
  return found
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, rule, message }) => ({ file, ...positionAt(text, offset), rule, message }));
}
