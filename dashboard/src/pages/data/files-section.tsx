import { Stack, Text } from '@mantine/core';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawLoads } from './draw-loads.ts';
import classes from './raw-text.module.css';

/** What each input file brought. */
export function FilesSection() {
  const format = useFormat();
  const loads = useQuestion('data/loads', {});
  const sources = useQuestion('data/sources', {});
  const files = loads.data?.rows ?? [];
  const sum = (values: readonly (number | null)[]) => values.reduce<number>((total, value) => total + (value ?? 0), 0);
  const records = sum(files.map((row) => row.records));
  const clean = sum(files.map((row) => row.clean_records));
  return (
    <Stack gap="md">
      {files.length > 1 && (
        <ChartCard
          title="Records by file"
          about="The records of each input file by what became of them: clean ones count, rejected ones have a fault, set aside ones are understood and are no order."
          question={loads}
          draw={drawLoads}
          columns={[
            { name: 'source_file', title: 'File' },
            { name: 'records', title: 'Records' },
            { name: 'clean_records', title: 'Clean' },
            { name: 'rejected_records', title: 'Rejected' },
            { name: 'set_aside_records', title: 'Set aside' },
          ]}
          height={80 + 36 * Math.min(files.length, 20)}
        />
      )}
      <TableCard
        title="What the files brought"
        about="Every record of an input file is clean, rejected or set aside; the three add up to its records. Figures come from clean records alone."
        question={loads}
        empty="No file has been loaded yet."
        lead={
          files.length > 0 && (
            <>
              {format.number(clean)} of {format.number(records)} records are clean (
              {format.percent((100 * clean) / (records || 1))}).
            </>
          )
        }
        columns={[
          {
            name: 'source_file',
            title: 'File',
            cell: ({ source_file, first_date, last_date }) => (
              <div className={classes.name}>
                <bdi>{source_file}</bdi>
                <Text size="xs" c="dimmed">
                  {first_date === null ? 'no date' : `${format.day(first_date)} to ${format.day(last_date)}`}
                </Text>
              </div>
            ),
          },
          { name: 'records', title: 'Records' },
          { name: 'clean_records', title: 'Clean' },
          {
            name: 'rejected_records',
            title: 'Rejected',
            cell: ({ rejected_records, guest_records }) => (
              <>
                {format.number(rejected_records)}
                {guest_records !== 0 && (
                  <Text size="xs" c="dimmed">
                    {format.number(guest_records)} guests
                  </Text>
                )}
              </>
            ),
          },
          { name: 'set_aside_records', title: 'Set aside' },
          { name: 'clean_amount', title: 'Clean amount' },
          {
            name: 'new_orders',
            title: 'New orders',
            cell: ({ new_orders, changed_orders }) => (
              <>
                {format.number(new_orders)}
                {changed_orders !== 0 && (
                  <Text size="xs" c="dimmed">
                    {format.number(changed_orders)} changed
                  </Text>
                )}
              </>
            ),
          },
        ]}
      />
      <TableCard
        title="Input files"
        about="The files in the published data, as they were read."
        question={sources}
        empty="No file has been loaded yet."
        columns={[
          { name: 'load_id', title: 'Number' },
          {
            name: 'file_name',
            title: 'File',
            cell: ({ file_name, sha256 }) => (
              <div className={classes.name}>
                <bdi>{file_name}</bdi>
                <Text size="xs" c="dimmed" className={classes.raw}>
                  SHA-256 {sha256}
                </Text>
              </div>
            ),
          },
          { name: 'layout', title: 'Recognised as', cell: ({ layout }) => <bdi>{layout ?? '–'}</bdi> },
          { name: 'currency', title: 'Currency', cell: ({ currency }) => currency ?? 'not named' },
          { name: 'bytes', title: 'Bytes' },
          { name: 'blank_lines', title: 'Blank lines' },
        ]}
      />
    </Stack>
  );
}
