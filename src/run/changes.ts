import type { SnapshotManifest } from '../engines/engine.ts';
import type { SegmentMove } from '../metadata/records.ts';
import type { ChangedSetting } from './changed-settings.ts';
import { NO_LONGER, NOT_BEFORE } from './segment-moves.ts';
import type { SegmentPath } from './segment-paths.ts';

/** `code`: the program or the models. `config`: the settings. `data`: the orders, and how files are read. */
export type Cause = 'code' | 'config' | 'data';

/** What one thing, changed after those before it, does to the segments. */
export interface CausedChange {
  /** More than one where they cannot be told apart. */
  readonly causes: readonly Cause[];
  /** Customers who leave their published segment by it, for good. */
  readonly customers: number;
  readonly moves: readonly SegmentMove[];
}

/** Who would change segment if the run were published. */
export interface PlannedChanges {
  readonly publishedSnapshotId: string;
  readonly publishedAsOf: string;
  readonly asOf: string;
  /** Customers in both, before or after. */
  readonly customers: number;
  /** Customers whose segment would be another one, those who come or go included; the sum of the causes. */
  readonly changed: number;
  /** From the published segment to the new one; those who stay are in it. Empty where nothing had to be built. */
  readonly moves: readonly SegmentMove[];
  /** In the order in which things were changed: code, config, data. All three, each in one of them. */
  readonly why: readonly CausedChange[];
  readonly settings: readonly ChangedSetting[];
  readonly notes: readonly string[];
}

interface Parts {
  readonly published: SnapshotManifest;
  readonly asOf: string;
  /** The causes of each step that was built. */
  readonly steps: readonly (readonly Cause[])[];
  /** Undefined where nothing differs, so that nothing was built. */
  readonly paths: readonly SegmentPath[] | undefined;
  readonly settings: readonly ChangedSetting[];
  readonly notes: readonly string[];
}

const CAUSES: readonly Cause[] = ['code', 'config', 'data'];

export function summarizeChanges({ published, asOf, steps, paths = [], settings, notes }: Parts): PlannedChanges {
  const changedPaths = paths.filter(({ segments }) => segments[0] !== segments.at(-1));
  const built = steps.map((causes, index) => {
    const own = changedPaths.filter(({ segments }) => leavingStep(segments) === index + 1);
    return { causes, customers: countAll(own), moves: movesOf(own) };
  });
  const idle = CAUSES.filter((cause) => !steps.some((causes) => causes.includes(cause)));
  const why = [...built, ...idle.map((cause) => ({ causes: [cause], customers: 0, moves: [] }))];
  return {
    publishedSnapshotId: published.snapshotId,
    publishedAsOf: published.asOf,
    asOf,
    customers: paths.length === 0 ? (published.rowCounts['business.customer_segments'] ?? 0) : countAll(paths),
    changed: countAll(changedPaths),
    moves: movesOf(paths),
    why: why.toSorted((a, b) => orderOf(a.causes) - orderOf(b.causes)),
    settings,
    notes,
  };
}

/** The step by which a customer leaves the published segment for good: the last one that leads away from it. */
function leavingStep(segments: SegmentPath['segments']): number {
  return segments.findLastIndex((segment, step) => segments[step - 1] === segments[0] && segment !== segments[0]);
}

function orderOf([first = 'data']: readonly Cause[]): number {
  return CAUSES.indexOf(first);
}

function countAll(paths: readonly SegmentPath[]): number {
  return paths.reduce((sum, { customers }) => sum + customers, 0);
}

function movesOf(paths: readonly SegmentPath[]): SegmentMove[] {
  const ends = paths
    .map(({ segments, customers }) => ({
      from: segments[0] ?? NOT_BEFORE,
      to: segments.at(-1) ?? NO_LONGER,
      customers,
    }))
    .filter(({ from, to }) => from !== NOT_BEFORE || to !== NO_LONGER);
  const grouped = Map.groupBy(ends, ({ from, to }) => `${from}\n${to}`);
  return [...grouped.values()]
    .flatMap((same) => {
      const [first] = same;
      const customers = same.reduce((sum, move) => sum + move.customers, 0);
      return first === undefined ? [] : [{ ...first, customers }];
    })
    .sort((a, b) => compare(a.from, b.from) || compare(a.to, b.to));
}

function compare(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
