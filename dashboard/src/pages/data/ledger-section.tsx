import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { TableCard } from '../../components/table-card.tsx';
import type { Format } from '../../format/format.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './ledger.module.css';
import { Status } from './status.tsx';

type Row = QueryRow<'data/ledger'>;

/** Rows and money from the files to the figures. */
export function LedgerSection() {
  const format = useFormat();
  const ledger = useQuestion('data/ledger', {});
  const rows = ledger.data?.rows ?? [];
  const gaps = rows.filter(({ status }) => status !== 'balanced').length;
  const cell = (name: 'expected' | 'actual' | 'difference') => (row: Row) => (
    <span className={classes.amount}>{amountText(row.measure, row[name], format)}</span>
  );
  return (
    <TableCard
      title="Reconciliation ledger"
      about="From stage to stage it is counted whether every row and every cent arrived. A gap of money or rows stops the publish."
      question={ledger}
      empty="The published run has no ledger in the run history of this machine."
      maxHeight={1400}
      lead={
        rows.length > 0 && (
          <b data-gaps={gaps}>
            {gaps === 0
              ? `✓ All ${format.number(rows.length)} lines balance: every row and every cent of the files arrived.`
              : `✗ ${format.number(gaps)} of ${format.number(rows.length)} lines have a gap.`}
          </b>
        )
      }
      columns={[
        { name: 'position', title: 'Line' },
        { name: 'stage', title: 'From where to where' },
        { name: 'measure', title: 'Measure' },
        { name: 'expected', title: 'Should arrive', cell: cell('expected') },
        { name: 'actual', title: 'Arrived', cell: cell('actual') },
        { name: 'difference', title: 'Difference', cell: cell('difference') },
        { name: 'status', title: 'Result', cell: ({ status }) => <Status of={status} /> },
      ]}
    />
  );
}

function amountText(measure: string | null, text: string | null, format: Format): string {
  if (text === null) return '–';
  return measure === 'money' ? format.money(Number(text)) : format.number(Number(text));
}
