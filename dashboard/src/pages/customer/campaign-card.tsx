import { Anchor, Text, Title } from '@mantine/core';
import { Link } from 'wouter';
import type { CustomerExplanation, QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { DataTable, type ShownColumn } from '../../components/data-table.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { Card } from './card.tsx';

const LEAVE_ALONE = 'Leave alone, so that the effect on the others can be measured.';

const COLUMNS: readonly ShownColumn<QueryRow<'customer/campaigns'>>[] = [
  { name: 'launched_on', title: 'Launched' },
  { name: 'campaign_type', title: 'Campaign' },
  { name: 'campaign_group', title: 'Group' },
  { name: 'window_days', title: 'Days measured' },
];

/** The campaign that the customer is proposed for, and those before. */
export function CampaignCard({ explanation: { profile, campaign } }: { readonly explanation: CustomerExplanation }) {
  return (
    <Card
      title="Campaigns"
      about="The list that the customer is on as of today, and the launched campaigns that the customer was assigned to."
    >
      {campaign === null ? (
        <Text size="sm">Proposed: none, no rule chooses this customer.</Text>
      ) : (
        <Proposal {...campaign} />
      )}
      <Title order={4} size="h6" mt="md" mb={4}>
        Before
      </Title>
      <Launches id={profile.customerId} />
    </Card>
  );
}

function Proposal(proposal: NonNullable<CustomerExplanation['campaign']>) {
  const { campaign, group, priority, reason, recommendedAction, estimatedValue, estimatedValueBasis } = proposal;
  const format = useFormat();
  const isControl = group === 'control';
  return (
    <>
      <Text size="sm">
        Proposed:{' '}
        <Anchor component={Link} href={`/customers?campaign=${encodeURIComponent(campaign)}`} underline="always">
          {campaign}
        </Anchor>
        , {isControl ? 'control group' : `priority ${priority} of 5`}.
      </Text>
      <Text size="sm">Why: {reason}.</Text>
      <Text size="sm">What to do: {isControl ? LEAVE_ALONE : `${recommendedAction}.`}</Text>
      <Text size="sm">
        One more order would bring {format.money(estimatedValue)}: {estimatedValueBasis}.
      </Text>
    </>
  );
}

function Launches({ id }: { readonly id: string }) {
  const { data, error, refetch } = useQuestion('customer/campaigns', { id });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <Loading height={60} />;
  if (data.rows.length === 0) return <Text size="sm">In no launched campaign so far.</Text>;
  return <DataTable label="Campaigns before" answer={data} columns={COLUMNS} maxHeight={220} />;
}
