import { describe, expect, it } from 'vitest';
import { type PostEntry, pointsCounted, pointsOf, sumPoints } from '../../src/progress/points.ts';

const graded: PostEntry = { level: 2, graded: true, revealedFirst: false };

describe('the points of a post', () => {
  it('are the base for a grade', () => {
    expect(pointsOf(graded)).toEqual({ self: 10, auto: 0 });
  });

  it('are the base for an answer, also for a wrong one', () => {
    expect(pointsOf({ ...graded, graded: false, answer: { right: false } })).toEqual({ self: 10, auto: 0 });
  });

  it('hold the base once for an answer and a grade', () => {
    expect(pointsOf({ ...graded, answer: { right: true } }).self).toBe(10);
  });

  it.each([
    [1, 5],
    [2, 10],
    [3, 15],
  ] as const)('add at level %i a bonus of %i for a right answer', (level, bonus) => {
    expect(pointsOf({ ...graded, level, answer: { right: true } }).auto).toBe(bonus);
  });

  it('add no bonus where the answer was looked at first', () => {
    const entry = { ...graded, answer: { right: true }, revealedFirst: true };
    expect(pointsOf(entry)).toEqual({ self: 10, auto: 0 });
  });

  it('are none for somebody who only looked', () => {
    expect(pointsOf({ level: 3, graded: false, revealedFirst: true })).toEqual({ self: 0, auto: 0 });
  });
});

describe('the sum of points', () => {
  const byDate = {
    '2026-11-15': { self: 10, auto: 0 },
    '2026-11-16': { self: 10, auto: 5 },
    '2026-11-22': { self: 20, auto: 15 },
    '2026-11-23': { self: 10, auto: 10 },
  };

  it('takes in both ends of its range and nothing beyond', () => {
    expect(sumPoints(byDate, { first: '2026-11-16', last: '2026-11-22' })).toEqual({ self: 30, auto: 20 });
  });

  it('takes in all dates without a range', () => {
    expect(sumPoints(byDate)).toEqual({ self: 50, auto: 30 });
  });

  it('is nothing for a person without points', () => {
    expect(sumPoints({})).toEqual({ self: 0, auto: 0 });
  });
});

describe('the points that a competition counts', () => {
  const byDate = {
    '2026-02-28': { self: 10, auto: 15, quiz: 0 },
    '2026-03-01': { self: 10, auto: 15, quiz: 5 },
    '2026-03-31': { self: 20, auto: 10, quiz: 10 },
    '2026-04-01': { self: 10, auto: 10, quiz: 10 },
  };
  const rule = {
    id: 'c',
    first: '2026-03-01',
    last: '2026-03-31',
    scope: 'points',
    selfGrades: true,
  } as const;

  it.each([
    ['points', true, 55],
    ['points', false, 25],
    ['quiz', true, 15],
    ['quiz', false, 15],
    ['daily', true, 40],
    ['daily', false, 10],
  ] as const)('of the scope %s, with self-grades %s, are %i', (scope, selfGrades, sum) => {
    expect(pointsCounted(byDate, { ...rule, scope, selfGrades })).toBe(sum);
  });

  it('cannot be had by reacting alone where only marked answers count', () => {
    const reacted = { '2026-03-02': { self: 1_000, auto: 0, quiz: 0 } };
    expect(pointsCounted(reacted, { ...rule, selfGrades: false })).toBe(0);
  });
});
