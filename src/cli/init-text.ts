import type { FileLook } from '../api/setup/look-at-file.ts';
import type { Question } from '../api/setup/question.ts';
import { requiredTargetNames } from '../ingest/mapping/target.ts';
import { printable } from '../printable.ts';

/** What was understood of a file, in a few lines. */
export function understoodText({ name, profile, columns }: FileLook): string {
  if (profile === undefined) {
    return `${printable(name)} has ${columns.length} columns, and not all that is needed is clear from their names.`;
  }
  const { source, targets, dates, amounts, currencies, soundRecords, firstDate, lastDate, problems } = profile;
  const { layout } = source.understanding;
  const mapping = requiredTargetNames.map((target) => {
    const expression = targets.find((found) => found.target === target)?.expression ?? '';
    return `${target} = ${expression === '' || expression === "''" ? 'none' : expression}`;
  });
  const named = Object.entries(currencies).map(([currency, records]) => `${currency} (${count(records)})`);
  const range = firstDate === undefined ? '' : `, ${firstDate} to ${lastDate}`;
  const rest = problems.map(({ kind, records }) => `${kind} ${count(records)}`);
  const lines = [
    ['Layout', layout.title],
    ['Columns', mapping.join('; ')],
    ['Dates', dates],
    ['Amounts', amounts],
    ['Currency', named.length === 0 ? 'not named in the file' : named.join(', ')],
    ['Sound', `${count(soundRecords)} of ${count(source.recordCount)} records${range}`],
    ...(rest.length === 0 ? [] : [['Others', rest.join(', ')]]),
  ];
  return lines.map(([title = '', text = '']) => `${`${title}:`.padEnd(10)}${printable(text)}`).join('\n');
}

/** A question that nobody answered, with the options that answer it. */
export function openQuestionLine({ message, evidence, answers }: Question): string {
  const options = answers.slice(0, 3).map(({ option }) => printable(option));
  const rest = answers.length - options.length;
  const choice = `${options.join(' or ')}${rest > 0 ? ` or ${rest} more` : ''}`;
  return `${message} ${evidence.join('; ')}. Answer with ${choice}`;
}

/** A question that was answered as suggested, with the options that answer it otherwise. */
export function assumedLine({ message, evidence, answers, suggested, typed }: Question): string {
  const others = answers.filter((answer) => answer !== suggested).map(({ option }) => option);
  const shown = typed === undefined ? others.slice(0, 3) : ['--timezone ZONE'];
  return printable(`${message} ${evidence.join('; ')}. Taken: ${suggested?.label}; else ${shown.join(' or ')}`);
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
