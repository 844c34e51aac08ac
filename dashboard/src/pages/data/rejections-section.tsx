import { Anchor, Group, SimpleGrid, Stack } from '@mantine/core';
import { useCallback } from 'react';
import { useSearchParams } from 'wouter';
import type { QueryRow } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { TableCard } from '../../components/table-card.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawRejections, reasonText } from './draw-rejections.ts';
import { type RejectedChoice, RejectedRowsCard } from './rejected-rows-card.tsx';
import { KINDS, named, REASONS } from './words.ts';

type Row = QueryRow<'data/rejections'>;

/** Why records were refused or set aside, down to the records themselves. */
export function RejectionsSection() {
  const format = useFormat();
  const { source } = useSource();
  const rejections = useQuestion('data/rejections', {});
  const setAside = useQuestion('data/set-aside', {});
  const loads = useQuestion('data/loads', {});
  const [choice, choose] = useRejectedChoice();
  const rows = rejections.data?.rows ?? [];
  const total = rows.reduce((sum, { records }) => sum + (records ?? 0), 0);
  const records = (loads.data?.rows ?? []).reduce((sum, row) => sum + (row.records ?? 0), 0);
  const reasons = [...new Set(rows.map(({ reason_code }) => reason_code ?? ''))];
  const pick = useCallback(
    (_event: unknown, row: Row | undefined) => choose({ reason: row?.reason_code ?? '', file: '', offset: 0 }),
    [choose],
  );
  return (
    <Stack gap="md">
      <SimpleGrid cols={{ base: 1, lg: 2 }}>
        <ChartCard
          title="Rejected records by reason"
          about="Records that cannot be counted, by what is wrong with them. They are kept, with their reason. Choose a reason to see its records."
          question={rejections}
          draw={drawRejections}
          empty="No record was refused."
          columns={[
            { name: 'reason_code', title: 'Reason', cell: reasonText },
            { name: 'records', title: 'Records' },
            { name: 'files', title: 'Files' },
            { name: 'amount', title: 'Amount' },
          ]}
          height={60 + 30 * Math.max(rows.length, 3)}
          onPick={source.isOffline ? undefined : pick}
        >
          {records > 0 && (
            <span data-rejected={total}>
              {format.number(total)} of {format.number(records)} records were refused (
              {format.percent((100 * total) / records)}).
            </span>
          )}
          {!source.isOffline && reasons.length > 0 && (
            <Group gap="sm" mt={4} className="screen-only">
              Show those with:
              {reasons.map((code) => (
                <Anchor
                  key={code}
                  component="button"
                  type="button"
                  size="sm"
                  onClick={() => choose({ reason: code, file: '', offset: 0 })}
                >
                  {named(REASONS, code)}
                </Anchor>
              ))}
            </Group>
          )}
        </ChartCard>
        <TableCard
          title="Set aside"
          about="Records that are understood and do not count: cancelled, failed and unpaid orders, repeated ones, what is no order at all."
          question={setAside}
          empty="No record was set aside."
          columns={[
            { name: 'set_aside_kind', title: 'Kind', cell: ({ set_aside_kind }) => named(KINDS, set_aside_kind) },
            { name: 'records', title: 'Records' },
            { name: 'amount', title: 'Amount' },
          ]}
        />
      </SimpleGrid>
      {!source.isOffline && (
        <RejectedRowsCard choice={choice} onChoose={choose} reasons={reasons} files={loads.data?.rows ?? []} />
      )}
    </Stack>
  );
}

/** The choice of rejected records in the address of the page. */
function useRejectedChoice(): readonly [RejectedChoice, (choice: RejectedChoice) => void] {
  const [params, setParams] = useSearchParams();
  const file = params.get('file') ?? '';
  const offset = Number(params.get('offset') ?? '0');
  const choice = {
    reason: params.get('reason') ?? '',
    file: /^[1-9]\d{0,8}$/.test(file) ? file : '',
    offset: Number.isSafeInteger(offset) && offset > 0 ? offset : 0,
  };
  const choose = useCallback(
    (next: RejectedChoice) =>
      setParams(
        (before) => {
          const after = new URLSearchParams(before);
          for (const [name, value] of Object.entries(next)) {
            if (value === '' || value === 0) after.delete(name);
            else after.set(name, String(value));
          }
          return after;
        },
        { replace: true },
      ),
    [setParams],
  );
  return [choice, choose];
}
