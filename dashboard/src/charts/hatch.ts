import type { Palette } from './palette.ts';

/** Stripes over a bar or field that is not final: of a month that is not over, of a cohort that is too young. */
export function hatch({ background }: Palette) {
  return { symbol: 'rect', color: background, dashArrayX: [1, 0], dashArrayY: [3, 4], rotation: -Math.PI / 4 };
}
