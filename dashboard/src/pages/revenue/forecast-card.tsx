import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import type { ChartOption } from '../../charts/chart.tsx';
import { ChartCard, type Drawing } from '../../components/chart-card.tsx';
import type { ShownColumn } from '../../components/data-table.tsx';
import { Withheld } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawOrderForecast, drawRevenueForecast } from './draw-forecast.ts';
import type { Measure } from './measure.ts';
import classes from './revenue.module.css';
import { unfinishedWords } from './unfinished-month.ts';

type Month = QueryRow<'forecast/months'>;

const CARDS: Readonly<
  Record<
    Measure,
    {
      readonly title: string;
      readonly draw: (drawing: Drawing<Month>) => ChartOption;
      readonly columns: readonly ShownColumn<Month>[];
    }
  >
> = {
  revenue: {
    title: 'Revenue and forecast',
    draw: drawRevenueForecast,
    columns: [
      { name: 'total_sales', title: 'Revenue' },
      { name: 'expected_revenue', title: 'Expected' },
      { name: 'revenue_low', title: 'Lower end' },
      { name: 'revenue_high', title: 'Upper end' },
      { name: 'existing_revenue', title: 'From existing' },
      { name: 'new_revenue', title: 'From new' },
    ],
  },
  orders: {
    title: 'Orders and forecast',
    draw: drawOrderForecast,
    columns: [
      { name: 'total_orders', title: 'Orders' },
      { name: 'expected_orders', title: 'Expected' },
      { name: 'orders_low', title: 'Lower end' },
      { name: 'orders_high', title: 'Upper end' },
    ],
  },
};

const ABOUT =
  'What came in each month, and what is expected of the next twelve from existing and from new customers. The band is an 80 % interval from past errors: of ten months, eight should lie in it. A month that is not over is foreseen as a whole; its bar shows what came so far.';

interface ForecastCardProps {
  readonly measure: Measure;
  /** How many of the months that have begun; all unless given. */
  readonly history?: number;
}

/** The months that came, those expected, and why none are where the forecast is withheld. */
export function ForecastCard({ measure, history }: ForecastCardProps) {
  const format = useFormat();
  const { title, draw, columns } = CARDS[measure];
  const month: ShownColumn<Month> = {
    name: 'period_month',
    title: 'Month',
    cell: (row) => (
      <span className={classes.line}>
        {format.month(row.period_month)}
        {row.total_sales === null ? '' : unfinishedWords(row)}
      </span>
    ),
  };
  const months = useQuestion('forecast/months', { history });
  const grades = useQuestion('forecast/grades', {});
  const grade = grades.data?.rows.find((row) => row.measure === measure);
  return (
    <ChartCard title={title} draw={draw} columns={[month, ...columns]} about={ABOUT} question={months} height={320}>
      {grade?.verdict === 'withheld' && <Withheld what="Forecast" reason={grade.reason ?? ''} />}
    </ChartCard>
  );
}
