import { usePalette } from '../../charts/use-palette.ts';
import { GRADES } from './words.ts';

const HEIGHTS = [10, 16, 22, 28];

/** A grade as bars, as those of a telephone's signal: four for A, one for D, none and a stroke where it is withheld. */
export function GradeSign({ grade }: { readonly grade: string }) {
  const palette = usePalette();
  const { bars, words } = GRADES[grade] ?? { bars: 0, words: 'not known' };
  const color = bars >= 2 ? palette.good : palette.bad;
  return (
    <svg width={44} height={32} viewBox="0 0 44 32" role="img" aria-label={`Grade ${grade}: ${words}`}>
      {HEIGHTS.map((height, index) => (
        <rect
          key={height}
          x={2 + index * 11}
          y={31 - height}
          width={7}
          height={height}
          rx={1.5}
          fill={index < bars ? color : 'none'}
          stroke={index < bars ? color : palette.faint}
        />
      ))}
      {bars === 0 && <line x1={1} y1={31} x2={42} y2={3} stroke={palette.bad} strokeWidth={2} />}
    </svg>
  );
}
