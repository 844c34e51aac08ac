/** Who has bought nothing yet, as segment_migration calls it. */
export const NOT_YET = 'not yet a customer';

/** The five segments from the best to the lost, and those who are none yet: the order of stacks and flows. */
export const FIVE = ['High Value', 'Regular', 'New', 'At Risk', 'Lost', NOT_YET] as const;

const COLOURS: Readonly<Record<string, number>> = {
  'High Value': 2,
  Regular: 0,
  New: 5,
  'At Risk': 1,
  Lost: 7,
  [NOT_YET]: 3,
};

/** The colour of a segment, the same in all charts. */
export function segmentColour(segment: string | null, series: readonly string[]): string {
  return series[COLOURS[segment ?? ''] ?? 6] ?? '';
}
