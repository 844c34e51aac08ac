import { Paper, SimpleGrid, Text } from '@mantine/core';
import type { Answer } from '../../api/answer.ts';
import type { QueryRow } from '../../api/source.ts';
import { Definition } from '../../components/definition.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import { withheldReason } from './withheld-reason.ts';

type PlanRow = QueryRow<'campaigns/plan'>;

interface PlanFiguresProps {
  readonly answer: Answer<PlanRow>;
  /** Money for contacts. */
  readonly budget: number;
  readonly costPerContact: number;
}

/** What the chosen contacts cost, reach, and must bring. */
export function PlanFigures({ answer, budget, costPerContact }: PlanFiguresProps) {
  const format = useFormat();
  const total = answer.rows.find((row) => row.campaign_type === null);
  if (total === undefined) return null;
  const withheld = (scores: string[]) => (withheldReason(answer.grades, scores) === undefined ? undefined : 'Withheld');
  const unspent = Math.round(100 * (budget - (total.cost ?? 0))) / 100;
  const tiles: readonly [keyof PlanRow & string, string, string, string][] = [
    [
      'contacts',
      'To address',
      format.number(total.contacts),
      total.beyond_budget === 0 ? 'all who can earn it' : `${format.number(total.beyond_budget)} targets beyond`,
    ],
    ['controls', 'Left alone to compare', format.number(total.controls), 'worth as much, and free'],
    ['cost', 'Cost', format.money(total.cost), unspent > 0 ? `${format.money(unspent)} unspent` : 'all is spent'],
    [
      'value_at_stake',
      'At stake',
      total.value_at_stake === null
        ? (withheld(['predicted_value', 'churn_risk']) ?? format.money(null))
        : format.money(total.value_at_stake),
      'a year’s value times risk, if nothing is done',
    ],
    ['estimated_value', 'One more order of each', format.money(total.estimated_value), 'not a forecast that it comes'],
    [
      'break_even_orders',
      'Break-even',
      total.break_even_orders === null
        ? (withheld(['expected_orders']) ?? 'Unknown')
        : `${precise(total.break_even_orders)} orders per 100`,
      breakEvenNote(total, format),
    ],
  ];
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 3, xl: 6 }} mb="sm" data-plan>
        {tiles.map(([name, title, value, note]) => (
          <Paper key={name} withBorder p="xs" data-figure={name} data-value={total[name]}>
            <Text size="sm" c="dimmed" component="div">
              <Definition column={answer.columns.find((column) => column.name === name)}>{title}</Definition>
            </Text>
            <Text fw={600} size="lg">
              {value}
            </Text>
            <Text size="xs" c="dimmed">
              {note}
            </Text>
          </Paper>
        ))}
      </SimpleGrid>
      <Text size="sm" mb="sm" data-limit>
        {limitText(answer, total, costPerContact, format)}
      </Text>
    </>
  );
}

function breakEvenNote({ break_even_orders, break_even_lift }: PlanRow, format: Format): string {
  if (break_even_orders === null) return 'extra orders that pay for the contacts';
  if (break_even_orders > 100) return 'more than a contact can bring';
  if (break_even_lift === null) return 'beyond those that come anyway';
  return `${format.percent(100 * break_even_lift)} more than come anyway`;
}

/** Where contacts stop paying off, or why nobody knows. */
function limitText(answer: Answer<PlanRow>, total: PlanRow, costPerContact: number, format: Format): string {
  const cost = format.money(costPerContact);
  const worth = (total.contacts ?? 0) + (total.beyond_budget ?? 0);
  const without = total.not_worth_it ?? 0;
  if (without > 0) {
    return worth === 0
      ? `No contact pays off: ${cost} is more than one more order of any target can earn.`
      : `It stops paying off after ${format.number(worth)} contacts: of the other ${format.number(without)} targets, one more order cannot earn ${cost}. They are left out.`;
  }
  if (total.break_even_orders !== null) {
    return `It does not stop paying off within the list: one more order of any of the ${format.number(worth)} targets can earn ${cost}.`;
  }
  const reason = withheldReason(answer.grades, ['expected_orders']);
  return reason === undefined
    ? 'Where it stops paying off is unknown: grossMargin is not set, so nobody knows what an order earns. Set it and run again: marketing-pipeline run orders.csv --set grossMargin=0.4'
    : `Where it stops paying off is withheld: ${reason}`;
}

function precise(value: number): string {
  return value >= 10 ? value.toFixed(0) : value.toPrecision(2);
}
