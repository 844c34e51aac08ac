import { isLayer, type Layer } from '../layer.ts';
import { quotedIdentifier } from '../quote.ts';

/**
 * What SQL is made of, as far as names need it: comments, texts (plain, with escapes, dollar-quoted), quoted names,
 * words, everything else character by character.
 */
const TOKEN =
  /--[^\n]*|\/\*[\s\S]*?\*\/|[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|(\$\w*\$)[\s\S]*?\1|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*|\s+|[\s\S]/gu;

/**
 * Replaces the layers before a dot (`business.monthly_metrics`) by the schemas that hold them. So one statement reads
 * the same snapshot wherever its schemas have moved, and needs not know their prefix. `staging`, `warehouse` and
 * `business` are therefore no names for other schemas or aliases in such a statement.
 */
export function withSchemas(sql: string, schemaOf: (layer: Layer) => string): string {
  const tokens = [...sql.matchAll(TOKEN)].map(([text]) => text);
  let previous = '';
  return tokens
    .map((token, position) => {
      const layer = layerName(token);
      const isQualifier = layer !== undefined && previous !== '.' && nextOf(tokens, position) === '.';
      if (!isSpace(token)) previous = token;
      return isQualifier ? quotedIdentifier(schemaOf(layer)) : token;
    })
    .join('');
}

/** Quoted names are as they are; others do not mind capitals. */
function layerName(token: string): Layer | undefined {
  const name = token.startsWith('"') ? token.slice(1, -1) : token.toLowerCase();
  return isLayer(name) ? name : undefined;
}

function nextOf(tokens: readonly string[], position: number): string | undefined {
  return tokens.slice(position + 1, position + 4).find((token) => !isSpace(token));
}

function isSpace(token: string): boolean {
  return /^(\s|--|\/\*)/.test(token);
}

/** Words with which a statement begins that only reads. */
const READING: ReadonlySet<string> = new Set(['select', 'with', 'values', 'table', 'show', 'explain', '(']);

/** The first word of a statement, in small letters. */
export function firstWord(sql: string): string {
  for (const [token] of sql.matchAll(TOKEN)) if (!isSpace(token)) return token.toLowerCase();
  return '';
}

/** Whether a statement begins as one that only reads; the server refuses what it does beyond that. */
export function reads(sql: string): boolean {
  return READING.has(firstWord(sql));
}
