import type { QueryRow } from '../../api/source.ts';
import { axisTooltip } from '../../charts/axis-tooltip.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';
import type { Format } from '../../format/format.ts';
import { hatchedKey, monthBar, openPoints, unfinishedWords } from './unfinished-month.ts';

type Month = QueryRow<'revenue/months'>;

/** A figure of the months. */
interface Figure {
  readonly name: string;
  readonly of: (month: Month) => number | null;
  readonly write: (value: number | null | undefined) => string;
  /** The value axis. */
  readonly axis: { readonly scale?: boolean; readonly minInterval?: number };
  readonly writeShort: (value: number) => string;
}

export function drawOrders(drawing: Drawing<Month>): ChartOption {
  const { answer, format, palette } = drawing;
  const figure: Figure = {
    name: 'Orders',
    of: (month) => month.total_orders,
    write: format.number,
    writeShort: format.shortNumber,
    axis: { minInterval: 1 },
  };
  return {
    ...frame(drawing, figure),
    series: [
      {
        name: figure.name,
        type: 'bar',
        stack: 'orders',
        barCategoryGap: '25%',
        data: answer.rows.map((row) => monthBar(row.total_orders, row, palette)),
      },
      ...hatchedKey(answer.rows, palette).map((key) => ({ ...key, stack: 'orders' })),
    ],
  };
}

export function drawOrderValue(drawing: Drawing<Month>): ChartOption {
  const { money, shortMoney } = drawing.format;
  return drawLine(drawing, {
    name: 'Average order value',
    of: (month) => month.avg_order_value,
    write: money,
    writeShort: shortMoney,
    axis: { scale: true, minInterval: 0.1 },
  });
}

export function drawFrequency(drawing: Drawing<Month>): ChartOption {
  const { ratio } = drawing.format;
  return drawLine(drawing, {
    name: 'Orders per customer',
    of: (month) => month.purchase_frequency,
    write: ratio,
    writeShort: ratio,
    axis: { scale: true, minInterval: 0.01 },
  });
}

function drawLine(drawing: Drawing<Month>, figure: Figure): ChartOption {
  const { answer, palette } = drawing;
  const values = answer.rows.map(figure.of);
  const color = palette.series[0] ?? palette.text;
  return {
    ...frame(drawing, figure),
    series: [
      {
        name: figure.name,
        type: 'line',
        symbol: 'circle',
        symbolSize: 6,
        itemStyle: { color },
        data: values.map((value, index) => (answer.rows[index]?.is_complete === false ? null : value)),
      },
      ...openPoints(answer.rows, values, color),
    ],
  };
}

/** Axes, legend and tooltip of a figure. */
function frame({ answer, format }: Drawing<Month>, { name, of, write, writeShort, axis }: Figure): ChartOption {
  const { rows } = answer;
  return {
    legend: { selectedMode: false },
    tooltip: axisTooltip((index) => {
      const row = rows[index];
      if (row === undefined) return [];
      return [
        `${format.month(row.period_month)}${unfinishedWords(row)}`,
        `${name}: ${write(of(row))}`,
        customersOf(row, format),
      ];
    }),
    xAxis: { type: 'category', data: rows.map((row) => format.month(row.period_month)) },
    yAxis: { type: 'value', ...axis, axisLabel: { formatter: writeShort } },
  };
}

function customersOf({ unique_customers: customers }: Month, format: Format): string {
  return `Customers with an order: ${format.number(customers)}`;
}
