import { join } from 'node:path';
import { expect, it } from 'vitest';
import { configJsonSchema } from '../../src/config/json-schema.ts';
import { configKeys } from '../../src/config/schema.ts';

it('pipeline.schema.json is the generated schema (vitest -u test/config writes it anew)', async () => {
  const text = `${JSON.stringify(configJsonSchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, '../../pipeline.schema.json'));
});

it('knows $schema and every key with default and description, and nothing else', () => {
  const schema = configJsonSchema();
  expect(schema).toMatchObject({ title: expect.any(String), type: 'object', additionalProperties: false });
  expect(schema).not.toHaveProperty('required');
  for (const key of configKeys) {
    expect(schema).toHaveProperty(['properties', key], expect.objectContaining({ description: expect.any(String) }));
    expect(schema).toHaveProperty(['properties', key, 'default']);
  }
  expect(schema).toHaveProperty(['properties', '$schema', 'type'], 'string');
});
