import { expect, test } from 'vitest';
import { answerSolo, newSolo, nextSolo } from '../../src/quiz/solo.ts';
import { question, start } from './game.ts';

const solo = newSolo('s1', '1', [question(0), question(1)], start);
const right = { given: [1], right: true };
const wrong = { given: [0], right: false };

test('the first answer counts, with the time that it took', () => {
  const answered = answerSolo(solo, 0, wrong, start + 4_000);
  expect(answered.questions[0]!.answer).toEqual({
    given: [0],
    right: false,
    milliseconds: 4_000,
    at: start + 4_000,
  });
  expect(answerSolo(answered, 0, right, start + 5_000)).toBe(answered);
});

test('it goes on from an answered question only, and once', () => {
  expect(nextSolo(solo, 0, start)).toBe(solo);
  const next = nextSolo(answerSolo(solo, 0, right, start), 0, start + 9_000);
  expect([next.n, next.shownAt]).toEqual([1, start + 9_000]);
  expect(nextSolo(next, 0, start + 9_500)).toBe(next);
});

test('no answer is taken for a question that is not on show', () => {
  for (const n of [1, 2, -1]) expect(answerSolo(solo, n, right, start)).toBe(solo);
});
