import { describe, expect, it } from 'vitest';
import { type PostEntry, pointsOf, sumPoints } from '../../src/progress/points.ts';

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
