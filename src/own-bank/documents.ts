import { createHash } from 'node:crypto';
import { z } from 'zod';
import { type Item, itemSchema, topicSchema } from '../bank/schema.ts';
import type { CollectionDefinition } from '../store/port.ts';
import type { Entry } from './catalogue.ts';

/**
 * A server's questions stand on shelves, some 30 each, which never change: one is named after its content. What
 * the server has is the list of its shelves, one small document, so that an import takes effect all at once.
 */
export type Register = z.output<typeof registerSchema>;

const registerSchema = z.strictObject({
  /** The name of each shelf that is not empty, by its number. */
  shelves: z.record(z.string(), z.string()),
  topics: z.array(topicSchema),
  off: z.array(z.string()),
});

export const registers: CollectionDefinition<Register> = {
  name: 'own-bank',
  version: 1,
  schema: registerSchema,
};

const shelfSchema = z.strictObject({
  /** When it was last written, epoch milliseconds: a young one may be about to be listed. */
  at: z.number(),
  /** Loose, so that a rule that becomes stricter costs nobody a shelf; read by {@link readEntries}. */
  entries: z.array(
    z.strictObject({ item: z.looseObject({ topic: z.string() }), removedAt: z.number().optional() }),
  ),
});

export type Shelf = z.output<typeof shelfSchema>;

export const shelves: CollectionDefinition<Shelf> = { name: 'own-shelf', version: 1, schema: shelfSchema };

/** The shelf of an author's id: always the same, so that few shelves change with few questions. */
export function shelfOf(id: string): string {
  return String(createHash('sha256').update(id).digest()[0]! % SHELVES);
}

export function nameOfShelf(number: string, entries: readonly Entry[]): string {
  const content = createHash('sha256').update(JSON.stringify(entries)).digest('base64url');
  return `${number}-${content.slice(0, 22)}`;
}

/** Those entries of a shelf that fit the bank's rules of today. */
export function readEntries({ entries }: Shelf): Entry[] {
  return entries.flatMap(({ item: { topic, ...written }, removedAt }) => {
    const parsed = itemSchema.safeParse(written);
    if (!parsed.success) return [];
    const item: Item = { ...parsed.data, topic };
    return [removedAt === undefined ? { item } : { item, removedAt }];
  });
}

const SHELVES = 64;
