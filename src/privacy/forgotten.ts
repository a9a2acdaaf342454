import { createHmac } from 'node:crypto';
import { z } from 'zod';
import { documentKey, setName } from '../store/keys.ts';
import type { CollectionDefinition, Store } from '../store/port.ts';

const secrets: CollectionDefinition<{ key: string }> = {
  name: 'secret',
  version: 1,
  schema: z.strictObject({ key: z.string().min(32) }),
};

export type Forgotten = ReturnType<typeof createForgotten>;

/**
 * Whose reactions a reading leaves out: those of people who were deleted, under questions that were open then. Their
 * ids are kept nowhere, only a keyed hash, and that no longer than such a question is open.
 * @param newSecret makes the key of an installation, once
 */
export function createForgotten(store: Store, newSecret: () => string) {
  const marks = store.orderedSet(setName.forgotten);
  const since = new Map<string, number>();
  let secret = '';

  /** Once, before anything is asked. */
  async function load(): Promise<void> {
    secret = await store.collection(secrets).update(documentKey.secret(), (current) => {
      const document = current ?? { key: newSecret() };
      return current ? { result: document.key } : { document, result: document.key };
    });
    for (const { member, score } of await marks.range(0, Number.MAX_SAFE_INTEGER)) since.set(member, score);
  }

  /** @param at epoch milliseconds, here and below */
  async function add(userId: string, at: number): Promise<void> {
    const mark = markOf(userId);
    await marks.put(mark, at);
    since.set(mark, at);
  }

  /** Whether a person was deleted when something that opened at this time was open, or later. */
  function has(userId: string, openedAt: number): boolean {
    return since.size > 0 && openedAt <= (since.get(markOf(userId)) ?? Number.NEGATIVE_INFINITY);
  }

  /** Drops the marks of people who were deleted before. */
  async function dropBefore(at: number): Promise<void> {
    for (const [mark, deletedAt] of since) {
      if (deletedAt >= at) continue;
      await marks.remove(mark);
      since.delete(mark);
    }
  }

  function markOf(userId: string): string {
    return createHmac('sha256', secret).update(userId).digest('base64url');
  }

  return { load, add, has, dropBefore };
}
