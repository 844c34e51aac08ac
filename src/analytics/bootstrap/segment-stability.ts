import { fixedScore, SCORES, scoreChances, topChance } from './rank-chances.ts';

/** Members of a segment whose ranks nearly agree. Means are over the members. */
export interface ValueCell {
  readonly segment: string;
  readonly members: number;
  /** Customers of a higher value; undefined where the value decides nothing. */
  readonly meanAbove: number | undefined;
}

/** Members of a named segment whose three ranks nearly agree. */
export interface ScoreCell {
  readonly segment: string;
  readonly members: number;
  /** Customers with a longer silence, with fewer orders, with less revenue. */
  readonly meanBelow: readonly [recency: number, frequency: number, monetary: number];
  /** The frequency score where it is given by thresholds and so does not depend on the sample. */
  readonly frequencyScore: number | undefined;
}

/** Segment by three scores: the text `543` is recency 5, frequency 4, monetary 3. */
export type SegmentOfScores = ReadonlyMap<string, string>;

/**
 * Expected share of the members of each segment that would be in the same one, had another sample of the same customers
 * been drawn. Only the cut-off of the top share depends on the sample: `top` is the segment above it.
 */
export function valueStability(
  cells: readonly ValueCell[],
  { customers, places, top }: { readonly customers: number; readonly places: number; readonly top: string },
): ReadonlyMap<string, number> {
  return meanBySegment(cells, ({ segment, meanAbove }) => {
    if (meanAbove === undefined) return 1;
    const chance = topChance(meanAbove, customers, places);
    return segment === top ? chance : 1 - chance;
  });
}

/** The same for segments made from three scores, whose chances are taken as independent of each other. */
export function scoreStability(
  cells: readonly ScoreCell[],
  customers: number,
  segmentOf: SegmentOfScores,
): ReadonlyMap<string, number> {
  return meanBySegment(cells, ({ segment, meanBelow, frequencyScore }) => {
    const [recency, frequency, monetary] = meanBelow.map((below) => scoreChances(below, customers));
    const byFrequency = frequencyScore === undefined ? frequency : fixedScore(frequencyScore);
    let same = 0;
    for (const [i, first] of SCORES.entries()) {
      for (const [j, second] of SCORES.entries()) {
        const chance = (recency?.[i] ?? 0) * (byFrequency?.[j] ?? 0);
        if (chance === 0) continue;
        for (const [k, third] of SCORES.entries()) {
          if (segmentOf.get(`${first}${second}${third}`) === segment) same += chance * (monetary?.[k] ?? 0);
        }
      }
    }
    return same;
  });
}

function meanBySegment<Cell extends { readonly segment: string; readonly members: number }>(
  cells: readonly Cell[],
  chanceOf: (cell: Cell) => number,
): Map<string, number> {
  const sums = new Map<string, { members: number; staying: number }>();
  for (const cell of cells) {
    const sum = sums.get(cell.segment) ?? { members: 0, staying: 0 };
    sum.members += cell.members;
    sum.staying += cell.members * chanceOf(cell);
    sums.set(cell.segment, sum);
  }
  return new Map([...sums].map(([segment, { members, staying }]) => [segment, staying / members]));
}
