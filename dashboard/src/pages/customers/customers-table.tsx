import {
  columnVisibilityFeature,
  createColumnHelper,
  functionalUpdate,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { type CSSProperties, type FocusEvent, useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { CustomerCell } from './customer-cell.tsx';
import { COLUMNS, type Customer, columnOf } from './customer-columns.ts';
import type { CustomerView } from './customer-view.ts';
import classes from './customers-table.module.css';
import { HeaderCell } from './header-cell.tsx';
import type { CustomerPages } from './use-customer-pages.ts';
import type { ViewControl } from './use-customer-view.ts';
import { useScaledRows } from './use-scaled-rows.ts';

const ROW_HEIGHT = 38;
const HEAD_HEIGHT = 40;

/** A row that is drawn; its customer may be on the way. */
interface DrawnRow {
  readonly index: number;
  readonly top: number;
  readonly customer: Customer | undefined;
}

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });
const helper = createColumnHelper<typeof features, DrawnRow>();
const columns = helper.columns(
  COLUMNS.map(({ name, title, isNumber }) =>
    helper.accessor(({ customer }) => customer?.[name], {
      id: name,
      header: title,
      sortDescFirst: isNumber,
      enableHiding: name !== 'customer_id',
    }),
  ),
);

interface CustomersTableProps {
  readonly control: ViewControl;
  readonly pages: CustomerPages;
  /** The rows that are seen have changed. */
  readonly onRange: (first: number, last: number) => void;
}

/** All customers of the view. Only the rows that are seen exist; the rest is asked for when it is scrolled to. */
export function CustomersTable({ control, pages, onRange }: CustomersTableProps) {
  const { view, sortBy } = control;
  const scroller = useRef<HTMLDivElement>(null);
  const [kept, setKept] = useState<number>();
  const count = pages.total ?? 0;
  const scaled = useScaledRows({ scroller, count, rowHeight: ROW_HEIGHT, headHeight: HEAD_HEIGHT, kept });
  const [first, last] = scaled.range;
  useEffect(() => onRange(first, last), [first, last, onRange]);
  const rememberPlace = usePlaceInHistory(scaled, pages.isOfView, view);

  const data = scaled.rows.map(({ index, top }): DrawnRow => ({ index, top, customer: pages.at(index) }));
  const sorting = useMemo(() => [{ id: view.sort, desc: view.order === 'desc' }], [view.sort, view.order]);
  const table = useTable({
    features,
    columns,
    data,
    getRowId: ({ index }) => String(index),
    manualSorting: true,
    enableMultiSort: false,
    enableSortingRemoval: false,
    state: {
      sorting,
      columnVisibility: Object.fromEntries(COLUMNS.map(({ name }) => [name, view.columns.includes(name)])),
    },
    onSortingChange: (change) => {
      const [next] = functionalUpdate(change, sorting);
      const column = columnOf(next?.id ?? '');
      if (next !== undefined && column !== undefined) sortBy(column.name, next.desc ? 'desc' : 'asc');
    },
  });

  const { head } = pages;
  const meanings = useMemo(() => new Map(head?.columns.map((column) => [column.name, column])), [head]);
  const grades = useMemo(() => new Map(head?.grades?.map((grade) => [grade.score, grade])), [head]);

  const keepFocused = ({ target }: FocusEvent<HTMLElement>) => {
    const index = target.closest('[data-index]')?.getAttribute('data-index');
    setKept(index === null || index === undefined ? undefined : Number(index));
  };

  if (pages.error !== null) return <Failure error={pages.error} onRetry={pages.retry} />;
  return (
    <section
      ref={scroller}
      className={classes.scroll}
      aria-label="List of customers"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
      tabIndex={0}
      onScrollEnd={rememberPlace}
      onClickCapture={rememberPlace}
    >
      {pages.total === undefined && <Loading height={320} />}
      {head !== undefined && (
        // biome-ignore lint/a11y/useSemanticElements: the rows of an HTML table cannot be drawn at any place
        <div
          role="table"
          aria-label="Customers"
          aria-rowcount={count + 1}
          aria-colcount={view.columns.length}
          aria-busy={pages.isBusy}
          className={classes.table}
          style={layoutOf(view.columns)}
        >
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div role="rowgroup" className={classes.head}>
            {table.getHeaderGroups().map((group) => (
              // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
              <div key={group.id} role="row" aria-rowindex={1} className={classes.headRow}>
                {group.headers.map(({ id, column }) => {
                  const shown = columnOf(column.id);
                  if (shown === undefined) return null;
                  return (
                    <HeaderCell
                      key={id}
                      column={shown}
                      meaning={meanings.get(shown.name)}
                      grade={grades.get(shown.score ?? '')}
                      sorted={column.getIsSorted()}
                      onSort={column.getToggleSortingHandler()}
                    />
                  );
                })}
              </div>
            ))}
          </div>
          {/* biome-ignore lint/a11y/useSemanticElements: as above */}
          <div
            role="rowgroup"
            className={classes.body}
            style={{ height: scaled.height }}
            onFocus={keepFocused}
            onBlur={() => setKept(undefined)}
          >
            {table.getRowModel().rows.map((row) => (
              // biome-ignore lint/a11y/useSemanticElements lint/a11y/useFocusableInteractive: as above
              <div
                key={row.id}
                role="row"
                aria-rowindex={row.original.index + 2}
                data-index={row.original.index}
                data-odd={row.original.index % 2 === 1}
                className={classes.row}
                style={{ transform: `translateY(${row.original.top}px)` }}
              >
                {row.getVisibleCells().map(({ id, column }) => {
                  const shown = columnOf(column.id);
                  if (shown === undefined) return null;
                  return (
                    <CustomerCell
                      key={id}
                      column={shown}
                      meaning={meanings.get(shown.name)}
                      grade={grades.get(shown.score ?? '')}
                      customer={row.original.customer}
                    />
                  );
                })}
              </div>
            ))}
          </div>
        </div>
      )}
      {count === 0 && pages.total !== undefined && <Empty>No customer fits these filters.</Empty>}
    </section>
  );
}

/** Columns of the same width in all rows. */
function layoutOf(names: readonly string[]): CSSProperties {
  const widths = names.map((name) => columnOf(name)?.width ?? 0);
  return Object({
    '--columns': widths
      .map((width, index) => (index === 0 ? `minmax(${width}px, 2fr)` : `minmax(${width}px, 1fr)`))
      .join(' '),
    '--least-width': `${widths.reduce((sum, width) => sum + width, 0)}px`,
    '--row-height': `${ROW_HEIGHT}px`,
    '--head-height': `${HEAD_HEIGHT}px`,
  });
}

/**
 * Where the list is scrolled to belongs to the step of the browser's history: back from a customer leads to the same
 * place, another order or filter to the beginning. Gives back what notes the place.
 */
function usePlaceInHistory(
  { topRow, scrollToRow }: ReturnType<typeof useScaledRows>,
  isOfView: boolean,
  { filters, sort, order }: CustomerView,
): () => void {
  const restore = useEffectEvent(() => scrollToRow(rowIn(history.state)));
  const rows = JSON.stringify([filters, sort, order]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: other rows begin at a place of their own
  useEffect(() => {
    if (isOfView) restore();
  }, [isOfView, rows]);
  return () => {
    const row = topRow();
    if (row !== rowIn(history.state)) history.replaceState({ ...Object(history.state), row }, '');
  };
}

function rowIn(state: unknown): number {
  const { row }: { row?: unknown } = Object(state ?? {});
  return typeof row === 'number' ? row : 0;
}
