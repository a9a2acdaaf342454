import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOfNumber, dayNumber, type Weekday, weekdayOf } from '../../src/calendar/dates.ts';
import { formatTimeOfDay, instantOf, nextOccurrence, parseTimeOfDay } from '../../src/calendar/next-time.ts';

const everyDay: ReadonlySet<Weekday> = new Set<Weekday>([1, 2, 3, 4, 5, 6, 7]);

const instant = (date: string, time: string, zone: string) => {
  const at = instantOf(date, parseTimeOfDay(time)!, zone);
  return at === undefined ? undefined : new Date(at).toISOString();
};

describe('the instant of a local time of day', () => {
  it('is the one at which clocks show it', () => {
    expect(instant('2026-11-22', '09:30', 'Asia/Shanghai')).toBe('2026-11-22T01:30:00.000Z');
    expect(instant('2026-11-22', '09:30', 'Asia/Kathmandu')).toBe('2026-11-22T03:45:00.000Z');
    expect(instant('2026-01-22', '00:00', 'Pacific/Chatham')).toBe('2026-01-21T10:15:00.000Z');
  });

  it('is the end of the gap where clocks jump over it, not as long after it as the gap takes', () => {
    expect(instant('2025-03-09', '02:30', 'America/New_York')).toBe('2025-03-09T07:00:00.000Z');
    expect(instant('2025-03-30', '02:59', 'Europe/Berlin')).toBe('2025-03-30T01:00:00.000Z');
  });

  it('is the end of the gap where the gap takes half an hour, or two hours', () => {
    expect(instant('2025-10-05', '02:15', 'Australia/Lord_Howe')).toBe('2025-10-04T15:30:00.000Z');
    expect(instant('2025-03-30', '01:15', 'Antarctica/Troll')).toBe('2025-03-30T01:00:00.000Z');
  });

  it.each([
    ['Asia/Beirut', '2025-03-30', '2025-03-29T22:00:00.000Z'],
    ['Africa/Cairo', '2025-04-25', '2025-04-24T22:00:00.000Z'],
    ['America/Santiago', '2025-09-07', '2025-09-07T04:00:00.000Z'],
    ['America/Havana', '2025-03-09', '2025-03-09T05:00:00.000Z'],
    ['America/Asuncion', '2024-10-06', '2024-10-06T04:00:00.000Z'],
  ])('is the first moment of the date where %s has no midnight', (zone, date, first) => {
    expect(instant(date, '00:00', zone)).toBe(first);
    expect(instant(date, '00:59', zone)).toBe(first);
  });

  it('stays on its date where the gap lasts until midnight', () => {
    expect(instant('2025-03-29', '23:30', 'America/Nuuk')).toBe('2025-03-30T00:59:00.000Z');
    expect(instant('2025-03-30', '00:00', 'America/Nuuk')).toBe('2025-03-30T01:00:00.000Z');
  });

  it('is the first one where clocks show it twice', () => {
    expect(instant('2025-11-02', '01:30', 'America/New_York')).toBe('2025-11-02T05:30:00.000Z');
    expect(instant('2025-04-06', '01:45', 'Australia/Lord_Howe')).toBe('2025-04-05T14:45:00.000Z');
    expect(instant('2025-10-25', '23:30', 'America/Nuuk')).toBe('2025-10-26T00:30:00.000Z');
  });

  it('follows Morocco, which sets its clocks back for Ramadan', () => {
    expect(instant('2026-02-14', '12:00', 'Africa/Casablanca')).toBe('2026-02-14T11:00:00.000Z');
    expect(instant('2026-02-16', '12:00', 'Africa/Casablanca')).toBe('2026-02-16T12:00:00.000Z');
    expect(instant('2026-03-22', '02:30', 'Africa/El_Aaiun')).toBe('2026-03-22T02:00:00.000Z');
  });

  it('does not exist on a date that the zone left out', () => {
    expect(instant('2011-12-30', '12:00', 'Pacific/Apia')).toBeUndefined();
    expect(instant('2011-12-29', '23:59', 'Pacific/Apia')).toBe('2011-12-30T09:59:00.000Z');
    expect(instant('2011-12-31', '00:00', 'Pacific/Apia')).toBe('2011-12-30T10:00:00.000Z');
  });

  it('is refused for a time outside the day and for an unknown zone', () => {
    expect(() => instantOf('2026-11-22', 1440, 'Asia/Shanghai')).toThrow(RangeError);
    expect(() => instantOf('2026-11-22', -1, 'Asia/Shanghai')).toThrow(RangeError);
    expect(() => instantOf('2026-11-22', 0, 'Asia/Atlantis')).toThrow(RangeError);
  });
});

