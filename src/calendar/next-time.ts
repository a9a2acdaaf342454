import { Temporal } from 'temporal-polyfill';
import { addDays, type LocalDate, localDateAt, type Weekday, weekdayOf } from './dates.ts';

/** One time that a schedule falls due: the local date that it counts for, and the instant in epoch milliseconds. */
export type Occurrence = { readonly date: LocalDate; readonly at: number };

export type Recurrence = {
  /** Minutes after local midnight, 0–1439. */
  readonly time: number;
  readonly zone: string;
  readonly days: ReadonlySet<Weekday>;
  /** Epoch milliseconds; the occurrence is later than this. */
  readonly after: number;
  /** The occurrence's date is later than this one, so that no date comes twice when time or zone is edited. */
  readonly afterDate?: LocalDate | undefined;
};

/**
 * The next occurrence of a local time of day. Repeating it from each occurrence visits every chosen date once.
 * @throws RangeError for an empty set of days, an unknown zone, or a time outside the day
 */
export function nextOccurrence({ time, zone, days, after, afterDate }: Recurrence): Occurrence {
  let date = localDateAt(after, zone);
  if (afterDate !== undefined && afterDate >= date) date = addDays(afterDate, 1);
  for (let looked = 0; looked < DAYS_AHEAD; looked++, date = addDays(date, 1)) {
    if (!days.has(weekdayOf(date))) continue;
    const at = instantOf(date, time, zone);
    if (at !== undefined && at > after) return { date, at };
  }
  throw new RangeError('A recurrence needs at least one day of the week, 1 to 7.');
}

/**
 * The instant, in epoch milliseconds, at which clocks in `zone` show `time` on `date`: the first, where they show it
 * twice. Where they jump over it, the first moment after the jump, or, if that is already another date (Nuuk jumps
 * from 23:00 to midnight), the last minute before it: a date keeps what was planned for it.
 * @param time minutes after local midnight, 0–1439
 * @returns `undefined` for a date that the zone left out whole (Samoa, 2011-12-30)
 * @throws RangeError for an unknown zone, or a time outside the day
 */
export function instantOf(date: LocalDate, time: number, zone: string): number | undefined {
  const wanted = Temporal.PlainDate.from(date).toPlainDateTime(
    new Temporal.PlainTime(Math.floor(time / 60), time % 60),
  );
  const found = wanted.toZonedDateTime(zone, { disambiguation: 'earlier' });
  if (found.toPlainDateTime().equals(wanted)) return found.epochMilliseconds;

  const jump = found.getTimeZoneTransition('next')!.epochMilliseconds;
  return [jump, jump - MINUTE].find((at) => localDateAt(at, zone) === date);
}

/**
 * The instant, in epoch milliseconds, at which a date begins in `zone`: from then on `localDateAt` gives it.
 * @param dayStart minutes after local midnight, 0–720
 * @throws RangeError for an unknown zone
 */
export function startOfDate(date: LocalDate, zone: string, dayStart = 0): number {
  // A date that the zone leaves out begins and ends with the one after it.
  return instantOf(date, dayStart, zone) ?? startOfDate(addDays(date, 1), zone, dayStart);
}

/**
 * Reads a 24-hour time of day such as 9:30 or 09:30, in ASCII or full-width digits and colon.
 * @returns minutes after midnight; `undefined` where the text is none
 */
export function parseTimeOfDay(text: string): number | undefined {
  const [, hour, minute] = /^(\d{1,2}):(\d{2})$/.exec(text.normalize('NFKC').trim()) ?? [];
  if (Number(hour) < 24 && Number(minute) < 60) return Number(hour) * 60 + Number(minute);
  return undefined;
}

/** 570 → '09:30'. */
export function formatTimeOfDay(time: number): string {
  const twoDigits = (number: number) => String(number).padStart(2, '0');
  return `${twoDigits(Math.floor(time / 60))}:${twoDigits(time % 60)}`;
}

/** Milliseconds. */
const MINUTE = 60_000;

/** Today may have passed already and next week's date may be one that the zone leaves out: the third one stands. */
const DAYS_AHEAD = 15;
