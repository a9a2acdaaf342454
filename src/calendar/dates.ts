import { Temporal } from 'temporal-polyfill';
import { z } from 'zod';

/** A calendar date without a zone, 'YYYY-MM-DD', years 0000 to 9999: dates compare as their texts do. */
export type LocalDate = string;

/** Refuses dates that no calendar has, such as 2026-02-30. */
export const localDateSchema: z.ZodType<LocalDate> = z.iso.date();

/** ISO 8601: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

export type DateRange = { readonly first: LocalDate; readonly last: LocalDate };

/** What points are counted over; a season is a quarter of the calendar. */
export const periods = ['week', 'month', 'season', 'all'] as const;
export type Period = (typeof periods)[number];

/**
 * The date that somebody in `zone` calls today. Where the clock is set back over `dayStart`, the day has started at
 * the first of the two; where it jumps over `dayStart`, the day starts with the jump.
 * @param at epoch milliseconds
 * @param zone a name that Intl accepts (see `canonicalZone`)
 * @param dayStart minutes after local midnight at which a day starts, 0–720
 * @throws RangeError for an unknown zone
 */
export function localDateAt(at: number, zone: string, dayStart = 0): LocalDate {
  const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const date = local.toPlainDate().toString();
  const started =
    local.hour * 60 + local.minute >= dayStart ||
    at >= local.withPlainTime({ hour: Math.floor(dayStart / 60), minute: dayStart % 60 }).epochMilliseconds;
  return started ? date : addDays(date, -1);
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfNumber(dayNumber(date) + days);
}

/** Days from one date to the other; negative where `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** Days since 1970-01-01, to serve as a score. */
export function dayNumber(date: LocalDate): number {
  return Date.parse(date) / DAY;
}

/** The inverse of {@link dayNumber}. */
export function dateOfNumber(number: number): LocalDate {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

export function weekdayOf(date: LocalDate): Weekday {
  return (new Date(date).getUTCDay() || 7) as Weekday;
}

/** Names the period that `date` lies in: '2026-W47' (ISO 8601 week and its week-year), '2026-11', '2026-Q4' or 'all'. */
export function periodKey(period: Period, date: LocalDate): string {
  switch (period) {
    case 'week':
      return weekKey(date);
    case 'month':
      return date.slice(0, 7);
    case 'season':
      return `${date.slice(0, 4)}-Q${quarterOf(date)}`;
    case 'all':
      return 'all';
  }
}

/** The first and last date of the period that `date` lies in; `undefined` for all time. */
export function periodRange(period: Period, date: LocalDate): DateRange | undefined {
  switch (period) {
    case 'week': {
      const first = addDays(date, 1 - weekdayOf(date));
      return { first, last: addDays(first, 6) };
    }
    case 'month':
      return { first: `${date.slice(0, 7)}-01`, last: lastOfMonth(date.slice(0, 7)) };
    case 'season': {
      const monthAt = (number: number) => `${date.slice(0, 4)}-${String(number).padStart(2, '0')}`;
      const lastMonth = 3 * quarterOf(date);
      return { first: `${monthAt(lastMonth - 2)}-01`, last: lastOfMonth(monthAt(lastMonth)) };
    }
    case 'all':
      return undefined;
  }
}

/** @param month such as '2026-11' */
function lastOfMonth(month: string): LocalDate {
  const inNextMonth = addDays(`${month}-01`, 31);
  return addDays(inNextMonth, -Number(inNextMonth.slice(8)));
}

function quarterOf(date: LocalDate): number {
  return Math.ceil(Number(date.slice(5, 7)) / 3);
}

/** ISO 8601: a week belongs to the year that its Thursday lies in. */
function weekKey(date: LocalDate): string {
  const thursday = addDays(date, 4 - weekdayOf(date));
  const year = thursday.slice(0, 4);
  const week = 1 + Math.floor(daysBetween(`${year}-01-01`, thursday) / 7);
  return `${year}-W${String(week).padStart(2, '0')}`;
}

/** Milliseconds; dates without a zone are reckoned in UTC, where each day has as many. */
const DAY = 86_400_000;
