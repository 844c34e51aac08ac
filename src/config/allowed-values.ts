import { z } from 'zod';
import { type ConfigKey, configSchema } from './schema.ts';

type JsonSchema = z.core.JSONSchema.BaseSchema;

/** What a setting accepts, in words, such as `a whole number from 1 to 12, or null`. */
export function allowedValues(key: ConfigKey): string {
  return inWords(z.toJSONSchema(configSchema.shape[key], { io: 'input' }));
}

function inWords(schema: JsonSchema): string {
  if (schema.anyOf !== undefined) return schema.anyOf.map(inWords).join(', or ');
  if (schema.enum !== undefined) return `one of ${schema.enum.map((value) => JSON.stringify(value)).join(', ')}`;
  switch (schema.type) {
    case 'null':
      return 'null';
    case 'boolean':
      return 'true or false';
    case 'integer':
      return `a whole number ${range(schema)}`;
    case 'number':
      return `a number ${range(schema)}`;
    case 'array':
      return `a list, in increasing order, of ${schema.minItems} to ${schema.maxItems} values, each ${listItem(schema)}`;
    default:
      return `a ${schema.title}, such as ${JSON.stringify(schema.examples?.[0])}`;
  }
}

function range({ minimum, exclusiveMinimum, maximum, exclusiveMaximum }: JsonSchema): string {
  const low = exclusiveMinimum === undefined ? `from ${minimum}` : `above ${exclusiveMinimum}`;
  const high = exclusiveMaximum === undefined ? `to ${maximum}` : `and below ${exclusiveMaximum}`;
  const link = exclusiveMinimum !== undefined && exclusiveMaximum === undefined ? ' and up ' : ' ';
  return low + link + high;
}

function listItem({ items }: JsonSchema): string {
  return typeof items === 'object' && !Array.isArray(items) ? inWords(items) : 'a value';
}
