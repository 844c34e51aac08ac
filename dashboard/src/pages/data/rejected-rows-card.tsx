import { NativeSelect } from '@mantine/core';
import type { QueryRow } from '../../api/source.ts';
import { useQuestion } from '../../api/use-question.ts';
import { TableCard } from '../../components/table-card.tsx';
import { useFormat } from '../../format/use-format.ts';
import { Pager } from './pager.tsx';
import classes from './raw-text.module.css';
import { named, REASONS } from './words.ts';

const PAGE = 50;

/** Which of the rejected records are shown. */
export interface RejectedChoice {
  /** Empty for all. */
  readonly reason: string;
  /** Number of the input file, empty for all. */
  readonly file: string;
  readonly offset: number;
}

interface RejectedRowsCardProps {
  readonly choice: RejectedChoice;
  readonly onChoose: (choice: RejectedChoice) => void;
  readonly reasons: readonly string[];
  readonly files: readonly QueryRow<'data/loads'>[];
}

/** The rejected records as they came, by reason and file, a page at a time. */
export function RejectedRowsCard({ choice, onChoose, reasons, files }: RejectedRowsCardProps) {
  const format = useFormat();
  const { reason, file, offset } = choice;
  const rows = useQuestion('data/rejected-rows', {
    ...(reason === '' ? {} : { reason }),
    ...(file === '' ? {} : { load_id: Number(file) }),
    limit: PAGE,
    offset,
  });
  const page = rows.data?.page;
  return (
    <TableCard
      title="Rejected rows"
      about="The records that were refused, exactly as they came. Mend them in a copy and load it: each takes the place of the one it mends. The file below holds all of the choice."
      question={rows}
      empty="No record was refused for this reason."
      maxHeight={560}
      controls={
        <>
          <NativeSelect
            size="xs"
            aria-label="Reason"
            data={[
              { value: '', label: 'Every reason' },
              ...reasons.map((code) => ({ value: code, label: named(REASONS, code) })),
            ]}
            value={reason}
            onChange={(event) => onChoose({ reason: event.currentTarget.value, file, offset: 0 })}
          />
          {files.length > 1 && (
            <NativeSelect
              size="xs"
              aria-label="Input file"
              data={[
                { value: '', label: 'Every file' },
                ...files.map(({ load_id, source_file }) => ({
                  value: String(load_id),
                  label: `${format.number(load_id)}: ${(source_file ?? '').slice(0, 60)}`,
                })),
              ]}
              value={file}
              onChange={(event) => onChoose({ reason, file: event.currentTarget.value, offset: 0 })}
            />
          )}
        </>
      }
      columns={[
        { name: 'source_file', title: 'File', cell: ({ source_file }) => <bdi>{source_file}</bdi> },
        { name: 'source_line', title: 'Line' },
        { name: 'reason_code', title: 'Reason', cell: ({ reason_code }) => named(REASONS, reason_code) },
        { name: 'reason_detail', title: 'Detail', cell: ({ reason_detail }) => <bdi>{reason_detail}</bdi> },
        {
          name: 'raw_text',
          title: 'As it came',
          cell: ({ raw_text }) => <bdi className={classes.raw}>{raw_text}</bdi>,
        },
      ]}
    >
      {page !== undefined && (
        <Pager of="Rejected rows" page={page} onMove={(next) => onChoose({ reason, file, offset: next })} />
      )}
    </TableCard>
  );
}
