import { VisuallyHidden } from '@mantine/core';
import { Link } from 'wouter';
import type { AnswerColumn, Grade } from '../../api/answer.ts';
import { SegmentMark } from '../../components/segment-mark.tsx';
import { useFormat } from '../../format/use-format.ts';
import type { Customer, CustomerColumn } from './customer-columns.ts';
import classes from './customers-table.module.css';

interface CustomerCellProps {
  readonly column: CustomerColumn;
  readonly meaning: AnswerColumn | undefined;
  readonly grade: Grade | undefined;
  /** Undefined as long as it is on its way. */
  readonly customer: Customer | undefined;
}

/** One figure of one customer. */
export function CustomerCell(props: CustomerCellProps) {
  const { column, customer } = props;
  const isName = column.name === 'customer_id';
  return (
    <div
      role={isName ? 'rowheader' : 'cell'}
      className={isName ? classes.name : classes.cell}
      data-number={column.isNumber}
      data-column={column.name}
    >
      {customer === undefined ? <Waiting isName={isName} /> : <Content {...props} customer={customer} />}
    </div>
  );
}

function Content({ column, meaning, grade, customer }: CustomerCellProps & { readonly customer: Customer }) {
  const format = useFormat();
  const value = customer[column.name];
  if (column.name === 'customer_id') return <CustomerLink id={customer.customer_id ?? ''} />;
  if (value === null && grade?.grade === 'WITHHELD') return <Missing sign="withheld" reason={grade.reason} />;
  if (value === null) return <Missing sign="–" reason={whyMissing(column, customer)} />;
  if (column.name === 'customer_segment') return <SegmentMark segment={customer.customer_segment ?? ''} />;
  if (column.name === 'acquisition_cohort') return format.month(customer.acquisition_cohort);
  if (column.name === 'expected_orders_365') return format.number(customer.expected_orders_365);
  return <span className={classes.text}>{format.cell(value, meaning ?? { type: 'text' })}</span>;
}

function CustomerLink({ id }: { readonly id: string }) {
  return (
    <Link href={`/customer?id=${encodeURIComponent(id)}`} className={classes.link} title={id}>
      <bdi>{id}</bdi>
    </Link>
  );
}

/** In place of a figure that is not there: a sign, with the reason when it is pointed at or read aloud. */
function Missing({ sign, reason }: { readonly sign: string; readonly reason: string }) {
  return (
    <span className={classes.missing} title={reason}>
      <span aria-hidden>{sign}</span>
      <VisuallyHidden>{sign === 'withheld' ? `withheld: ${reason}` : reason}</VisuallyHidden>
    </span>
  );
}

function whyMissing({ name, score }: CustomerColumn, { total_orders }: Customer): string {
  if (name.startsWith('campaign') || name === 'priority_level') return 'in no campaign';
  if (total_orders === 0) return 'no order';
  if (name === 'next_order_date') return 'more likely than not there is no further order';
  return score === undefined ? 'not known' : 'no prediction of this customer';
}

function Waiting({ isName }: { readonly isName: boolean }) {
  return (
    <>
      <span className={classes.waiting} aria-hidden />
      {isName && <VisuallyHidden>on its way</VisuallyHidden>}
    </>
  );
}
