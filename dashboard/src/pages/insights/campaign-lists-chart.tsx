import { useMemo } from 'react';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { drawCampaignLists } from './draw-campaign-lists.ts';

const COLUMNS = [
  { name: 'campaign_type', title: 'Campaign' },
  { name: 'priority_level', title: 'Priority' },
  { name: 'customers', title: 'Customers' },
  { name: 'estimated_value', title: 'One more order of each' },
] as const;

/** How many customers are on the campaign lists, without the control group. */
export function CampaignListsChart() {
  const question = useQuestion('campaigns', {});
  const shown = useMemo(
    () =>
      question.data === undefined
        ? question
        : {
            ...question,
            data: { ...question.data, rows: question.data.rows.filter((row) => row.campaign_group === 'target') },
          },
    [question],
  );
  return (
    <ChartCard
      title="Customers on the campaign lists"
      about="Customers to be addressed, by campaign and priority; 1 comes first. The control group is not counted."
      question={shown}
      draw={drawCampaignLists}
      columns={COLUMNS}
      height={220}
    />
  );
}
