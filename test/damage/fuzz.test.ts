import fc from 'fast-check';
import { expect, test } from 'vitest';
import { runs } from '../support/runs.ts';
import { openDoor } from './door.ts';
import { anyBytes, anyMutant, faultAtDoor, validFiles } from './fuzz.ts';
import { faultOfRun } from './fuzz-runs.ts';
import { openLenientShop } from './whole-run.ts';

const seed = 20_260_926;

test('[M13] any bytes are refused with a reason, or all their records are in one place each', async () => {
  using door = openDoor();
  await fc.assert(
    fc.asyncProperty(anyBytes, async (bytes) => {
      expect(await faultAtDoor(door, bytes)).toBeUndefined();
    }),
    { numRuns: runs(500), seed },
  );
});

test('[M13] valid files of every format with bytes flipped, inserted, deleted, spliced or cut off: the same', async () => {
  using door = openDoor();
  await fc.assert(
    fc.asyncProperty(anyMutant(await validFiles(door.folder)), async (bytes) => {
      expect(await faultAtDoor(door, bytes)).toBeUndefined();
    }),
    { numRuns: runs(500), seed },
  );
});

test('[M13] a run over a mutated file publishes all of it, or nothing', async () => {
  using door = openDoor();
  await using shop = await openLenientShop({ options: {} });
  await fc.assert(
    fc.asyncProperty(anyMutant(await validFiles(door.folder)), async (bytes) => {
      expect(await faultOfRun(shop, bytes)).toBeUndefined();
    }),
    { numRuns: runs(12), seed, endOnFailure: true },
  );
});
