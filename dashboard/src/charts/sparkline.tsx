import { usePalette } from './use-palette.ts';

interface SparklineProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly values: readonly (number | null)[];
}

const WIDTH = 120;
const HEIGHT = 32;

/** The course of a figure, without axes; the last value has a dot. */
export function Sparkline({ label, values }: SparklineProps) {
  const { series } = usePalette();
  const known = values.filter((value): value is number => value !== null);
  if (known.length < 2) return null;
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const points = values.flatMap((value, index) =>
    value === null
      ? []
      : [
          [
            2 + (index / (values.length - 1)) * (WIDTH - 6),
            HEIGHT - 4 - ((value - low) / span) * (HEIGHT - 8),
          ] as const,
        ],
  );
  const [lastX, lastY] = points.at(-1) ?? [0, 0];
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <polyline points={points.map((point) => point.join()).join(' ')} fill="none" stroke={series[0]} strokeWidth={2} />
      <circle cx={lastX} cy={lastY} r={3} fill={series[0]} />
    </svg>
  );
}
