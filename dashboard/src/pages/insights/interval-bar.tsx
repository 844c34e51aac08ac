import { usePalette } from '../../charts/use-palette.ts';

interface IntervalBarProps {
  readonly label: string;
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** What is farthest from zero of all bars that are compared. */
  readonly farthest: number;
  /** Whether it is a finding; others are drawn faint. */
  readonly isStrong: boolean;
}

const WIDTH = 100;
const HEIGHT = 22;

/** A difference as a dot, its interval as a line, and no difference as a vertical line in the middle. */
export function IntervalBar({ label, value, low, high, farthest, isStrong }: IntervalBarProps) {
  const { series, faint } = usePalette();
  const at = (x: number) => WIDTH / 2 + (x / (farthest || 1)) * (WIDTH / 2 - 6);
  const color = isStrong ? series[0] : faint;
  return (
    <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} width={WIDTH} height={HEIGHT} role="img" aria-label={label}>
      <line x1={WIDTH / 2} x2={WIDTH / 2} y1={1} y2={HEIGHT - 1} stroke={faint} strokeDasharray="2 2" />
      {low !== null && high !== null && (
        <path
          d={`M${at(low)} ${HEIGHT / 2}H${at(high)}M${at(low)} ${HEIGHT / 2 - 4}v8M${at(high)} ${HEIGHT / 2 - 4}v8`}
          stroke={color}
          strokeWidth={1.5}
          fill="none"
        />
      )}
      <circle cx={at(value)} cy={HEIGHT / 2} r={isStrong ? 4.5 : 3.5} fill={color} />
    </svg>
  );
}

/** The end that is farthest from zero. */
export function farthestOf(...values: readonly (number | null)[]): number {
  return Math.max(0, ...values.map((value) => Math.abs(value ?? 0)));
}
