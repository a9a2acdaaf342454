import { expect, test } from 'vitest';
import { groupGrade, resultsOf } from '../../src/daily/post.ts';
import { scoreOfPart } from '../../src/progress/entries.ts';
import { heldBit } from '../../src/progress/grade.ts';

const part = { date: '2026-03-02', topic: 'attention', level: 1 as const, held: 0, revealedFirst: false };

test('results count the lowest grade of each person, and answers apart', () => {
  const scores = [
    { ...part, held: heldBit(4, false) | heldBit(2, true) },
    { ...part, held: heldBit(3, false), answer: { right: true } },
    { ...part, answer: { right: false } },
  ].map((each, index) => ({ member: String(index), score: scoreOfPart(each)! }));
  expect(resultsOf(scores)).toEqual({ grades: [0, 1, 1, 0], answered: 2, right: 1 });
});

test('the group’s grade is the lower median, from three grades on', () => {
  const results = (...grades: [number, number, number, number]) => ({ grades, answered: 0, right: 0 });
  expect(groupGrade(results(1, 1, 0, 0))).toBeUndefined();
  expect(groupGrade(results(1, 1, 1, 0))).toBe(2);
  expect(groupGrade(results(1, 1, 1, 1))).toBe(2);
  expect(groupGrade(results(0, 0, 1, 3))).toBe(4);
});
