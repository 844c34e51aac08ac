import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Answer } from '../api/answer.ts';
import { CardFrame, type CardFrameProps } from './card-frame.tsx';
import { DataTable, type ShownColumn } from './data-table.tsx';
import { Empty, Failure, Loading } from './states.tsx';

/** What a table needs of a question, so that its rows can be added to before they are shown. */
export interface AskedRows<Row> {
  readonly data: Answer<Row> | undefined;
  readonly error: Error | null;
  readonly csv: string | undefined;
  refetch(): unknown;
}

interface TableCardProps<Row> extends Omit<CardFrameProps, 'csv' | 'children'> {
  readonly question: AskedRows<Row>;
  /** All columns of the answer unless these are given. */
  readonly columns?: readonly ShownColumn<Row>[];
  /** Why there may be no rows. */
  readonly empty?: string;
  /** Highest before the table scrolls, in CSS pixels. */
  readonly maxHeight?: number;
  /** What stands above the table. */
  readonly lead?: ReactNode;
  readonly children?: ReactNode;
}

/** Figures that are best read as a table, with all states of their question. */
export function TableCard<Row extends object>(props: TableCardProps<Row>) {
  const { title, about, question, columns, controls, maxHeight, lead, children } = props;
  const { empty = 'There is nothing to show yet.' } = props;
  const { data: answer, error, refetch, csv } = question;
  return (
    <CardFrame title={title} about={about} csv={csv} controls={controls}>
      {lead !== undefined && (
        <Text size="sm" component="div" mb="sm">
          {lead}
        </Text>
      )}
      {error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : answer === undefined ? (
        <Loading height={200} />
      ) : answer.rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <DataTable
          label={`${title}: table`}
          answer={answer}
          columns={columns}
          {...(maxHeight === undefined ? {} : { maxHeight })}
        />
      )}
      {children !== undefined && (
        <Text size="sm" component="div" mt="xs">
          {children}
        </Text>
      )}
    </CardFrame>
  );
}
