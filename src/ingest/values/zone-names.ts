import { ZONE_OFFSETS } from './time-of-day.ts';

/** How shop software (Square, Rails and the like) names time zones to people, in lower case. */
const SPOKEN_NAMES: ReadonlyMap<string, string> = new Map([
  ['eastern time (us & canada)', 'America/New_York'],
  ['central time (us & canada)', 'America/Chicago'],
  ['mountain time (us & canada)', 'America/Denver'],
  ['pacific time (us & canada)', 'America/Los_Angeles'],
  ['eastern time', 'America/New_York'],
  ['central time', 'America/Chicago'],
  ['mountain time', 'America/Denver'],
  ['pacific time', 'America/Los_Angeles'],
  ['atlantic time (canada)', 'America/Halifax'],
  ['indiana (east)', 'America/Indiana/Indianapolis'],
  ['arizona', 'America/Phoenix'],
  ['hawaii', 'Pacific/Honolulu'],
  ['alaska', 'America/Juneau'],
  ['newfoundland', 'America/St_Johns'],
  ['saskatchewan', 'America/Regina'],
  ['mexico city', 'America/Mexico_City'],
  ['brasilia', 'America/Sao_Paulo'],
  ['edinburgh', 'Europe/London'],
  ['bern', 'Europe/Zurich'],
  ['kyiv', 'Europe/Kiev'],
  ['st. petersburg', 'Europe/Moscow'],
  ['abu dhabi', 'Asia/Dubai'],
  ['islamabad', 'Asia/Karachi'],
  ['mumbai', 'Asia/Kolkata'],
  ['new delhi', 'Asia/Kolkata'],
  ['chennai', 'Asia/Kolkata'],
  ['kolkata', 'Asia/Kolkata'],
  ['beijing', 'Asia/Shanghai'],
  ['osaka', 'Asia/Tokyo'],
  ['canberra', 'Australia/Sydney'],
  ['wellington', 'Pacific/Auckland'],
  ['pretoria', 'Africa/Johannesburg'],
  ['coordinated universal time', 'UTC'],
]);

const OFFSET = /^(?:UTC|GMT)? ?([+-])(\d{1,2})(?::?(\d{2}))?$/i;

/**
 * The zone that a cell of a time zone column names, fit for `ShopZone`: IANA names in any case, cities of them
 * (`London`), names that shop software shows (`Eastern Time (US & Canada)`), abbreviations and offsets (`CEST`, `GMT+2` as
 * the fixed offset `+02:00`). Undefined for anything else, and for a city that several zones have. It searches all
 * zones: keep the answer for each distinct text rather than asking for every row.
 */
export function zoneFromName(text: string): string | undefined {
  const name = text.trim().toLowerCase();
  if (name === '') return undefined;
  const abbreviated = ZONE_OFFSETS.get(name.toUpperCase());
  if (abbreviated !== undefined) return fixedZone(abbreviated);
  const offset = OFFSET.exec(name);
  if (offset !== null) {
    const minutes = Number(offset[2]) * 60 + Number(offset[3] ?? 0);
    if (minutes > 14 * 60 || Number(offset[3] ?? 0) > 59) return undefined;
    return fixedZone(offset[1] === '-' ? -minutes : minutes);
  }
  return SPOKEN_NAMES.get(name) ?? ianaZone(name);
}

function fixedZone(offsetMinutes: number): string {
  if (offsetMinutes === 0) return 'UTC';
  const size = Math.abs(offsetMinutes);
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${offsetMinutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

function ianaZone(name: string): string | undefined {
  const key = name.replaceAll(' ', '_');
  const zones = Intl.supportedValuesOf('timeZone');
  const cities = zones.filter((zone) => zone.slice(zone.lastIndexOf('/') + 1).toLowerCase() === key);
  if (cities.length === 1) return cities[0];
  if (!key.includes('/')) return undefined;
  try {
    return new Intl.DateTimeFormat('en-US', { timeZone: key }).resolvedOptions().timeZone;
  } catch {
    return undefined;
  }
}
