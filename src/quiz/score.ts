import type { Level } from '../progress/points.ts';
import type { Quiz } from './quiz.ts';

/**
 * The one table of a group quiz's scores. They stay within the quiz: what counts on the server's boards is in
 * `progress/points.ts`. A wrong answer costs nothing.
 */
export const SCORES: {
  readonly right: Readonly<Record<Level, number>>;
  /** The share of a right answer's score that is added at most; it falls linearly to nothing over the time. */
  readonly fastest: number;
} = { right: { 1: 100, 2: 200, 3: 300 }, fastest: 0.5 };

/** @param left the share of the time that was left, 0–1; absent where speed does not count */
export function scoreOf(level: Level, right: boolean, left?: number): number {
  return right ? Math.round(SCORES.right[level] * (1 + SCORES.fastest * (left ?? 0))) : 0;
}

export type Standing = {
  readonly userId: string;
  readonly name: string;
  readonly score: number;
  readonly right: number;
  /** Milliseconds that the right answers took, all together: of two with the same score, the quicker one is ahead. */
  readonly time: number;
  /** From 1; those with the same score and time share it. */
  readonly place: number;
};

/** Where everybody stands after the questions that have been played, the best first. */
export function standingsOf(quiz: Quiz): Standing[] {
  const standings = Object.entries(quiz.players)
    .map(([userId, { name }]) => ({ userId, name, ...resultOf(quiz, userId) }))
    .sort((a, b) => b.score - a.score || a.time - b.time);
  const isLevel = (at: number) =>
    standings[at]?.score === standings[at - 1]?.score && standings[at]?.time === standings[at - 1]?.time;
  const places: number[] = [];
  for (const at of standings.keys()) places.push(at > 0 && isLevel(at) ? places[at - 1]! : at + 1);
  return standings.map((standing, at) => ({ ...standing, place: places[at]! }));
}

function resultOf(quiz: Quiz, userId: string): { score: number; right: number; time: number } {
  const result = { score: 0, right: 0, time: 0 };
  for (const { level, answers } of quiz.questions.slice(0, quiz.played)) {
    const answer = answers[userId];
    if (!answer?.right) continue;
    const left = Math.max(0, 1 - answer.milliseconds / (quiz.seconds * 1000));
    result.score += scoreOf(level, true, quiz.speedBonus ? left : undefined);
    result.right += 1;
    result.time += answer.milliseconds;
  }
  return result;
}
