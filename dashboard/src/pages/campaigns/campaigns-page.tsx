import { Paper, SimpleGrid, Text } from '@mantine/core';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { BudgetSection } from './budget-section.tsx';
import { ControlGroup } from './control-group.tsx';
import { drawPriorities } from './draw-priorities.ts';
import { HowTo } from './how-to.tsx';
import { ListCard } from './list-card.tsx';
import { ListCustomers } from './list-customers.tsx';
import { missingAddresses } from './list-downloads.tsx';
import { ResultsSection } from './results-section.tsx';
import { useCampaignsState } from './use-campaigns-state.ts';

export default function CampaignsPage() {
  const { source, snapshot } = useSource();
  const state = useCampaignsState();
  const [{ type }, change] = state;
  const power = useQuestion('campaigns/power', {});
  const groups = useQuestion('campaigns', {});
  const launches = useQuestion('campaigns/launches', {});
  const lists = power.data?.rows ?? [];
  const types = lists.map((list) => list.campaign_type ?? '');
  const missing = missingAddresses(lists);
  const showCustomers = (chosen: string) => {
    change({ type: chosen, page: undefined });
    document.querySelector<HTMLElement>('#customers h3')?.focus();
  };
  return (
    <>
      <PageHeader title="Campaigns" about="Whom to address, whom to leave alone, and what past campaigns brought." />
      {power.error !== null && <Failure error={power.error} onRetry={() => void power.refetch()} />}
      {power.error === null && power.data === undefined && <Loading height={320} />}
      {power.data !== undefined && lists.length === 0 && (
        <Paper withBorder p="md" mb="md">
          <Empty>
            Nobody is on a list: no customer fits a campaign, or all who do were in a launch not long ago and rest.
          </Empty>
        </Paper>
      )}
      {power.data !== undefined && lists.length > 0 && (
        <>
          <ControlGroup lists={lists} />
          <SimpleGrid cols={{ base: 1, lg: 2 }} mb="md">
            {lists.map((list) => (
              <ListCard
                key={list.campaign_type}
                list={list}
                columns={power.data.columns}
                grades={power.data.grades}
                isLaunched={
                  launches.data?.rows.some(
                    (launch) => launch.campaign_type === list.campaign_type && launch.launched_on === snapshot.asOf,
                  ) === true
                }
                onShowCustomers={showCustomers}
              />
            ))}
          </SimpleGrid>
          {!source.isOffline && missing !== undefined && (
            <Text size="sm" c="dimmed" mb="md" className="screen-only" data-missing-addresses>
              {missing}
            </Text>
          )}
          <SimpleGrid cols={{ base: 1, lg: 2 }} mb="md">
            <ChartCard
              title="Customers by list and priority"
              about="Customers of each list: those to be addressed by priority, 1 first, and the control group, who are left alone. Priorities are fifths of the value at stake within the list; a high churn risk moves a customer up by one."
              question={groups}
              draw={drawPriorities}
              height={Math.max(320, 80 + 48 * lists.length)}
            />
            <HowTo type={type ?? types[0] ?? ''} />
          </SimpleGrid>
          <BudgetSection state={state} power={power} />
          {!source.isOffline && <ListCustomers state={state} types={types} />}
        </>
      )}
      <ResultsSection state={state} launches={launches} />
    </>
  );
}
