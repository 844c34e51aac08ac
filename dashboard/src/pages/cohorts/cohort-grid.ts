import type { AverageRow, MatrixRow } from './measures.ts';

/** A cohort: a row of the heatmap. */
export interface CohortRow {
  readonly month: string;
  readonly size: number | null;
  readonly isLeftTruncated: boolean;
  /** By months since the first order, from 0. */
  readonly cells: readonly MatrixRow[];
}

/** The matrix as rows and columns. */
export interface CohortGrid {
  readonly cohorts: readonly CohortRow[];
  /** By months since the first order, from 0; undefined where no cohort has a complete one. */
  readonly average: readonly (AverageRow | undefined)[];
  /** Months since the first order that stand above the columns, from 0. */
  readonly months: readonly number[];
}

/** @param rows by cohort and month, every month of a cohort there */
export function cohortGrid(rows: readonly MatrixRow[], averages: readonly AverageRow[]): CohortGrid {
  const byCohort = Map.groupBy(rows, (row) => row.cohort_month ?? '');
  const cohorts = [...byCohort].map(
    ([month, cells]): CohortRow => ({
      month,
      size: cells[0]?.cohort_size ?? null,
      isLeftTruncated: cells[0]?.is_left_truncated ?? false,
      cells,
    }),
  );
  const width = Math.max(0, ...cohorts.map(({ cells }) => cells.length));
  const months = Array.from({ length: width }, (_, index) => index);
  const averageOf = new Map(averages.map((row) => [row.months_since_acquisition, row]));
  return { cohorts, months, average: months.map((month) => averageOf.get(month)) };
}

/** A place in the heatmap: column 0 has the names of the rows, the row after the last cohort the average. */
export interface Place {
  readonly row: number;
  readonly column: number;
}

/** Where a key leads; undefined where it does not move. Rows end where their cohort does. */
export function placeAfter(
  key: string,
  isControl: boolean,
  { row, column }: Place,
  grid: CohortGrid,
): Place | undefined {
  const lastRow = grid.cohorts.length;
  const lastColumn = (of: number) => grid.cohorts[of]?.cells.length ?? grid.months.length;
  const to = (nextRow: number, nextColumn: number): Place => {
    const kept = Math.min(Math.max(nextRow, 0), lastRow);
    return { row: kept, column: Math.min(Math.max(nextColumn, 0), lastColumn(kept)) };
  };
  switch (key) {
    case 'ArrowUp':
      return to(row - 1, column);
    case 'ArrowDown':
      return to(row + 1, column);
    case 'ArrowLeft':
      return to(row, column - 1);
    case 'ArrowRight':
      return to(row, column + 1);
    case 'Home':
      return to(isControl ? 0 : row, 0);
    case 'End':
      return isControl ? to(lastRow, Number.POSITIVE_INFINITY) : to(row, Number.POSITIVE_INFINITY);
    default:
      return undefined;
  }
}
