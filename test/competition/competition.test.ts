import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, dateOfNumber, dayNumber, localDateAt } from '../../src/calendar/dates.ts';
import {
  type Clock,
  type Competition,
  canJoin,
  endOf,
  momentsOf,
  type News,
  planAt,
} from '../../src/competition/competition.ts';

const utc: Clock = { zone: 'UTC', dayStart: 0 };
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const sprint: Competition = {
  id: 'c',
  guildId: 'g',
  channelId: 'h',
  name: 'Sprint',
  first: '2026-03-02',
  last: '2026-03-08',
  scope: 'points',
  selfGrades: true,
  teams: [],
  best: 3,
  lateJoin: true,
  madeAt: Date.parse('2026-03-01T12:00:00Z'),
  state: 'live',
  told: [],
  crownRefused: false,
};
const timesOf = (competition: Competition, clock = utc) =>
  Object.fromEntries(
    [
      ...momentsOf(competition, clock).map(({ news, at }) => [news, at] as const),
      ['end', endOf(competition, clock)] as const,
    ].map(([what, at]) => [what, new Date(at).toISOString()]),
  );

describe('the moments of a competition', () => {
  it('are its making, its start, its middle, its last day and its end', () => {
    expect(timesOf(sprint)).toEqual({
      open: '2026-03-01T12:00:00.000Z',
      start: '2026-03-02T00:00:00.000Z',
      half: '2026-03-05T00:00:00.000Z',
      last: '2026-03-08T00:00:00.000Z',
      end: '2026-03-09T00:00:00.000Z',
    });
  });

  it('follow the clock of the server and the start of its day', () => {
    expect(timesOf(sprint, { zone: 'Asia/Shanghai', dayStart: 240 })).toMatchObject({
      start: '2026-03-01T20:00:00.000Z',
      end: '2026-03-08T20:00:00.000Z',
    });
  });

  it('keep to local midnight over a change of the clocks, both ways', () => {
    const spring = timesOf({ ...sprint, last: '2026-03-08' }, { zone: 'America/New_York', dayStart: 0 });
    expect([spring.last, spring.end]).toEqual(['2026-03-08T05:00:00.000Z', '2026-03-09T04:00:00.000Z']);
    const autumn = { ...sprint, first: '2026-10-31', last: '2026-11-01' };
    expect(timesOf(autumn, { zone: 'America/New_York', dayStart: 0 })).toMatchObject({
      last: '2026-11-01T04:00:00.000Z',
      end: '2026-11-02T05:00:00.000Z',
    });
  });

  it('run over the end of a month, of a year, and a leap day', () => {
    expect(timesOf({ ...sprint, first: '2026-12-31', last: '2027-01-03' })).toMatchObject({
      half: '2027-01-02T00:00:00.000Z',
      end: '2027-01-04T00:00:00.000Z',
    });
    expect(timesOf({ ...sprint, first: '2028-02-27', last: '2028-03-01' }).half).toBe(
      '2028-02-29T00:00:00.000Z',
    );
  });

  it('are fewer where it is short, and have no sign-up where it begins at once', () => {
    expect(Object.keys(timesOf({ ...sprint, last: '2026-03-04' }))).toEqual(['open', 'start', 'last', 'end']);
    const today = { ...sprint, last: '2026-03-02', madeAt: Date.parse('2026-03-02T12:00:00Z') };
    expect(Object.keys(timesOf(today))).toEqual(['start', 'end']);
  });
});

describe('what is due', () => {
  it('is, of all that has been missed, only the latest', () => {
    const at = Date.parse('2026-03-06T00:00:00Z');
    expect(planAt(sprint, utc, at)).toEqual({
      kind: 'go on',
      say: 'half',
      next: Date.parse('2026-03-08T00:00:00Z'),
    });
  });

  it('is never told twice, also after the dates were moved', () => {
    const told: News[] = ['open', 'start', 'half', 'last'];
    const longer = { ...sprint, last: '2026-03-12', told };
    for (let at = sprint.madeAt; at < endOf(longer, utc); at += HOUR) {
      expect(planAt(longer, utc, at)).toMatchObject({ say: undefined });
    }
  });

  it('looks on at a later moment each time, and ends with the last date, in every zone', () => {
    const date = fc.integer({ min: dayNumber('2024-01-01'), max: dayNumber('2030-12-31') }).map(dateOfNumber);
    const clock = fc.record({
      zone: fc.constantFrom(
        'UTC',
        'Asia/Shanghai',
        'America/New_York',
        'Africa/Cairo',
        'Pacific/Chatham',
        'America/Nuuk',
      ),
      dayStart: fc.constantFrom(0, 90, 240, 720),
    });
    fc.assert(
      fc.property(
        date,
        fc.integer({ min: 1, max: 90 }),
        clock,
        fc.integer({ min: 0, max: 30 * DAY }),
        (first, days, clock, early) => {
          const last = addDays(first, days - 1);
          const begin = momentsOf({ ...sprint, first, last }, clock)[0]!.at;
          let competition: Competition = { ...sprint, first, last, madeAt: begin - early };
          const said: News[] = [];
          let now = competition.madeAt;
          for (;;) {
            const plan = planAt(competition, clock, now);
            if (plan.kind === 'end') break;
            if (plan.say) said.push(plan.say);
            competition = { ...competition, told: [...said] };
            expect(plan.next).toBeGreaterThan(now);
            now = plan.next;
          }
          expect(new Set(said).size).toBe(said.length);
          expect(said).toEqual(
            momentsOf(competition, clock)
              .filter(({ at }) => at >= competition.madeAt)
              .map(({ news }) => news),
          );
          expect(localDateAt(now - 1, clock.zone, clock.dayStart)).toBe(last);
          expect(localDateAt(now, clock.zone, clock.dayStart)).toBe(addDays(last, 1));
        },
      ),
    );
  });
});

describe('joining', () => {
  const during = Date.parse('2026-03-05T00:00:00Z');

  it('is open until the end, or until the start where that is said', () => {
    expect(canJoin(sprint, utc, during)).toBe(true);
    expect(canJoin({ ...sprint, lateJoin: false }, utc, during)).toBe(false);
    expect(canJoin({ ...sprint, lateJoin: false }, utc, sprint.madeAt)).toBe(true);
    expect(canJoin(sprint, utc, Date.parse('2026-03-09T00:00:00Z'))).toBe(false);
  });

  it('is closed once it was ended or cancelled', () => {
    expect(canJoin({ ...sprint, endedAt: during - 1 }, utc, during)).toBe(false);
    expect(canJoin({ ...sprint, state: 'cancelled' }, utc, during)).toBe(false);
  });
});
