import { Anchor, Group, Paper, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useSource } from '../api/source-context.tsx';
import type { Question } from '../api/use-question.ts';
import classes from './chart-card.module.css';
import { DataTable, type ShownColumn } from './data-table.tsx';
import { Definition } from './definition.tsx';
import { Empty, Failure, Loading } from './states.tsx';

interface CardFrameProps {
  readonly title: string;
  /** What it shows, how to read it. */
  readonly about: string;
  /** Address of its figures as a CSV file. */
  readonly csv?: string | undefined;
  readonly controls?: ReactNode;
  readonly children: ReactNode;
}

/** A card with its title, its meaning and its controls, for what is no chart. */
export function CardFrame({ title, about, csv, controls, children }: CardFrameProps) {
  const { source } = useSource();
  return (
    <Paper withBorder p="md" className={classes.card} component="section" aria-label={title} data-card={title}>
      <Group justify="space-between" align="flex-start" mb="xs" gap="xs">
        <Title order={3} size="h5">
          <Definition text={about}>{title}</Definition>
        </Title>
        <Group gap="xs" className={classes.tools}>
          {controls}
          {csv !== undefined && !source.isOffline && (
            <Anchor size="xs" href={csv} download aria-label={`${title}: download as CSV`}>
              CSV
            </Anchor>
          )}
        </Group>
      </Group>
      {children}
    </Paper>
  );
}

interface TableCardProps<Row> extends Omit<CardFrameProps, 'children' | 'csv'> {
  readonly question: Question<Row>;
  readonly columns?: readonly ShownColumn<Row>[];
  /** Why there may be no rows. */
  readonly empty?: string;
  /** Highest before it scrolls, in CSS pixels. */
  readonly maxHeight?: number;
  /** What stands above the table. */
  readonly lead?: ReactNode;
  /** What stands below it. */
  readonly children?: ReactNode;
}

/** A table with its title, its meaning, a file of its rows, and all states of its question. */
export function TableCard<Row extends object>(props: TableCardProps<Row>) {
  const { title, about, question, columns, empty = 'There is nothing to show yet.', maxHeight = 480 } = props;
  const { data: answer, error, refetch, csv } = question;
  return (
    <CardFrame title={title} about={about} csv={csv} controls={props.controls}>
      {props.lead !== undefined && (
        <Text size="sm" component="div" mb="sm">
          {props.lead}
        </Text>
      )}
      {error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : answer === undefined ? (
        <Loading height={160} />
      ) : answer.rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        <DataTable label={title} answer={answer} columns={columns} maxHeight={maxHeight} />
      )}
      {props.children}
    </CardFrame>
  );
}
