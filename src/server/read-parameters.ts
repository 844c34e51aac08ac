import type { z } from 'zod';
import { didYouMean } from '../did-you-mean.ts';
import { printable } from '../printable.ts';
import { Problem } from './problem.ts';

/** Longer values are cut where they are repeated. */
const SHOWN_CHARACTERS = 60;

/**
 * The parameters of a request, checked.
 * @throws Problem that says of each wrong one what is wrong with it.
 */
export function readParameters<P extends z.ZodObject>(schema: P, queries: Record<string, string[]>): z.output<P> {
  const values = new Map<string, string>();
  const wrong: { name: string; message: string }[] = [];
  for (const [name, texts] of Object.entries(queries)) {
    const [text = ''] = texts;
    if (texts.length > 1) wrong.push({ name: shown(name), message: 'is given more than once' });
    else if (!isStorable(text)) wrong.push({ name: shown(name), message: 'holds a character that no database stores' });
    else values.set(name, text);
  }
  const parsed = schema.safeParse(Object.fromEntries(values));
  if (!parsed.success) wrong.push(...parsed.error.issues.flatMap((issue) => describe(issue, schema, values)));
  if (parsed.success && wrong.length === 0) return parsed.data;
  const sentences = wrong.map(({ name, message }) => `${name} ${message}`);
  throw new Problem(400, 'bad-parameters', sentences.join('; '), { parameters: wrong });
}

function describe(issue: z.core.$ZodIssue, schema: z.ZodObject, values: ReadonlyMap<string, string>) {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      name: shown(key),
      message: `is not a parameter${didYouMean(key, Object.keys(schema.shape))}`,
    }));
  }
  const name = String(issue.path[0] ?? '');
  const value = values.get(name);
  if (value === undefined) return [{ name, message: 'is missing' }];
  const allowed = issue.code === 'invalid_value' ? `allowed: ${issue.values.join(', ')}` : issue.message.toLowerCase();
  return [{ name, message: `is "${shown(value)}"; ${allowed}` }];
}

function shown(text: string): string {
  return printable(text, SHOWN_CHARACTERS);
}

function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}
