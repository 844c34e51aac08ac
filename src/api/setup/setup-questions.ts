import { doubtfulColumnQuestions, openColumnQuestions } from './column-questions.ts';
import { handlingQuestions } from './handling-questions.ts';
import type { FileLook } from './look-at-file.ts';
import type { Question, QuestionId } from './question.ts';
import { valueQuestions } from './value-questions.ts';

/**
 * What is open or doubtful about a file, without what is `settled`. First the columns; then, with these known, how values are
 * written; then what is to be done with them: an answer may change what comes after it. Empty where nothing is left.
 */
export function setupQuestions(
  { columns, profile, guests }: FileLook,
  map: Readonly<Record<string, string>>,
  settled: ReadonlySet<QuestionId>,
): Question[] {
  const stages =
    profile === undefined
      ? [() => openColumnQuestions(columns, map)]
      : [
          () => doubtfulColumnQuestions(columns, profile.targets),
          () => valueQuestions(profile),
          () => handlingQuestions(profile, guests),
        ];
  for (const stage of stages) {
    const questions = stage().filter(({ id }) => !settled.has(id));
    if (questions.length > 0) return questions;
  }
  return [];
}
