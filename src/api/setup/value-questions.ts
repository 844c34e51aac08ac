import type { SourceProfile } from '../../ingest/profile-source.ts';
import { CURRENCY_SIGNS } from '../../ingest/values/currency-codes.ts';
import { DateEvidence } from '../../ingest/values/date-evidence.ts';
import { compileDateFormat } from '../../ingest/values/date-format.ts';
import type { DateKind, DateStyle } from '../../ingest/values/date-style.ts';
import { readAmount } from '../../ingest/values/read-amount.ts';
import { dateRules, readDate } from '../../ingest/values/read-date.ts';
import { ShopZone } from '../../ingest/values/shop-zone.ts';
import { printable } from '../../printable.ts';
import type { Answer, Question } from './question.ts';

/** How the dates and amounts of a file are written, and in which currency, where it does not say so itself. */
export function valueQuestions(profile: SourceProfile): Question[] {
  return [...dateQuestions(profile), ...decimalMarkQuestions(profile), ...currencyQuestions(profile)];
}

/** Kinds of date cells that a run refuses unless it is told to read them. */
const undeclaredKinds: readonly (readonly [DateKind, string, string])[] = [
  ['compact', 'yyyymmdd', 'dates without separators'],
  ['epoch', 'epoch', 'seconds since 1970'],
  ['epochMs', 'epoch-ms', 'milliseconds since 1970'],
];

function dateQuestions(profile: SourceProfile): Question[] {
  const { dates, layout } = profile.source.understanding;
  const others = currencyQuestions(profile).length;
  if (dates.verdict !== 'clear' && profile.questions.length > others) {
    const formats =
      dates.counts.eitherOrder + dates.counts.dayFirst + dates.counts.monthFirst === 0
        ? ['YY-MM-DD', 'DD-MM-YY', 'MM-DD-YY']
        : ['day-first', 'month-first'];
    const usual = layout.dateHint === 'day-first' ? 'the day' : 'the month';
    const hint = layout.dateHint === undefined ? [] : [`${layout.title} usually writes ${usual} first`];
    const after = dates.verdict === 'mixed' ? ['the dates that do not fit the answer will be refused, by row'] : [];
    return [dateQuestion([dates.evidence, ...hint, ...after], formatAnswers(dates, formats))];
  }
  if (dates.basis !== 'none') return [];
  const refused = undeclaredKinds.find(([kind]) => isTheRule(dates, kind));
  if (refused !== undefined) {
    const [kind, format, what] = refused;
    return [
      dateQuestion(
        [`the dates look like ${what}, such as ${dates.examples[kind].join(' or ')}; they are read only if you say so`],
        formatAnswers(dates, [format]),
      ),
    ];
  }
  if (dates.excelDates !== undefined || !isTheRule(dates, 'serial')) return [];
  const systems = (['1900', '1904'] as const).map((system) => ({
    label: `counted from ${system}`,
    hint: meaningOf(dates.examples.serial, dates, undefined, system === '1900' ? 1900 : 1904),
    settings: { excelDates: system },
    option: `--excel-dates ${system}`,
  }));
  return [dateQuestion([`the dates are numbers of days, as spreadsheets count them`], systems)];
}

function dateQuestion(evidence: readonly string[], answers: readonly Answer[]): Question {
  const message = 'How are the dates written?';
  return {
    id: 'date-format',
    message,
    evidence: evidence.map((text) => printable(text)),
    answers,
    suggested: undefined,
  };
}

function isTheRule({ counts }: DateStyle, kind: DateKind): boolean {
  const { blank, ...filled } = counts;
  const total = Object.values(filled).reduce((sum, count) => sum + count, 0);
  return counts[kind] > 0 && 2 * counts[kind] >= total;
}

const formatLabels: Readonly<Record<string, string>> = { 'day-first': 'day first', 'month-first': 'month first' };

function formatAnswers(dates: DateStyle, formats: readonly string[]): Answer[] {
  const { eitherOrder, dayFirst, monthFirst, dashedShortYear, compact, epoch, epochMs } = dates.examples;
  const examples = [...eitherOrder, ...dayFirst, ...monthFirst, ...dashedShortYear, ...compact, ...epoch, ...epochMs];
  return formats.map((format) => ({
    label: formatLabels[format] ?? format,
    hint: meaningOf(examples, dates, format),
    settings: { dateFormat: format },
    option: `--date-format ${format}`,
  }));
}

/** What the first examples are when they are read that way. */
function meaningOf(
  examples: readonly string[],
  { excelDates: known }: DateStyle,
  format: string | undefined,
  excelDates = known,
): string {
  const evidence = new DateEvidence();
  const declared = format === undefined ? undefined : compileDateFormat(format);
  const style = evidence.decide(declared, excelDates === undefined ? {} : { excelDates });
  const rules = dateRules(style, new ShopZone('UTC'));
  return examples
    .slice(0, 2)
    .map((text) => {
      const reading = readDate(text, rules);
      return `${printable(text, 30)} is ${'date' in reading ? reading.date : 'refused'}`;
    })
    .join(', ');
}

function decimalMarkQuestions({ amounts, source }: SourceProfile): Question[] {
  const style = source.understanding.amounts;
  const isTie = style.isMixed && style.decimalMark === undefined;
  if (style.basis !== 'none' || (style.counts.ambiguous === 0 && !isTie)) return [];
  const [example] = [...style.examples.ambiguous, ...style.examples.point, ...style.examples.comma];
  const answers = (['.', ','] as const).map((mark) => {
    const reading = example === undefined ? undefined : readAmount(example, { decimalMark: mark, isMixed: false });
    const meaning = reading === undefined ? '' : 'value' in reading ? reading.value : 'refused';
    return {
      label: mark === '.' ? 'a point' : 'a comma',
      hint: `${printable(example ?? '', 30)} is ${meaning}`,
      settings: { decimalMark: mark },
      option: `--decimal-mark ${mark}`,
    };
  });
  const message = 'What stands before the decimals of an amount?';
  return [{ id: 'decimal-mark', message, evidence: [printable(amounts)], answers, suggested: undefined }];
}

function currencyQuestions({ source, currencies }: SourceProfile): Question[] {
  const named = Object.entries(currencies).toSorted(([, a], [, b]) => b - a);
  // With several in the file, one is known only where it was given.
  if (named.length < 2 || source.understanding.currency !== undefined) return [];
  const answers = new Map<string, Answer>();
  for (const [currency, records] of named) {
    const sign = /^[A-Z]{3}$/.test(currency) ? '' : `, written ${printable(currency, 5)}`;
    for (const code of codesOf(currency)) {
      const hint = `${records.toLocaleString('en-US')} record${records === 1 ? '' : 's'}${sign}`;
      if (answers.has(code)) continue;
      answers.set(code, { label: code, hint, settings: { currency: code }, option: `--currency ${code}` });
    }
  }
  const evidence = [
    `amounts in ${named.length} currencies cannot be added up; those in another one are set aside and counted`,
  ];
  const message = 'Which currency is to be kept?';
  return [{ id: 'currency', message, evidence, answers: [...answers.values()], suggested: undefined }];
}

/** A sign such as $ stands for several currencies; the first of them are offered. */
function codesOf(currency: string): readonly string[] {
  if (/^[A-Z]{3}$/.test(currency)) return [currency];
  return (CURRENCY_SIGNS.get(currency) ?? '').split(' ').filter(Boolean).slice(0, 4);
}
