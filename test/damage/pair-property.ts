import fc from 'fast-check';
import { anyCleanFile, type CleanFile } from './clean-file.ts';
import { differences, type Made } from './compare.ts';
import type { Damage } from './damage.ts';
import { areCompatible, damagedFile, damages } from './damages.ts';
import type { Door } from './door.ts';
import type { DamagedFile } from './draft.ts';

const pairs = damages.flatMap((one, at) =>
  damages.slice(at + 1).flatMap((other) => (areCompatible(one, other) ? [[one, other] as const] : [])),
);

/** A clean file, damages that can meet in it, and a seed for where they strike. */
export type DamagedCase = readonly [clean: CleanFile, chosen: readonly Damage[], seed: number];

export const anyPairCase: fc.Arbitrary<DamagedCase> = fc.tuple(anyCleanFile, fc.constantFrom(...pairs), fc.nat());

/** Up to five damages, each of which can meet each other one. */
export const anyManyCase: fc.Arbitrary<DamagedCase> = fc.tuple(
  anyCleanFile,
  fc.uniqueArray(fc.constantFrom(...damages), { minLength: 3, maxLength: 12 }).map((drawn) => {
    const chosen: Damage[] = [];
    for (const damage of drawn) {
      if (chosen.length < 5 && chosen.every((other) => areCompatible(damage, other))) chosen.push(damage);
    }
    return chosen;
  }),
  fc.nat(),
);

/** What of a damaged file came out otherwise than it must, after the names of its damages; empty where nothing did. */
export async function differencesAtDoor(door: Door, [clean, chosen, seed]: DamagedCase): Promise<string[]> {
  const file = damagedFile(clean, chosen, seed);
  const found = differences(file, await madeAtDoor(door, file));
  return found.length === 0 ? [] : [chosen.map(({ kind }) => kind).join(' + '), ...found];
}

export async function madeAtDoor(door: Door, { bytes, options }: DamagedFile): Promise<Made> {
  const outcome = await door.take(bytes, options);
  if (outcome.kind === 'refused') return { refusal: outcome.error, warnings: [], loaded: [], reasons: new Map() };
  return { warnings: outcome.source.warnings, loaded: outcome.loaded, reasons: outcome.reasons };
}
