import { expect, test } from 'vitest';
import { gradeOf, gradeOfEmoji, heldBit, lowerMedian, NOTHING_HELD } from '../../src/progress/grade.ts';

test('each of the four emoji is a grade, with a variation selector or without; others are none', () => {
  expect(['❌', '🤔', '✅', '⚡', '⚡\u{FE0F}', '👍', ''].map(gradeOfEmoji)).toEqual([
    1,
    2,
    3,
    4,
    4,
    undefined,
    undefined,
  ]);
});

test('the lowest grade held counts, normal or super', () => {
  expect(gradeOf(NOTHING_HELD)).toBeUndefined();
  expect(gradeOf(heldBit(4, false))).toBe(4);
  expect(gradeOf(heldBit(4, false) | heldBit(1, true))).toBe(1);
});

test('the lower median of an even number is the lower of the two in the middle', () => {
  expect(lowerMedian([4, 1, 3, 2])).toBe(2);
  expect(lowerMedian([4, 4, 1])).toBe(4);
  expect(lowerMedian([])).toBeUndefined();
});
