import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, type LocalDate } from '../../src/calendar/dates.ts';
import { deriveStreak, nextMilestone, type StreakInput } from '../../src/progress/streak.ts';

/** The dates from `first` on, `count` of them. */
const run = (first: LocalDate, count: number) => Array.from({ length: count }, (_, n) => addDays(first, n));

describe('a streak', () => {
  it('has a day for each study day', () => {
    const streak = deriveStreak({
      days: run('2026-11-20', 3),
      judged: 'every-past-day',
      today: '2026-11-22',
    });
    expect(streak).toEqual({
      current: 3,
      longest: 3,
      freezes: 0,
      frozen: [],
      studiedToday: true,
      nextBreak: '2026-11-23',
    });
  });

  it('stands while today is not over', () => {
    const streak = deriveStreak({
      days: run('2026-11-20', 2),
      judged: 'every-past-day',
      today: '2026-11-22',
    });
    expect(streak).toMatchObject({ current: 2, studiedToday: false, nextBreak: '2026-11-22' });
  });

  it('ends with a missing day that was judged', () => {
    const streak = deriveStreak({ days: run('2026-11-18', 3), judged: ['2026-11-21'], today: '2026-11-22' });
    expect(streak).toMatchObject({ current: 0, longest: 3, nextBreak: undefined });
  });

  it('ends today where the daily of today has closed', () => {
    const streak = deriveStreak({ days: run('2026-11-18', 4), judged: ['2026-11-22'], today: '2026-11-22' });
    expect(streak.current).toBe(0);
  });

  it('starts anew after it ended', () => {
    const days = [...run('2026-11-10', 5), ...run('2026-11-20', 2)];
    const streak = deriveStreak({ days, judged: 'every-past-day', today: '2026-11-21' });
    expect(streak).toMatchObject({ current: 2, longest: 5 });
  });

  it('leaves weekends without a daily free', () => {
    const weekdays = [...run('2026-11-09', 5), ...run('2026-11-16', 5)];
    const streak = deriveStreak({ days: weekdays, judged: weekdays, today: '2026-11-22' });
    expect(streak).toMatchObject({ current: 10, frozen: [] });
  });

  it('is broken for nobody by an outage, however long', () => {
    const judged = [...run('2026-11-01', 3), ...run('2026-11-20', 3)];
    const streak = deriveStreak({ days: judged, judged, today: '2026-11-22' });
    expect(streak).toMatchObject({ current: 6, frozen: [] });
  });

  it('earns nothing on a day that is free', () => {
    const streak = deriveStreak({ days: ['2026-11-02', '2026-11-20'], judged: [], today: '2026-11-20' });
    expect(streak.current).toBe(2);
  });

  it('counts a date ahead of today as today', () => {
    const streak = deriveStreak({
      days: run('2026-11-21', 3),
      judged: 'every-past-day',
      today: '2026-11-22',
    });
    expect(streak).toMatchObject({ current: 2, studiedToday: true });
    const ahead = deriveStreak({ days: ['2026-11-23'], judged: 'every-past-day', today: '2026-11-22' });
    expect(ahead).toMatchObject({ current: 1, studiedToday: true });
  });

  it('is not ended by a daily of tomorrow that has closed already', () => {
    const streak = deriveStreak({ days: run('2026-11-20', 3), judged: ['2026-11-23'], today: '2026-11-22' });
    expect(streak).toMatchObject({ current: 3, nextBreak: '2026-11-24' });
  });

  it('goes on over a year end and a leap day', () => {
    const overNewYear = {
      days: run('2026-12-30', 4),
      judged: 'every-past-day',
      today: '2027-01-02',
    } as const;
    expect(deriveStreak(overNewYear).current).toBe(4);
    const overLeapDay = {
      days: run('2028-02-28', 3),
      judged: 'every-past-day',
      today: '2028-03-01',
    } as const;
    expect(deriveStreak(overLeapDay).current).toBe(3);
    const leapDayMissed = { ...overLeapDay, days: ['2028-02-28', '2028-03-01'] };
    expect(deriveStreak(leapDayMissed).current).toBe(1);
  });

  it('is none without study days', () => {
    const streak = deriveStreak({ days: [], judged: 'every-past-day', today: '2026-11-22' });
    expect(streak).toMatchObject({ current: 0, longest: 0, studiedToday: false, nextBreak: undefined });
  });
});

