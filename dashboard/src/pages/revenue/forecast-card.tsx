import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { Withheld } from '../../components/states.tsx';
import { drawOrderForecast, drawRevenueForecast } from './draw-forecast.ts';
import type { Measure } from './measure.ts';

const REVENUE = {
  title: 'Revenue and forecast',
  draw: drawRevenueForecast,
  columns: [
    { name: 'period_month', title: 'Month' },
    { name: 'total_sales', title: 'Revenue' },
    { name: 'expected_revenue', title: 'Expected' },
    { name: 'revenue_low', title: 'Lower end' },
    { name: 'revenue_high', title: 'Upper end' },
    { name: 'existing_revenue', title: 'From existing customers' },
    { name: 'new_revenue', title: 'From new ones' },
  ],
} as const;

const ORDERS = {
  title: 'Orders and forecast',
  draw: drawOrderForecast,
  columns: [
    { name: 'period_month', title: 'Month' },
    { name: 'total_orders', title: 'Orders' },
    { name: 'expected_orders', title: 'Expected' },
    { name: 'orders_low', title: 'Lower end' },
    { name: 'orders_high', title: 'Upper end' },
  ],
} as const;

const ABOUT =
  'What came in each month, and what is expected of the next twelve from existing and from new customers. The band is an 80 % interval from past errors: of ten months, eight should lie in it. A month that is not over is foreseen as a whole; its bar shows what came so far.';

interface ForecastCardProps {
  readonly measure: Measure;
  /** How many of the months that have begun; all unless given. */
  readonly history?: number;
}

/** The months that came, those expected, and why none are where the forecast is withheld. */
export function ForecastCard({ measure, history }: ForecastCardProps) {
  const months = useQuestion('forecast/months', { history });
  const grades = useQuestion('forecast/grades', {});
  const grade = grades.data?.rows.find((row) => row.measure === measure);
  return (
    <ChartCard {...(measure === 'revenue' ? REVENUE : ORDERS)} about={ABOUT} question={months} height={320}>
      {grade?.verdict === 'withheld' && <Withheld what="Forecast" reason={grade.reason ?? ''} />}
    </ChartCard>
  );
}
