import { describe, expect, test } from 'vitest';
import type { Quiz } from '../../src/quiz/quiz.ts';
import { scoreOf, standingsOf } from '../../src/quiz/score.ts';
import { quizOf } from './game.ts';

/** A quiz in which each person gave these answers: right or not, after so many milliseconds. */
function played(
  answers: Record<string, [right: boolean, milliseconds: number][]>,
  changes: Partial<Quiz> = {},
) {
  const quiz = quizOf(3, { played: 3, ...changes });
  return standingsOf({
    ...quiz,
    players: Object.fromEntries(Object.keys(answers).map((name) => [name, { name, from: 0 }])),
    questions: quiz.questions.map((question, n) => ({
      ...question,
      answers: Object.fromEntries(
        Object.entries(answers).flatMap(([name, own]) => {
          const [right, milliseconds] = own[n] ?? [];
          return right === undefined ? [] : [[name, { given: [0], right, milliseconds: milliseconds! }]];
        }),
      ),
    })),
  });
}

describe('a right answer', () => {
  test.each([
    [1, 100],
    [2, 200],
    [3, 300],
  ] as const)('is worth more at a higher level: %i', (level, score) => {
    expect(scoreOf(level, true)).toBe(score);
    expect(scoreOf(level, false)).toBe(0);
  });

  test('earns up to half as much again for speed, less and less over the time', () => {
    expect([1, 0.5, 0].map((left) => scoreOf(1, true, left))).toEqual([150, 125, 100]);
  });
});

describe('the standings', () => {
  test('put the quicker one ahead where scores are equal, by the time of right answers only', () => {
    const standings = played(
      {
        slow: [[true, 5_000]],
        quick: [
          [true, 4_000],
          [false, 19_000],
        ],
      },
      { speedBonus: false },
    );
    expect(standings.map(({ userId, place, time }) => [userId, place, time])).toEqual([
      ['quick', 1, 4_000],
      ['slow', 2, 5_000],
    ]);
  });

  test('share a place where time is equal too, and the next place is left out', () => {
    const standings = played({ a: [[true, 1_000]], b: [[true, 1_000]], c: [] });
    expect(standings.map(({ place }) => place)).toEqual([1, 1, 3]);
  });

  test('leave out a question that has not come to its end', () => {
    expect(
      played(
        {
          a: [
            [true, 0],
            [true, 0],
          ],
        },
        { played: 1 },
      )[0],
    ).toMatchObject({ right: 1, score: 150 });
  });
});
