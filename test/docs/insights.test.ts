import { expect, test } from 'vitest';
import { PICTURES } from '../../dashboard/src/pages/insights/picture-of.ts';
import { INTERVAL_LEVEL } from '../../src/analytics/evidence/evidence.ts';
import { FEWEST_VALUES_BEFORE } from '../../src/analytics/evidence/series-surprise.ts';
import { bundledSample } from '../../src/api/folders.ts';
import { configSchema } from '../../src/config/schema.ts';
import { BLOCK_DAYS } from '../../src/insights/day-blocks.ts';
import { WATCHED_DAYS } from '../../src/insights/second-order.ts';
import { openShop } from '../support/run-shop.ts';
import { pageText } from './support.ts';

const page = await pageText('docs/insights.md');

/** The first cells of the rows of the table whose first column is `Type`, under that heading. */
function typesUnder(heading: string): string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [table = ''] = /(?:^\|.*\n)+/m.exec(section.split('\n## ')[0] ?? '') ?? [];
  return [...table.matchAll(/^\| `([a-z_]+)`/gm)].map(([, type = '']) => type);
}

test('docs/insights.md has every type of comparison and of fact, and every reason for silence; each type has its picture on the page', async () => {
  await using shop = await openShop();
  await shop.run([bundledSample()]);
  const typesOf = async (sql: string) => (await shop.query(sql)).map(({ type }) => String(type)).sort();
  const compared = await typesOf('select distinct insight_type as type from business.insight_candidates');
  expect(typesUnder('What is compared').sort()).toEqual(compared);
  const facts = await typesOf(
    "select insight_type as type from business.business_insights where insight_kind = 'fact'",
  );
  expect(typesUnder('Facts').sort()).toEqual([...facts, 'left_truncation'].sort());
  expect(Object.keys(PICTURES).sort()).toEqual([...compared, ...facts, 'left_truncation'].sort());
  const reasons = await shop.query('select distinct why_not from business.insight_candidates where not is_reported');
  for (const { why_not: reason } of reasons) {
    expect(
      ['chance explains it', 'smaller than', 'not tried', 'said by another'].some((kind) =>
        String(reason).startsWith(kind),
      ),
    ).toBe(true);
  }
});

test('the limits and defaults on docs/insights.md are those of the program', () => {
  const defaults = configSchema.parse({});
  for (const sentence of [
    `within ${WATCHED_DAYS} days`,
    `the last ${BLOCK_DAYS} days`,
    `Revenue needs ${FEWEST_VALUES_BEFORE + 1} complete months`,
    `\`insightFalseDiscoveryRate\` (${100 * defaults.insightFalseDiscoveryRate} %)`,
    `\`insightMinEffect\`, ${100 * defaults.insightMinEffect} % of what was expected`,
  ]) {
    expect(page).toContain(sentence);
  }
  expect(INTERVAL_LEVEL).toBe(0.95);
});
