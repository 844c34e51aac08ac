import { usePalette } from '../../charts/use-palette.ts';
import type { Scale } from './color-scale.ts';
import classes from './heatmap.module.css';

interface HeatmapLegendProps {
  readonly scale: Scale;
  readonly textOf: (value: number) => string;
  readonly hasImmature: boolean;
  readonly hasLeftTruncated: boolean;
}

/** What colours, hatching and marks of the heatmap mean. */
export function HeatmapLegend({ scale, textOf, hasImmature, hasLeftTruncated }: HeatmapLegendProps) {
  const { heat } = usePalette();
  return (
    <div className={classes.legend}>
      <span className={classes.item}>
        {textOf(scale.low)}
        <span className={classes.ramp} style={{ background: `linear-gradient(to right, ${heat[0]}, ${heat[1]})` }} />
        {textOf(scale.high)} and more
      </span>
      <span className={classes.item}>
        <span className={`${classes.swatch} ${classes.immature}`} />
        {hasImmature
          ? 'Hatched: the month is not over, the figure can still grow; not in the average'
          : 'Hatched: the month is not over (all months shown are)'}
      </span>
      {hasLeftTruncated && (
        <span className={classes.item}>
          <span className={classes.mark}>†</span>
          The data begins in the middle of the shop’s life: old customers look new; not in the average
        </span>
      )}
    </div>
  );
}
