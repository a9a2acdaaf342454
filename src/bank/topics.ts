import type { Bank } from './load.ts';
import type { Topic } from './schema.ts';

/** Whether nothing is left of a choice of topics: each is switched off here, or has no questions any more. */
export function isVoid({ byTopic }: Bank, slugs: readonly string[]): boolean {
  return slugs.length > 0 && slugs.every((slug) => !byTopic.get(slug)?.length);
}

/** The topics that have questions here: a bank also names those that are switched off. */
export function offeredTopics({ topics, byTopic }: Bank): Topic[] {
  return [...topics.values()].filter(({ slug }) => byTopic.get(slug)?.length);
}
