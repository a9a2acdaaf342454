import type { BaseInteraction } from 'discord.js';
import type { Context } from './command.ts';
import { placeOf } from './place.ts';
import { UserError } from './user-error.ts';
import { quizWords } from './words/quiz.ts';

/**
 * Nobody sees the solution of a question while a quiz in which they play asks it.
 * @throws UserError
 */
export function mustNotBeAsked({ user }: BaseInteraction, { quizzes }: Context, questionId: string): void {
  if (quizzes.isAsking(user.id, questionId)) {
    throw new UserError((_, language) => quizWords[language].errors.asked);
  }
}

/**
 * Enters what the look costs a person who is about to see a solution.
 * @throws UserError while a quiz in which they play asks the question
 */
export async function lookAtSolution(
  interaction: BaseInteraction,
  context: Context,
  questionId: string,
): Promise<void> {
  mustNotBeAsked(interaction, context, questionId);
  await context.lookUp(interaction.user.id, placeOf(interaction), questionId);
}
