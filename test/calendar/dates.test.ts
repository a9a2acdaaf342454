import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  dateOfNumber,
  dayNumber,
  daysBetween,
  localDateAt,
  localDateSchema,
  periodKey,
  periodRange,
  weekdayOf,
} from '../../src/calendar/dates.ts';

const at = (iso: string) => Date.parse(iso);

describe('the local date', () => {
  it('is the date in the zone, on either side of the date line', () => {
    const noon = at('2026-11-22T10:30:00Z');
    expect(localDateAt(noon, 'Pacific/Kiritimati')).toBe('2026-11-23');
    expect(localDateAt(noon, 'Asia/Shanghai')).toBe('2026-11-22');
    expect(localDateAt(noon, 'Etc/GMT+12')).toBe('2026-11-21');
  });

  it('changes at midnight', () => {
    expect(localDateAt(at('2026-12-31T15:59:59.999Z'), 'Asia/Shanghai')).toBe('2026-12-31');
    expect(localDateAt(at('2026-12-31T16:00:00Z'), 'Asia/Shanghai')).toBe('2027-01-01');
  });

  it('changes later where the day starts later', () => {
    expect(localDateAt(at('2028-02-29T19:59:59Z'), 'Asia/Shanghai', 240)).toBe('2028-02-29');
    expect(localDateAt(at('2028-02-29T20:00:00Z'), 'Asia/Shanghai', 240)).toBe('2028-03-01');
  });

  it('changes at the first moment after a gap that hides the start of the day', () => {
    expect(localDateAt(at('2025-03-09T06:59:59Z'), 'America/New_York', 150)).toBe('2025-03-08');
    expect(localDateAt(at('2025-03-09T07:00:00Z'), 'America/New_York', 150)).toBe('2025-03-09');
    expect(localDateAt(at('2025-03-29T21:59:59Z'), 'Asia/Beirut')).toBe('2025-03-29');
    expect(localDateAt(at('2025-03-29T22:00:00Z'), 'Asia/Beirut')).toBe('2025-03-30');
  });

  it('does not change back when the clock shows the start of the day a second time', () => {
    expect(localDateAt(at('2025-11-02T05:29:59Z'), 'America/New_York', 90)).toBe('2025-11-01');
    expect(localDateAt(at('2025-11-02T05:30:00Z'), 'America/New_York', 90)).toBe('2025-11-02');
    expect(localDateAt(at('2025-11-02T06:15:00Z'), 'America/New_York', 90)).toBe('2025-11-02');
  });

  it('is refused in an unknown zone', () => {
    expect(() => localDateAt(0, 'Asia/Atlantis')).toThrow(RangeError);
  });
});

describe('dates', () => {
  it.each(['2026-11-22', '2024-02-29', '2000-02-29'])('accept %s', (date) => {
    expect(localDateSchema.safeParse(date).success).toBe(true);
  });

  it.each([
    '2026-02-30',
    '2025-02-29',
    '1900-02-29',
    '2026-13-01',
    '2026-00-10',
    '2026-1-1',
    '20261122',
    '',
    7,
  ])('refuse %s', (date) => {
    expect(localDateSchema.safeParse(date).success).toBe(false);
  });

  it('count over a leap day, a year end and backwards', () => {
    expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addDays('2028-02-28', 2)).toBe('2028-03-01');
    expect(addDays('2027-01-01', -1)).toBe('2026-12-31');
    expect(daysBetween('2028-01-01', '2029-01-01')).toBe(366);
    expect(daysBetween('2026-11-22', '2026-11-20')).toBe(-2);
  });

  it('are numbered from 1970-01-01', () => {
    expect([dayNumber('1970-01-01'), dayNumber('1969-12-31'), dayNumber('2026-11-22')]).toEqual([
      0, -1, 20_779,
    ]);
    expect(dateOfNumber(20_779)).toBe('2026-11-22');
  });

  it('come back from their numbers, in the same order', () => {
    const day = fc.integer({ min: dayNumber('0000-01-01'), max: dayNumber('9999-12-30') });
    fc.assert(
      fc.property(day, (number) => {
        expect(dayNumber(dateOfNumber(number))).toBe(number);
        expect(dateOfNumber(number) < dateOfNumber(number + 1)).toBe(true);
      }),
    );
  });

  it('know their day of the week, 1 for Monday', () => {
    expect(['2026-11-16', '2026-11-21', '2026-11-22', '1969-12-28'].map(weekdayOf)).toEqual([1, 6, 7, 7]);
  });
});

describe('periods', () => {
  it.each([
    ['2026-11-22', '2026-W47'],
    ['2026-11-23', '2026-W48'],
    ['2026-01-01', '2026-W01'],
    ['2024-12-30', '2025-W01'],
    ['2027-01-03', '2026-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
  ])('put %s in week %s', (date, week) => {
    expect(periodKey('week', date)).toBe(week);
  });

  it('name months, and all time', () => {
    expect(periodKey('month', '2026-11-22')).toBe('2026-11');
    expect(periodKey('all', '2026-11-22')).toBe('all');
  });

  it('name seasons by the quarter of the calendar', () => {
    const keys = ['2026-01-01', '2026-03-31', '2026-04-01', '2026-12-31'].map((date) =>
      periodKey('season', date),
    );
    expect(keys).toEqual(['2026-Q1', '2026-Q1', '2026-Q2', '2026-Q4']);
    expect(periodRange('season', '2028-02-29')).toEqual({ first: '2028-01-01', last: '2028-03-31' });
    expect(periodRange('season', '2026-12-31')).toEqual({ first: '2026-10-01', last: '2026-12-31' });
  });

  it('reach from Monday to Sunday, over a year end too', () => {
    expect(periodRange('week', '2026-11-22')).toEqual({ first: '2026-11-16', last: '2026-11-22' });
    expect(periodRange('week', '2026-11-16')).toEqual({ first: '2026-11-16', last: '2026-11-22' });
    expect(periodRange('week', '2027-01-01')).toEqual({ first: '2026-12-28', last: '2027-01-03' });
  });

  it('reach to the last of each month, and to no end for all time', () => {
    const lastOf = (date: string) => periodRange('month', date)?.last;
    expect(['2026-01-31', '2026-02-01', '2028-02-10', '2026-04-30', '2026-12-15'].map(lastOf)).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2028-02-29',
      '2026-04-30',
      '2026-12-31',
    ]);
    expect(periodRange('all', '2026-11-22')).toBeUndefined();
  });

  it('hold exactly the dates that share their key', () => {
    const day = fc.integer({ min: dayNumber('2015-01-01'), max: dayNumber('2035-12-31') }).map(dateOfNumber);
    fc.assert(
      fc.property(day, fc.constantFrom('week', 'month', 'season'), (date, period) => {
        const { first, last } = periodRange(period, date)!;
        const key = periodKey(period, date);
        expect([first <= date, date <= last]).toEqual([true, true]);
        expect([first, last].map((end) => periodKey(period, end))).toEqual([key, key]);
        expect([addDays(first, -1), addDays(last, 1)].map((out) => periodKey(period, out))).not.toContain(
          key,
        );
      }),
    );
  });
});
