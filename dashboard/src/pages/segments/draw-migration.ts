import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import { segmentColor } from '../../components/segment-mark.tsx';
import { FIVE } from './segment-names.ts';

/** Customers flowing from their segment at the end of a month to that at the end of the next one. */
export function drawMigration({
  answer: { rows },
  format,
  palette,
}: Drawing<QueryRow<'segments/migration'>>): ChartOption {
  const side = (names: readonly (string | null)[], name: 'from' | 'to') =>
    FIVE.filter((segment) => names.includes(segment)).map((segment) => ({
      name: `${name}:${segment}`,
      depth: name === 'from' ? 0 : 1,
      itemStyle: { color: segmentColor(segment, palette.series) },
      label: { position: name === 'from' ? 'right' : 'left' },
    }));
  return {
    tooltip: {
      trigger: 'item',
      formatter: ({ dataType, dataIndex, name, value }: SankeyEvent) => {
        const row = dataType === 'edge' ? rows[dataIndex] : undefined;
        if (row === undefined) return `${segmentOf(name)}: ${format.number(value)} customers`;
        return [
          `${row.from_segment} → ${row.to_segment}`,
          `${format.number(row.customers)} customers`,
          `${format.percent(row.share_of_from)} of all who were ${row.from_segment}`,
        ].join('\n');
      },
    },
    series: [
      {
        type: 'sankey',
        animation: false,
        left: 8,
        right: 8,
        top: 8,
        bottom: 8,
        nodeGap: 14,
        nodeWidth: 14,
        layoutIterations: 0,
        draggable: false,
        emphasis: { focus: 'adjacency' },
        label: {
          color: palette.text,
          textBorderColor: palette.background,
          textBorderWidth: 3,
          formatter: ({ name, value }: SankeyEvent) => `${segmentOf(name)}  ${format.number(value)}`,
        },
        lineStyle: { color: 'source', opacity: 0.35, curveness: 0.5 },
        data: [
          ...side(
            rows.map((row) => row.from_segment),
            'from',
          ),
          ...side(
            rows.map((row) => row.to_segment),
            'to',
          ),
        ],
        links: rows.map((row) => ({
          source: `from:${row.from_segment}`,
          target: `to:${row.to_segment}`,
          value: row.customers,
        })),
      },
    ],
  };
}

interface SankeyEvent {
  readonly dataType?: string;
  readonly dataIndex: number;
  readonly name: string;
  readonly value: number;
}

function segmentOf(node: string): string {
  return node.replace(/^(from|to):/, '');
}
