import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Drawing } from '../../components/chart-card.tsx';

/** Orders from which customers are put together. */
export const MANY_ORDERS = 20;

export function ordersInWords(count: number | null): string {
  return count === MANY_ORDERS ? `${MANY_ORDERS}+` : String(count);
}

/** Customers above, value per customer below, by the number of orders. */
export function drawByOrders({ answer: { rows }, format, palette }: Drawing<QueryRow<'value/by-orders'>>): ChartOption {
  const counts = rows.map((row) => ordersInWords(row.order_count));
  const grid = { left: 8, right: 16, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' };
  return {
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      formatter: ([mark]: readonly { readonly dataIndex: number }[]) => {
        const row = rows[mark?.dataIndex ?? -1];
        if (row === undefined) return '';
        return [
          row.order_count === 1 ? '1 order' : `${ordersInWords(row.order_count)} orders`,
          `${format.number(row.customers)} customers`,
          `${format.money(row.value_per_customer)} per customer`,
        ].join('\n');
      },
    },
    axisPointer: { link: [{ xAxisIndex: 'all' }] },
    grid: [
      { ...grid, top: 28, height: '34%' },
      { ...grid, top: '58%', bottom: 8 },
    ],
    xAxis: [
      { type: 'category', data: counts, gridIndex: 0 },
      { type: 'category', data: counts, gridIndex: 1 },
    ],
    yAxis: [
      {
        type: 'value',
        gridIndex: 0,
        name: 'Customers',
        nameTextStyle: { align: 'left', color: palette.faint },
        splitNumber: 3,
        axisLabel: { formatter: format.shortNumber },
      },
      {
        type: 'value',
        gridIndex: 1,
        name: 'Value per customer',
        nameTextStyle: { align: 'left', color: palette.faint },
        splitNumber: 3,
        axisLabel: { formatter: format.shortMoney },
      },
    ],
    series: [
      { name: 'Customers', type: 'bar', xAxisIndex: 0, yAxisIndex: 0, data: rows.map((row) => row.customers) },
      {
        name: 'Value per customer',
        type: 'bar',
        xAxisIndex: 1,
        yAxisIndex: 1,
        data: rows.map((row) => row.value_per_customer),
      },
    ],
  };
}
