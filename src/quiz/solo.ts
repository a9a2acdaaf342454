import { z } from 'zod';
import type { Given } from '../bank/given.ts';
import type { CollectionDefinition } from '../store/port.ts';
import { givenSchema, type Question, questionSchema } from './question.ts';

/** One person's quiz. A person has one at a time: the next one takes its place. */
export type SoloQuiz = z.output<typeof soloSchema>;
export type SoloQuestion = z.output<typeof soloQuestionSchema>;
export type SoloAnswer = NonNullable<SoloQuestion['answer']>;

const soloQuestionSchema = z.strictObject({
  ...questionSchema.shape,
  answer: z
    .strictObject({
      given: givenSchema,
      right: z.boolean(),
      /** Of a wrong number: the value of the slip that leads to it. */
      slip: z.number().optional(),
      milliseconds: z.number().min(0),
      /** Epoch milliseconds. */
      at: z.number(),
    })
    .optional(),
});

const soloSchema = z.strictObject({
  id: z.string(),
  /** Where its points count; absent outside of servers, where they count nowhere. */
  guildId: z.string().optional(),
  /** The number of the question on show, from 0; as many as there are questions once the quiz is over. */
  n: z.number().int().min(0),
  /** When it was shown, epoch milliseconds. */
  shownAt: z.number(),
  questions: z.array(soloQuestionSchema),
});

export const soloQuizzes: CollectionDefinition<SoloQuiz> = {
  name: 'solo-quiz',
  version: 2,
  schema: soloSchema,
};

export function newSolo(
  id: string,
  guildId: string | null,
  questions: readonly Question[],
  shownAt: number,
): SoloQuiz {
  return { id, ...(guildId ? { guildId } : {}), n: 0, shownAt, questions: [...questions] };
}

/**
 * Enters the answer to question `n`; the first one counts.
 * @returns the same quiz if it is not the question on show, or answered already
 */
export function answerSolo(
  solo: SoloQuiz,
  n: number,
  marked: { given: Given; right: boolean; slip?: number | undefined },
  at: number,
): SoloQuiz {
  const question = solo.questions[n];
  if (n !== solo.n || !question || question.answer) return solo;
  const { given, right, slip } = marked;
  const answer: SoloAnswer = {
    given: typeof given === 'string' ? given : [...given],
    right,
    ...(slip === undefined ? {} : { slip }),
    milliseconds: Math.max(0, at - solo.shownAt),
    at,
  };
  return { ...solo, questions: solo.questions.with(n, { ...question, answer }) };
}

/**
 * Goes on from question `n` once it is answered.
 * @returns the same quiz if it has gone on already, or may not yet
 */
export function nextSolo(solo: SoloQuiz, n: number, at: number): SoloQuiz {
  if (n !== solo.n || !solo.questions[n]?.answer) return solo;
  return { ...solo, n: n + 1, shownAt: at };
}
