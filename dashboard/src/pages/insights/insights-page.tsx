import { Alert, Anchor, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Answer } from '../../api/answer.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { ComparisonTable } from './comparison-table.tsx';
import { InsightCard } from './insight-card.tsx';
import { InsightFilters } from './insight-filters.tsx';
import type { Comparison, Insight } from './types.ts';
import { type InsightFilter, passes, useInsightFilter } from './use-insight-filter.ts';

export default function InsightsPage() {
  const insights = useQuestion('insights', {});
  const candidates = useQuestion('insights/candidates', {});
  const { filter, change } = useInsightFilter();
  const error = insights.error ?? candidates.error;
  const all = [...(insights.data?.rows ?? []), ...(candidates.data?.rows ?? [])];
  return (
    <>
      <PageHeader title="Insights" about="Findings with their evidence, and all that was compared without one.">
        <InsightFilters
          filter={filter}
          types={[...new Set(all.map((row) => row.insight_type ?? ''))]}
          priorities={[...new Set(all.map((row) => row.priority_level ?? 0))].sort((a, b) => a - b)}
          onChange={change}
        />
      </PageHeader>
      {error !== null ? (
        <Failure error={error} onRetry={() => void Promise.all([insights.refetch(), candidates.refetch()])} />
      ) : insights.data === undefined || candidates.data === undefined ? (
        <Loading height={480} />
      ) : (
        <Sections insights={insights.data} candidates={candidates.data} filter={filter} />
      )}
    </>
  );
}

interface SectionsProps {
  readonly insights: Answer<Insight>;
  readonly candidates: Answer<Comparison>;
  readonly filter: InsightFilter;
}

function Sections({ insights, candidates, filter }: SectionsProps) {
  const { source } = useSource();
  const format = useFormat();
  const shown = insights.rows.filter((row) => passes(row, filter));
  const findings = shown.filter((row) => row.insight_kind === 'finding');
  const facts = shown.filter((row) => row.insight_kind === 'fact');
  const compared = candidates.rows.filter((row) => passes(row, filter));
  const tried = candidates.rows.filter((row) => row.p_value !== null).length;
  const isFiltered = filter.type !== undefined || filter.priority !== undefined;
  const csv = (path: string) => source.csvAddress(path, { ...filter });
  return (
    <Stack gap="xl">
      <Section
        title="Findings"
        about="Differences that were tested and hold after the correction for all comparisons of the run, and are large enough to matter; the most expensive first. A finding does not say why."
        csv={csv('insights')}
        file="Findings and facts"
      >
        {findings.map((insight) => (
          <InsightCard key={insight.insight_id} insight={insight} columns={insights.columns} />
        ))}
        {findings.length === 0 &&
          (isFiltered ? (
            <Empty>No finding is of this type and priority.</Empty>
          ) : (
            <Alert color="gray" variant="light" title="No finding" data-no-finding>
              <Text size="sm">
                Of {format.number(tried)} comparisons, nothing stands out that the data can tell from chance. That does
                not say that nothing has changed: the intervals below tell how large a change could be.
              </Text>
            </Alert>
          ))}
      </Section>
      <Section title="Facts" about="Worth knowing, and compared with nothing: no test, no p-value.">
        {facts.map((insight) => (
          <InsightCard key={insight.insight_id} insight={insight} columns={insights.columns} />
        ))}
        {facts.length === 0 && <Empty>No fact is of this type and priority.</Empty>}
      </Section>
      <Section
        title="All comparisons"
        about="Every comparison that the run has tried, or could not try, and why it is or is not a finding. All p-values are corrected together (Benjamini-Hochberg), so that of what is reported few are false."
        csv={csv('insights/candidates')}
      >
        <Paper withBorder p="md" miw={0}>
          {compared.length === 0 ? (
            <Empty>No comparison is of this type and priority.</Empty>
          ) : (
            <ComparisonTable answer={{ ...candidates, rows: compared }} />
          )}
        </Paper>
      </Section>
    </Stack>
  );
}

interface SectionProps {
  readonly title: string;
  readonly about: string;
  readonly csv?: string | undefined;
  /** What the file holds; the title unless given. */
  readonly file?: string;
  readonly children: ReactNode;
}

function Section({ title, about, csv, file = title, children }: SectionProps) {
  return (
    <section aria-label={title} data-section={title}>
      <Group justify="space-between" mb="sm">
        <Title order={3} size="h4">
          <Definition text={about}>{title}</Definition>
        </Title>
        {csv !== undefined && (
          <Anchor size="xs" href={csv} download className="screen-only" aria-label={`${file}: download as CSV`}>
            CSV
          </Anchor>
        )}
      </Group>
      <Stack gap="md">{children}</Stack>
    </section>
  );
}
