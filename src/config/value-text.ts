import { z } from 'zod';
import { type ConfigKey, configSchema } from './schema.ts';

const DECIMAL = /^[+-]?\d+(\.\d+)?([eE][+-]?\d+)?$/;

/**
 * The value that a text from the environment or a flag stands for, by the type of its key: a decimal number, `true` or
 * `false`, a list as JSON or separated by commas, and an empty text or `null` for null where null is allowed. A text
 * that is none of these comes back unchanged, for the schema to refuse.
 */
export function valueFromText(key: ConfigKey, text: string): unknown {
  const trimmed = text.trim();
  let schema: z.core.$ZodType = configSchema.shape[key];
  if (schema instanceof z.ZodDefault) schema = schema.unwrap();
  if (schema instanceof z.ZodNullable) {
    if (trimmed === '' || trimmed === 'null') return null;
    schema = schema.unwrap();
  }
  if (schema instanceof z.ZodNumber || schema instanceof z.ZodLiteral)
    return DECIMAL.test(trimmed) ? Number(trimmed) : text;
  if (schema instanceof z.ZodBoolean) return trimmed === 'true' ? true : trimmed === 'false' ? false : text;
  if (schema instanceof z.ZodArray) return listFromText(trimmed) ?? text;
  if (schema instanceof z.ZodRecord) return objectFromText(trimmed) ?? text;
  return text;
}

function listFromText(text: string): unknown {
  try {
    return JSON.parse(text.startsWith('[') ? text : `[${text}]`);
  } catch {
    return undefined;
  }
}

function objectFromText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
