import { NativeSelect } from '@mantine/core';
import { useSearchParams } from 'wouter';
import type { QueryParams } from '../../api/source.ts';
import { useSource } from '../../api/source-context.tsx';
import { useQuestion } from '../../api/use-question.ts';
import { ChartCard } from '../../components/chart-card.tsx';
import { Choice, useChoice } from '../../components/choice.tsx';
import { useFormat } from '../../format/use-format.ts';
import { drawMigration } from './draw-migration.ts';

const WHO = { movers: 'Movers', all: 'Everybody' } as const;

/** Who moved from which segment to which within a month. */
export function MigrationCard() {
  const format = useFormat();
  const { source } = useSource();
  const [search, setSearch] = useSearchParams();
  const [who, setWho] = useChoice('who', ['movers', 'all']);
  const asked = source.isOffline ? null : search.get('month');
  const history = useQuestion('segments/history', {});
  const days = [...new Map((history.data?.rows ?? []).map((row) => [row.month_end, row])).values()].toReversed();
  const usual = days.find((day) => day.is_as_of === false) ?? days[0];
  const month = days.map(({ month_end }) => monthOf(month_end)).find((name) => name === asked);
  const params: QueryParams<'segments/migration'> = {
    ...(month === undefined ? {} : { month }),
    ...(who === 'movers' ? {} : { who }),
  };
  const question = useQuestion('segments/migration', params);
  const first = question.data?.rows[0];
  const chooseMonth = (chosen: string) =>
    setSearch((before) => {
      const after = new URLSearchParams(before);
      if (chosen === monthOf(usual?.month_end)) after.delete('month');
      else after.set('month', chosen);
      return after;
    });
  return (
    <ChartCard
      title="Moves between segments"
      about="How many customers went from which segment to which within a month: left the segment at the end of the month before, right the one at its end. Past segments are computed again from the orders, by the same rules, with the value so far; at the as-of date the predicted value counts as well, so moves to and from High Value can also come from that."
      question={question}
      draw={drawMigration}
      height={420}
      empty={days.length === 0 ? 'There is no month end to compare with yet.' : 'Nobody changed segment in this month.'}
      columns={[
        { name: 'from_segment', title: 'From' },
        { name: 'to_segment', title: 'To' },
        { name: 'customers', title: 'Customers' },
        { name: 'share_of_from', title: 'Share of those before' },
        { name: 'revenue', title: 'Revenue so far' },
      ]}
      controls={
        source.isOffline ? undefined : (
          <>
            {days.length > 1 && (
              <NativeSelect
                size="xs"
                aria-label="Month of the moves"
                value={month ?? monthOf(usual?.month_end)}
                onChange={(event) => chooseMonth(event.currentTarget.value)}
                data={days.map(({ month_end, is_as_of }) => ({
                  value: monthOf(month_end),
                  label: `${format.month(month_end)}${is_as_of ? ' (as of today)' : ''}`,
                }))}
              />
            )}
            <Choice label="Whose moves" value={who} onChange={setWho} options={WHO} />
          </>
        )
      }
    >
      {first === undefined
        ? undefined
        : `From ${format.day(first.from_day)} to ${format.day(first.month_end)}.${first.is_as_of ? ' The later segments are those of today, which count the predicted value as well.' : ''}`}
    </ChartCard>
  );
}

function monthOf(day: string | null | undefined): string {
  return day?.slice(0, 7) ?? '';
}
