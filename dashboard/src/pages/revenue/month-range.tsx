import { Button, Group, NativeSelect } from '@mantine/core';
import { useSearchParams } from 'wouter';
import { useQuestion } from '../../api/use-question.ts';
import { useFormat } from '../../format/use-format.ts';

/** First and last month that are shown; undefined ones are those of the data. */
interface Range {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

const ENDS = ['from', 'to'] as const;

function monthOf(search: URLSearchParams, end: (typeof ENDS)[number]): string | undefined {
  const given = search.get(end);
  return given !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(given) ? given : undefined;
}

/** The range of the address; what is no month there does not count. */
export function useMonthRange(): Range {
  const [search] = useSearchParams();
  return { from: monthOf(search, 'from'), to: monthOf(search, 'to') };
}

/** Choice of the first and the last month, kept in the address. */
export function MonthRange() {
  const format = useFormat();
  const [search, setSearch] = useSearchParams();
  const range = useMonthRange();
  const all = useQuestion('revenue/months', {});
  const months = all.data?.rows.flatMap(({ period_month: month }) => (month === null ? [] : [month])) ?? [];
  const choose = (chosen: Partial<Range>) =>
    setSearch(() => {
      const next = new URLSearchParams(search);
      for (const end of ENDS) {
        const month = { ...range, ...chosen }[end];
        if (month === undefined || month === '') next.delete(end);
        else next.set(end, month);
      }
      return next;
    });
  const options = (chosen: string | undefined, isOpen: (month: string) => boolean, none: string) => [
    { value: '', label: none },
    ...[...new Set([...months.filter(isOpen), ...(chosen === undefined ? [] : [chosen])])]
      .sort()
      .map((month) => ({ value: month, label: format.month(month) })),
  ];
  const { from, to } = range;
  return (
    <Group gap="xs" align="flex-end" className="screen-only" role="group" aria-label="Months that are shown">
      <NativeSelect
        size="xs"
        label="From"
        value={from ?? ''}
        data={options(from, (month) => to === undefined || month <= to, 'first month')}
        onChange={({ currentTarget }) => choose({ from: currentTarget.value })}
      />
      <NativeSelect
        size="xs"
        label="To"
        value={to ?? ''}
        data={options(to, (month) => from === undefined || month >= from, 'last month')}
        onChange={({ currentTarget }) => choose({ to: currentTarget.value })}
      />
      <Button
        size="xs"
        variant="default"
        disabled={from === undefined && to === undefined}
        onClick={() => choose({ from: undefined, to: undefined })}
      >
        All months
      </Button>
    </Group>
  );
}
