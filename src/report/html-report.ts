import { answerJson } from '../server/answer.ts';
import type { ReportData } from './read-report.ts';

/** Where the template wants the data, and the title of the document. */
const DATA_MARK = '"__REPORT_DATA__"';
const TITLE_MARK = '__REPORT_TITLE__';

/** The web app with its data in one file. `isForPaper`: it is to be printed at once, and looks like paper from the start. */
export function htmlReport(data: ReportData, template: string, isForPaper = false): string {
  const title = `Report as of ${data.snapshot.asOf}`;
  return between(between(template, TITLE_MARK, title), DATA_MARK, scriptSafe(dataJson(data, isForPaper)));
}

/** Not `replace`, to which `$&` in the data would mean something. */
function between(template: string, mark: string, text: string): string {
  const [before, after, ...others] = template.split(mark);
  if (before === undefined || after === undefined || others.length > 0) {
    throw new Error(`the template of the report has not exactly one ${mark}`);
  }
  return before + text + after;
}

function dataJson({ snapshot, customers, answers }: ReportData, isForPaper: boolean): string {
  const head = JSON.stringify({ snapshot, customers, isForPaper }).slice(0, -1);
  const entries = [...answers].map(([key, { answer }]) => `${JSON.stringify(key)}:${answerJson(answer)}`);
  return `${head},"answers":{${entries.join(',\n')}}}`;
}

/** The same JSON without anything that ends a script element or a line of JavaScript. */
function scriptSafe(json: string): string {
  return json.replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
