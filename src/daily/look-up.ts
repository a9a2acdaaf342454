import type { Banks } from '../bank/banks.ts';
import type { ProgressService } from '../progress/service.ts';
import type { GradingService } from './grading.ts';

/** Enters that a person has seen the solution of a question, wherever that costs them points. */
export type LookUp = (userId: string, guildId: string | null, questionId: string) => Promise<void>;

/**
 * In the server where they are, and in each in which they have a document: a right answer to an open post of the
 * question earns no bonus any more, nor does one in a quiz on the same date.
 *
 * An open question has nothing to lose: no post pays a bonus for it, no quiz asks it, and who grades themselves earns
 * the same whatever they have seen. So nothing is entered for one, and interviews, which ask no others, need not come here.
 */
export function createLookUp(banks: Banks, grading: GradingService, progress: ProgressService): LookUp {
  return async (userId, guildId, questionId) => {
    if ((await banks.find(questionId))?.type === 'open') return;
    const guildIds = new Set([...(await progress.guildsOf(userId)), ...(guildId ? [guildId] : [])]);
    for (const post of grading.openPostsOf(questionId)) {
      if (guildIds.has(post.guildId)) await grading.reveal(post, userId);
    }
    await Promise.all([...guildIds].map((each) => progress.enterLook(each, userId, questionId)));
  };
}
