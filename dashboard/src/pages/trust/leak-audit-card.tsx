import { Code } from '@mantine/core';
import { useQuestion } from '../../api/use-question.ts';
import { TableCard } from '../../components/table-card.tsx';
import { useFormat } from '../../format/use-format.ts';

/** Proof that the backtests knew nothing of what came later. */
export function LeakAuditCard() {
  const format = useFormat();
  const audit = useQuestion('predictions/leak-audit', {});
  const rows = audit.data?.rows ?? [];
  const changed = rows.filter(({ changed_customers }) => changed_customers !== 0).length;
  const [first] = rows;
  return (
    <TableCard
      title="Nothing of the future was known"
      about="All that was known on a past day is computed again from data that ends on that day. What comes out differently would have looked ahead."
      question={audit}
      empty="There was no past day to look at."
      maxHeight={280}
      lead={
        first !== undefined && (
          <span data-audit={changed}>
            {changed === 0 ? '✓ ' : '✗ '}
            {format.number(rows.length)} features of {format.number(first.customers)} customers were computed again from
            data that ends on {format.day(first.cut_date)}:{' '}
            {changed === 0 ? 'none came out differently.' : `${format.number(changed)} came out differently.`}
          </span>
        )
      }
      columns={[
        { name: 'feature', title: 'Feature', cell: ({ feature }) => <Code>{feature}</Code> },
        { name: 'cut_date', title: 'Past day' },
        { name: 'customers', title: 'Customers compared' },
        {
          name: 'changed_customers',
          title: 'Came out differently',
          cell: ({ changed_customers: count }) => `${count === 0 ? '✓' : '✗'} ${format.number(count)}`,
        },
      ]}
    />
  );
}
