import type { Quiz } from './quiz.ts';
import { closeIfComplete } from './step.ts';

/**
 * The quiz as though somebody had never played it; what they hosted, another player hosts.
 * @param at epoch milliseconds
 * @returns the same quiz if they are not in it; `null` if nobody else is
 */
export function withoutPlayer(quiz: Quiz, userId: string, at: number): Quiz | null {
  const { [userId]: left, ...players } = quiz.players;
  const answered = quiz.questions.some(({ answers }) => userId in answers);
  if (!left && !answered && quiz.host.userId !== userId) return quiz;
  const [heir] = Object.entries(players);
  if (!heir) return null;
  const questions = quiz.questions.map((question) => {
    const { [userId]: _, ...answers } = question.answers;
    return { ...question, answers };
  });
  const host = quiz.host.userId === userId ? { userId: heir[0], name: heir[1].name } : quiz.host;
  return closeIfComplete({ ...quiz, host, players, questions }, at);
}
