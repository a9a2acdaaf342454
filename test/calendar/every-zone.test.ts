import { describe, expect, it } from 'vitest';
import { dateOfNumber, dayNumber, localDateAt, type Weekday } from '../../src/calendar/dates.ts';
import { instantOf, nextOccurrence, type Occurrence, startOfDate } from '../../src/calendar/next-time.ts';
import { DAY, expectedInstant, MINUTE, type Stretch, stretchesOf } from './wall-clock.ts';

/**
 * Every IANA zone, 2024 to 2030. Zones whose clocks show the same all that time are one clock (some 70 of 418): each
 * clock is tried on every day, and every zone by its own name on the days on which its clocks change.
 */
const FIRST = dayNumber('2024-01-01');
const LAST = dayNumber('2030-12-31');
const everyDay: ReadonlySet<Weekday> = new Set<Weekday>([1, 2, 3, 4, 5, 6, 7]);
const HOUR = 3_600_000;
const timesOfDay = [0, 150, 570, 1410];

const zones = Intl.supportedValuesOf('timeZone').map((zone) => ({
  zone,
  stretches: stretchesOf(zone, (FIRST - 3) * DAY, (LAST + 3) * DAY),
}));
const clocks = [...new Map(zones.map((zone) => [JSON.stringify(zone.stretches), zone])).values()];

/** The day numbers of the dates next to a change of the clocks. */
const changingDays = (stretches: readonly Stretch[]) =>
  stretches.slice(1).flatMap(({ from, offset }) => {
    const day = Math.floor((from + offset) / DAY);
    return [day - 1, day, day + 1].filter((near) => near >= FIRST && near <= LAST);
  });

describe('every zone, 2024 to 2030', () => {
  it('is what the tests look at', () => {
    expect(zones.length).toBeGreaterThan(400);
    expect(clocks.length).toBeGreaterThan(50);
    expect(zones.flatMap(({ stretches }) => stretches.slice(1)).length).toBeGreaterThan(1500);
  });

  it.each(timesOfDay)(
    'has one occurrence of minute %i on each date, one after the other',
    (time) => {
      for (const { zone, stretches } of clocks) {
        let last: Occurrence = {
          date: dateOfNumber(FIRST - 1),
          at: instantOf(dateOfNumber(FIRST - 1), time, zone)!,
        };
        for (let day = FIRST; day <= LAST; day++) {
          const next = nextOccurrence({ time, zone, days: everyDay, after: last.at, afterDate: last.date });
          const expected = {
            date: dateOfNumber(day),
            at: expectedInstant(stretches, day * DAY + time * MINUTE),
          };
          if (next.date !== expected.date || next.at !== expected.at || next.at <= last.at)
            expect.fail(`${zone}: after ${show(last)} came ${show(next)}, not ${show(expected)}`);
          last = next;
        }
      }
    },
    60_000,
  );

  it.each([0, 90, 150, 720])('has each date begin once, with a day that starts at minute %i', (dayStart) => {
    for (const { zone, stretches } of zones) {
      for (const day of changingDays(stretches)) {
        const at = startOfDate(dateOfNumber(day), zone, dayStart);
        const dates = [at - 1, at].map((each) => localDateAt(each, zone, dayStart));
        if (dates[1] !== dateOfNumber(day) || dates[0]! >= dates[1])
          expect.fail(`${zone}: ${dateOfNumber(day)} begins between ${dates.join(' and ')}`);
      }
    }
  });

  it('finds each quarter of an hour around every change of the clocks, on its own date', () => {
    for (const { zone, stretches } of clocks) {
      for (const day of changingDays(stretches)) {
        for (let time = 0; time < 1440; time += 15) {
          const date = dateOfNumber(day);
          const at = instantOf(date, time, zone);
          const expected = expectedInstant(stretches, day * DAY + time * MINUTE);
          if (at !== expected || localDateAt(at!, zone) !== date)
            expect.fail(
              `${zone}: minute ${time} is at ${show({ date, at })}, not ${show({ date, at: expected })}`,
            );
        }
      }
    }
  }, 60_000);

  it('starts each day around a change of the clocks once, at the instant of its time', () => {
    for (const { zone, stretches } of clocks) {
      for (const day of changingDays(stretches)) {
        for (let dayStart = 0; dayStart <= 720; dayStart += 15) {
          const at = instantOf(dateOfNumber(day), dayStart, zone)!;
          const dates = [at - 1, at, at + HOUR].map((time) => localDateAt(time, zone, dayStart));
          if (dates.join() !== [day - 1, day, day].map(dateOfNumber).join())
            expect.fail(`${zone}: around ${show({ date: dateOfNumber(day), at })} the dates are ${dates}`);
        }
      }
    }
  }, 60_000);

  it('finds the same by each of its names', () => {
    for (const { zone, stretches } of zones) {
      for (const day of [FIRST, ...changingDays(stretches), LAST]) {
        for (const time of timesOfDay) {
          const expected = expectedInstant(stretches, day * DAY + time * MINUTE);
          const after = expected! - 1;
          const next = nextOccurrence({ time, zone, days: everyDay, after });
          if (next.at !== expected)
            expect.fail(`${zone}: ${show(next)}, not ${show({ date: dateOfNumber(day), at: expected })}`);
        }
      }
    }
  }, 60_000);
});

function show({ date, at }: { date: string; at: number | undefined }): string {
  return `${date} at ${at === undefined ? 'no time' : new Date(at).toISOString()}`;
}
