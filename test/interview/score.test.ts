import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { byImportance, type KeyPoint, missedOf, PASS, scoreOf } from '../../src/interview/score.ts';

const rubric: KeyPoint[] = [
  { weight: 1 },
  { weight: 2, essential: true },
  { weight: 3 },
  { weight: 3, essential: true },
  { weight: 1 },
];

const anyRubric = fc.array(
  fc.record({ weight: fc.integer({ min: 1, max: 3 }), essential: fc.constantFrom(true as const, undefined) }),
  { minLength: 4, maxLength: 6 },
);
const anyTicks = fc.array(fc.integer({ min: 0, max: 5 }));

test.each([
  ['nothing', [], 0],
  ['everything', [0, 1, 2, 3, 4], 100],
  ['half of the weight, both essential points', [1, 3], 50],
  ['all but one light point', [1, 2, 3, 4], 90],
  ['all but an essential point: below the pass mark', [0, 2, 3, 4], PASS - 1],
  ['a point that the rubric does not have', [9], 0],
])('%s scores %j → %i', (_, ticks, score) => {
  expect(scoreOf(rubric, ticks)).toBe(score);
});

describe('of any rubric', () => {
  test('one more point never scores less', () => {
    fc.assert(
      fc.property(anyRubric, anyTicks, fc.integer({ min: 0, max: 5 }), (points, ticks, more) => {
        expect(scoreOf(points, [...ticks, more])).toBeGreaterThanOrEqual(scoreOf(points, ticks));
      }),
    );
  });

  test('nobody passes without every essential point', () => {
    fc.assert(
      fc.property(anyRubric, anyTicks, (points, ticks) => {
        const lacks = points.some(({ essential }, at) => essential && !ticks.includes(at));
        if (lacks) expect(scoreOf(points, ticks)).toBeLessThan(PASS);
      }),
    );
  });

  test('what is ticked twice counts once', () => {
    fc.assert(
      fc.property(anyRubric, anyTicks, (points, ticks) => {
        expect(scoreOf(points, [...ticks, ...ticks])).toBe(scoreOf(points, ticks));
      }),
    );
  });
});

test('essential points come first, then the heavier ones, then as written', () => {
  expect(byImportance(rubric)).toEqual([3, 1, 2, 0, 4]);
});

test('what was missed is named in the same order', () => {
  expect(missedOf(rubric, [3, 0])).toEqual([1, 2, 4]);
});