describe('freezes', () => {
  const judged = 'every-past-day';

  it('are earned on the seventh day', () => {
    expect(deriveStreak({ days: run('2026-11-01', 6), judged, today: '2026-11-06' }).freezes).toBe(0);
    expect(deriveStreak({ days: run('2026-11-01', 7), judged, today: '2026-11-07' }).freezes).toBe(1);
  });

  it('are never more than two', () => {
    expect(deriveStreak({ days: run('2026-10-01', 28), judged, today: '2026-10-28' }).freezes).toBe(2);
  });

  it('are spent on a missing day, which adds nothing', () => {
    const days = [...run('2026-11-01', 7), '2026-11-09'];
    const streak = deriveStreak({ days, judged, today: '2026-11-09' });
    expect(streak).toMatchObject({ current: 8, freezes: 0, frozen: ['2026-11-08'] });
  });

  it('last for two missing days in a row', () => {
    const days = [...run('2026-11-01', 14), '2026-11-17'];
    const streak = deriveStreak({ days, judged, today: '2026-11-17' });
    expect(streak).toMatchObject({ current: 15, freezes: 0, frozen: ['2026-11-15', '2026-11-16'] });
  });

  it('do not last for a third', () => {
    const days = [...run('2026-11-01', 14), '2026-11-18'];
    const streak = deriveStreak({ days, judged, today: '2026-11-18' });
    expect(streak).toMatchObject({ current: 1, longest: 14, frozen: ['2026-11-15', '2026-11-16'] });
  });

  it('are earned again at the next multiple of seven, not seven days after one was spent', () => {
    const days = [...run('2026-11-01', 7), ...run('2026-11-09', 7)];
    expect(deriveStreak({ days, judged, today: '2026-11-15' }).freezes).toBe(1);
    expect(deriveStreak({ days: days.slice(0, -1), judged, today: '2026-11-14' }).freezes).toBe(0);
  });

  it('are not earned by a frozen day', () => {
    const days = [...run('2026-11-01', 13), '2026-11-15'];
    const streak = deriveStreak({ days, judged, today: '2026-11-15' });
    expect(streak).toMatchObject({ current: 14, freezes: 1 });
  });
});

describe('the next date that could break a streak', () => {
  it('is the earliest one whose daily has not closed', () => {
    const streak = deriveStreak({
      days: [...run('2026-11-15', 5), '2026-11-21'],
      judged: run('2026-11-15', 5),
      today: '2026-11-22',
    });
    expect(streak).toMatchObject({ current: 6, nextBreak: '2026-11-20' });
  });

  it('is never one before the streak began', () => {
    const streak = deriveStreak({ days: ['2026-11-21'], judged: [], today: '2026-11-22' });
    expect(streak.nextBreak).toBe('2026-11-22');
  });

  it('is never more than three days ago, for that is never judged any more', () => {
    const streak = deriveStreak({ days: ['2026-11-01'], judged: [], today: '2026-11-22' });
    expect(streak.nextBreak).toBe('2026-11-19');
  });

  it('is not tomorrow where its daily was taken part in already', () => {
    const streak = deriveStreak({ days: run('2026-11-20', 4), judged: [], today: '2026-11-22' });
    expect(streak.nextBreak).toBe('2026-11-24');
  });
});

describe('the derivation', () => {
  const today = '2028-03-03';
  const date = (min: number, max: number) => fc.integer({ min, max }).map((n) => addDays(today, n));
  const dense = fc
    .uniqueArray(fc.integer({ min: -45, max: 0 }), { maxLength: 12 })
    .map((gaps) => run(addDays(today, -45), 46).filter((_, n) => !gaps.includes(n - 45)));
  const input: fc.Arbitrary<StreakInput> = fc.record({
    days: fc.oneof(dense, fc.array(date(-50, 2), { maxLength: 40 })),
    judged: fc.oneof(fc.constant('every-past-day' as const), fc.array(date(-50, 2), { maxLength: 60 })),
    today: fc.constant(today),
  });

  it('agrees with a walk from day to day', () => {
    fc.assert(
      fc.property(input, (given) => {
        expect(deriveStreak(given)).toEqual(walkDayByDay(given));
      }),
      { numRuns: 2000 },
    );
  });

  it('does not ask in which order, or how often, a date came in', () => {
    fc.assert(
      fc.property(input, ({ days, judged }) => {
        const turned = (dates: Iterable<LocalDate>) => [...dates, ...dates].reverse();
        const again = {
          days: turned(days),
          judged: typeof judged === 'string' ? judged : turned(judged),
          today,
        };
        expect(deriveStreak(again)).toEqual(deriveStreak({ days, judged, today }));
      }),
    );
  });
});

describe('the next milestone', () => {
  it.each([
    [0, 3],
    [2, 3],
    [3, 7],
    [29, 30],
    [200, 365],
    [365, 400],
    [400, 500],
    [700, 730],
    [730, 800],
    [1000, 1095],
  ])('after %i days is %i', (current, milestone) => {
    expect(nextMilestone(current)).toBe(milestone);
  });
});

/** The rules as a person would go through a calendar with a pencil. */
function walkDayByDay({ days, judged, today }: StreakInput): ReturnType<typeof deriveStreak> {
  const recorded = [...days];
  const isStudied = (date: LocalDate) => recorded.some((day) => (day > today ? today : day) === date);
  const isJudged = (date: LocalDate) =>
    judged === 'every-past-day' ? date < today : [...judged].some((day) => day === date);

  const state = { current: 0, longest: 0, freezes: 0, frozen: [] as LocalDate[] };
  let start: LocalDate | undefined;
  for (let date = addDays(today, -60); date <= today; date = addDays(date, 1)) {
    if (isStudied(date)) {
      start ??= date;
      state.current += 1;
      if (state.current > state.longest) state.longest = state.current;
      if (state.current % 7 === 0 && state.freezes < 2) state.freezes += 1;
    } else if (isJudged(date) && start) {
      if (state.freezes > 0) {
        state.freezes -= 1;
        state.frozen.push(date);
      } else {
        state.current = 0;
        start = undefined;
      }
    }
  }
  const nextBreak =
    start &&
    run(addDays(today, -3), 10).find((date) => date > start! && !recorded.includes(date) && !isJudged(date));
  return { ...state, studiedToday: isStudied(today), nextBreak };
}
