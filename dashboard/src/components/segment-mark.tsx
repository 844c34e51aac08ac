import { usePalette } from '../charts/use-palette.ts';
import classes from './segment-mark.module.css';

/** Places in the palette: the same segment has the same colour everywhere; so has who has bought nothing yet. */
const PLACES: Readonly<Record<string, number>> = {
  'High Value': 2,
  Regular: 0,
  New: 5,
  'At Risk': 1,
  Lost: 7,
  'not yet a customer': 3,
};

/** A marketing segment with its colour, which says no more than its name. */
export function SegmentMark({ segment }: { readonly segment: string }) {
  const { series } = usePalette();
  return (
    <span className={classes.mark}>
      <span aria-hidden className={classes.dot} style={{ background: segmentColor(segment, series) }} />
      {segment}
    </span>
  );
}

/** The colour of a segment in charts. */
export function segmentColor(segment: string | null, series: readonly string[]): string {
  return series[PLACES[segment ?? ''] ?? 6] ?? 'currentColor';
}
