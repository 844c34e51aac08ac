import { Text } from '@mantine/core';
import type { Answer } from '../../api/answer.ts';
import { useSource } from '../../api/source-context.tsx';
import { DataTable, type ShownColumn } from '../../components/data-table.tsx';
import { chance } from '../../format/chance.ts';
import { UNKNOWN } from '../../format/format.ts';
import classes from './comparison-table.module.css';
import { farthestOf, IntervalBar } from './interval-bar.tsx';
import { type Comparison, differenceText, signed, typeTitle } from './types.ts';

/** Every comparison of the run, findings or not. Bars of the same unit have the same scale. */
export function ComparisonTable({ answer }: { readonly answer: Answer<Comparison> }) {
  const { locale } = useSource().snapshot;
  const farthest = new Map(
    [...Map.groupBy(answer.rows, (row) => row.effect_unit)].map(([unit, rows]) => [
      unit,
      farthestOf(...rows.flatMap((row) => [row.effect, row.effect_low, row.effect_high])),
    ]),
  );
  const columns: readonly ShownColumn<Comparison>[] = [
    {
      name: 'comparison',
      title: 'Comparison',
      cell: (row) => (
        <div className={classes.comparison}>
          <Text size="xs" c="dimmed">
            {typeTitle(row.insight_type)}
          </Text>
          {row.comparison}
        </div>
      ),
    },
    {
      name: 'why_not',
      title: 'Verdict',
      cell: (row) => (
        <div className={classes.verdict} data-reported={row.is_reported}>
          {row.is_reported === true ? <strong>finding</strong> : row.why_not}
        </div>
      ),
    },
    {
      name: 'effect',
      title: 'Difference',
      cell: (row) =>
        row.effect === null ? (
          UNKNOWN
        ) : (
          <div className={classes.difference}>
            {signed(row.effect, locale)}
            <Text size="xs" c="dimmed">
              {row.effect_unit}
            </Text>
          </div>
        ),
    },
    {
      name: 'effect_low',
      title: 'Interval',
      cell: (row) => <Interval row={row} farthest={farthest.get(row.effect_unit) ?? 0} locale={locale} />,
    },
    { name: 'p_value', title: 'Chance', cell: (row) => chance(row.p_value) },
    { name: 'adjusted_p_value', title: 'Corrected', cell: (row) => chance(row.adjusted_p_value) },
    { name: 'expected_money', title: 'At stake' },
  ];
  return <DataTable label="All comparisons of the run" answer={answer} columns={columns} maxHeight={640} />;
}

interface IntervalProps {
  readonly row: Comparison;
  readonly farthest: number;
  readonly locale: string;
}

function Interval({ row, farthest, locale }: IntervalProps) {
  const { effect, effect_low: low, effect_high: high, effect_unit: unit } = row;
  if (effect === null) return UNKNOWN;
  const words = low === null || high === null ? 'no interval' : `${signed(low, locale)} to ${signed(high, locale)}`;
  return (
    <>
      <IntervalBar
        label={`${differenceText(effect, unit, locale)}, ${words}`}
        {...{ value: effect, low, high, farthest, isStrong: row.is_reported === true }}
      />
      <Text size="xs" c="dimmed">
        {words}
      </Text>
    </>
  );
}
