const dayMs = 86_400_000;

/** A calendar day as days since 1970-01-01; no time zone is involved. */
export type DayNumber = number;

/** The day of an ISO date `YYYY-MM-DD`, or undefined when the text is not a date that exists. */
export function parseIsoDate(text: string): DayNumber | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return undefined;
  const milliseconds = Date.parse(`${text}T00:00:00Z`);
  if (Number.isNaN(milliseconds)) return undefined;
  const day = milliseconds / dayMs;
  return formatIsoDate(day) === text ? day : undefined;
}

/** The ISO date `YYYY-MM-DD` of a day. */
export function formatIsoDate(day: DayNumber): string {
  return new Date(day * dayMs).toISOString().slice(0, 10);
}

/** Month of the year, 0 = January. */
export function monthIndex(day: DayNumber): number {
  return new Date(day * dayMs).getUTCMonth();
}

/** Day of the week, 0 = Sunday. */
export function weekdayIndex(day: DayNumber): number {
  return new Date(day * dayMs).getUTCDay();
}
