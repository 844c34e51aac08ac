import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InputError } from '../../src/errors.ts';
import { errorOf } from '../support/run-shop.ts';
import { runs } from '../support/runs.ts';
import { usualCleanFile, withPrefix } from './clean-file.ts';
import { differences } from './compare.ts';
import type { Damage } from './damage.ts';
import { damagedFile, damages } from './damages.ts';
import { openDoor } from './door.ts';
import type { DamagedFile } from './draft.ts';
import { anyManyCase, anyPairCase, differencesAtDoor, madeAtDoor } from './pair-property.ts';
import { byOptions, openLenientShop, runOver } from './whole-run.ts';

const seed = 20_260_925;

function titleOf({ kind, cases, outcome }: Damage): string {
  return `${cases.map((id) => `[${id}] `).join('')}${kind}: ${outcome}`;
}

function outcomeOf({ refusals, reported, warnedOrders }: DamagedFile): Damage['outcome'] {
  if (refusals.length > 0) return 'refused';
  if (warnedOrders.size > 0) return 'warned';
  return reported.length > 0 ? 'costs' : 'harmless';
}

describe('one damage', () => {
  test.each(damages.map((damage) => [titleOf(damage), damage] as const))('%s', async (_, damage) => {
    using door = openDoor();
    for (const isWide of [false, true]) {
      for (const at of [1, 2, 3, 4]) {
        const file = damagedFile(usualCleanFile(isWide), [damage], seed + at);
        expect(differences(file, await madeAtDoor(door, file)), `${isWide ? 'wide' : 'five columns'}, ${at}`).toEqual(
          [],
        );
        expect(outcomeOf(file)).toBe(damage.outcome);
      }
    }
  });
});

test('any two damages that can meet: the clean tables are the clean file, or the rows that differ are reported', async () => {
  using door = openDoor();
  await fc.assert(
    fc.asyncProperty(anyPairCase, async (drawn) => {
      expect(await differencesAtDoor(door, drawn)).toEqual([]);
    }),
    { numRuns: runs(400), seed },
  );
});

test('up to five damages at once: the clean tables are the clean file, or the rows that differ are reported', async () => {
  using door = openDoor();
  await fc.assert(
    fc.asyncProperty(anyManyCase, async (drawn) => {
      expect(await differencesAtDoor(door, drawn)).toEqual([]);
    }),
    { numRuns: runs(150), seed },
  );
});

test('[C41] whole runs over files with one damage each: the cleaned tables hold what the door was seen to take', async () => {
  const files = damages
    .filter(({ outcome }) => outcome !== 'refused')
    .map((damage, at) => damagedFile(withPrefix(usualCleanFile(at % 2 === 0), `${at}-`), [damage], seed));
  for (const together of byOptions(files)) {
    await using run = await runOver(together);
    const { rawRecords, cleanRecords, rejectedRecords, setAsideRecords } = run.summary.layers.staging;
    const loaded = together.reduce((sum, file) => sum + file.loaded.size + file.warnedOrders.size, 0);
    const reported = together.reduce((sum, file) => sum + file.reported.length, 0);
    expect({ cleanRecords, refused: rejectedRecords + setAsideRecords, rawRecords }).toEqual({
      cleanRecords: loaded,
      refused: reported,
      rawRecords: loaded + reported,
    });
    for (const [at, file] of together.entries()) expect(differences(file, await run.made(at))).toEqual([]);
  }
});

test('[C38] a file that is refused changes nothing that is published', async () => {
  const refused = damages.filter(({ outcome }) => outcome === 'refused');
  await using shop = await openLenientShop({ options: {} });
  const clean = damagedFile(usualCleanFile(false), [], seed);
  await shop.run([await shop.write('clean.csv', clean.bytes)]);
  const before = await shop.pipeline.engine.published();
  for (const [at, damage] of refused.entries()) {
    const { bytes, refusals } = damagedFile(usualCleanFile(at % 2 === 0), [damage], seed);
    const error = await errorOf(InputError, shop.run([await shop.write(`refused-${at}.csv`, bytes)]));
    expect(
      refusals.some((pattern) => pattern.test(error.message)),
      error.message,
    ).toBe(true);
    expect(await shop.pipeline.engine.published()).toEqual(before);
  }
});
