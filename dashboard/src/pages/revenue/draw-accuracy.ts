import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

type Accuracy = QueryRow<'forecast/accuracy'>;

/** Methods for people, and how their lines look; names of the table forecast_accuracy. */
const METHODS = [
  { method: 'components', name: 'Our forecast', symbol: 'circle', dash: 'solid' },
  { method: 'last_month', name: 'Same as last month', symbol: 'rect', dash: 'dashed' },
  { method: 'same_month_last_year', name: 'Same month last year', symbol: 'triangle', dash: 'dotted' },
] as const;

/** A method of the table in words. */
export function methodName(method: string | null): string {
  return METHODS.find((one) => one.method === method)?.name ?? method ?? '';
}

/** Mean error by months ahead: ours beside the forecasts that need no method. */
export function drawAccuracy({ answer, format }: Drawing<Accuracy>): ChartOption {
  const leads = [...new Set(answer.rows.map((row) => row.lead_months))];
  const found = (method: string, lead: number | null | undefined) =>
    answer.rows.find((row) => row.method === method && row.lead_months === lead);
  const shown = METHODS.filter(({ method }) => answer.rows.some((row) => row.method === method));
  return {
    legend: { selectedMode: false },
    tooltip: axisTooltip((index) => [
      `${format.number(leads[index])} months ahead`,
      ...shown.map(({ method, name }) => {
        const row = found(method, leads[index]);
        return row === undefined
          ? undefined
          : `${name}: off by ${format.percent(row.mean_error_percent)} (${format.number(row.forecasts)} forecasts)`;
      }),
    ]),
    xAxis: {
      type: 'category',
      data: leads.map((lead) => format.number(lead)),
      name: 'months ahead',
      nameLocation: 'middle',
      nameGap: 26,
    },
    yAxis: { type: 'value', axisLabel: { formatter: (value: number) => format.percent(value) } },
    series: shown.map(({ method, name, symbol, dash }) => ({
      name,
      type: 'line',
      symbol,
      symbolSize: 8,
      lineStyle: { type: dash },
      data: leads.map((lead) => found(method, lead)?.mean_error_percent ?? null),
    })),
  };
}
