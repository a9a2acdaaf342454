import { z } from 'zod';
import type { MarkableItem } from '../bank/mark.ts';
import type { Item, ItemType } from '../bank/schema.ts';
import { shuffled } from '../bank/shuffle.ts';

/** What a session keeps of a question: enough to ask it again after a restart, as it was shown. */
export type Question = z.output<typeof questionSchema>;

export const questionSchema = z.strictObject({
  questionId: z.string(),
  topic: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Option ids in the order in which they are shown; empty where there are none. */
  order: z.array(z.string()),
});

/** Shown positions, in the order pressed, or a text. */
export const givenSchema = z.union([z.array(z.number().int().min(0).max(5)), z.string()]);

/** Which questions a quiz may ask. What is absent leaves it open. */
export type Wanted = {
  readonly topic?: string | undefined;
  readonly level?: number | undefined;
  readonly type?: ItemType | undefined;
};

/** The questions that fit and can be marked. */
export function playable(items: Iterable<Item>, { topic, level, type }: Wanted): MarkableItem[] {
  return [...items].filter(
    (item): item is MarkableItem & Item =>
      item.type !== 'open' &&
      (topic === undefined || item.topic === topic) &&
      (level === undefined || item.level === level) &&
      (type === undefined || item.type === type),
  );
}

/**
 * Draws up to `count` questions, each with its options in an order of its own.
 * @param avoided ids that come only if the others do not suffice
 * @param random gives numbers in [0, 1) that nobody can foresee: a seed in sight would tell the order
 */
export function drawQuestions(
  items: readonly Item[],
  count: number,
  avoided: ReadonlySet<string>,
  random: () => number,
): Question[] {
  const mixed = shuffled(items, random);
  const fresh = mixed.filter(({ id }) => !avoided.has(id));
  const known = mixed.filter(({ id }) => avoided.has(id));
  return [...fresh, ...known].slice(0, count).map((item) => ({
    questionId: item.id,
    topic: item.topic,
    level: item.level,
    order: 'options' in item.en ? shuffled(Object.keys(item.en.options), random) : [],
  }));
}
