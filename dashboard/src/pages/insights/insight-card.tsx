import { Anchor, Badge, Group, Paper, SimpleGrid, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { AnswerColumn } from '../../api/answer.ts';
import { Definition } from '../../components/definition.tsx';
import { EvidenceList } from './evidence-list.tsx';
import { EvidenceQuery } from './evidence-query.tsx';
import classes from './insight-card.module.css';
import { hasChart, InsightChart } from './insight-chart.tsx';
import { relatedPage } from './related-page.ts';
import { type Insight, typeTitle } from './types.ts';

interface InsightCardProps {
  readonly insight: Insight;
  readonly columns: readonly AnswerColumn[];
}

/** An insight with its evidence, its picture, what to do, and the query behind. */
export function InsightCard({ insight, columns }: InsightCardProps) {
  const title = insight.insight_title ?? '';
  const isFinding = insight.insight_kind === 'finding';
  const related = relatedPage(insight);
  const text = (
    <div>
      <Text size="sm">{insight.insight_description}</Text>
      <EvidenceList insight={insight} columns={columns} />
      <div className={classes.todo}>
        <strong>What to do:</strong> {insight.recommendation}{' '}
        {related !== undefined && (
          <Anchor component={Link} href={related.href} size="sm" underline="always" className="screen-only">
            {related.title}
          </Anchor>
        )}
      </div>
      <EvidenceQuery sql={insight.evidence_sql ?? ''} about={title} />
    </div>
  );
  return (
    <Paper withBorder p="md" className={classes.card} component="article" data-insight={insight.insight_id}>
      <Group gap="xs" mb={6}>
        {isFinding && (
          <Badge variant="outline" color="gray" tt="none" c="inherit">
            <Definition column={columns.find(({ name }) => name === 'priority_level')}>
              Priority {insight.priority_level}
            </Definition>
          </Badge>
        )}
        <Text size="xs" c="dimmed">
          {typeTitle(insight.insight_type)}
        </Text>
      </Group>
      <Title order={4} size="h5" mb={6}>
        {title}
      </Title>
      {hasChart(insight) ? (
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          {text}
          <InsightChart insight={insight} />
        </SimpleGrid>
      ) : (
        text
      )}
    </Paper>
  );
}
