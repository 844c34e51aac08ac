import type { QueryParams, QueryRow } from '../../api/source.ts';

/** Which segments are shown: the five, or the eleven by scores. */
export type Segmentation = 'five' | 'rfm';

/** Size and worth of a segment. */
export type SegmentFigures = Omit<QueryRow<'segments/marketing'>, 'customer_segment'>;

/** The filter that leaves the customers of a segment. */
export function filterOf(segmentation: Segmentation, segment: string | null): QueryParams<'customers'> | undefined {
  if (segment === null) return undefined;
  return segmentation === 'five' ? { segment } : { rfm: segment };
}
