import type { CustomSeriesRenderItemAPI, CustomSeriesRenderItemParams } from 'echarts';
import type { QueryRow } from '../../api/source.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import type { Palette } from '../../charts/palette.ts';
import type { Drawing } from '../../components/chart-card.tsx';
import type { Format } from '../../format/format.ts';
import type { Measure } from './use-campaigns-state.ts';

type Result = QueryRow<'campaigns/results'>;

interface Effect {
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
}

/** The difference of targets and controls, in points of who ordered or in money. */
export function effectOf(row: Result, measure: Measure): Effect {
  return measure === 'orders'
    ? { value: row.conversion_difference_points, low: row.conversion_low, high: row.conversion_high }
    : { value: row.incremental_revenue, low: row.incremental_low, high: row.incremental_high };
}

/** A difference and its interval: `+27.5 points`, `+21.24 to +32.72 points`. */
export function effectTexts({ value, low, high }: Effect, measure: Measure, format: Format) {
  const unit = measure === 'orders' ? ' points' : '';
  const signed = (amount: number) =>
    `${amount > 0 ? '+' : ''}${measure === 'orders' ? format.number(amount) : format.money(amount)}`;
  return {
    value: value === null ? format.number(null) : `${signed(value)}${unit}`,
    interval: low === null || high === null ? 'no interval yet' : `${signed(low)} to ${signed(high)}${unit}`,
  };
}

/** Launches, each at its latest look, as a forest plot: the difference as a point, its interval as a line, 0 as a line across. */
export function drawResults(measure: Measure) {
  return ({ answer, format, palette }: Drawing<Result>): ChartOption => {
    const rows = answer.rows.filter((row) => row.is_latest === true);
    const axisText = (value: number) => (measure === 'orders' ? `${value} pts` : format.shortMoney(value));
    return {
      tooltip: {
        formatter: ({ dataIndex }: { dataIndex: number }) => tooltip(rows[dataIndex], measure, format),
      },
      xAxis: { type: 'value', scale: true, axisLabel: { formatter: axisText } },
      yAxis: {
        type: 'category',
        inverse: true,
        data: rows.map((row) => `${row.campaign_type}\n${format.day(row.launched_on)}`),
        axisLabel: { width: 120, overflow: 'truncate', lineHeight: 16, hideOverlap: false },
      },
      series: [
        {
          type: 'custom',
          renderItem: forestItem(rows, measure, palette),
          encode: { x: [0, 2, 3], y: 1 },
          data: rows.map((row, index) => {
            const { value, low, high } = effectOf(row, measure);
            return [value ?? Number.NaN, index, low ?? value ?? Number.NaN, high ?? value ?? Number.NaN];
          }),
          markLine: {
            symbol: 'none',
            silent: true,
            label: { show: false },
            lineStyle: { color: palette.faint, type: 'solid', width: 1.5 },
            data: [{ xAxis: 0 }],
          },
        },
      ],
    };
  };
}

function tooltip(row: Result | undefined, measure: Measure, format: Format): string {
  if (row === undefined) return '';
  const effect = effectOf(row, measure);
  const { value, interval } = effectTexts(effect, measure, format);
  const figures = effect.value === null ? '' : `\n${value}\n${interval}`;
  return `${row.campaign_type}, ${format.day(row.launched_on)}${figures}\nVerdict: ${row.verdict}`;
}

/** Evidence is a filled point in a colour; what can be chance is hollow; what cannot be compared yet is a word. */
function forestItem(rows: readonly Result[], measure: Measure, palette: Palette) {
  return (params: CustomSeriesRenderItemParams, api: CustomSeriesRenderItemAPI) => {
    const row = rows[params.dataIndex];
    if (row === undefined) return null;
    const { value, low, high } = effectOf(row, measure);
    if (value === null) {
      const { x = 0, width = 0 } = Object(params.coordSys);
      const [, y = 0] = api.coord([0, params.dataIndex]);
      const text = row.verdict === 'no control group' ? 'no control group' : 'no look yet';
      const style = { text, x: x + width / 2, y, fill: palette.faint, align: 'center', verticalAlign: 'middle' };
      return { type: 'text' as const, style: { ...style, align: 'center' as const, verticalAlign: 'middle' as const } };
    }
    const colour = verdictColour(row.verdict, palette);
    const isEvidence = row.verdict === 'more' || row.verdict === 'fewer';
    const [x = 0, y = 0] = api.coord([value, params.dataIndex]);
    const [from = x] = api.coord([low ?? value, params.dataIndex]);
    const [to = x] = api.coord([high ?? value, params.dataIndex]);
    const line = (x1: number, y1: number, x2: number, y2: number) => ({
      type: 'line' as const,
      shape: { x1, y1, x2, y2 },
      style: { stroke: colour, lineWidth: 2 },
    });
    return {
      type: 'group' as const,
      children: [
        // What can be pointed at is larger than what is seen.
        {
          type: 'rect' as const,
          shape: { x: from - 8, y: y - 12, width: to - from + 16, height: 24 },
          style: { fill: 'transparent' },
        },
        line(from, y, to, y),
        line(from, y - 6, from, y + 6),
        line(to, y - 6, to, y + 6),
        {
          type: 'circle' as const,
          shape: { cx: x, cy: y, r: 6 },
          style: { fill: isEvidence ? colour : palette.background, stroke: colour, lineWidth: 2 },
        },
      ],
    };
  };
}

export function verdictColour(verdict: string | null, palette: Palette): string {
  if (verdict === 'more') return palette.good;
  return verdict === 'fewer' ? palette.bad : palette.faint;
}
