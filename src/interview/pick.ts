import { pickQuestion, seededRandom } from '../bank/pick.ts';
import type { Item, Level } from '../bank/schema.ts';
import { dateOfNumber } from '../calendar/dates.ts';
import type { Interview } from './interview.ts';

export type OpenItem = Extract<Item, { type: 'open' }>;

/** What the person wants to be asked about; what is absent is left open. */
export type Wanted = { readonly topic?: string | undefined; readonly level?: Level | undefined };

/** The open questions that fit. */
export function openItems(items: Iterable<Item>, { topic, level }: Wanted): OpenItem[] {
  return [...items].filter(
    (item): item is OpenItem =>
      item.type === 'open' && (!topic || item.topic === topic) && (!level || item.level === level),
  );
}

/**
 * The questions of an interview: first those that the person's kept interviews did not ask, then those asked longest ago, with
 * a change of topic where there is a choice. The same for the same seed.
 */
export function pickInterview(
  items: readonly OpenItem[],
  count: number,
  past: readonly Interview[],
  seed: string,
): OpenItem[] {
  const random = seededRandom(seed);
  const seen: Record<string, string> = {};
  for (const { startedAt, questions } of [...past].sort((a, b) => a.startedAt - b.startedAt)) {
    for (const { questionId } of questions) seen[questionId] = dateOfNumber(Math.floor(startedAt / DAY));
  }
  const picked: OpenItem[] = [];
  while (picked.length < Math.min(count, items.length)) {
    const rest = items.filter((item) => !picked.includes(item));
    const lastTopics = picked.slice(-1).map(({ topic }) => topic);
    const pick = pickQuestion({ items: rest, seen, cards: {}, recent: [], lastTopics, now: 0, random });
    picked.push(rest.find(({ id }) => id === pick?.id)!);
  }
  return picked;
}

/** Milliseconds. */
const DAY = 86_400_000;
