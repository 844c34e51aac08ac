import { Box, Text } from '@mantine/core';
import { useMemo } from 'react';
import type { Answer, AnswerColumn } from '../../api/answer.ts';
import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { CustomersLink } from '../../components/customers-link.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { UNKNOWN } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { filterOf, type Segmentation } from './segmentation.ts';

type Profile = QueryRow<'segments/profiles'>;
type WithRule = Profile & { readonly rule: string };

const RULE: AnswerColumn = { name: 'rule', type: 'text', description: 'Who is in the segment.' };

const strategy: ShownColumn<Profile> = {
  name: 'recommended_strategy',
  title: 'What to do',
  cell: ({ recommended_strategy: advice }) => <Box miw={180}>{advice ?? UNKNOWN}</Box>,
};

function segmentColumn(segmentation: Segmentation): ShownColumn<Profile> {
  return {
    name: 'segment',
    title: 'Segment',
    cell: (row) => <CustomersLink filters={filterOf(segmentation, row.segment)}>{row.segment}</CustomersLink>,
  };
}

/** Who is in which segment, by which rule. */
export function RuleCard({ segmentation }: { readonly segmentation: Segmentation }) {
  const profiles = useQuestion('segments/profiles', { segmentation });
  const rules = useQuestion('segments/rules', {});
  const ruled = useMemo(() => withRules(profiles.data, rules.data), [profiles.data, rules.data]);
  const isFive = segmentation === 'five';
  const refetch = () => Promise.all([profiles.refetch(), rules.refetch()]);
  return (
    <TableCard
      title={isFive ? 'The five segments' : 'The eleven RFM segments'}
      about={
        isFive
          ? 'Every customer is in exactly one segment. The rules are tried in the order Lost, New, High Value, At Risk, Regular; the first that fits decides. The numbers in them are settings.'
          : 'Every customer has three scores from 1 to 5: recency (5: the latest orders), frequency (5: the most orders) and spending (5: the most revenue). The scores decide the segment; where two rules fit, the narrower one does.'
      }
      question={{ data: ruled, error: profiles.error ?? rules.error, csv: profiles.csv, refetch }}
      columns={[
        segmentColumn(segmentation),
        { name: 'customers', title: 'Customers' },
        { name: 'share_of_base', title: 'Share' },
        { name: 'rule', title: 'Rule', cell: ({ rule }) => <Box miw={220}>{rule}</Box> },
        ...(isFive ? [strategy] : []),
      ]}
    />
  );
}

/** What the members of each segment are like. */
export function ProfileCard({ segmentation }: { readonly segmentation: Segmentation }) {
  const format = useFormat();
  const profiles = useQuestion('segments/profiles', { segmentation });
  const isFive = segmentation === 'five';
  const reasons = withheldReasons(profiles.data);
  return (
    <TableCard
      title={isFive ? 'What members of the segments are like' : 'What members of the RFM segments are like'}
      about="Figures of the members as of today. Scores that are withheld are not shown. Where members mostly go next is counted over the months that are over."
      question={profiles}
      columns={[
        segmentColumn(segmentation),
        { name: 'avg_lifetime_value', title: 'Lifetime value' },
        { name: 'avg_churn_risk', title: 'Churn risk' },
        { name: 'avg_order_value', title: 'Order value' },
        { name: 'median_days_between_orders', title: 'Days between orders' },
        ...(isFive ? [nextStep(format.percent)] : []),
      ]}
    >
      {reasons.length === 0
        ? undefined
        : reasons.map((reason) => (
            <Text key={reason} size="sm" c="dimmed">
              {reason}
            </Text>
          ))}
    </TableCard>
  );
}

function nextStep(percent: (value: number | null) => string): ShownColumn<Profile> {
  return {
    name: 'typical_next_segment',
    title: 'Those who leave mostly become',
    cell: ({ typical_next_segment: next, typical_next_share: share }) =>
      next === null ? UNKNOWN : `${next} (${percent(share)})`,
  };
}

function withRules(
  profiles: Answer<Profile> | undefined,
  rules: Answer<QueryRow<'segments/rules'>> | undefined,
): Answer<WithRule> | undefined {
  if (profiles === undefined || rules === undefined) return undefined;
  const known = new Map(rules.rows.map(({ customer_segment, rule }) => [customer_segment, rule ?? '']));
  return {
    ...profiles,
    columns: [...profiles.columns, RULE],
    rows: profiles.rows.map((row) => ({ ...row, rule: scoresInWords(row) ?? sentence(known.get(row.segment) ?? '') })),
  };
}

/** By which scores customers get into an RFM segment; undefined for the five. */
function scoresInWords(row: Profile): string | undefined {
  if (row.recency_from === null) return undefined;
  const range = (name: string, from: number | null, to: number | null) =>
    from === 1 && to === 5 ? [] : [`${name} ${from === to ? from : `${from} to ${to}`}`];
  const parts = [
    ...range('recency', row.recency_from, row.recency_to),
    ...range('frequency', row.frequency_from, row.frequency_to),
    ...range('spending', row.monetary_from, row.monetary_to),
  ];
  return sentence(parts.join(', '));
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

const SCORES: Readonly<Record<string, string>> = { churn_risk: 'Churn risk', predicted_value: 'Predicted value' };

function withheldReasons(answer: Answer<Profile> | undefined): readonly string[] {
  return (answer?.grades ?? [])
    .filter(({ grade }) => grade === 'WITHHELD')
    .map(({ score, reason }) => `${SCORES[score] ?? score} is withheld: ${reason}`);
}
