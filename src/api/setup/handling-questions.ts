import { UsageError } from '../../errors.ts';
import type { SourceProfile } from '../../ingest/profile-source.ts';
import { dateCell } from '../../ingest/values/date-cell.ts';
import { DateEvidence } from '../../ingest/values/date-evidence.ts';
import type { DateStyle } from '../../ingest/values/date-style.ts';
import { dateRules, readDate } from '../../ingest/values/read-date.ts';
import { ShopZone } from '../../ingest/values/shop-zone.ts';
import { readTimeOfDay, startOfTime } from '../../ingest/values/time-of-day.ts';
import { printable } from '../../printable.ts';
import type { GuestFigures } from './guest-figures.ts';
import type { Answer, Question } from './question.ts';

/** What is to be done with a file that is understood: questions with an answer that holds when nobody is asked. */
export function handlingQuestions(profile: SourceProfile, guests: GuestFigures | undefined): Question[] {
  return [
    ...grainQuestions(profile),
    ...(guests === undefined || guests.records === 0 ? [] : [guestQuestion(guests, profile)]),
    ...timeZoneQuestions(profile),
  ];
}

/** Where lines of an order carry what is named as its total: summed they may give too much. */
function grainQuestions({ source }: SourceProfile): Question[] {
  const { layout, match } = source.understanding;
  const isDoubtful =
    !match.isPreset && layout.grain === 'line' && layout.notes.some((note) => note.startsWith('Warning: the amount'));
  if (!isDoubtful) return [];
  const line: Answer = {
    label: 'each its own, and the order is their sum',
    settings: { grain: 'line' },
    option: '--grain line',
  };
  const total: Answer = {
    label: 'each the total of the whole order',
    hint: 'it is counted once',
    settings: { grain: 'first-line' },
    option: '--grain first-line',
  };
  const evidence = ['the amount is named as a total of the order, but there are several lines for an order'];
  const message = 'What do the amounts on the lines of an order mean?';
  return [{ id: 'grain', message, evidence, answers: [line, total], suggested: line }];
}

function guestQuestion({ records, amount }: GuestFigures, { source, soundRecords }: SourceProfile): Question {
  const money = `${amount}${source.understanding.currency === undefined ? '' : ` ${source.understanding.currency}`}`;
  const count = records.toLocaleString('en-US');
  const [have, them] = records === 1 ? ['1 record has', 'it'] : [`${count} records have`, 'them'];
  const evidence = [
    soundRecords === 0
      ? `none of the ${count} records has a customer; together they are worth ${money}`
      : `${have} no customer and ${records === 1 ? 'is' : 'are'} worth ${money}; ${soundRecords.toLocaleString('en-US')} are sound`,
  ];
  const reject: Answer = {
    label: `refuse ${them}`,
    hint: 'in no figure; listed in stg_sales_rejected',
    settings: { guests: 'reject' },
    option: '--guests reject',
  };
  const separate: Answer = {
    label: 'count each order as a customer of its own',
    hint: 'revenue is whole, repeat rates are too low',
    settings: { guests: 'separate' },
    option: '--guests separate',
  };
  const message = 'What becomes of the orders without a customer?';
  // With all of them refused there would be nothing left.
  const suggested = soundRecords === 0 ? undefined : reject;
  return { id: 'guests', message, evidence, answers: [reject, separate], suggested };
}

function timeZoneQuestions({ source }: SourceProfile): Question[] {
  const { dates, layout, timezone } = source.understanding;
  const stamp = stampWithZone(dates);
  const isEpoch = dates.format?.kind === 'epoch' || dates.format?.kind === 'epoch-ms';
  if (stamp === undefined && layout.timeZoneOfDates === undefined && !isEpoch) return [];
  const why =
    stamp !== undefined
      ? `the dates are time stamps with a zone, such as ${printable(stamp, 40)}, which is ${dayIn(stamp, timezone)} in ${timezone}`
      : isEpoch
        ? 'the dates are moments of time, which fall on different days in different places'
        : `the dates are in ${layout.timeZoneOfDates}`;
  const suggested = zoneAnswer(timezone);
  return [
    {
      id: 'timezone',
      message: 'In which time zone is the shop?',
      evidence: [why],
      answers: [suggested],
      typed: { initial: timezone, problemOf: zoneProblem, answerOf: zoneAnswer },
      suggested,
    },
  ];
}

function zoneAnswer(text: string): Answer {
  const timezone = new ShopZone(text.trim()).timeZone;
  return { label: timezone, settings: { timezone }, option: `--timezone ${timezone}` };
}

function zoneProblem(text: string): string | undefined {
  try {
    zoneAnswer(text);
    return undefined;
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
}

/** The first example that says its offset from UTC. */
function stampWithZone({ examples }: DateStyle): string | undefined {
  return Object.values(examples)
    .flat()
    .find((text) => {
      const end = dateCell(text)?.end ?? text.length;
      const start = end < text.length ? startOfTime(text, end) : undefined;
      const time = start === undefined ? 'none' : readTimeOfDay(text, start);
      return typeof time !== 'string' && time.offsetMinutes !== undefined;
    });
}

function dayIn(stamp: string, timezone: string): string {
  const reading = readDate(stamp, dateRules(new DateEvidence().decide(), new ShopZone(timezone)));
  return 'date' in reading ? reading.date : 'some day';
}
