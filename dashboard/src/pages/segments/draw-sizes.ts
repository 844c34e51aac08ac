import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import type { SegmentFigures } from './segmentation.ts';

type NameOf<Row> = (row: Row) => string | null;

/** Share of customers beside share of revenue. */
export function drawSizes<Row extends SegmentFigures>(nameOf: NameOf<Row>) {
  return ({ answer: { rows }, format }: Drawing<Row>): ChartOption => ({
    ...bars(rows.map(nameOf)),
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: format.percent },
    xAxis: { type: 'value', axisLabel: { formatter: format.percent } },
    series: [
      { name: 'Share of customers', type: 'bar', data: rows.map((row) => row.customers_percent) },
      { name: 'Share of revenue', type: 'bar', data: rows.map((row) => row.revenue_percent) },
    ],
  });
}

/** What the segments are expected to bring beside what of it is at risk. */
export function drawWorth<Row extends SegmentFigures>(nameOf: NameOf<Row>) {
  return ({ answer: { rows }, format }: Drawing<Row>): ChartOption => ({
    ...bars(rows.map(nameOf)),
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: format.money },
    xAxis: { type: 'value', axisLabel: { formatter: format.shortMoney } },
    series: [
      { name: 'Predicted value', type: 'bar', data: rows.map((row) => row.predicted_value) },
      { name: 'Value at risk', type: 'bar', data: rows.map((row) => row.value_at_risk) },
    ],
  });
}

function bars(names: readonly (string | null)[]): ChartOption {
  return {
    legend: {},
    yAxis: { type: 'category', inverse: true, data: names, splitLine: { show: false } },
  };
}
