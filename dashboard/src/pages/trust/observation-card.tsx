import type { QueryRow } from '../../api/source.ts';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { CardFrame } from '../../components/card-frame.tsx';
import { Facts } from '../../components/facts.tsx';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { sentence } from './words.ts';

/** What the history allows: its length, the horizon that follows from it, what it lacks. */
export function ObservationCard() {
  const observation = useQuestion('predictions/observation', {});
  return (
    <CardFrame
      title="What the history allows"
      about="How long the history is, how the horizon of churn was chosen from it, and what it lacks for predictions."
      csv={observation.csv}
    >
      <Body observation={observation} />
    </CardFrame>
  );
}

function Body({ observation }: { readonly observation: Question<QueryRow<'predictions/observation'>> }) {
  const format = useFormat();
  if (observation.error !== null) {
    return <Failure error={observation.error} onRetry={() => void observation.refetch()} />;
  }
  if (observation.data === undefined) return <Loading height={200} />;
  const { rows, columns } = observation.data;
  const [row] = rows;
  if (row === undefined) return <Empty>Nothing has been observed yet.</Empty>;
  const column = (name: string) => columns.find((one) => one.name === name);
  const days = (value: number | null) => (value === null ? 'not known' : `${format.number(value)} days`);
  return (
    <Facts
      facts={[
        {
          title: 'History',
          column: column('history_days'),
          value: `${days(row.history_days)}, ${format.day(row.first_order_date)} to ${format.day(row.as_of_date)}`,
        },
        { title: 'Buyers', column: column('buyers'), value: format.number(row.buyers) },
        {
          title: 'Median time to the next order',
          column: column('median_days_to_next_order'),
          value: days(row.median_days_to_next_order),
        },
        {
          title: 'Churn horizon',
          column: column('churn_horizon_days'),
          value: `${days(row.churn_horizon_days)}: ${row.churn_horizon_reason ?? ''}`,
        },
        {
          title: 'Came back in the last horizon',
          column: column('returned_customers'),
          value: `${format.number(row.returned_customers)} did, ${format.number(row.not_returned_customers)} did not`,
        },
        {
          title: 'Missing for predictions',
          column: column('missing_evidence'),
          value: row.missing_evidence === null || row.missing_evidence === '' ? 'nothing' : row.missing_evidence,
        },
        {
          title: 'Begins in the middle',
          column: column('is_left_truncated'),
          value: beginning(row, format.day(row.left_truncated_until)),
        },
      ]}
    />
  );
}

function beginning(
  row: { readonly is_left_truncated: boolean | null; readonly left_truncation_reason: string | null },
  until: string,
): string {
  const reason = sentence(row.left_truncation_reason);
  return row.is_left_truncated === true ? `yes, until ${until}. ${reason}` : `no. ${reason}`;
}
