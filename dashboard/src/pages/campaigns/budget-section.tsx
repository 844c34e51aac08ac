import { Box } from '@mantine/core';
import { useMemo } from 'react';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { DataTable, type ShownColumn } from '../../components/data-table.tsx';
import { Failure, Loading } from '../../components/states.tsx';
import { BudgetControls } from './budget-controls.tsx';
import { Command } from './command.tsx';
import { drawBudget } from './draw-budget.ts';
import { PlanFigures } from './plan-figures.tsx';
import { plannedContacts } from './planned-contacts.ts';
import { shellWord } from './shell-word.ts';
import type { useCampaignsState } from './use-campaigns-state.ts';

interface BudgetSectionProps {
  readonly state: ReturnType<typeof useCampaignsState>;
  readonly power: Question<QueryRow<'campaigns/power'>>;
}

const ABOUT =
  'Customers with the most at stake come first, whichever list they are on; the control group is never addressed. At stake is the predicted value of the next 365 days times the churn risk. One more order of each is what would come if all of them ordered once more.';

/** How far a budget reaches and what it must bring: the same choice as `campaigns plan` and a launch with it. */
export function BudgetSection({ state, power }: BudgetSectionProps) {
  const { source } = useSource();
  const [{ type, cost, budget, contacts }] = state;
  const lists = power.data?.rows ?? [];
  const types = lists.map((list) => list.campaign_type ?? '');
  const targets = lists
    .filter((list) => type === undefined || list.campaign_type === type)
    .reduce((sum, list) => sum + (list.targets ?? 0), 0);
  const planned = plannedContacts({ cost, budget, contacts }, targets);
  // A report answers only what does not depend on a choice.
  const chosen = source.isOffline ? {} : { ...(type === undefined ? {} : { type }), cost };
  const curve = useQuestion('campaigns/budget', chosen);
  const isPlanned = !source.isOffline && planned.contacts > 0;
  const plan = useQuestion('campaigns/plan', { ...chosen, contacts: planned.contacts }, { isEnabled: isPlanned });
  const marked = source.isOffline ? 0 : planned.contacts;
  const draw = useMemo(() => drawBudget(marked), [marked]);
  return (
    <ChartCard
      title="How far a budget reaches"
      about={ABOUT}
      question={curve}
      draw={draw}
      empty={targets === 0 ? 'There is nobody to address.' : 'No target can earn what a contact costs.'}
    >
      {!source.isOffline && (
        <>
          <BudgetControls state={state} types={types} targets={targets} planned={planned} />
          {plan.error !== null && <Failure error={plan.error} onRetry={() => void plan.refetch()} />}
          {isPlanned && plan.error === null && plan.data === undefined && <Loading height={120} />}
          {!isPlanned && targets > 0 && 'This budget is below the cost of one contact.'}
          {isPlanned && plan.data !== undefined && (
            <>
              <PlanFigures answer={plan.data} budget={planned.budget} costPerContact={cost} />
              <DataTable
                label="The plan by list"
                answer={{ ...plan.data, rows: plan.data.rows.filter((row) => row.campaign_type !== null) }}
                columns={PLAN_COLUMNS}
              />
              <Box mt="md">
                <Command command={launchCommand(type, planned.cost, cost)}>
                  To launch just these, and record who is left alone to compare:
                </Command>
              </Box>
            </>
          )}
        </>
      )}
    </ChartCard>
  );
}

const PLAN_COLUMNS: readonly ShownColumn<QueryRow<'campaigns/plan'>>[] = [
  { name: 'campaign_type', title: 'List' },
  { name: 'contacts', title: 'To address' },
  { name: 'controls', title: 'Left alone' },
  { name: 'cost', title: 'Cost' },
  { name: 'value_at_stake', title: 'At stake' },
  { name: 'estimated_value', title: 'One more order of each' },
  { name: 'beyond_budget', title: 'Beyond the budget' },
];

/** A budget of exactly these contacts chooses the same customers. */
function launchCommand(type: string | undefined, budget: number, cost: number): string {
  const list = type === undefined ? '' : ` ${shellWord(type)}`;
  return `npx marketing-pipeline campaigns launch${list} --budget ${budget} --cost-per-contact ${cost}`;
}
