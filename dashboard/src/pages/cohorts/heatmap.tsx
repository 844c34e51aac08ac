import { Text } from '@mantine/core';
import { type FocusEvent, type KeyboardEvent, type MouseEvent, useId, useMemo, useRef, useState } from 'react';
import { useFormat } from '../../format/use-format.ts';
import { averageText, cellText, cohortText } from './cell-text.ts';
import { CellTip } from './cell-tip.tsx';
import { type CohortGrid, type Place, placeAfter } from './cohort-grid.ts';
import { scaleOf } from './color-scale.ts';
import classes from './heatmap.module.css';
import { HeatmapLegend } from './heatmap-legend.tsx';
import { HeatmapRow } from './heatmap-row.tsx';
import { MEASURES } from './measures.ts';
import { useCellNumbers } from './use-cell-numbers.ts';
import type { ChosenCell, CohortView } from './use-cohort-view.ts';

interface HeatmapProps {
  readonly grid: CohortGrid;
  readonly view: CohortView;
  /** Shows the customers of a cell; undefined where there are none to show. */
  readonly onOpen: ((cell: ChosenCell) => void) | undefined;
}

/**
 * The cohorts as a table with coloured cells. One tab stop; the arrow keys move within it, Enter shows the customers of a
 * cell.
 */
export function Heatmap({ grid, view, onOpen }: HeatmapProps) {
  const format = useFormat();
  const measure = MEASURES[view.measure];
  const tipId = useId();
  const captionId = useId();
  const table = useRef<HTMLTableElement>(null);
  const [tabStop, setTabStop] = useState<Place>({ row: 0, column: 1 });
  const [pointed, setPointed] = useState<{ readonly place: Place; readonly target: HTMLElement }>();
  const isMoney = view.measure === 'revenue';
  const isCount = !isMoney && view.show === 'customers';
  const figureOf = isCount ? measure.customers : measure.value;
  const scale = useMemo(() => {
    const compared = grid.cohorts.flatMap(({ cells }) =>
      cells.filter((row, month) => (isMoney || month > 0) && row.is_immature !== true),
    );
    const values = compared.map(figureOf).filter((value) => value !== null);
    return scaleOf(values, !isMoney);
  }, [grid, figureOf, isMoney]);
  const numbers = useCellNumbers(scale.high, isMoney ? 'money' : isCount ? 'count' : 'percent');
  const averages = useCellNumbers(scale.high, isMoney ? 'money' : 'percent');

  const cellAt = ({ row, column }: Place): ChosenCell | undefined => {
    const cohort = grid.cohorts[row];
    if (cohort === undefined) return undefined;
    return { cohort: cohort.month, month: cohort.cells[column - 1]?.activity_month ?? undefined };
  };
  const textAt = ({ row, column }: Place): string => {
    const cohort = grid.cohorts[row];
    if (cohort === undefined) return column === 0 ? AVERAGE : averageText(grid.average[column - 1], measure, format);
    const cell = cohort.cells[column - 1];
    return cell === undefined ? cohortText(cohort, format) : cellText(cell, measure, format);
  };
  const point = (event: MouseEvent | FocusEvent) => {
    const found = placeOf(event.target);
    if (found === undefined) setPointed(undefined);
    else if (found.target !== pointed?.target) setPointed(found);
    return found;
  };
  const open = (target: EventTarget) => {
    const place = placeOf(target)?.place;
    const cell = place === undefined ? undefined : cellAt(place);
    if (cell !== undefined) onOpen?.(cell);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const place = placeOf(event.target)?.place;
    if (place === undefined) return;
    if (event.key === 'Escape') setPointed(undefined);
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault();
      open(event.target);
    }
    const next = placeAfter(event.key, event.ctrlKey || event.metaKey, place, grid);
    if (next === undefined) return;
    event.preventDefault();
    table.current?.querySelector<HTMLElement>(`[data-place="${next.row}:${next.column}"]`)?.focus();
  };
  const averageRow = grid.cohorts.length;
  const tabOf = (row: number, column: number) => (tabStop.row === row && tabStop.column === column ? 0 : -1);
  return (
    <>
      <Text id={captionId} size="xs" c="dimmed" mb={4}>
        {measure.title}
        {isMoney ? '' : isCount ? ', customers' : ', percent of the cohort'}, by months since the first order
      </Text>
      <div className={classes.scroll}>
        <table
          ref={table}
          aria-labelledby={captionId}
          // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a data grid of the ARIA patterns is a table
          role="grid"
          className={classes.grid}
          onClick={(event) => open(event.target)}
          onKeyDown={onKeyDown}
          onMouseOver={point}
          onMouseLeave={() => setPointed(undefined)}
          onFocus={(event) => {
            const found = point(event);
            if (found !== undefined) setTabStop(found.place);
          }}
          onBlur={() => setPointed(undefined)}
        >
          <thead>
            <tr>
              <th scope="col" className={classes.name}>
                Cohort
              </th>
              <th scope="col" className={classes.size}>
                Customers
              </th>
              {grid.months.map((month) => (
                <th key={month} scope="col">
                  {month}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {grid.cohorts.map((cohort, index) => (
              <HeatmapRow
                key={cohort.month}
                cohort={cohort}
                index={index}
                figureOf={figureOf}
                textOf={numbers}
                scale={scale}
                isFirstPlain={!isMoney}
                tabColumn={tabStop.row === index ? tabStop.column : undefined}
                chosenColumn={view.cell?.cohort === cohort.month ? columnOf(view.cell, cohort.cells) : undefined}
                isOpenable={onOpen !== undefined}
                tipId={tipId}
                format={format}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th
                scope="row"
                className={classes.name}
                data-place={`${averageRow}:0`}
                aria-describedby={tipId}
                tabIndex={tabOf(averageRow, 0)}
              >
                Average{isCount ? ', %' : ''}
              </th>
              <td className={classes.size} />
              {grid.average.map((row, month) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: the index is the month
                  key={month}
                  data-place={`${averageRow}:${month + 1}`}
                  aria-describedby={tipId}
                  data-average={row === undefined ? undefined : measure.average(row)}
                  tabIndex={tabOf(averageRow, month + 1)}
                >
                  {averages(row === undefined ? null : measure.average(row))}
                </td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <HeatmapLegend
        scale={scale}
        textOf={(value) => numbers(value)}
        hasImmature={grid.cohorts.some(({ cells }) => cells.some((row) => row.is_immature === true))}
        hasLeftTruncated={grid.cohorts.some(({ isLeftTruncated }) => isLeftTruncated)}
      />
      <CellTip id={tipId} text={pointed === undefined ? '' : textAt(pointed.place)} target={pointed?.target} />
    </>
  );
}

const AVERAGE =
  'Average of all cohorts, weighted by their size; months that are not over and left-truncated cohorts are left out. Later months have fewer cohorts.';

function columnOf({ month }: ChosenCell, cells: CohortGrid['cohorts'][number]['cells']): number {
  return month === undefined ? 0 : cells.findIndex((row) => row.activity_month === month) + 1;
}

function placeOf(target: EventTarget): { readonly place: Place; readonly target: HTMLElement } | undefined {
  const cell = target instanceof Element ? target.closest<HTMLElement>('[data-place]') : null;
  const [row, column] = (cell?.dataset.place ?? '').split(':').map(Number);
  return cell === null || row === undefined || column === undefined
    ? undefined
    : { place: { row, column }, target: cell };
}
