import { Text, Title } from '@mantine/core';
import type { Answer, Grade } from '../../api/answer.ts';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { Empty, Failure, Loading } from '../../components/states.tsx';
import { useFormat } from '../../format/use-format.ts';
import { Tile, Tiles } from './tile.tsx';

type Totals = QueryRow<'overview/totals'>;

/** All customers as of today: how many, what they have brought, may bring and may not. */
export function TotalTiles() {
  const format = useFormat();
  const { snapshot } = useSource();
  const totals = useQuestion('overview/totals', {});
  if (totals.error !== null) return <Failure error={totals.error} onRetry={() => void totals.refetch()} />;
  if (totals.data === undefined) return <Loading height={120} />;
  const { data } = totals;
  const [row] = data.rows;
  if (row === undefined) return <Empty>There are no customers yet.</Empty>;
  const title = `All customers, as of ${format.day(snapshot.asOf)}`;
  const of = (name: keyof Totals & string) => ({
    name,
    value: Number.isFinite(row[name]) ? Number(row[name]) : null,
    column: data.columns.find((column) => column.name === name),
  });
  return (
    <section aria-label={title}>
      <Title order={3} size="h5" mb="xs">
        {title}
      </Title>
      <Tiles title={title} count="five">
        <Tile {...of('customers')} name="all_customers" title="Customers" text={format.number(row.customers)}>
          <Note>first order on {format.day(row.first_order_date)}</Note>
        </Tile>
        <Tile {...of('repeat_buyers_percent')} title="Repeat buyers" text={format.percent(row.repeat_buyers_percent)}>
          <Note>
            {format.number(row.repeat_buyers)} of {format.number(row.buyers)} ordered twice or more
          </Note>
        </Tile>
        <Tile {...of('historic_value')} title="Value so far" text={format.roundMoney(row.historic_value)}>
          <Note>
            {row.historic_value === row.revenue
              ? 'revenue, net of returns'
              : `margin; revenue ${format.roundMoney(row.revenue)}`}
          </Note>
        </Tile>
        <PredictedTile
          {...of('predicted_value')}
          title="Predicted value"
          note="of the next 365 days"
          text={format.roundMoney(row.predicted_value)}
          grades={gradesOf(data, ['predicted_value'])}
        />
        <PredictedTile
          {...of('value_at_risk')}
          title="Value at risk"
          note="predicted value times churn risk"
          text={format.roundMoney(row.value_at_risk)}
          grades={gradesOf(data, ['predicted_value', 'churn_risk'])}
        />
      </Tiles>
    </section>
  );
}

interface PredictedTileProps {
  readonly name: string;
  readonly title: string;
  readonly column: Answer<Totals>['columns'][number] | undefined;
  readonly value: number | null;
  readonly text: string;
  readonly note: string;
  /** Of the scores that the figure is made of. */
  readonly grades: readonly Grade[];
}

/** A figure made of scores: with their grade, or withheld with the reason. */
function PredictedTile({ note, text, grades, ...tile }: PredictedTileProps) {
  const withheld = grades.find(({ grade }) => grade === 'WITHHELD');
  const worst = withheld ?? grades.toSorted((a, b) => b.grade.localeCompare(a.grade))[0];
  // The horizon of a grade is that of its test; how far the figure itself looks stands in its meaning.
  const grade = worst === undefined ? undefined : { ...worst, horizonDays: null };
  if (withheld !== undefined) {
    return (
      <Tile {...tile} grade={grade} text="Withheld">
        <Note>{withheld.reason}</Note>
      </Tile>
    );
  }
  return (
    <Tile {...tile} grade={grade} text={text}>
      <Note>{grade === undefined ? note : `${note}, grade\u00a0${grade.grade}`}</Note>
    </Tile>
  );
}

function Note({ children }: { readonly children: React.ReactNode }) {
  return (
    <Text size="xs" c="dimmed" lineClamp={4}>
      {children}
    </Text>
  );
}

function gradesOf({ grades = [] }: Answer<Totals>, scores: readonly string[]): readonly Grade[] {
  return grades.filter(({ score }) => scores.includes(score));
}
