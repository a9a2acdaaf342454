import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  closingTime,
  isFailing,
  planNext,
  type Schedule,
  scheduleEntries,
  whatIsDue,
  withFailure,
} from '../../src/daily/schedule.ts';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);

function schedule(changes: Partial<Schedule> = {}): Schedule {
  return {
    id: 's1',
    guildId: '1',
    channelId: '2',
    time: 540,
    zone: 'UTC',
    days: [1, 2, 3, 4, 5, 6, 7],
    topics: [],
    language: 'en',
    paused: false,
    next: { date: '2026-03-02', at: at('2026-03-02T09:00Z') },
    posted: 0,
    queue: [],
    ...changes,
  };
}

describe('what is due', () => {
  test('is nothing before its time', () => {
    expect(whatIsDue(schedule(), at('2026-03-02T08:59:59.999Z'))).toEqual({
      kind: 'wait',
      next: schedule().next,
    });
  });

  test('is the question at its time', () => {
    expect(whatIsDue(schedule(), at('2026-03-02T09:00Z'))).toEqual({
      kind: 'post',
      occurrence: { date: '2026-03-02', at: at('2026-03-02T09:00Z') },
      next: { date: '2026-03-03', at: at('2026-03-03T09:00Z') },
    });
  });

  test('is the question until twelve hours after its time, and no longer', () => {
    expect(whatIsDue(schedule(), at('2026-03-02T21:00Z')).kind).toBe('post');
    expect(whatIsDue(schedule(), at('2026-03-02T21:00:00.001Z'))).toEqual({
      kind: 'wait',
      next: { date: '2026-03-03', at: at('2026-03-03T09:00Z') },
    });
  });

  test('is only the latest of several that were missed', () => {
    expect(whatIsDue(schedule(), at('2026-03-09T10:00Z'))).toMatchObject({
      kind: 'post',
      occurrence: { date: '2026-03-09' },
    });
  });

  test('is dated by the schedule’s own zone', () => {
    const tokyo = schedule({
      zone: 'Asia/Tokyo',
      time: 30,
      next: { date: '2026-03-02', at: at('2026-03-01T15:30Z') },
    });
    expect(whatIsDue(tokyo, at('2026-03-01T15:30Z'))).toMatchObject({ occurrence: { date: '2026-03-02' } });
  });

  test('after an outage is in time, is the latest there was, and comes before the next by an hour', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 40 * 24 * 60 }),
        fc.uniqueArray(fc.constantFrom(1, 2, 3, 4, 5, 6, 7), { minLength: 1 }),
        fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Australia/Lord_Howe'),
        (minutes, days, zone) => {
          const base = schedule({ zone, days: days as Schedule['days'] });
          const start = at('2026-03-01T00:00Z');
          const planned = schedule({ ...base, next: planNext(base, start) });
          const now = start + minutes * 60_000;
          const due = whatIsDue(planned, now);
          expect(due.next.at).toBeGreaterThan(now);
          if (due.kind === 'wait') return;
          expect(due.occurrence.at).toBeLessThanOrEqual(now);
          expect(now).toBeLessThanOrEqual(due.occurrence.at + 12 * HOUR);
          expect(now).toBeLessThanOrEqual(due.next.at - HOUR);
          expect(planNext(planned, due.occurrence.at)).toEqual(due.next);
        },
      ),
    );
  });
});

test('a post closes with the next one, but within a day and not within an hour', () => {
  const opens = at('2026-03-02T09:00Z');
  const next = (text: string) => ({ date: '', at: at(text) });
  expect(closingTime(opens, next('2026-03-02T21:00Z'))).toBe(at('2026-03-02T21:00Z'));
  expect(closingTime(opens, next('2026-03-04T09:00Z'))).toBe(at('2026-03-03T09:00Z'));
  expect(closingTime(opens, next('2026-03-02T09:10Z'))).toBe(at('2026-03-02T10:00Z'));
});

test('a schedule that is planned anew never uses a date again', () => {
  const moved = schedule({ time: 1200, lastDate: '2026-03-02' });
  expect(planNext(moved, at('2026-03-02T10:00Z')).date).toBe('2026-03-03');
});

test('a paused or suspended schedule leaves the due index', () => {
  expect(scheduleEntries(schedule({ paused: true }))[0]?.score).toBeNull();
  expect(scheduleEntries(schedule({ suspended: { reason: 'unknown-channel', at: 1 } }))[0]?.score).toBeNull();
  expect(scheduleEntries(schedule())[0]?.score).toBe(at('2026-03-02T09:00Z'));
});

describe('a failure', () => {
  const failure = { reason: 'no-history', at: 10 } as const;

  test('that comes again and again is entered once, with the time of the first', () => {
    const failing = withFailure(schedule({ postedAt: 5 }), failure);
    expect(failing.failure).toEqual(failure);
    expect(withFailure(failing, { ...failure, at: 70 })).toBe(failing);
  });

  test('of another kind, or after a post, is entered anew', () => {
    const failing = withFailure(schedule(), failure);
    const error = { reason: 'failed', status: 503, at: 70 } as const;
    expect(withFailure(failing, error).failure).toEqual(error);
    expect(withFailure({ ...failing, failure: error }, { ...error, status: 500 }).failure?.status).toBe(500);
    expect(withFailure({ ...failing, postedAt: 20 }, { ...failure, at: 70 }).failure?.at).toBe(70);
  });

  test('is over with the next post', () => {
    expect(isFailing(schedule())).toBe(false);
    expect(isFailing(schedule({ failure }))).toBe(true);
    expect(isFailing(schedule({ failure, postedAt: 9 }))).toBe(true);
    expect(isFailing(schedule({ failure, postedAt: 10 }))).toBe(false);
  });
});
