import { Table, UnstyledButton } from '@mantine/core';
import { type CSSProperties, type ReactNode, useMemo, useState } from 'react';
import type { Answer, AnswerColumn, AnyRow, Cell } from '../api/answer.ts';
import { useFormat } from '../format/use-format.ts';
import classes from './data-table.module.css';
import { Definition } from './definition.tsx';

/** A column that is shown: its name in the answer, and what stands above it. */
export interface ShownColumn<Row> {
  readonly name: keyof Row & string;
  readonly title: string;
  /** In place of the value as text: a link, a badge. */
  readonly cell?: (row: Row) => ReactNode;
}

interface DataTableProps<Row> {
  /** What the table shows, for those who do not see it. */
  readonly label: string;
  readonly answer: Pick<Answer<Row>, 'columns' | 'rows' | 'grades'>;
  /** All columns of the answer unless these are given. */
  readonly columns?: readonly ShownColumn<Row>[] | undefined;
  /** Highest before it scrolls, in CSS pixels. */
  readonly maxHeight?: number;
}

interface Order {
  readonly name: string;
  readonly isDescending: boolean;
}

/** Rows of an answer, formatted by type and unit, sortable by each column; for a few hundred rows at most. */
export function DataTable<Row extends object>({ label, answer, columns, maxHeight }: DataTableProps<Row>) {
  const format = useFormat();
  const [order, setOrder] = useState<Order>();
  const shown: readonly ShownColumn<Row>[] =
    columns ?? answer.columns.map(({ name }) => ({ name: name as keyof Row & string, title: titleOf(name) }));
  const rows = useMemo(() => sorted(answer.rows, order), [answer.rows, order]);
  const known = new Map(answer.columns.map((column) => [column.name, column]));
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className={classes.scroll} style={heightLimit(maxHeight)} aria-label={label} tabIndex={0}>
      <Table striped highlightOnHover stickyHeader verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            {shown.map(({ name, title }) => (
              <Table.Th
                key={name}
                className={isNumber(known.get(name)) ? classes.number : undefined}
                aria-sort={sortOf(name, order)}
              >
                <span className={classes.head}>
                  <Definition column={known.get(name)}>{title}</Definition>
                  <UnstyledButton
                    className={classes.sort}
                    aria-label={`Sort by ${title}`}
                    onClick={() =>
                      setOrder((before) => ({
                        name,
                        isDescending: before?.name === name ? !before.isDescending : isNumber(known.get(name)),
                      }))
                    }
                  >
                    {order?.name !== name ? '↕' : order.isDescending ? '↓' : '↑'}
                  </UnstyledButton>
                </span>
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other name, and cells have no state
            <Table.Tr key={index}>
              {shown.map(({ name, cell }) => (
                <Table.Td key={name} className={isNumber(known.get(name)) ? classes.number : classes.text}>
                  {cell === undefined ? format.cell(cellOf(row, name), known.get(name) ?? { type: 'text' }) : cell(row)}
                </Table.Td>
              ))}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </section>
  );
}

/** `total_sales` as people write it: Total sales. */
export function titleOf(name: string): string {
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function cellOf(row: object, name: string): Cell | undefined {
  return (row as AnyRow)[name];
}

/** As a variable, so that the style of printed pages can lift it. */
function heightLimit(maxHeight: number | undefined): CSSProperties {
  return maxHeight === undefined ? {} : Object({ '--table-height': `${maxHeight}px` });
}

function isNumber(column: AnswerColumn | undefined): boolean {
  return column?.type === 'integer' || column?.type === 'decimal' || column?.type === 'double';
}

function sortOf(name: string, order: Order | undefined): 'ascending' | 'descending' | 'none' {
  if (order?.name !== name) return 'none';
  return order.isDescending ? 'descending' : 'ascending';
}

/** Values that are not known come last, whatever the direction. */
function sorted<Row extends object>(rows: readonly Row[], order: Order | undefined): readonly Row[] {
  if (order === undefined) return rows;
  const sign = order.isDescending ? -1 : 1;
  return rows.toSorted((left, right) => {
    const a = cellOf(left, order.name) ?? null;
    const b = cellOf(right, order.name) ?? null;
    if (a === null || b === null) return Number(a === null) - Number(b === null);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b)));
  });
}
