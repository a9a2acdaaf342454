import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createBanks } from '../../src/bank/banks.ts';
import type { Item } from '../../src/bank/schema.ts';
import { itemsOf } from '../../src/own-bank/catalogue.ts';
import { createOwnBankService, type OwnBankService } from '../../src/own-bank/service.ts';
import { setName } from '../../src/store/keys.ts';
import { type Store, StoreUnavailable } from '../../src/store/port.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { fixtureBank, itemOf } from '../bank/fixtures/items.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = 86_400_000;
const options = { deadline: 5_000, onSetAside: () => {} };
const question = (id: string, explanation = 'Because.'): Item => {
  const item = itemOf('boolean');
  return { ...item, id, topic: 'attention', en: { ...item.en, explanation } };
};
const upload = (...items: Item[]) => ({ items, topics: [] });
const many = (count: number, explanation?: string) =>
  Array.from({ length: count }, (_, at) => question(`q-${at}`, explanation));

const folder = temporaryFolder();
let redis: RedisServer | undefined;
afterAll(async () => {
  await redis?.stop();
  folder.remove();
});

describe.each(['sqlite', 'redis'] as const)('on %s', (driver) => {
  let stores = 0;
  let now = Date.parse('2026-03-02T09:00:00Z');
  let store: Store;
  let service: OwnBankService;
  const open = (over: Store = store) => createOwnBankService(over, fixtureBank, () => now);
  const idsIn = async (each = service) =>
    itemsOf(await each.find('1'))
      .map(({ id }) => id)
      .sort();

  beforeEach(async () => {
    stores += 1;
    if (driver === 'redis') {
      redis ??= await startRedisServer();
      store = await openRedisStore(redis.url, { ...options, prefix: `own-${stores}` });
    } else store = await openSqliteStore(join(folder.path, `${stores}`), options);
    service = open();
  });
  afterEach(() => store.close());

  test('an import adds and replaces, and says how many', async () => {
    expect(await service.take('1', upload(question('a'), question('b')))).toEqual({
      added: 2,
      changed: 0,
      same: 0,
      renamed: 0,
      total: 2,
    });
    const again = upload(question('b', 'Otherwise.'), question('c'), question('a'));
    expect(await service.preview('1', again)).toMatchObject({ added: 1, changed: 1, same: 1, total: 3 });
    expect(await idsIn()).toEqual(['a', 'b']);
    await service.take('1', again);
    expect(await idsIn()).toEqual(['a', 'b', 'c']);
    expect(await service.take('1', again)).toMatchObject({ added: 0, changed: 0, same: 3, total: 3 });
  });

  test('a topic gets another name without a change to its questions', async () => {
    const item = { ...question('a'), topic: 'ours' };
    const named = (en: string) => ({ items: [item], topics: [{ slug: 'ours', en, zh: '我们' }] });
    await service.take('1', named('Ours'));
    expect(await service.take('1', named('Ours'))).toMatchObject({ same: 1, renamed: 0 });
    expect(await service.take('1', named('Our stack'))).toMatchObject({ changed: 0, same: 1, renamed: 1 });
    expect((await open().find('1')).topics).toEqual([{ slug: 'ours', en: 'Our stack', zh: '我们' }]);
  });

  test('a change is seen by another process at its next look, and by no other server', async () => {
    const other = open();
    await service.take('1', upload(question('a')));
    expect(await idsIn(other)).toEqual(['a']);
    await service.take('1', upload(question('a', 'Otherwise.')));
    const banks = createBanks(fixtureBank, other.banks);
    const found = await banks.find('own.1.a.b');
    expect(found?.en.explanation).toBe('Otherwise.');
    expect((await banks.of('2')).bank.items.has('own.1.a.b')).toBe(false);
    expect((await banks.of(null)).bank.items.has('own.1.a.b')).toBe(false);
  });

  test('two imports at once both take effect', async () => {
    const other = open();
    await Promise.all([
      service.take('1', upload(...many(40))),
      other.take('1', upload(question('a'), question('b'))),
      service.take('1', upload(question('c'))),
    ]);
    expect((await idsIn()).length).toBe(43);
    expect(await idsIn(open())).toEqual(await idsIn());
  });

  test('a removed question is kept for what asked it, for thirty days', async () => {
    const banks = createBanks(fixtureBank, service.banks);
    await service.take('1', upload(question('a'), question('b')));
    expect(await service.remove('1', new Set(['a', 'nothing']))).toBe(1);
    expect((await banks.of('1')).bank.items.has('own.1.a.b')).toBe(false);
    expect((await banks.find('own.1.a.b'))?.en.explanation).toBe('Because.');
    now += 31 * DAY;
    await service.take('1', upload(question('c')));
    expect(await banks.find('own.1.a.b')).toBeUndefined();
  });

  test('one that gets another form is another question, and the old one is kept', async () => {
    const banks = createBanks(fixtureBank, service.banks);
    await service.take('1', upload(question('a')));
    const single: Item = { ...itemOf('single'), id: 'a', topic: 'attention' };
    expect(await service.take('1', upload(single))).toMatchObject({ changed: 1, total: 1 });
    expect((await banks.find('own.1.a.b'))?.type).toBe('boolean');
    expect([...(await banks.of('1')).bank.items.keys()].filter((id) => id.startsWith('own.'))).toEqual([
      'own.1.a.sabc',
    ]);
    await service.take('1', upload(question('a')));
    expect((await idsIn()).length).toBe(1);
  });

  test('there is room for 2,000, and an import that needs more changes nothing', async () => {
    await service.take('1', upload(...many(1_999)));
    await expect(service.take('1', upload(question('a'), question('b')))).rejects.toMatchObject({
      reason: 'items',
    });
    expect((await idsIn()).length).toBe(1_999);
    await service.take('1', upload(question('a')));
    expect((await idsIn()).length).toBe(2_000);
  });

  test('what is cut off anywhere leaves the old questions or the new ones', async () => {
    await service.take('1', upload(...many(12, 'Old.')));
    const texts = async () => new Set(itemsOf(await open().find('1')).map(({ en }) => en.explanation));
    let outcome = 'cut';
    for (let writes = 0; outcome === 'cut'; writes += 1) {
      outcome = await open(cutAfter(store, writes))
        .take('1', upload(...many(12, 'New.')))
        .then(
          () => 'done',
          () => 'cut',
        );
      const found = await texts();
      expect(found.size, `${writes} writes`).toBe(1);
      expect((await idsIn(open())).length).toBe(12);
      if (outcome === 'cut' && found.has('New.')) outcome = 'done';
    }
    expect(await texts()).toEqual(new Set(['New.']));
  });

  test('shelves that nothing lists any more are swept, young ones are not', async () => {
    const shelves = store.orderedSet(setName.ownShelves('1'));
    await service.take('1', upload(question('a', 'One.')));
    await service.take('1', upload(question('a', 'Two.')));
    expect(await shelves.count()).toBe(2);
    now += 3_600_000;
    await service.take('1', upload(question('a', 'Three.')));
    expect(await shelves.count()).toBe(1);
    expect((await createBanks(fixtureBank, open().banks).find('own.1.a.b'))?.en.explanation).toBe('Three.');
  });

  test('deleting a server leaves nothing of it', async () => {
    await service.take('1', upload(...many(50)));
    await service.switchOff('1', ['attention']);
    await service.ofGuild.delete!('1');
    expect(await store.orderedSet(setName.ownShelves('1')).count()).toBe(0);
    expect(await idsIn(open())).toEqual([]);
    expect((await createBanks(fixtureBank, service.banks).of('1')).bank).toBe(fixtureBank);
  });

  test('what is switched off has no questions there, but keeps its name', async () => {
    const banks = createBanks(fixtureBank, service.banks);
    await service.switchOff('1', ['attention']);
    const { bank, search } = await banks.of('1');
    expect(bank.byTopic.get('attention')).toEqual([]);
    expect(bank.topics.get('attention')).toBeDefined();
    expect([...bank.items.values()].every(({ topic }) => topic !== 'attention')).toBe(true);
    expect(search('attention').every(({ topic }) => topic !== 'attention')).toBe(true);
    expect((await banks.of('2')).bank).toBe(fixtureBank);
  });

  test('where all is off and nothing is one’s own, all is on', async () => {
    await service.switchOff('1', [...fixtureBank.topics.keys()]);
    const { bank } = await createBanks(fixtureBank, service.banks).of('1');
    expect(bank.items.size).toBe(fixtureBank.items.size);
  });

  test('a question is found by its author’s id and by its words, in either language', async () => {
    await service.take('1', upload(question('kv-cache-of-ours')));
    const { search } = await createBanks(fixtureBank, service.banks).of('1');
    expect(search('kv-cache-of-ours')[0]?.id).toBe('own.1.kv-cache-of-ours.b');
    expect(search('ours').map(({ id }) => id)).toContain('own.1.kv-cache-of-ours.b');
    expect(search('')[0]?.id).toBe('own.1.kv-cache-of-ours.b');
  });
});

/** The store as a process sees it that is killed after so many writes. */
function cutAfter(store: Store, writes: number): Store {
  let left = writes;
  return {
    ...store,
    collection: (definition) => {
      const collection = store.collection(definition);
      return {
        get: (key) => collection.get(key),
        getMany: (keys) => collection.getMany(keys),
        update: (key, change) => {
          if (left === 0) return Promise.reject(new StoreUnavailable('cut'));
          left -= 1;
          return collection.update(key, change);
        },
      };
    },
    orderedSet: (name) => store.orderedSet(name),
  };
}
