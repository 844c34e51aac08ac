import { Anchor, Badge, Group, List, SimpleGrid, Table, Text } from '@mantine/core';
import { Link } from 'wouter';
import type { AnswerColumn } from '../../api/answer.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { Definition } from '../../components/definition.tsx';
import { useFormat } from '../../format/use-format.ts';
import { ActionCard } from './action-card.tsx';
import classes from './action-items.module.css';

/** How many findings the overview has room for. */
const MOST_FINDINGS = 4;

/** What to do next: the findings of the highest priority, and the campaign lists. */
export function ActionItems() {
  return (
    <SimpleGrid cols={{ base: 1, lg: 2 }}>
      <Findings />
      <CampaignLists />
    </SimpleGrid>
  );
}

function Findings() {
  const insights = useQuestion('insights', {});
  return (
    <ActionCard
      title="What stands out"
      about={`The findings of the highest priority, ${MOST_FINDINGS} at most; priority 1 is first.`}
      question={insights}
      href="/insights"
      linkText="All insights with evidence"
      empty="Nothing stands out in these data."
    >
      {(rows) => (
        <List listStyleType="none" spacing="sm" p={0}>
          {rows.slice(0, MOST_FINDINGS).map((row) => (
            <List.Item key={row.insight_id} className={classes.finding} data-finding={row.insight_id}>
              <Group gap="sm" justify="space-between" align="flex-start" wrap="nowrap">
                <Text size="sm" fw={600} className={classes.text}>
                  {row.insight_title}
                </Text>
                <Badge variant="default" size="sm" tt="none" fw={500} className={classes.priority}>
                  Priority {row.priority_level}
                </Badge>
              </Group>
              <Text size="sm" c="dimmed" className={classes.text}>
                {row.recommendation}
              </Text>
            </List.Item>
          ))}
        </List>
      )}
    </ActionCard>
  );
}

function CampaignLists() {
  const format = useFormat();
  const { source } = useSource();
  const lists = useQuestion('overview/campaigns', {});
  const about = (name: string): AnswerColumn | undefined => lists.data?.columns.find((column) => column.name === name);
  return (
    <ActionCard
      title="Whom to address"
      about="The campaign lists of this run. A part of each list is left alone, to measure what the campaign brings."
      question={lists}
      href="/campaigns"
      linkText="All campaigns"
      empty="No customer is on a campaign list."
    >
      {(rows) => (
        <Table verticalSpacing="xs">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>
                <Definition column={about('campaign_type')}>Campaign</Definition>
              </Table.Th>
              <Table.Th ta="right">
                <Definition column={about('customers')}>Customers</Definition>
              </Table.Th>
              <Table.Th ta="right" visibleFrom="xs">
                <Definition column={about('first_priority_customers')}>First priority</Definition>
              </Table.Th>
              <Table.Th ta="right">
                <Definition column={about('estimated_value')}>One more order each</Definition>
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody className={classes.figures}>
            {rows.map((row) => (
              <Table.Tr key={row.campaign_type} data-campaign={row.campaign_type}>
                <Table.Th scope="row" fw={500} className={classes.text}>
                  {source.isOffline ? (
                    row.campaign_type
                  ) : (
                    <Anchor
                      component={Link}
                      href={`/customers?campaign=${encodeURIComponent(row.campaign_type ?? '')}`}
                      size="sm"
                    >
                      {row.campaign_type}
                    </Anchor>
                  )}
                </Table.Th>
                <Table.Td ta="right">{format.number(row.customers)}</Table.Td>
                <Table.Td ta="right" visibleFrom="xs">
                  {format.number(row.first_priority_customers)}
                </Table.Td>
                <Table.Td ta="right">{format.roundMoney(row.estimated_value)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </ActionCard>
  );
}
