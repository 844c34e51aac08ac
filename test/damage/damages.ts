import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import { containerDamages, dialectDamages, encodingDamages, raggedDamages } from './byte-damages.ts';
import type { CleanFile } from './clean-file.ts';
import type { Damage } from './damage.ts';
import { type DamagedFile, draftOf, render } from './draft.ts';
import { headerDamages, lineDamages } from './table-damages.ts';
import { amountDamages, dateDamages, idDamages } from './value-damages.ts';

/** In the order in which several of them are applied: from the values out to the bytes. */
export const damages: readonly Damage[] = [
  ...dateDamages,
  ...amountDamages,
  ...idDamages,
  ...headerDamages,
  ...lineDamages,
  ...raggedDamages,
  ...dialectDamages,
  ...encodingDamages,
  ...containerDamages,
];

export function areCompatible(one: Damage, other: Damage): boolean {
  return one !== other && !one.aspects.some((aspect) => other.aspects.includes(aspect));
}

/** The clean file with these damages, and what must become of it. */
export function damagedFile(clean: CleanFile, chosen: readonly Damage[], seed: number): DamagedFile {
  const generator = xoroshiro128plus(seed);
  const dice = (limit: number) => Math.floor(uniformFloat64(generator) * limit);
  const draft = draftOf(clean);
  for (const damage of damages) if (chosen.includes(damage)) damage.apply(draft, dice);
  return render(draft);
}
