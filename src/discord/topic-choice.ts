import type { Bank } from '../bank/load.ts';
import type { Language } from '../bank/schema.ts';
import { offeredTopics } from '../bank/topics.ts';
import { plain } from './cards/markdown.ts';
import type { Choice } from './command.ts';
import { UserError } from './user-error.ts';
import { bankWords } from './words/bank.ts';

/** The topics that fit what was typed, for an autocomplete. */
export function topicChoices(bank: Bank, language: Language, typed: string): Choice[] {
  const wanted = typed.trim().toLowerCase();
  return offeredTopics(bank)
    .map((topic) => ({ name: topic[language], value: topic.slug }))
    .filter(({ name, value }) => `${name} ${value}`.toLowerCase().includes(wanted));
}

/** @throws UserError for a topic that there is not, or that is switched off in this server */
export function requireTopic(bank: Bank, slug: string): void {
  const topic = bank.topics.get(slug);
  if (!topic) throw new UserError((words) => words.errors.noTopic(plain(slug)));
  if (bank.byTopic.get(slug)?.length) return;
  throw new UserError((_, language) => bankWords[language].topicOff(topic[language]));
}
