import { hatch } from '../../charts/hatch.ts';
import type { Palette } from '../../charts/palette.ts';

/** As legends call it. */
const NAME = 'Month not over';

interface MonthRow {
  readonly is_complete: boolean | null;
}

/** A bar of a month: hatched while the month is not over. */
export function monthBar(value: number | null, { is_complete }: MonthRow, palette: Palette) {
  return is_complete === false ? { value, itemStyle: { decal: hatch(palette) } } : value;
}

/** A series without bars that explains the hatching in the legend, where a month is hatched. */
export function hatchedKey(rows: readonly MonthRow[], palette: Palette) {
  const key = { name: NAME, type: 'bar', data: [], itemStyle: { color: palette.faint, decal: hatch(palette) } };
  return rows.some(({ is_complete }) => is_complete === false) ? [key] : [];
}

/** The same for lines: a hollow point of its own, not joined to the months before. */
export function openPoints(rows: readonly MonthRow[], values: readonly (number | null)[], color: string) {
  const points = {
    name: NAME,
    type: 'line',
    symbol: 'emptyDiamond',
    symbolSize: 12,
    showAllSymbol: true,
    itemStyle: { color },
    data: values.map((value, index) => (rows[index]?.is_complete === false ? value : null)),
  };
  return rows.some(({ is_complete }) => is_complete === false) ? [points] : [];
}

/** What stands behind the name of the month. */
export function unfinishedWords({ is_complete }: MonthRow): string {
  return is_complete === false ? ', not over' : '';
}
