import { Badge, Button, Group, Paper, Text, Title } from '@mantine/core';
import type { AnswerColumn, Grade } from '../../api/answer.ts';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { type Fact, Facts } from '../../components/facts.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './campaigns.module.css';
import { ListDownloads } from './list-downloads.tsx';
import { withheldReason } from './withheld-reason.ts';

type PowerRow = QueryRow<'campaigns/power'>;

interface ListCardProps {
  readonly list: PowerRow;
  readonly columns: readonly AnswerColumn[];
  readonly grades: readonly Grade[] | undefined;
  /** Whether this list, of this as-of date, has been launched. */
  readonly isLaunched: boolean;
  readonly onShowCustomers: (type: string) => void;
}

/** One list: whom it addresses, what is at stake, what a launch of it could teach. */
export function ListCard({ list, columns, grades, isLaunched, onShowCustomers }: ListCardProps) {
  const { source } = useSource();
  const format = useFormat();
  const type = list.campaign_type ?? '';
  const facts = [...worth(list, format, grades), ...lesson(list, format)];
  return (
    <Paper withBorder p="md" className={classes.card} component="section" aria-label={type} data-list={type}>
      <Group justify="space-between" align="flex-start" gap="xs" wrap="nowrap">
        <Title order={3} size="h5" className={classes.name}>
          {type}
        </Title>
        <Badge variant="light" color={isLaunched ? 'blue' : 'gray'} tt="none" miw="max-content">
          {isLaunched ? 'Launched' : 'Not launched'}
        </Badge>
      </Group>
      <Text mb="xs">
        <Text span fw={600} size="xl">
          {format.number(list.targets)}
        </Text>{' '}
        to address, {format.number(list.controls)} left alone
      </Text>
      <Facts
        facts={facts.map(({ name, ...fact }) => ({
          ...fact,
          column: columns.find((column) => column.name === name),
        }))}
      />
      <Text size="sm" fw={600} mt="xs" data-verdict>
        {capital(list.verdict ?? '').replace('+-', '±')}.
      </Text>
      {!source.isOffline && (
        <div className={`${classes.foot} screen-only`}>
          <Button size="compact-sm" variant="default" onClick={() => onShowCustomers(type)} mb={6}>
            Show the customers of {type}
          </Button>
          <ListDownloads list={list} />
        </div>
      )}
    </Paper>
  );
}

type NamedFact = Fact & { readonly name: keyof PowerRow };

function worth(list: PowerRow, format: Format, grades: readonly Grade[] | undefined): NamedFact[] {
  const withheld = (...scores: string[]) => {
    const reason = withheldReason(grades, scores);
    return reason === undefined ? undefined : `Withheld: ${reason}`;
  };
  const targets = list.targets ?? 0;
  const undated = targets - (list.contact_dates ?? 0);
  return [
    {
      name: 'value_at_stake',
      title: 'At stake',
      value:
        list.value_at_stake === null
          ? (withheld('predicted_value', 'churn_risk') ?? 'Unknown')
          : format.money(list.value_at_stake),
    },
    {
      name: 'average_order_value',
      title: 'One more order',
      value: `${format.money(list.average_order_value)} on average`,
    },
    {
      name: 'offer_cost_ceiling',
      title: 'Offer ceiling',
      value:
        list.offer_cost_ceiling === null
          ? (withheld('expected_orders') ?? 'None yet: set grossMargin and run again to see what a contact may cost')
          : `${format.money(list.offer_cost_ceiling)} a customer at most, on average`,
    },
    {
      name: 'first_contact_date',
      title: 'Contact day',
      value:
        list.first_contact_date === null
          ? (withheld('next_order') ?? 'None: no next order is foreseen')
          : `${dayRange(list.first_contact_date, list.last_contact_date, format)}${
              undated > 0 ? `; none for ${format.number(undated)}` : ''
            }`,
    },
  ];
}

function lesson(list: PowerRow, format: Format): NamedFact[] {
  const { base_rate, base_rate_basis, window_days, power_lift_10, power_lift_20, customers_needed } = list;
  const basis = base_rate_basis === 'predictions' ? 'as predicted' : 'as comparable customers did before';
  return [
    {
      name: 'base_rate',
      title: 'Base rate',
      value:
        base_rate === null
          ? 'Unknown: nothing is predicted, and no customer is comparable'
          : `${format.percent(100 * base_rate)} order within ${format.number(window_days)} days anyway, ${basis}`,
    },
    {
      name: 'power_lift_20',
      title: 'Power',
      value:
        power_lift_10 === null || power_lift_20 === null
          ? 'None: there is nothing to compare'
          : `${format.percent(10)} more orders would be found with a chance of ${whole(power_lift_10, format)}, ${format.percent(20)} more with ${whole(power_lift_20, format)}${
              customers_needed === null
                ? ''
                : `; for a chance of ${format.percent(80)} the list needs ${format.number(customers_needed)} customers`
            }`,
    },
  ];
}

function whole(share: number, format: Format): string {
  return format.percent(Math.round(100 * share));
}

function dayRange(first: string, last: string | null, format: Format): string {
  return last === null || first === last ? format.day(first) : `${format.day(first)} to ${format.day(last)}`;
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
