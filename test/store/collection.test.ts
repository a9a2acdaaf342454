import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type DocumentTexts, openCollection } from '../../src/store/collection.ts';
import { type CollectionDefinition, type SetAside, StoreUnavailable } from '../../src/store/port.ts';

const Notes: CollectionDefinition<{ text: string }> = {
  name: 'note',
  version: 1,
  schema: z.object({ text: z.string() }),
};
const stored = (data: unknown) => JSON.stringify({ value: { v: 1, r: 1, d: data } });

/** Texts in memory, with hooks for what another program does at just the wrong moment. */
function memory(key: string, text: string, beforeSetAside: (texts: Map<string, string>) => void = () => {}) {
  const texts = new Map([[key, text]]);
  let commits = 0;
  const driver: DocumentTexts = {
    read: async (_, keys) => new Map([...texts].filter(([each]) => keys.includes(each))),
    async commit(write) {
      commits++;
      if (texts.get(write.key) !== write.from) return false;
      texts.set(write.key, write.to ?? '');
      return true;
    },
    async setAside(_, each, expected) {
      beforeSetAside(texts);
      return texts.get(each) === expected && texts.delete(each) ? 'aside' : undefined;
    },
  };
  return { driver, texts, commits: () => commits };
}

describe('a collection', () => {
  const setAside: SetAside[] = [];
  const options = { deadline: 50, onSetAside: (event: SetAside) => setAside.push(event) };

  it('reads again what another program mended before it could be set aside', async () => {
    const { driver } = memory('{a}', 'broken', (texts) => texts.set('{a}', stored({ text: 'mended' })));
    const notes = openCollection(Notes, driver, options);
    expect(await notes.get('{a}')).toEqual({ text: 'mended' });
    expect(setAside).toEqual([]);
  });

  it('starts no write for a caller who has been refused', async () => {
    const { driver, texts, commits } = memory('{a}', stored({ text: 'before' }));
    const slow: DocumentTexts = { ...driver, read: (...args) => sleep(100).then(() => driver.read(...args)) };
    const update = openCollection(Notes, slow, options).update('{a}', () => ({
      document: { text: 'after' },
      result: 0,
    }));
    await expect(update).rejects.toThrow(StoreUnavailable);
    await sleep(100);
    expect(commits()).toBe(0);
    expect(texts.get('{a}')).toBe(stored({ text: 'before' }));
  });

  it('refuses an update that others overtake until its deadline', async () => {
    const { driver } = memory('{a}', stored({ text: 'before' }));
    const overtaken: DocumentTexts = { ...driver, commit: () => sleep(1).then(() => false) };
    const update = openCollection(Notes, overtaken, options).update('{a}', () => ({
      document: { text: 'after' },
      result: 0,
    }));
    await expect(update).rejects.toThrow('within 50 ms');
  });
});
