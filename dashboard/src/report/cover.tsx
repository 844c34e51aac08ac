import { Anchor, Text, Title } from '@mantine/core';
import { CUSTOMER_WORDS, type CustomerDetail } from '../../../src/report/customer-detail.ts';
import { useSource } from '../api/source-context.tsx';
import { useQuestion } from '../api/use-question.ts';
import { useFormat } from '../format/use-format.ts';
import classes from './report.module.css';
import type { Section } from './sections.ts';

interface CoverProps {
  readonly sections: readonly Section[];
  readonly customers: CustomerDetail;
}

/** What the report is of, and what it contains. */
export function Cover({ sections, customers }: CoverProps) {
  const { snapshot } = useSource();
  const format = useFormat();
  const [totals] = useQuestion('overview/totals', {}).data?.rows ?? [];
  const period =
    totals === undefined || totals.first_order_date === null
      ? 'no orders yet'
      : `${format.day(totals.first_order_date)} to ${format.day(totals.last_order_date)}`;
  const facts: readonly (readonly [term: string, value: string])[] = [
    ['As of', format.day(snapshot.asOf)],
    ['Orders from', period],
    ['Customers', format.number(totals?.customers)],
    ['Orders', format.number(totals?.orders)],
    ['Revenue, net of returns', format.money(totals?.revenue)],
    ['Currency', snapshot.currency],
    ['Snapshot', snapshot.snapshot],
    ['Computed', format.moment(snapshot.createdAt)],
  ];
  return (
    <header className={classes.cover}>
      <Title order={1}>The shop and its customers</Title>
      <Text c="dimmed" size="lg">
        Report as of {format.day(snapshot.asOf)}
      </Text>
      <dl className={classes.facts}>
        {facts.map(([term, value]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <Text size="sm">
        {CUSTOMER_WORDS[customers]} All figures are of one snapshot and are part of this file; nothing is loaded from
        anywhere. Underlined words tell what they mean when they are pointed at.
      </Text>
      <Title order={2} size="h4" mt="lg">
        What it contains
      </Title>
      <ol className={classes.toc}>
        {sections.map(({ anchor, title }) => (
          <li key={anchor}>
            <Anchor href={`#${anchor}`} underline="always">
              {title}
            </Anchor>
          </li>
        ))}
      </ol>
    </header>
  );
}
