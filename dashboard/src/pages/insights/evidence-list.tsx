import type { ReactNode } from 'react';
import type { AnswerColumn } from '../../api/answer.ts';
import { useSource } from '../../api/source-context.tsx';
import { Definition } from '../../components/definition.tsx';
import { chance } from '../../format/chance.ts';
import { useFormat } from '../../format/use-format.ts';
import classes from './insight-card.module.css';
import { farthestOf, IntervalBar } from './interval-bar.tsx';
import { differenceText, type Insight, signed } from './types.ts';

interface EvidenceListProps {
  readonly insight: Insight;
  readonly columns: readonly AnswerColumn[];
}

/** Where the description of the column is about how it is stored. */
const TEXTS: Readonly<Record<string, string>> = {
  relative_effect: 'The difference against what was expected.',
};

/** The figures of an insight: how much, how sure, what it is worth. */
export function EvidenceList({ insight, columns }: EvidenceListProps) {
  const { locale } = useSource().snapshot;
  const format = useFormat();
  const isFinding = insight.insight_kind === 'finding';
  const { metric_value: value, metric_low: low, metric_high: high, metric_unit: unit } = insight;
  const level = format.percent(100 * (insight.interval_level ?? 0));
  const entries: readonly (readonly [name: string, title: string, shown: ReactNode])[] = [
    [
      'metric_value',
      isFinding ? 'Difference' : 'Figure',
      isFinding ? differenceText(value, unit, locale) : value !== null && `${format.number(value)} ${unit ?? ''}`,
    ],
    [
      'metric_low',
      `Interval (${level})`,
      low !== null && high !== null && value !== null && (
        <span className={classes.interval}>
          {signed(low, locale)} to {signed(high, locale)}
          <IntervalBar
            label={`From ${signed(low, locale)} to ${signed(high, locale)}, zero in the middle`}
            {...{ value, low, high, isStrong: true, farthest: farthestOf(low, high, value) }}
          />
        </span>
      ),
    ],
    [
      'relative_effect',
      'Against what was expected',
      insight.relative_effect !== null && format.change(100 * insight.relative_effect),
    ],
    ['p_value', 'Chance alone', insight.p_value !== null && chance(insight.p_value)],
    [
      'adjusted_p_value',
      'After the correction',
      insight.adjusted_p_value !== null &&
        `${chance(insight.adjusted_p_value)}, for ${format.number(insight.comparisons_tried)} comparisons`,
    ],
    ['expected_money', 'Money at stake', insight.expected_money !== null && format.money(insight.expected_money)],
  ];
  return (
    <dl className={classes.evidence}>
      {entries.map(
        ([name, title, shown]) =>
          shown !== false &&
          shown !== undefined && (
            <div key={name} data-evidence={name}>
              <dt>
                <Definition column={columns.find((column) => column.name === name)} text={TEXTS[name]}>
                  {title}
                </Definition>
              </dt>
              <dd>{shown}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
