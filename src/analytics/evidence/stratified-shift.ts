import { countExcess, overdispersionOf, type Stratum } from './count-excess.ts';
import { type StrataShift, strataShift } from './strata-shift.ts';

/** Members of one kind, and how many of them had the event. */
export interface Cell {
  readonly kind: string;
  readonly members: number;
  readonly events: number;
}

/**
 * Whether a group has had an event more or less often than earlier groups, like compared with like: members of one kind with members of
 * the same kind. Where the earlier groups differ among themselves by more than chance, so may this one. Null with too few events.
 */
export function stratifiedShift(group: readonly Cell[], earlier: readonly (readonly Cell[])[]): StrataShift | null {
  const ofEarlier = earlier.map((one) =>
    countExcess(
      strataOf(
        one,
        earlier.filter((other) => other !== one),
      ),
    ),
  );
  return strataShift(strataOf(group, earlier), overdispersionOf(ofEarlier));
}

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
