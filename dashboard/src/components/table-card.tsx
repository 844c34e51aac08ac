import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSource } from '../api/source-context.tsx';
import type { Question } from '../api/use-question.ts';
import classes from './chart-card.module.css';
import { DataTable, type ShownColumn } from './data-table.tsx';
import { Definition } from './definition.tsx';
import { Empty, Failure, Loading } from './states.tsx';

interface TableCardProps<Row> {
  readonly title: string;
  /** What it shows, how to read it. */
  readonly about: string;
  readonly question: Question<Row>;
  readonly columns: readonly ShownColumn<Row>[];
  /** Why there may be no rows. */
  readonly empty?: string;
  readonly children?: ReactNode;
}

/** Figures that are best read as a table, with all states of their question. */
export function TableCard<Row extends object>(props: TableCardProps<Row>) {
  const { title, about, question, columns, empty = 'There is nothing to show yet.', children } = props;
  const { source } = useSource();
  const { data: answer, error, refetch } = question;
  return (
    <Paper withBorder p="md" className={classes.card} component="section" aria-label={title} data-card={title}>
      <Group justify="space-between" align="flex-start" mb="xs" gap="xs">
        <Title order={3} size="h5">
          <Definition text={about}>{title}</Definition>
        </Title>
        {question.csv !== undefined && !source.isOffline && (
          <Anchor
            size="xs"
            href={question.csv}
            download
            className={classes.tools}
            aria-label={`${title}: download as CSV`}
          >
            CSV
          </Anchor>
        )}
      </Group>
      {error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : answer === undefined ? (
        <Loading height={200} />
      ) : answer.rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <DataTable label={title} answer={answer} columns={columns} />
      )}
      {children !== undefined && (
        <Text size="sm" component="div" mt="xs">
          {children}
        </Text>
      )}
    </Paper>
  );
}
