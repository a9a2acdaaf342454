import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBanks } from '../../src/bank/banks.ts';
import { loadBank } from '../../src/bank/load.ts';
import { createDeckService, type DeckService } from '../../src/review/deck.ts';
import { newPerson, persons } from '../../src/settings/person.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const now = Date.parse('2026-03-02T09:00:00Z');
const bank = await loadBank('test/bank/fixtures/bank');
const [item] = [...bank.items.values()];
const questionId = item!.id;

const folder = temporaryFolder();
let store: Store;
let deck: DeckService;
let stores = 0;
beforeEach(async () => {
  store = await openSqliteStore(join(folder.path, `${++stores}`), { deadline: 5_000, onSetAside: () => {} });
  deck = createDeckService(store, createBanks(bank), () => now);
});
afterEach(() => store.close());
afterAll(() => folder.remove());

const due = () => store.orderedSet(setName.due('u')).score(questionId);
const DAY = 24 * 3_600_000;
const daily = { at: now, grade: 3, kind: 'daily' } as const;

test('a grade that changes replaces its entry, and the due time follows', async () => {
  await deck.enter('u', questionId, 'post', daily);
  const good = await due();
  await deck.enter('u', questionId, 'post', { ...daily, grade: 1 });
  expect(await due()).toBe(now + 600_000);
  await deck.enter('u', questionId, 'post', daily);
  expect(await due()).toBe(good);
});

test('a withdrawn grade that was the only one takes the card with it', async () => {
  await deck.enter('u', questionId, 'post', daily);
  await deck.enter('u', questionId, 'post', undefined);
  expect([await due(), await deck.read('u', questionId), await deck.readAll('u')]).toEqual([
    undefined,
    undefined,
    [],
  ]);
});

test('a marked answer is graded by whether it was right and at once, and its first word counts', async () => {
  const grades = async () => Object.values((await deck.read('u', questionId))!.log).map(({ grade }) => grade);
  const answered = (right: boolean, milliseconds: number, source: `quiz:${string}`) =>
    deck.onAnswered('u', questionId, { right, milliseconds, at: now, source });
  await answered(false, 1_000, 'quiz:a.0');
  expect(await grades()).toEqual([1]);
  await answered(true, 60_000, 'quiz:a.0');
  expect(await grades()).toEqual([1]);
  await answered(true, 60_000, 'quiz:b.0');
  await answered(true, 3_000, 'quiz:c.0');
  expect(await grades()).toEqual([1, 3, 4]);
});

test('an answer to a question that is in no bank is left alone', async () => {
  await deck.onAnswered('u', 'gone', { right: true, at: now, source: 'quiz:a.0' });
  expect(await deck.schedule('u', null)).toEqual([]);
});

test('a new target moves every card, once the job has run', async () => {
  await deck.enter('u', questionId, 'post', { ...daily, grade: 4 });
  const before = (await due())!;
  await store.collection(persons).update(documentKey.person('u'), () => ({
    document: { ...newPerson, retention: 97 },
    result: undefined,
  }));
  await deck.refreshSoon('u');
  expect(await store.orderedSet(setName.jobs).score('deck:u')).toBe(now);
  expect(await deck.handlers.deck('u', AbortSignal.timeout(1_000))).toBeNull();
  expect(await due()).toBeLessThan(before);
});

test('a deck that is deleted is gone with all that names its owner', async () => {
  await deck.enter('u', questionId, 'review:s.0', { ...daily, kind: 'review' });
  await deck.refreshSoon('u');
  await deck.personal.delete('u');
  expect(await deck.read('u', questionId)).toBeUndefined();
  for (const set of [setName.due('u'), setName.introduced('u'), setName.jobs]) {
    expect(await store.orderedSet(set).count()).toBe(0);
  }
});

describe('a server’s own question', () => {
  const own = { ...item!, id: 'own.7.a.t' };
  const ownBank = {
    items: new Map([[own.id, own]]),
    removed: new Map(),
    topics: [],
    off: new Set<string>(),
    indexes: [],
  };
  const memberships: Record<string, boolean | undefined> = { member: true, left: false, unknown: undefined };
  const everyone = Object.keys(memberships);

  beforeEach(() => {
    const banks = createBanks(bank, { of: async () => ownBank, lastKnown: () => ownBank });
    deck = createDeckService(
      store,
      banks,
      () => now,
      async (_, userId) => memberships[userId],
    );
  });

  test('is for its members, and for who acts in it, whatever else is known of them', async () => {
    const seen = (here: string | null) =>
      Promise.all(everyone.map((userId) => deck.maySee(userId, own.id, here)));
    expect(await seen(null)).toEqual([true, false, undefined]);
    expect(await seen('7')).toEqual([true, true, true]);
    expect(await deck.maySee('left', questionId, null)).toBe(true);
  });

  test('is due unless the person is known to have left, and shown to those who are known to be there', async () => {
    for (const userId of everyone)
      await deck.enter(userId, own.id, 'post', { ...daily, at: now - DAY, grade: 1 });
    const due = await Promise.all(everyone.map((userId) => deck.countDue(userId)));
    expect(due).toEqual([
      { due: 1, unsure: 0 },
      { due: 0, unsure: 0 },
      { due: 1, unsure: 1 },
    ]);
    const shown = async (here: string | null) =>
      Promise.all(everyone.map(async (userId) => (await deck.itemsFor(userId, [own.id], here)).size));
    expect(await shown(null)).toEqual([1, 0, 0]);
    expect(await shown('7')).toEqual([1, 1, 1]);
    expect(await deck.schedule('unknown', '7')).toEqual([expect.objectContaining({ isSure: true })]);
  });
});
