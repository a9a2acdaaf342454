import type { Bank } from './load.ts';
import type { Topic } from './schema.ts';

/** The topics that have questions here: a bank also names those that are switched off. */
export function offeredTopics({ topics, byTopic }: Bank): Topic[] {
  return [...topics.values()].filter(({ slug }) => byTopic.get(slug)?.length);
}
