import { z } from 'zod';
import { configSchema } from './schema.ts';

/** JSON Schema (draft 7, which all editors know) of `pipeline.config.json`, made from the one schema. */
export function configJsonSchema(): object {
  const { $schema, properties, ...rest } = z.toJSONSchema(configSchema, { io: 'input', target: 'draft-7' });
  return {
    $schema,
    title: 'Configuration of marketing-analytics-pipeline',
    ...rest,
    properties: {
      $schema: { type: 'string', description: 'Path or address of this schema, for editors; the pipeline ignores it.' },
      ...properties,
    },
  };
}
