import { Badge, Code, NativeSelect, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { type Question, useQuestion } from '../../api/use-question.ts';
import { TableCard } from '../../components/table-card.tsx';
import { useAddressText } from '../../components/use-local-choice.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './raw-text.module.css';
import { TableName } from './table-name.tsx';
import { useShortened } from './use-shortened.tsx';

type Row = QueryRow<'data/dictionary'>;

/** What each column of each table means, to be searched. */
export function DictionarySection() {
  const format = useFormat();
  const dictionary = useQuestion('data/dictionary', {});
  const [table, setTable] = useAddressText('table');
  const [search, setSearch] = useAddressText('search');
  const found = useFound(dictionary, table, search);
  const [shown, more] = useShortened(found, 100);
  const rows = dictionary.data?.rows ?? [];
  const tables = Map.groupBy(rows, ({ layer }) => layer ?? '');
  const about = table === '' ? undefined : rows.find(({ table_name }) => table_name === table)?.table_description;
  return (
    <TableCard
      title="Data dictionary"
      about="What each column of each published table means. Columns that identify a row are marked as key."
      question={shown}
      empty="No column is like that."
      maxHeight={640}
      controls={
        <>
          <TextInput
            size="xs"
            aria-label="Search in the dictionary"
            placeholder="Column or meaning"
            value={search}
            onChange={(event) => setSearch(event.currentTarget.value)}
          />
          <NativeSelect
            size="xs"
            aria-label="Table"
            value={table}
            onChange={(event) => setTable(event.currentTarget.value)}
            data={[
              { value: '', label: 'Every table' },
              ...[...tables].map(([group, columns]) => ({
                group,
                items: [...new Set(columns.map(({ table_name }) => table_name ?? ''))],
              })),
            ]}
          />
        </>
      }
      lead={
        <>
          {about}
          {about !== undefined && <br />}
          <span role="status" data-found={found.data?.rows.length}>
            {format.number(found.data?.rows.length)} of {format.number(rows.length)} columns.
          </span>
        </>
      }
      columns={[
        { name: 'column_name', title: 'Column', cell: (row) => <ColumnName row={row} /> },
        { name: 'meaning', title: 'Meaning', cell: ({ meaning }) => <div className={classes.name}>{meaning}</div> },
        { name: 'table_name', title: 'Table', cell: (row) => <TableName row={row} /> },
      ]}
    >
      {more}
    </TableCard>
  );
}

function ColumnName({ row: { column_name, is_key } }: { readonly row: Row }) {
  return (
    <>
      <Code>{column_name}</Code>
      {is_key === true && (
        <Badge size="xs" variant="outline" color="gray" ml={6} tt="none">
          key
        </Badge>
      )}
    </>
  );
}

function useFound(dictionary: Question<Row>, table: string, search: string): Question<Row> {
  const { source } = useSource();
  const { data } = dictionary;
  const found = useMemo(() => {
    if (data === undefined) return undefined;
    const words = search.toLowerCase().split(/\s+/);
    const rows = data.rows.filter((row) => {
      const text = `${row.table_name} ${row.column_name} ${row.meaning}`.toLowerCase();
      return (table === '' || row.table_name === table) && words.every((word) => text.includes(word));
    });
    return { ...data, rows };
  }, [data, table, search]);
  const csv = source.csvAddress('data/dictionary', table === '' ? {} : { table });
  return found === undefined ? { ...dictionary, csv } : Object.assign({ ...dictionary }, { data: found, csv });
}
