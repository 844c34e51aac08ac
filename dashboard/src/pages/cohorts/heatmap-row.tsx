import { memo } from 'react';
import { usePalette } from '../../charts/use-palette.ts';
import type { Format } from '../../format/format.ts';
import type { CohortRow } from './cohort-grid.ts';
import { cellColors, type Scale } from './color-scale.ts';
import classes from './heatmap.module.css';
import type { MatrixRow } from './measures.ts';

interface HeatmapRowProps {
  readonly cohort: CohortRow;
  readonly index: number;
  /** What stands in a cell. */
  readonly figureOf: (row: MatrixRow) => number | null;
  readonly textOf: (value: number | null) => string;
  readonly scale: Scale;
  /** Whether month 0 says nothing, because all have ordered then. */
  readonly isFirstPlain: boolean;
  /** Column that the tabulator key leads to; undefined where that is in another row. */
  readonly tabColumn: number | undefined;
  /** Column whose customers are shown. */
  readonly chosenColumn: number | undefined;
  readonly isOpenable: boolean;
  /** Element that tells more of the cell that is pointed at. */
  readonly tipId: string;
  readonly format: Format;
}

/** Id of a cell, to give the focus back to it. */
export function cellId(cohort: string, month: string | undefined): string {
  return `cell-${cohort}-${month ?? 'all'}`;
}

/** A cohort: its month, its size and a cell for each month since. */
export const HeatmapRow = memo(function HeatmapRow(props: HeatmapRowProps) {
  const { cohort, index, figureOf, textOf, scale, isFirstPlain, tabColumn, chosenColumn, isOpenable, tipId, format } =
    props;
  const { heat } = usePalette();
  const common = (column: number) => ({
    'data-place': `${index}:${column}`,
    'aria-describedby': tipId,
    'data-openable': isOpenable || undefined,
    tabIndex: tabColumn === column ? 0 : -1,
    'aria-selected': isOpenable ? chosenColumn === column : undefined,
  });
  return (
    <tr data-cohort={cohort.month}>
      <th scope="row" id={cellId(cohort.month, undefined)} className={classes.name} {...common(0)}>
        {format.month(cohort.month)}
        {cohort.isLeftTruncated && <span className={classes.mark}>†</span>}
      </th>
      <td className={classes.size}>{format.number(cohort.size)}</td>
      {cohort.cells.map((row, month) => {
        const value = figureOf(row);
        const isPlain = value === null || (isFirstPlain && month === 0);
        const { ground, text } = isPlain ? PLAIN : cellColors(value, scale, heat);
        return (
          <td
            key={row.activity_month}
            id={cellId(cohort.month, row.activity_month ?? '')}
            className={row.is_immature === true ? classes.immature : undefined}
            style={{ backgroundColor: ground, color: text }}
            data-value={value}
            data-month={row.activity_month}
            data-immature={row.is_immature === true || undefined}
            {...common(month + 1)}
          >
            <span className={classes.plate} style={{ backgroundColor: ground }}>
              {textOf(value)}
            </span>
          </td>
        );
      })}
    </tr>
  );
});

const PLAIN = { ground: 'var(--mantine-color-body)', text: 'var(--mantine-color-text)' };
