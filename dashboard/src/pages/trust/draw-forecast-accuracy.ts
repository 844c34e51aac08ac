import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import { FORECASTS, named } from './words.ts';

type Row = QueryRow<'forecast/accuracy'>;

const SYMBOLS = ['circle', 'rect', 'triangle'];

/** Mean error without its sign by months ahead, a line for each method. */
export function drawForecastAccuracy({ answer, format, palette }: Drawing<Row>): ChartOption {
  const methods = Object.keys(FORECASTS).filter((method) => answer.rows.some((row) => row.method === method));
  const leads = [...new Set(answer.rows.map(({ lead_months }) => lead_months ?? 0))].sort((a, b) => a - b);
  const isMoney = answer.rows[0]?.measure === 'revenue';
  const text = (value: number | null) => (isMoney ? format.money(value) : format.number(value));
  return {
    legend: { data: methods.map((method) => named(FORECASTS, method)) },
    tooltip: { trigger: 'axis', valueFormatter: text },
    xAxis: {
      type: 'category',
      data: leads.map((lead) => format.number(lead)),
      name: 'months ahead',
      nameLocation: 'middle',
      nameGap: 26,
    },
    grid: { left: 8, right: 16, top: 40, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
    yAxis: {
      type: 'value',
      axisLabel: { formatter: (value: number) => (isMoney ? format.shortMoney(value) : format.shortNumber(value)) },
    },
    series: methods.map((method, index) => {
      const color = method === 'components' ? palette.series[0] : [palette.faint, palette.series[1]][index % 2];
      return {
        name: named(FORECASTS, method),
        type: 'line',
        symbol: SYMBOLS[index] ?? 'diamond',
        symbolSize: method === 'components' ? 9 : 7,
        itemStyle: { color },
        lineStyle: {
          color,
          width: method === 'components' ? 3 : 1.5,
          type: method === 'components' ? 'solid' : 'dashed',
        },
        data: leads.map(
          (lead) =>
            answer.rows.find((row) => row.method === method && row.lead_months === lead)?.mean_absolute_error ?? null,
        ),
      };
    }),
  };
}
