import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withPrefix } from '../damage/clean-file.ts';
import { differences } from '../damage/compare.ts';
import type { Damage } from '../damage/damage.ts';
import { damagedFile } from '../damage/damages.ts';
import { openDoor } from '../damage/door.ts';
import { anyBytes, anyMutant, faultAtDoor, validFiles } from '../damage/fuzz.ts';
import { faultOfRun } from '../damage/fuzz-runs.ts';
import { anyManyCase, anyPairCase, differencesAtDoor } from '../damage/pair-property.ts';
import { byOptions, openLenientShop, runOver } from '../damage/whole-run.ts';

/** Seconds for each of the tests; the seed is printed and repeats them. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 120);
const SEED = Number(process.env.FUZZ_SEED ?? Math.trunc(performance.timeOrigin) % 2 ** 31);

/** As many runs as the time allows, `mostRuns` at most. */
async function passesUntilTime<T>(drawn: fc.Arbitrary<T>, mostRuns: number, fault: (value: T) => Promise<unknown>) {
  let runs = 0;
  await fc.assert(
    fc.asyncProperty(drawn, async (value) => {
      expect(await fault(value)).toBeUndefined();
      runs++;
    }),
    { seed: SEED, numRuns: mostRuns, interruptAfterTimeLimit: SECONDS * 1000, markInterruptAsFailure: false },
  );
  console.log(`FUZZ_SEED=${SEED}: ${runs} runs`);
  expect(runs).toBeGreaterThan(0);
}

test(`[M13] any bytes at the door (FUZZ_SEED=${SEED})`, async () => {
  using door = openDoor();
  await passesUntilTime(anyBytes, 10_000, (bytes) => faultAtDoor(door, bytes));
});

test(`[M13] mutated files of every format at the door (FUZZ_SEED=${SEED})`, async () => {
  using door = openDoor();
  await passesUntilTime(anyMutant(await validFiles(door.folder)), 10_000, (bytes) => faultAtDoor(door, bytes));
});

test(`[M13] whole runs over mutated files publish all or nothing (FUZZ_SEED=${SEED})`, async () => {
  using door = openDoor();
  await using shop = await openLenientShop({ options: {} });
  await passesUntilTime(anyMutant(await validFiles(door.folder)), 1000, (bytes) => faultOfRun(shop, bytes));
});

test(`[M12] files with two to five damages at the door: nothing changes in silence (FUZZ_SEED=${SEED})`, async () => {
  using door = openDoor();
  await passesUntilTime(fc.oneof(anyPairCase, anyManyCase), 20_000, async (drawn) => {
    const found = await differencesAtDoor(door, drawn);
    return found.length === 0 ? undefined : found.join('\n');
  });
});

test(`[M12] whole runs over many files with two damages each (FUZZ_SEED=${SEED})`, async () => {
  const isRefused = ({ outcome }: Damage) => outcome === 'refused';
  const together = fc.array(anyPairCase, { minLength: 40, maxLength: 40 });
  await passesUntilTime(together, 1000, async (cases) => {
    const files = cases.flatMap(([clean, chosen, seed], at) =>
      chosen.some(isRefused) ? [] : [damagedFile(withPrefix(clean, `${at}-`), chosen, seed)],
    );
    for (const group of byOptions(files)) {
      await using run = await runOver(group);
      for (const [at, file] of group.entries()) {
        const found = differences(file, await run.made(at));
        if (found.length > 0) return found.join('\n');
      }
    }
    return undefined;
  });
});
