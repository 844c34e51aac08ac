import { z } from 'zod';

/** Numbers come as text; anything but plain decimal digits stays text, which is then refused. */
function plainNumber(value: unknown): unknown {
  return typeof value === 'string' && /^-?\d{1,15}(\.\d{1,9})?$/.test(value) ? Number(value) : value;
}

/** A whole number. */
export function wholeParameter(least: number, most: number) {
  return z.preprocess(plainNumber, z.int().min(least).max(most));
}

export function numberParameter() {
  return z.preprocess(plainNumber, z.number());
}

export function textParameter() {
  return z.string().min(1).max(500);
}

/** A month as YYYY-MM. */
export function monthParameter() {
  return z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'a month looks like 2024-01');
}

/** Which rows of an answer of several pages. */
export const pageParameters = {
  limit: wholeParameter(1, 1_000).default(100).describe('most rows of the page, 1 to 1000'),
  offset: wholeParameter(0, 1_000_000_000).default(0).describe('rows before the page'),
};

/** By which of these columns rows are sorted. */
export function sortParameters<const Names extends readonly [string, ...string[]]>(
  names: Names,
  first: Names[number],
  order: 'asc' | 'desc' = 'asc',
) {
  return {
    sort: z.enum(names).default(first).describe('column by which rows are sorted; empty values come last'),
    order: z.enum(['asc', 'desc']).default(order).describe('ascending or descending'),
  };
}
