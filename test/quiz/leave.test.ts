import fc from 'fast-check';
import { expect, test } from 'vitest';
import { withoutPlayer } from '../../src/quiz/leave.ts';
import { newQuiz, quizzes } from '../../src/quiz/quiz.ts';
import { standingsOf } from '../../src/quiz/score.ts';
import { step } from '../../src/quiz/step.ts';

const AT = Date.parse('2026-03-02T09:00:00Z');
const question = (id: string) => ({ questionId: id, topic: 't', level: 1 as const, order: [] });
const facts = {
  id: 'q',
  guildId: 'g',
  channelId: 'c',
  language: 'en' as const,
  host: { userId: 'hal', name: 'Hal' },
  seconds: 20,
  speedBonus: false,
  changeable: false,
};
const open = () => {
  let quiz = newQuiz(facts, [question('a'), question('b')], AT);
  for (const userId of ['ann', 'ben']) quiz = step(quiz, { kind: 'join', userId, name: userId, at: AT }).quiz;
  quiz = step(quiz, { kind: 'start', at: AT }).quiz;
  quiz = step(quiz, { kind: 'tick', at: AT + 5_000 }).quiz;
  return step(quiz, { kind: 'asked', n: 0, messageId: 'm', at: AT + 5_000 }).quiz;
};
const answer = (userId: string) => ({
  kind: 'answer' as const,
  userId,
  name: userId,
  n: 0,
  given: [0],
  right: true,
});

test('who leaves is nowhere in the quiz, and nobody else’s part changes', () => {
  fc.assert(
    fc.property(
      fc.shuffledSubarray(['hal', 'ann', 'ben']),
      fc.constantFrom('hal', 'ann', 'ben'),
      (answering, leaving) => {
        let quiz = open();
        for (const userId of answering) quiz = step(quiz, { ...answer(userId), at: AT + 6_000 }).quiz;
        const left = withoutPlayer(quiz, leaving, AT + 7_000)!;
        expect(JSON.stringify(left)).not.toContain(`"${leaving}"`);
        expect(quizzes.schema.safeParse(left).success).toBe(true);
        const others = (of: typeof quiz) =>
          standingsOf(of)
            .filter(({ userId }) => userId !== leaving)
            .map(({ place: _, ...standing }) => standing);
        expect(others(left)).toEqual(others(quiz));
        expect(withoutPlayer(left, leaving, AT + 7_000)).toBe(left);
      },
    ),
  );
});

test('the host’s quiz goes on under another player', () => {
  expect(withoutPlayer(open(), 'hal', AT)?.host).toEqual({ userId: 'ann', name: 'ann' });
});

test('nobody waits for an answer of who has left', () => {
  let quiz = open();
  for (const userId of ['ann', 'ben']) quiz = step(quiz, { ...answer(userId), at: AT + 6_000 }).quiz;
  const left = withoutPlayer(quiz, 'hal', AT + 7_000)!;
  expect(left.phase).toMatchObject({ name: 'open', closesAt: AT + 7_000 });
});

test('a quiz that nobody plays any more goes', () => {
  const alone = newQuiz(facts, [question('a')], AT);
  expect(withoutPlayer(alone, 'hal', AT)).toBeNull();
});