describe('the next occurrence', () => {
  const shanghai = { time: 570, zone: 'Asia/Shanghai', days: everyDay };
  const half9 = Date.UTC(2026, 10, 22, 1, 30);

  it('is today while the time is still to come', () => {
    expect(nextOccurrence({ ...shanghai, after: half9 - 1 })).toEqual({ date: '2026-11-22', at: half9 });
  });

  it('is tomorrow at the very moment of the time', () => {
    expect(nextOccurrence({ ...shanghai, after: half9 }).date).toBe('2026-11-23');
  });

  it('falls on a chosen day of the week', () => {
    const weekdays = new Set<Weekday>([1, 2, 3, 4, 5]);
    const friday = Date.UTC(2026, 10, 20, 1, 30);
    expect(nextOccurrence({ ...shanghai, days: weekdays, after: friday }).date).toBe('2026-11-23');
  });

  it('is a week away when today is the only day of the week and has passed', () => {
    expect(nextOccurrence({ ...shanghai, days: new Set<Weekday>([7]), after: half9 }).date).toBe(
      '2026-11-29',
    );
  });

  it('is two weeks away when the date in one week is left out', () => {
    const fridays = new Set<Weekday>([5]);
    const after = Date.UTC(2011, 11, 24);
    const next = nextOccurrence({ time: 720, zone: 'Pacific/Apia', days: fridays, after });
    expect(next.date).toBe('2012-01-06');
  });

  it('is later than the last date, even where an edit put the time later on that date', () => {
    const next = nextOccurrence({ ...shanghai, after: half9 - 1, afterDate: '2026-11-22' });
    expect(next.date).toBe('2026-11-23');
  });

  it('does not come again when the clock shows the time a second time', () => {
    const newYork = { time: 90, zone: 'America/New_York', days: everyDay };
    const between = Date.UTC(2025, 10, 2, 5, 45);
    expect(nextOccurrence({ ...newYork, after: between }).date).toBe('2025-11-03');
  });

  it('crosses the end of a year and a leap day', () => {
    expect(nextOccurrence({ ...shanghai, after: Date.UTC(2026, 11, 31, 2) }).date).toBe('2027-01-01');
    expect(nextOccurrence({ ...shanghai, after: Date.UTC(2028, 1, 28, 2) }).date).toBe('2028-02-29');
  });

  it('is refused without a day of the week', () => {
    expect(() => nextOccurrence({ ...shanghai, days: new Set(), after: half9 })).toThrow(RangeError);
  });

  it('is the earliest of all that come after, on every choice of days', () => {
    const zones = [
      'America/New_York',
      'Australia/Lord_Howe',
      'America/Nuuk',
      'Asia/Beirut',
      'Pacific/Chatham',
    ];
    const choice = fc.record({
      zone: fc.constantFrom(...zones),
      time: fc.integer({ min: 0, max: 1439 }),
      days: fc.uniqueArray(fc.constantFrom(...everyDay), { minLength: 1 }).map((days) => new Set(days)),
      after: fc.integer({ min: Date.UTC(2024, 0, 1), max: Date.UTC(2031, 0, 1) }),
    });
    fc.assert(
      fc.property(choice, ({ zone, time, days, after }) => {
        const today = Math.floor(after / 86_400_000);
        const earliest = Array.from({ length: 13 }, (_, n) => dateOfNumber(today - 2 + n))
          .filter((date) => days.has(weekdayOf(date)))
          .map((date) => ({ date, at: instantOf(date, time, zone)! }))
          .find(({ at }) => at > after);
        expect(nextOccurrence({ zone, time, days, after })).toEqual(earliest);
      }),
      { numRuns: 500 },
    );
  });

  it('visits each date once in a chain from one to the next', () => {
    let last = { date: '2023-12-31', at: instantOf('2023-12-31', 1410, 'America/Nuuk')! };
    for (let date = '2024-01-01'; date <= '2030-12-31'; date = addDays(date, 1)) {
      const next = nextOccurrence({
        time: 1410,
        zone: 'America/Nuuk',
        days: everyDay,
        after: last.at,
        afterDate: last.date,
      });
      expect(next.date).toBe(date);
      last = next;
    }
    expect(dayNumber(last.date) - dayNumber('2023-12-31')).toBe(2557);
  });
});

describe('a time of day', () => {
  it.each([
    ['09:30', 570],
    ['9:30', 570],
    ['０９：３０', 570],
    [' 9：30 ', 570],
    ['00:00', 0],
    ['23:59', 1439],
  ])('reads %s', (text, minutes) => {
    expect(parseTimeOfDay(text)).toBe(minutes);
  });

  it.each(['24:00', '9:60', '9:3', '930', '9.30', '9:30 pm', '-1:30', '09:30:00', '٠٩:٣٠', ''])(
    'does not read %s',
    (text) => {
      expect(parseTimeOfDay(text)).toBeUndefined();
    },
  );

  it('is read back as it was written', () => {
    const times = Array.from({ length: 1440 }, (_, minutes) => minutes);
    expect(times.map((minutes) => parseTimeOfDay(formatTimeOfDay(minutes)))).toEqual(times);
    expect(formatTimeOfDay(570)).toBe('09:30');
  });
});
