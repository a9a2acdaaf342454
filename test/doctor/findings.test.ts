import { describe, expect, test } from 'vitest';
import type { Schedule } from '../../src/daily/schedule.ts';
import type { Checkup, ScheduleCheck } from '../../src/doctor/checkup.ts';
import { findingsOf } from '../../src/doctor/findings.ts';

const NOON = Date.parse('2026-03-02T12:00:00Z');
const MINUTE = 60_000;

const schedule: Schedule = {
  id: 's1',
  guildId: '1',
  channelId: '2',
  time: 540,
  zone: 'UTC',
  days: [1, 2, 3, 4, 5, 6, 7],
  topics: [],
  language: 'en',
  paused: false,
  next: { date: '2026-03-03', at: Date.parse('2026-03-03T09:00:00Z') },
  posted: 1,
  postedAt: Date.parse('2026-03-02T09:00:00Z'),
  queue: [],
};
const well: ScheduleCheck = {
  schedule,
  supply: { all: 300, unseen: 200, isWider: false },
  unclosed: undefined,
};
const checkup: Checkup = {
  about: { version: '1.0.0', driver: 'SQLite', startedAt: 0 },
  at: NOON,
  latency: 1,
  schedules: [well],
  competitions: [],
  unsent: [],
};

function kindsOf(changes: Partial<Checkup>): string[] {
  return findingsOf({ ...checkup, ...changes }).map(({ kind }) => kind);
}
function kindsWith(changes: Partial<Schedule>, others: Partial<ScheduleCheck> = {}): string[] {
  return kindsOf({ schedules: [{ ...well, ...others, schedule: { ...schedule, ...changes } }] });
}

test('nothing is found where all is well, and where there is nothing yet', () => {
  expect(kindsOf({})).toEqual([]);
  expect(kindsOf({ schedules: [] })).toEqual([]);
});

describe('of the store', () => {
  test('that it is away is all that can be said', () => {
    expect(kindsOf({ latency: undefined, schedules: undefined, competitions: undefined })).toEqual([
      'store-away',
    ]);
  });

  test('that it is slow is said', () => {
    expect(kindsOf({ latency: 501 })).toEqual(['store-slow']);
  });

  test('what could not be read is said beside what could', () => {
    expect(kindsOf({ competitions: undefined, schedules: [{ ...well, unclosed: 1 }] })).toEqual([
      'unreadable',
      'unclosed',
    ]);
  });
});

describe('of a message', () => {
  const unsent = { channelId: '2', claimedAt: NOON - 4 * MINUTE, triedAt: NOON - MINUTE };

  test('that it is on its way for long is said while it is tried, and once for a question that is late', () => {
    expect(kindsOf({ unsent: [unsent] })).toEqual(['unsent']);
    expect(kindsOf({ unsent: [{ ...unsent, claimedAt: NOON - MINUTE }] })).toEqual([]);
    expect(kindsOf({ unsent: [{ ...unsent, triedAt: NOON - 6 * MINUTE }] })).toEqual([]);
    const late = { ...schedule, next: { date: '2026-03-02', at: NOON - 4 * MINUTE } };
    expect(kindsOf({ unsent: [unsent], schedules: [{ ...well, schedule: late }] })).toEqual(['late']);
  });
});

describe('of a schedule', () => {
  const late = { next: { date: '2026-03-02', at: NOON - 4 * MINUTE } };

  test('a question may take some minutes before it is late', () => {
    expect(kindsWith({ next: { date: '2026-03-02', at: NOON - 2 * MINUTE } })).toEqual([]);
    expect(kindsWith(late)).toEqual(['late']);
  });

  test('what is late says why only if it has failed since the last post', () => {
    const failureOf = (at: number) => {
      const failing = { ...schedule, ...late, failure: { reason: 'no-history' as const, at } };
      const [finding] = findingsOf({ ...checkup, schedules: [{ ...well, schedule: failing }] });
      return finding?.kind === 'late' ? finding.failure?.reason : 'not late';
    };
    expect(failureOf(NOON)).toBe('no-history');
    expect(failureOf(schedule.postedAt! - 1)).toBeUndefined();
  });

  test('a suspended one is not late, and a paused one lacks nothing', () => {
    const suspended = { reason: 'missing-access' as const, at: NOON };
    expect(kindsWith({ ...late, suspended })).toEqual(['suspended']);
    expect(kindsWith({ ...late, paused: true }, { supply: { all: 1, unseen: 0, isWider: true } })).toEqual(
      [],
    );
  });

  test('a question that was left out is told of until the next post', () => {
    expect(kindsWith({ failure: { reason: 'missed', at: NOON } })).toEqual(['missed']);
    expect(kindsWith({ failure: { reason: 'missed', at: NOON }, postedAt: NOON + 1 })).toEqual([]);
  });

  test('a choice that leaves nothing is told of', () => {
    expect(kindsWith({}, { supply: { all: 300, unseen: 200, isWider: true } })).toEqual(['wider']);
  });

  test('repeats are foreseen two weeks ahead, by the days on which it posts', () => {
    const kinds = (unseen: number, days: Schedule['days']) =>
      kindsWith({ days }, { supply: { all: 300, unseen, isWider: false } });
    expect([kinds(14, schedule.days), kinds(13, schedule.days)]).toEqual([[], ['repeats']]);
    expect([kinds(2, [1]), kinds(1, [1])]).toEqual([[], ['repeats']]);
  });
});
