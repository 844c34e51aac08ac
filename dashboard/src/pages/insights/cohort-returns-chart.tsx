import { useMemo } from 'react';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { drawCohortReturns, type MatrixRow } from './draw-cohort-returns.ts';

const COLUMNS = [
  { name: 'cohort_month', title: 'Cohort' },
  { name: 'cohort_size', title: 'Customers' },
  { name: 'active_customers', title: 'Ordered in the month after' },
  { name: 'retention_rate_percent', title: 'Share' },
  { name: 'retention_low_percent', title: 'Interval from' },
  { name: 'retention_high_percent', title: 'to' },
] as const;

/** How many of each cohort ordered in the month after the first, one cohort marked. */
export function CohortReturnsChart({ month }: { readonly month: string | undefined }) {
  const question = useQuestion('cohorts/matrix', { months: 1 });
  const draw = useMemo(() => drawCohortReturns(month), [month]);
  const shown = useMemo(
    () => (question.data === undefined ? question : { ...question, data: onlyCompared(question.data) }),
    [question],
  );
  return (
    <ChartCard<MatrixRow>
      title={month === undefined ? 'Cohorts' : `Cohorts, ${month} marked`}
      about="Share of each cohort that ordered in the month after the first, with its 95 % interval. Left out are cohorts whose month is not over, and those that hold old customers as if they were new."
      question={shown}
      draw={draw}
      columns={COLUMNS}
      height={220}
    />
  );
}

function onlyCompared<A extends { readonly rows: readonly MatrixRow[] }>(answer: A): A {
  const rows = answer.rows.filter(
    (row) => row.months_since_acquisition === 1 && row.is_immature !== true && row.is_left_truncated !== true,
  );
  return { ...answer, rows };
}
