import type { Quiz } from './quiz.ts';

/** What the quiz room needs of Discord. What rejects may be tried again later. */
export type QuizStage = {
  /** Whether clicks from the server can reach the bot at this moment. */
  readonly reaches: (guildId: string) => boolean;
  /** Each posts a message, once however often it is called, and returns its id; `undefined`: Discord refuses the channel. */
  readonly ask: (quiz: Quiz, signal: AbortSignal) => Promise<string | undefined>;
  readonly reveal: (quiz: Quiz, signal: AbortSignal) => Promise<string | undefined>;
  readonly tell: (quiz: Quiz, signal: AbortSignal) => Promise<string | undefined>;
  /** Brings the messages of the lobby and of the present question in step with the quiz, where they still exist. */
  readonly show: (quiz: Quiz, signal: AbortSignal) => Promise<void>;
};
