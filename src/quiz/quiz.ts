import { z } from 'zod';
import { languageSchema } from '../settings/language.ts';
import type { CollectionDefinition } from '../store/port.ts';
import { givenSchema, type Question, questionSchema } from './question.ts';

/**
 * A quiz that a channel plays together, whole: who plays it is `host.ts`, which turns what happens into events.
 *
 * lobby → asking → open → revealing → pause → asking → … → ending → over. What stands between two phases is either
 * time (`tick`) or a message of ours that has to be out first (`asked`, `revealed`, `told`).
 */
export type Quiz = z.output<typeof quizSchema>;

const answerSchema = z.strictObject({
  given: givenSchema,
  right: z.boolean(),
  /** From the opening of the question, interruptions left out. */
  milliseconds: z.number().min(0),
});

const phaseSchema = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('lobby'), startsAt: z.number() }),
  /** The question is decided, but not known to be in the channel. */
  z.strictObject({ name: z.literal('asking'), opensAt: z.number(), closesAt: z.number() }),
  z.strictObject({ name: z.literal('open'), opensAt: z.number(), closesAt: z.number() }),
  /** Its time is over, and the solution not known to be in the channel. */
  z.strictObject({ name: z.literal('revealing'), closedAt: z.number(), nextAt: z.number() }),
  /** Time to read; `booked`: what follows from the answers elsewhere has been entered there. */
  z.strictObject({
    name: z.literal('pause'),
    closedAt: z.number(),
    nextAt: z.number(),
    booked: z.boolean(),
  }),
  z.strictObject({ name: z.literal('ending') }),
  z.strictObject({ name: z.literal('over'), at: z.number() }),
]);

const quizSchema = z.strictObject({
  id: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  language: languageSchema,
  host: z.strictObject({ userId: z.string(), name: z.string() }),
  /** For each question. */
  seconds: z.number().int(),
  speedBonus: z.boolean(),
  /** Whether an answer may be changed until the time is over. */
  changeable: z.boolean(),
  phase: phaseSchema,
  /** The number of the present question, from 0. */
  n: z.number().int().min(0),
  /** How many questions have come to their end and count. */
  played: z.number().int().min(0),
  /** Why it ends before its last question. */
  reason: z.enum(['stopped', 'interrupted', 'refused']).optional(),
  /** When the quiz was last known to be played, epoch milliseconds. */
  aliveAt: z.number(),
  /** The present question went on after an interruption. */
  resumed: z.boolean(),
  lobbyMessageId: z.string().optional(),
  /** The message of the present question. */
  messageId: z.string().optional(),
  /** By user id; `from` is the first question that they may answer. */
  players: z.record(z.string(), z.strictObject({ name: z.string(), from: z.number().int().min(0) })),
  /** `answers` by user id. */
  questions: z.array(
    z.strictObject({ ...questionSchema.shape, answers: z.record(z.string(), answerSchema) }),
  ),
});

export const quizzes: CollectionDefinition<Quiz> = { name: 'quiz', version: 1, schema: quizSchema };

export function newQuiz(
  facts: Pick<
    Quiz,
    'id' | 'guildId' | 'channelId' | 'language' | 'host' | 'seconds' | 'speedBonus' | 'changeable'
  >,
  questions: readonly Question[],
  at: number,
): Quiz {
  return {
    ...facts,
    phase: { name: 'lobby', startsAt: at + PACE.lobby },
    n: 0,
    played: 0,
    aliveAt: at,
    resumed: false,
    players: { [facts.host.userId]: { name: facts.host.name, from: 0 } },
    questions: questions.map((question) => ({ ...question, answers: {} })),
  };
}

/** When something is to be done next, epoch milliseconds. A moment that has passed means at once. */
export function dueAt({ phase, aliveAt, reason }: Quiz): number {
  switch (phase.name) {
    case 'lobby':
      return phase.startsAt;
    case 'open':
      return Math.min(phase.closesAt + PACE.grace, aliveAt + PACE.beat);
    case 'pause':
      return phase.booked && !reason ? phase.nextAt : aliveAt;
    case 'over':
      return phase.at + PACE.kept;
    default:
      return aliveAt;
  }
}

/** When it is over at the latest, if nothing comes between. */
export function overBy({ phase, n, questions, seconds, aliveAt }: Quiz): number {
  const each = seconds * 1000 + PACE.pause + 2 * PACE.beat;
  const left = questions.length - n;
  if (phase.name === 'lobby') return phase.startsAt + left * each;
  if (phase.name === 'pause') return phase.nextAt + (left - 1) * each;
  return aliveAt + left * each;
}

/** Whether so much time has passed since the quiz was last played that nobody waits for it any more. */
export function isForsaken({ phase, aliveAt }: Quiz, at: number): boolean {
  return phase.name !== 'ending' && phase.name !== 'over' && at - aliveAt > PACE.forsaken;
}

/** The pace of a quiz, in milliseconds. */
export const PACE = {
  /** In which people join, if nobody presses Start. */
  lobby: 60_000,
  /** From Start to the first question. */
  countdown: 5_000,
  /** To read a solution; before the podium, or where the solution came late, a shorter one. */
  pause: 12_000,
  shortPause: 6_000,
  /** After the time is over, for answers that came in time and are on their way to the store. */
  grace: 400,
  /** An open question is looked after so often; it is known to be interrupted when it was not for `gap`. */
  beat: 1_000,
  gap: 2_000,
  /** After so long an interruption nobody waits for the quiz any more. */
  forsaken: 30 * 60_000,
  /** For the buttons under solutions and podium. */
  kept: 24 * 3_600_000,
} as const;
