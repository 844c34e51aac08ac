import type { Grade } from '../../analytics/backtest/grade.ts';
import { onlyRow, type PublishedRow } from './published-row.ts';

/** The scores that are tested on the shop's own past. */
type Score = 'predicted_value' | 'expected_orders' | 'churn_risk' | 'next_order';

const GRADES: readonly Grade[] = ['A', 'B', 'C', 'D', 'WITHHELD'];

/** How far a score can be trusted. */
export interface ScoreGrade {
  /** A is best. WITHHELD: the score is not shown. */
  readonly grade: Grade;
  /** Why, with the figures of the tests, or what is missing. */
  readonly reason: string;
  /** Days ahead that were tested; null where nothing was. */
  readonly horizonDays: number | null;
  /** Past days on which the score was tested. */
  readonly backtestedDays: number;
}

export function gradeOf(rows: readonly PublishedRow[], score: Score): ScoreGrade {
  const ofScore = rows.filter((row) => row.text('score') === score);
  const row = onlyRow(ofScore, `grade of ${score}`);
  return {
    grade: row.oneOf('grade', GRADES),
    reason: row.text('reason'),
    horizonDays: row.numberOrNull('horizon_days'),
    backtestedDays: row.number('backtested_days'),
  };
}
