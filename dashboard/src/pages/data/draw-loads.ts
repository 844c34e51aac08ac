import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

const FATES = [
  ['clean_records', 'clean'],
  ['rejected_records', 'rejected'],
  ['set_aside_records', 'set aside'],
] as const;

/** The records of each file by what became of them. */
export function drawLoads({ answer, format, palette }: Drawing<QueryRow<'data/loads'>>): ChartOption {
  return {
    legend: {},
    tooltip: { trigger: 'axis', axisPointer: { type: 'shadow' }, valueFormatter: format.number },
    xAxis: { type: 'value', axisLabel: { formatter: format.shortNumber } },
    yAxis: {
      type: 'category',
      inverse: true,
      data: answer.rows.map(({ source_file }) => source_file ?? ''),
      axisLabel: { width: 160, overflow: 'truncate', color: palette.text },
    },
    series: FATES.map(([column, name]) => ({
      name,
      type: 'bar',
      stack: 'records',
      barMaxWidth: 28,
      data: answer.rows.map((row) => row[column]),
    })),
  };
}
