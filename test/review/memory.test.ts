import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Grade } from '../../src/progress/grade.ts';
import { preview, type Review, recallOf, replay } from '../../src/review/memory.ts';

const start = Date.parse('2026-03-02T09:00:00Z');
const DAY = 86_400_000;
const MINUTE = 60_000;

const grade = fc.constantFrom<Grade>(1, 2, 3, 4);
const review: fc.Arbitrary<Review> = fc.record({
  at: fc.integer({ min: 0, max: 400 * 1440 }).map((minutes) => start + minutes * MINUTE),
  grade,
});
const reviews = fc.uniqueArray(review, { selector: ({ at }) => at, minLength: 1, maxLength: 25 });
const retention = fc.integer({ min: 80, max: 97 }).map((percent) => percent / 100);

describe('what reviews come to', () => {
  test('does not depend on the order in which they were told', () => {
    fc.assert(
      fc.property(reviews, retention, fc.infiniteStream(fc.nat()), (all, target, random) => {
        const shuffled = all
          .map((each) => ({ each, key: random.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ each }) => each);
        expect(replay(shuffled, target)).toEqual(replay(all, target));
      }),
    );
  });

  test('is due after the last of them, and within a hundred years', () => {
    fc.assert(
      fc.property(reviews, retention, (all, target) => {
        const last = Math.max(...all.map(({ at }) => at));
        const { due } = replay(all, target)!;
        expect(due).toBeGreaterThan(last);
        expect(due).toBeLessThanOrEqual(last + 36_500 * DAY);
      }),
    );
  });

  test('is what the preview of the last grade had promised', () => {
    fc.assert(
      fc.property(reviews, grade, retention, (all, next, target) => {
        const now = Math.max(...all.map(({ at }) => at)) + DAY;
        expect(replay([...all, { at: now, grade: next }], target)!.due).toBe(preview(all, target, now)[next]);
      }),
    );
  });

  test('comes back no later for a worse grade, and no later for a higher target', () => {
    fc.assert(
      fc.property(reviews, (all) => {
        const now = Math.max(...all.map(({ at }) => at)) + DAY;
        const dues = preview(all, 0.9, now);
        expect([dues[1], dues[2], dues[3], dues[4]]).toEqual(Object.values(dues).sort((a, b) => a - b));
        expect(replay(all, 0.97)!.due).toBeLessThanOrEqual(replay(all, 0.8)!.due);
      }),
    );
  });

  test('takes a review before the last one, as from a clock that is behind, for simultaneous', () => {
    const all = [{ at: start, grade: 3 as const }];
    expect(preview(all, 0.9, start - DAY)).toEqual(preview(all, 0.9, start));
  });

  test.each([
    [1, 10 * MINUTE, false],
    [2, 15 * MINUTE, false],
    [3, 2 * DAY, true],
    [4, 8 * DAY, true],
  ] as const)('of a first grade %i is the published one of FSRS-6', (grade, interval, inDays) => {
    expect(replay([{ at: start, grade }], 0.9)).toMatchObject({ due: start + interval, inDays });
  });

  test('counts as lapses what was forgotten once it had been learnt', () => {
    const all = [3, 1, 3, 1].map((grade, day) => ({ at: start + day * 9 * DAY, grade: grade as Grade }));
    expect(replay(all, 0.9)).toMatchObject({ lapses: 2 });
    expect(replay(all.slice(1), 0.9)).toMatchObject({ lapses: 1 });
  });

  test('is nothing without any', () => {
    expect(replay([], 0.9)).toBeUndefined();
  });
});

test('recall counts what had rested for a day, since a moment', () => {
  const deck = [
    { at: start, grade: 3 },
    { at: start + 10 * MINUTE, grade: 1 },
    { at: start + 2 * DAY, grade: 2 },
    { at: start + 5 * DAY, grade: 1 },
  ] as const;
  expect(recallOf([deck], start)).toEqual({ asked: 2, known: 1 });
  expect(recallOf([deck, deck], start + 3 * DAY)).toEqual({ asked: 2, known: 0 });
});
