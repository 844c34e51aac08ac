import { type CountExcess, countExcess, excessPValue, overdispersionOf, type Stratum } from './count-excess.ts';
import { studentDistance } from './distributions.ts';
import { type Evidence, INTERVAL_LEVEL } from './evidence.ts';

/** Members of one kind, and how many of them had the event. */
export interface Cell {
  readonly kind: string;
  readonly members: number;
  readonly events: number;
}

export interface StratifiedShift extends Evidence {
  readonly observed: number;
  /** Events if members of each kind did as often as those of the same kind before. */
  readonly expected: number;
  readonly members: number;
}

const FEWEST_EVENTS = 10;

function strataOf(group: readonly Cell[], others: readonly (readonly Cell[])[]): Stratum[] {
  const rest = new Map<string, { members: number; events: number }>();
  for (const { kind, members, events } of others.flat()) {
    const at = rest.get(kind) ?? { members: 0, events: 0 };
    rest.set(kind, { members: at.members + members, events: at.events + events });
  }
  return group.map(({ kind, members, events }) => ({
    ...{ members, events },
    ...{ otherMembers: rest.get(kind)?.members ?? 0, otherEvents: rest.get(kind)?.events ?? 0 },
  }));
}

/** Events expected of a group from the shares of the others, kind by kind; kinds that only it has are left out. */
function expectedFromOthers(strata: readonly Stratum[]): number {
  return strata.reduce(
    (sum, { members, otherMembers, otherEvents }) =>
      sum + (otherMembers === 0 ? 0 : (members * otherEvents) / otherMembers),
    0,
  );
}

/**
 * Whether a group has had an event more or less often than earlier groups, like compared with like: members of one kind with members of
 * the same kind. The effect is in percentage points of the members. Null with too few events. Source: Mantel and Haenszel 1959.
 */
export function stratifiedShift(group: readonly Cell[], earlier: readonly (readonly Cell[])[]): StratifiedShift | null {
  const strata = strataOf(group, earlier).filter(({ otherMembers }) => otherMembers > 0);
  const excess = countExcess(strata);
  const expected = expectedFromOthers(strata);
  const members = strata.reduce((sum, one) => sum + one.members, 0);
  if (expected < FEWEST_EVENTS || !(excess.variance > 0)) return null;
  const ofOthers: CountExcess[] = earlier.map((one) =>
    countExcess(
      strataOf(
        one,
        earlier.filter((x) => x !== one),
      ),
    ),
  );
  const spread = overdispersionOf(ofOthers);
  const otherMembers = strata.reduce((sum, one) => sum + one.otherMembers, 0);
  const width = studentDistance(1 - INTERVAL_LEVEL, spread.degrees) * Math.sqrt(spread.factor);
  // Of the difference of observed and expected: the variance given the margins, seen from the group's side.
  const error = Math.sqrt(excess.variance) * ((members + otherMembers) / otherMembers);
  const percent = (events: number) => (100 * events) / members;
  const difference = excess.observed - expected;
  return {
    effect: percent(difference),
    low: percent(difference - width * error),
    high: percent(difference + width * error),
    relative: excess.observed / expected - 1,
    pValue: excessPValue(excess, spread),
    observed: excess.observed,
    expected,
    members,
  };
}
