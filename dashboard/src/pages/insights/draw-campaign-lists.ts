import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** A bar for each campaign, a part of it for each priority. */
export function drawCampaignLists({ answer, format }: Drawing<QueryRow<'campaigns'>>): ChartOption {
  const types = [...new Set(answer.rows.map((row) => row.campaign_type ?? ''))];
  const priorities = [...new Set(answer.rows.map((row) => row.priority_level ?? 0))].sort((a, b) => a - b);
  return {
    legend: { itemWidth: 14, itemGap: 8 },
    tooltip: { trigger: 'axis', valueFormatter: (value: number | null) => `${format.number(value)} customers` },
    xAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.shortNumber(value) } },
    yAxis: { type: 'category', inverse: true, data: types },
    series: priorities.map((priority) => ({
      name: `Priority ${priority}`,
      type: 'bar',
      stack: 'customers',
      data: types.map(
        (type) =>
          answer.rows.find((row) => row.campaign_type === type && row.priority_level === priority)?.customers ?? null,
      ),
    })),
  };
}
