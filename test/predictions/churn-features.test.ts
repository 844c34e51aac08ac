import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { builtinModelsDir } from '../../src/api/folders.ts';
import { churnFeatures } from '../../src/predictions/churn-features.ts';

test('what the churn model learns from is what customers are scored with', async () => {
  const text = await readFile(`${builtinModelsDir()}/business/customer_scores.sql`, 'utf8');
  const sql = text.replaceAll(/\s+/g, ' ');
  for (const { name, sql: value } of churnFeatures) {
    expect(sql).toContain(`${value} as ${name}`);
    expect(sql).toContain(`max(coefficient) filter (where feature = '${name}') as ${name},`);
    expect(sql).toContain(`coefficients.${name} * (features.${name} - coefficients.mean_${name}) as driver_${name}`);
    expect(sql).toContain(`+ driver_${name}`);
  }
});
