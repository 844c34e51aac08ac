import { answerJson } from '../server/answer.ts';
import type { ReportData } from './read-report.ts';

/** Counted up when something of the document is renamed or goes; additions do not count. */
const VERSION = 1;

/** All answers of the report with columns and their meaning, for other programs. */
export function jsonReport({ snapshot, customers, answers }: ReportData): string {
  const head = JSON.stringify({ generator: 'marketing-pipeline', version: VERSION, snapshot, customers }).slice(0, -1);
  const entries = [...answers.values()].map(({ page, path, params, summary, answer }) => {
    const about = JSON.stringify({ section: page, question: path, params, summary }).slice(0, -1);
    return `${about},${answerJson(answer).slice(1)}`;
  });
  return `${head},"answers":[\n${entries.join(',\n')}\n]}\n`;
}
