/** An answer that a quiz has marked. */
export type Answered = {
  readonly right: boolean;
  readonly milliseconds: number;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Names the answer, the same each time that it is told: the quiz, and the number of the question from 0. */
  readonly source: `quiz:${string}`;
};

/** Hears of every marked answer, more than once if need be. */
export type OnAnswered = (userId: string, questionId: string, answered: Answered) => Promise<void>;

/** Hears who has seen the solution of a question, and in which server, if in any. */
export type OnSeen = (userId: string, guildId: string | null, questionId: string) => Promise<void>;

export function sourceOf(quizId: string, n: number): Answered['source'] {
  return `${sourcesOf(quizId)}${n}`;
}

/** What the names of all answers in a quiz begin with. */
export function sourcesOf(quizId: string): `quiz:${string}.` {
  return `quiz:${quizId}.`;
}
