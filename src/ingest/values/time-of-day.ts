/** A time of day as written, with the offset from UTC where the cell has one. */
export interface TimeOfDay {
  /** Since midnight; 86,400,000 for 24:00:00. A leap second counts as the second before it. */
  readonly ms: number;
  /** Minutes east of UTC, undefined for a time without zone. */
  readonly offsetMinutes: number | undefined;
}

/**
 * Minutes east of UTC. Where an abbreviation has several meanings: CST, CDT, EST, EDT, MST, PST are North America's (not
 * China's or Cuba's), BST is British Summer Time (not Bangladesh), IST is India (not Ireland or Israel), AEST is eastern
 * Australia.
 */
export const ZONE_OFFSETS: ReadonlyMap<string, number> = new Map([
  ['Z', 0],
  ['UTC', 0],
  ['GMT', 0],
  ['WET', 0],
  ['BST', 60],
  ['WEST', 60],
  ['CET', 60],
  ['CEST', 120],
  ['EET', 120],
  ['EEST', 180],
  ['MSK', 180],
  ['IST', 330],
  ['JST', 540],
  ['AEST', 600],
  ['AEDT', 660],
  ['NZST', 720],
  ['NZDT', 780],
  ['EDT', -240],
  ['EST', -300],
  ['CDT', -300],
  ['CST', -360],
  ['MDT', -360],
  ['MST', -420],
  ['PDT', -420],
  ['PST', -480],
]);

const TIME =
  /(\d{1,2})(?::(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?)?(?: ?([ap])\.? ?m\.?)?(?: ?(?:([+-])(\d{2}):?(\d{2})?|([a-z]{1,4})))?$/iy;
const BEFORE_TIME = /T|,? (?:at )?|, ?/y;

/** The time that stands in `text` from `index` to its end, or the reason why it is none. */
export function readTimeOfDay(text: string, index: number): TimeOfDay | string {
  TIME.lastIndex = index;
  const match = TIME.exec(text);
  if (match === null) return 'has text behind the date that is not a time';
  const [, hourText, minuteText, secondText, fraction, half, sign, offsetHours, offsetRest, zone] = match;
  if (minuteText === undefined && half === undefined) return 'has a number behind the date that is not a time';
  const hour = hourOfDay(Number(hourText), half);
  const minute = minuteText === undefined ? 0 : Number(minuteText);
  let second = secondText === undefined ? 0 : Number(secondText);
  if (hour === undefined) return `has a time with ${half?.toUpperCase()}M that is not between 0 and 12 o'clock`;
  let ms = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  // Leap seconds are added at midnight UTC, which is on a half hour in every zone of today.
  if (second === 60 && minute % 30 === 29) {
    second = 59;
    ms = 999;
  }
  const isEndOfDay = hour === 24 && minute === 0 && second === 0 && Number(fraction ?? 0) === 0 && half === undefined;
  if ((hour > 23 && !isEndOfDay) || minute > 59 || second > 59) return 'has a time that does not exist';
  const offsetMinutes = offsetOf(sign, offsetHours, offsetRest, zone);
  if (offsetMinutes === null) return 'has an unknown time zone behind the time';
  return { ms: ((hour * 60 + minute) * 60 + second) * 1000 + ms, offsetMinutes };
}

/** Where the time begins if a separator of date and time stands at `index`; undefined otherwise. */
export function startOfTime(text: string, index: number): number | undefined {
  const code = text.charCodeAt(index);
  if (code !== 0x20 && code !== 0x2c && code !== 0x54) return undefined;
  const next = text.charCodeAt(index + 1);
  if (next >= 48 && next <= 57) return index + 1;
  BEFORE_TIME.lastIndex = index;
  return BEFORE_TIME.test(text) ? BEFORE_TIME.lastIndex : undefined;
}

function hourOfDay(hour: number, half: string | undefined): number | undefined {
  if (half === undefined) return hour;
  if (hour > 12) return undefined;
  const isAfternoon = half === 'p' || half === 'P';
  if (hour === 0 && isAfternoon) return undefined;
  return (hour % 12) + (isAfternoon ? 12 : 0);
}

/** Undefined without a zone, null for one that does not exist. */
function offsetOf(
  sign: string | undefined,
  hours: string | undefined,
  minutes: string | undefined,
  zone: string | undefined,
): number | undefined | null {
  if (zone !== undefined) return ZONE_OFFSETS.get(zone.toUpperCase()) ?? null;
  if (hours === undefined) return undefined;
  const total = Number(hours) * 60 + Number(minutes ?? 0);
  if (total > 14 * 60 || Number(minutes ?? 0) > 59) return null;
  return sign === '-' ? -total : total;
}
