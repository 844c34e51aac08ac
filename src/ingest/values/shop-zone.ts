import { didYouMean } from '../../did-you-mean.ts';
import { UsageError } from '../../errors.ts';
import { dayNumber, isoDateOfDay, MS_PER_DAY } from './civil-day.ts';
import { quoteCell } from './quote-cell.ts';
import { zoneFromName } from './zone-names.ts';

const MS_PER_QUARTER = 900_000;
const FIXED_OFFSET = /^([+-])(\d{2}):(\d{2})$/;

/**
 * A time zone in which instants become days: an IANA name (`Europe/Berlin`) or a fixed offset (`+02:00`). Offsets are
 * kept per day, and per quarter hour on days that change them, so that a call costs no look-up in the zone's rules.
 */
export class ShopZone {
  /** The name, spelled as the zone database has it. */
  readonly timeZone: string;
  readonly #fixedOffsetMs: number | undefined;
  readonly #format: Intl.DateTimeFormat | undefined;
  /** Offset by days since 1970 in UTC; NaN where it changes on that day. */
  readonly #offsetByDay = new Map<number, number>();
  readonly #offsetByQuarter = new Map<number, number>();
  readonly #otherZones = new Map<string, ShopZone>();
  #lastDay = Number.NaN;
  #lastDate = '';

  /** @throws UsageError for a name that is no time zone. */
  constructor(timeZone: string) {
    const fixed = FIXED_OFFSET.exec(timeZone);
    if (fixed !== null) {
      const minutes = Number(fixed[2]) * 60 + Number(fixed[3]);
      if (minutes > 14 * 60 || Number(fixed[3]) > 59) throw unknownZone(timeZone);
      this.timeZone = timeZone;
      this.#fixedOffsetMs = (fixed[1] === '-' ? -minutes : minutes) * 60_000;
      return;
    }
    this.#format = formatOf(timeZone);
    this.timeZone = this.#format.resolvedOptions().timeZone;
    this.#fixedOffsetMs = this.timeZone === 'UTC' ? 0 : undefined;
  }

  /** The day `YYYY-MM-DD` on which an instant (milliseconds since 1970-01-01 UTC) falls in this zone. */
  dateOf(epochMs: number): string {
    const day = Math.floor((epochMs + this.offsetMsAt(epochMs)) / MS_PER_DAY);
    if (day !== this.#lastDay) {
      this.#lastDay = day;
      this.#lastDate = isoDateOfDay(day);
    }
    return this.#lastDate;
  }

  /** Milliseconds east of UTC at an instant. */
  offsetMsAt(epochMs: number): number {
    if (this.#fixedOffsetMs !== undefined) return this.#fixedOffsetMs;
    const day = Math.floor(epochMs / MS_PER_DAY);
    let offset = this.#offsetByDay.get(day);
    if (offset === undefined) {
      offset = this.#constantOffset(day * MS_PER_DAY, MS_PER_DAY);
      this.#offsetByDay.set(day, offset);
    }
    if (!Number.isNaN(offset)) return offset;
    const quarter = Math.floor(epochMs / MS_PER_QUARTER);
    offset = this.#offsetByQuarter.get(quarter);
    if (offset === undefined) {
      offset = this.#constantOffset(quarter * MS_PER_QUARTER, MS_PER_QUARTER);
      this.#offsetByQuarter.set(quarter, offset);
    }
    return Number.isNaN(offset) ? this.#lookUpOffset(epochMs) : offset;
  }

  /**
   * The instant at which clocks in `timeZone` (this zone if not given) show a wall time, itself given as if it were UTC. A
   * time that the clocks skip is moved forward by the gap; of a time that they show twice the first is taken.
   * @throws UsageError for a name that is no time zone.
   */
  instantOf(wallMs: number, timeZone: string = this.timeZone): number {
    if (timeZone !== this.timeZone) return this.#other(timeZone).instantOf(wallMs);
    const before = this.offsetMsAt(wallMs - MS_PER_DAY);
    const after = this.offsetMsAt(wallMs + MS_PER_DAY);
    const first = wallMs - before;
    if (before === after || this.offsetMsAt(first) === before) return first;
    const second = wallMs - after;
    return this.offsetMsAt(second) === after ? second : first;
  }

  #other(timeZone: string): ShopZone {
    let zone = this.#otherZones.get(timeZone);
    if (zone === undefined) {
      zone = new ShopZone(timeZone);
      this.#otherZones.set(timeZone, zone);
      // Asked by another spelling, the zone must still answer for itself.
      if (zone.timeZone !== timeZone) this.#otherZones.set(zone.timeZone, zone);
    }
    return zone;
  }

  /** The offset of a whole stretch of time, NaN if it differs between its two ends. */
  #constantOffset(startMs: number, lengthMs: number): number {
    const offset = this.#lookUpOffset(startMs);
    return offset === this.#lookUpOffset(startMs + lengthMs - 1) ? offset : Number.NaN;
  }

  #lookUpOffset(epochMs: number): number {
    if (this.#format === undefined) return this.#fixedOffsetMs ?? 0;
    const second = Math.floor(epochMs / 1000) * 1000;
    const parts = this.#format.formatToParts(second);
    const field = (type: string): number => Number(parts.find((part) => part.type === type)?.value);
    const days = dayNumber(field('year'), field('month'), field('day'));
    return days * MS_PER_DAY + ((field('hour') * 60 + field('minute')) * 60 + field('second')) * 1000 - second;
  }
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  try {
    return new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  } catch {
    throw unknownZone(timeZone);
  }
}

function unknownZone(timeZone: string): UsageError {
  const known = zoneFromName(timeZone);
  const hint =
    known === undefined ? didYouMean(timeZone, Intl.supportedValuesOf('timeZone')) : ` (did you mean "${known}"?)`;
  return new UsageError(`${quoteCell(timeZone)} is not a time zone${hint}`, {
    remedy: 'Give a name of the IANA time zone database, such as Europe/Berlin or America/New_York, or UTC.',
  });
}
