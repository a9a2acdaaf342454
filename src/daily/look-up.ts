import type { ProgressService } from '../progress/service.ts';
import type { GradingService } from './grading.ts';

/** Enters that a person has seen the solution of a question, wherever that costs them points. */
export type LookUp = (userId: string, guildId: string | null, questionId: string) => Promise<void>;

/**
 * In the server where they are, and in each in which they have a document: a right answer to an open post of the
 * question earns no bonus any more, nor does one in a quiz on the same date.
 */
export function createLookUp(grading: GradingService, progress: ProgressService): LookUp {
  return async (userId, guildId, questionId) => {
    const guildIds = new Set([...(await progress.guildsOf(userId)), ...(guildId ? [guildId] : [])]);
    for (const post of grading.openPostsOf(questionId)) {
      if (guildIds.has(post.guildId)) await grading.reveal(post, userId);
    }
    await Promise.all([...guildIds].map((each) => progress.enterLook(each, userId, questionId)));
  };
}
