import { Anchor, Group, Paper, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { useSource } from '../../api/source-context.tsx';
import type { Question } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';

interface ActionCardProps<Row> {
  readonly title: string;
  readonly about: string;
  readonly question: Question<Row>;
  /** The page that has all of them. */
  readonly href: string;
  readonly linkText: string;
  readonly empty: string;
  readonly children: (rows: readonly Row[]) => ReactNode;
}

/** A short list of what to do, leading to the page that has all of it. */
export function ActionCard<Row>({ title, about, question, href, linkText, empty, children }: ActionCardProps<Row>) {
  const { source } = useSource();
  const { data, error, refetch } = question;
  return (
    <Paper withBorder p="md" component="section" aria-label={title} data-card={title}>
      <Group justify="space-between" mb="sm" gap="xs">
        <Title order={3} size="h5">
          <Definition text={about}>{title}</Definition>
        </Title>
        {!source.isOffline && (
          <Anchor component={Link} href={href} size="sm" className="screen-only">
            {linkText}
          </Anchor>
        )}
      </Group>
      {error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <Loading height={200} />
      ) : data.rows.length === 0 ? (
        <Empty>{empty}</Empty>
      ) : (
        children(data.rows)
      )}
    </Paper>
  );
}
