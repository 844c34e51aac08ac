import { countExcess, excessPValue, type Overdispersion, type Stratum } from './count-excess.ts';
import { studentDistance } from './distributions.ts';
import { type Evidence, INTERVAL_LEVEL } from './evidence.ts';

export interface StrataShift extends Evidence {
  readonly observed: number;
  /** Events if members of each stratum had them as often as the others in it. */
  readonly expected: number;
  readonly members: number;
}

/** Fewer events than this, expected or seen in the others, say nothing. */
const FEWEST_EVENTS = 10;

/**
 * Whether a group has more or fewer events than others of the same strata. The effect is in percent of the expected events, by the Mantel-Haenszel
 * ratio. Strata that only one of the two has are left out. Null with too few events. Sources: Mantel and Haenszel 1959; Mantel 1966.
 */
export function strataShift(all: readonly Stratum[], spread: Overdispersion): StrataShift | null {
  const strata = all.filter(({ members, otherMembers }) => members > 0 && otherMembers > 0);
  const total = (value: (one: Stratum) => number) => strata.reduce((sum, one) => sum + value(one), 0);
  // Each stratum counts by its smaller side, so that one of which the others hardly tell has no weight.
  const own = total(({ events, members, otherMembers }) => (events * otherMembers) / (members + otherMembers));
  const others = total(({ otherEvents, members, otherMembers }) => (otherEvents * members) / (members + otherMembers));
  const excess = countExcess(strata);
  const expected = others > 0 && own > 0 ? (excess.observed * others) / own : excess.expected;
  const events = Math.min(
    expected,
    total((one) => one.otherEvents),
  );
  if (events < FEWEST_EVENTS || !(excess.variance > 0) || others === 0) return null;
  const relative = own / others - 1;
  const error = Math.sqrt(spread.factor * excess.variance) / others;
  const half = studentDistance(1 - INTERVAL_LEVEL, spread.degrees) * error;
  return {
    effect: 100 * relative,
    low: 100 * Math.max(-1, relative - half),
    high: 100 * (relative + half),
    relative,
    pValue: excessPValue(excess, spread),
    observed: excess.observed,
    expected,
    members: total((one) => one.members),
  };
}
