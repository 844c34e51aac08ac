import type { ScoreGrade } from '../api/explain/score-grade.ts';
import type { Formatter } from './format.ts';

/** Numbers in the words of a sentence. */
export interface Words extends Formatter {
  /** `1 day`, `210 days`. */
  days(count: number): string;
  /** A probability or a share in whole percent; neither rounded to nothing nor to certainty. */
  chance(share: number): string;
  /** A small number that is not whole, never rounded to 0. */
  few(value: number): string;
}

export function wordsOf(formatter: Formatter): Words {
  const { count, decimal } = formatter;
  const percent = (value: number) => `${count(value)} %`;
  return {
    ...formatter,
    days: (days) => `${count(days)} ${Math.round(days) === 1 ? 'day' : 'days'}`,
    chance: (share) => {
      if (share > 0 && share < 0.01) return `under ${percent(1)}`;
      if (share > 0.99 && share < 1) return `over ${percent(99)}`;
      return percent(100 * share);
    },
    few: (value) => {
      if (value > 0 && value < 0.01) return `under ${decimal(0.01, 2)}`;
      return decimal(value, value < 10 ? 2 : 1);
    },
  };
}

/** `B: why`. */
export function gradeText({ grade, reason }: ScoreGrade): string {
  return `${grade}: ${reason}`;
}
