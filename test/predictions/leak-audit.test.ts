import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { builtinModelsDir } from '../../src/api/folders.ts';
import { QualityError } from '../../src/index.ts';
import { openShop, type Shop } from '../support/run-shop.ts';
import { simulatedRows } from '../support/simulated-shop.ts';

const rows = simulatedRows({ customers: 1_200, seed: 3, startDate: '2023-01-01', endDate: '2024-12-31' });
const floor = { minBuyersForPrediction: 100, minEventsForPrediction: 20 };

type Change = readonly [honest: string, leaking: string];

/** A model of customer_histories in which some expressions are others. */
async function plant(shop: Shop, changes: readonly Change[]): Promise<void> {
  let text = await readFile(`${builtinModelsDir()}/business/customer_histories.sql`, 'utf8');
  for (const [honest, leaking] of changes) {
    expect(text).toContain(honest);
    text = text.replace(honest, leaking);
  }
  await shop.write('models/business/customer_histories.sql', text);
}

test('what was known on a past day does not change when the data ends there', async () => {
  await using shop = await openShop(floor);
  await shop.load(rows);
  const audit = await shop.query('select * from business.leak_audit');
  expect(audit.length).toBeGreaterThanOrEqual(18);
  for (const { customers, changed_customers: changed } of audit) {
    expect(customers).toBeGreaterThan(100);
    expect(changed).toBe(0);
  }
});

const first = '        first_purchase_date,\n        purchase_number - 1 as frequency,\n';
const repeats = 'sum(frequency) as repeats,';

test.each<{ readonly leak: string; readonly caught: string; readonly changes: readonly Change[] }>([
  {
    leak: 'the gap to the next purchase in the place of the last one',
    caught: 'decline_level',
    changes: [
      [
        'days_since_previous_purchase as last_gap_days',
        'coalesce(days_to_next_purchase, days_since_previous_purchase) as last_gap_days',
      ],
    ],
  },
  {
    leak: 'a cohort that knows of its later purchases',
    caught: 'cohort_level',
    changes: [
      [first, `${first}        next_purchase_date,\n`],
      [repeats, 'sum(frequency + case when next_purchase_date is null then 0 else 3 end) as repeats,'],
    ],
  },
])('a planted leak is caught, and nothing is published: $leak', async ({ changes, caught }) => {
  await using shop = await openShop({ ...floor });
  await plant(shop, changes);
  await using leaking = await openShop({ ...floor, modelsDir: `${shop.folder}/models` });
  const failure = await leaking.load(rows).then(
    () => undefined,
    (error: unknown) => error,
  );
  expect(failure).toBeInstanceOf(QualityError);
  if (!(failure instanceof QualityError)) return;
  expect(failure.exitCode).toBe(3);
  expect(failure.message).toContain('leak_audit nothing_of_the_future_is_known');
  expect(failure.remedy.join('\n')).toContain(caught);
  expect(await leaking.pipeline.engine.published()).toBeUndefined();
});
