import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { describeStep } from '../../src/run/describe-step.ts';
import { csvOf } from '../support/make-shop.ts';
import { orderRows } from '../support/order-rows.ts';
import { errorOf, openShop } from '../support/run-shop.ts';

describe('the plan of a run', () => {
  test('before the first run: load, then layer by layer build and check, reconcile, publish; nothing is written', async () => {
    await using shop = await openShop();
    const file = await shop.write('orders.csv', csvOf(orderRows(10)));
    const plan = await shop.pipeline.plan([file]);
    const kinds = plan.steps.map((step) => (step.kind === 'build' ? step.model.layer : step.kind));
    const order = kinds.filter((kind, index) => kind !== kinds[index - 1]);
    expect(order).toEqual([
      'load',
      'staging',
      'check',
      'warehouse',
      'check',
      'business',
      'check',
      'reconcile',
      'publish',
    ]);
    expect(plan.steps.map(describeStep)).toContain('load orders.csv');
    expect(existsSync(join(shop.folder, 'data'))).toBe(false);
  });

  test('every model comes after those it reads', async () => {
    await using shop = await openShop();
    const plan = await shop.pipeline.plan([]);
    const models = plan.steps.flatMap((step) => (step.kind === 'build' ? [step.model] : []));
    const position = new Map(models.map(({ name }, index) => [name, index]));
    for (const [index, { name, dependsOn }] of models.entries()) {
      for (const other of dependsOn) expect(position.get(other), `${name} reads ${other}`).toBeLessThan(index);
    }
    expect(models.length).toBe(plan.project.order.length);
  });

  test('[O27] of a first run nothing can be skipped', async () => {
    await using shop = await openShop();
    const error = await errorOf(UsageError, shop.pipeline.plan([], { skipLayers: ['staging'] }));
    expect(error.message).toBe('staging cannot be skipped: nothing has been published yet');
    expect(error.exitCode).toBe(2);
    expect(existsSync(join(shop.folder, 'data'))).toBe(false);
  });

  test('[O27] the run does what the plan says, and skipped layers are the published ones', async () => {
    await using shop = await openShop();
    const first = await shop.load(orderRows(40));
    const before = await shop.pipeline.engine.published();
    const plan = await shop.pipeline.plan([], { skipLayers: ['staging', 'warehouse'] });
    expect(plan.steps.slice(0, 2).map(describeStep)).toEqual([
      `keep staging as published in ${first.snapshotId}`,
      `keep warehouse as published in ${first.snapshotId}`,
    ]);
    expect(plan.steps.filter(({ kind }) => kind === 'load')).toEqual([]);
    expect(await shop.pipeline.snapshots()).toHaveLength(1);

    const second = await shop.run([], { skipLayers: ['warehouse', 'staging'] });
    const started = shop.events.flatMap((event) => (event.type === 'step-started' ? [describeStep(event.step)] : []));
    // A model may start before one that stands ahead of it but waits for another one.
    expect(started.slice(0, 3)).toEqual(plan.steps.map(describeStep).slice(0, 3));
    expect(started.slice(0, -1).toSorted()).toEqual(plan.steps.map(describeStep).slice(0, -1).toSorted());
    const after = await shop.pipeline.engine.published();
    expect(after?.layers.staging).toEqual(before?.layers.staging);
    expect(after?.layers.warehouse).toEqual(before?.layers.warehouse);
    expect(after?.layers.business.snapshotId).toBe(second.snapshotId);
    expect(after?.rowCounts).toEqual(before?.rowCounts);
    expect(after?.sources).toEqual(before?.sources);
    expect(second.layers.staging).toMatchObject({ status: 'skipped', durationSeconds: 0, rawRecords: 40 });
    expect(second.layers.business.status).toBe('success');
    expect(second.layers.warehouse.revenue).toBe(first.layers.warehouse.revenue);
  });

  test.each([
    [['warehouse'], 'warehouse cannot be skipped while staging is built anew: it would be out of date'],
    [['business'], 'business cannot be skipped while staging and warehouse are built anew: it would be out of date'],
    [['staging', 'business'], 'business cannot be skipped while warehouse is built anew: it would be out of date'],
    [['staging', 'warehouse', 'business'], 'all layers are skipped, so there is nothing to do'],
  ] as const)('[O27] skipping %j is refused and nothing is changed', async (skipLayers, message) => {
    await using shop = await openShop();
    const error = await errorOf(UsageError, shop.pipeline.plan([], { skipLayers }));
    expect(error.message).toBe(message);
    expect(error.remedy).not.toEqual([]);
  });

  test('[O27] appending to a staging layer that is skipped is a contradiction, not a run that does nothing', async () => {
    await using shop = await openShop();
    const error = await errorOf(UsageError, shop.pipeline.plan([], { skipLayers: ['staging'], append: true }));
    expect(error.message).toBe('staging cannot be skipped by a run that appends to it');
  });

  test('an append keeps the records of the published files before it loads new ones', async () => {
    await using shop = await openShop();
    const first = await shop.load(orderRows(10));
    const file = await shop.write('more.csv', csvOf(orderRows(5, 10)));
    const plan = await shop.pipeline.plan([file], { append: true });
    expect(plan.steps.slice(0, 2).map(describeStep)).toEqual([
      `keep the records of 1 file from ${first.snapshotId}`,
      'load more.csv',
    ]);
  });
});
