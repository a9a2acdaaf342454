import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Collection,
  type CollectionDefinition,
  DocumentTooNew,
  type OrderedSet,
  type SetAside,
  type SetEntry,
  type Store,
  type StoreOptions,
} from '../../src/store/port.ts';
import { type Driver, openStore } from './driver.ts';
import { Counter, countUp, SHARED_KEYS, startStoreProcess, stepsLost, stepsTorn, tell } from './scenario.ts';

type Note = { text: string; tags?: string[] | undefined };

const Notes: CollectionDefinition<Note> = {
  name: 'note',
  version: 2,
  schema: z.object({ text: z.string(), tags: z.array(z.string()).optional() }),
  migrate: (data) => ({ text: (data as { words: string[] }).words.join(' ') }),
};

const KEY = '{guild}:alice';
const BOARD = 'board:{guild}';
const entry = (member: string, score: number | null): SetEntry => ({ set: BOARD, member, score });
const stored = (version: number, data: unknown) => JSON.stringify({ value: { v: version, r: 1, d: data } });

/** What every driver of the store must do: `src/store/port.ts`, sentence by sentence. */
export function storeContract(name: string, prepare: () => Promise<Driver>): void {
  describe(`the store on ${name}`, () => {
    let driver: Driver;
    let opened: Store[];
    let store: Store;
    let notes: Collection<Note>;
    let board: OrderedSet;
    let setAside: SetAside[];

    const open = async (options: Partial<StoreOptions> = {}) => {
      const another = await openStore(driver.place, options);
      opened.push(another);
      return another;
    };
    const write = (document: Note | null, ...entries: SetEntry[]) =>
      notes.update(KEY, () => ({ document, entries, result: undefined }));

    beforeEach(async () => {
      driver = await prepare();
      opened = [];
      setAside = [];
      store = await open({ onSetAside: (event) => setAside.push(event) });
      notes = store.collection(Notes);
      board = store.orderedSet(BOARD);
    });
    afterEach(async () => {
      await Promise.all(opened.map((each) => each.close()));
      await driver.remove();
    });

    describe('a collection', () => {
      it('has no document before one is written', async () => {
        expect(await notes.get(KEY)).toBeUndefined();
        expect(await notes.getMany([KEY])).toEqual(new Map());
      });

      it('gives back what was written', async () => {
        const document = { text: ':base64:公案 "quoted"\u2028 \u0000', tags: ['', '💡'] };
        await write(document);
        expect(await notes.get(KEY)).toEqual(document);
      });

      it('gives many at once, by key, without those that do not exist', async () => {
        await write({ text: 'one' });
        await notes.update('{other}', () => ({ document: { text: 'two' }, result: 0 }));
        expect(await notes.getMany([KEY, '{nobody}', '{other}', KEY])).toEqual(
          new Map([
            [KEY, { text: 'one' }],
            ['{other}', { text: 'two' }],
          ]),
        );
        expect(await notes.getMany([])).toEqual(new Map());
      });

      it('keeps apart the documents of collections that share a key', async () => {
        await write({ text: 'a note' });
        expect(await store.collection(Counter).get(KEY)).toBeUndefined();
      });

      it('takes no name that means something else in the store', () => {
        for (const name of ['set', 'lease', 'aside', 'a:b', '{a}', '']) {
          expect(() => store.collection({ ...Notes, name })).toThrow(/cannot be the name/);
        }
      });

      it('is the same for every store on the same data', async () => {
        await write({ text: 'shared' }, entry('alice', 3));
        const other = await open();
        expect(await other.collection(Notes).get(KEY)).toEqual({ text: 'shared' });
        expect(await other.orderedSet(BOARD).score('alice')).toBe(3);
      });
    });

    describe('an update', () => {
      it('shows the present document to the change and gives back its result', async () => {
        await write({ text: 'first' });
        const seen = await notes.update(KEY, (current) => ({ result: current?.text }));
        expect(seen).toBe('first');
      });

      it('commits the document together with its entries', async () => {
        await write({ text: 'first' }, entry('alice', 1), entry('bob', 2));
        expect(await board.range(-Infinity, Infinity)).toEqual([
          { member: 'alice', score: 1 },
          { member: 'bob', score: 2 },
        ]);
      });

      it('leaves the document as it is when the change names none', async () => {
        await write({ text: 'stays' });
        await notes.update(KEY, () => ({ entries: [entry('alice', 1)], result: 0 }));
        expect(await notes.get(KEY)).toEqual({ text: 'stays' });
        expect(await board.score('alice')).toBe(1);
      });

      it('writes entries even where there is no document', async () => {
        await notes.update(KEY, () => ({ entries: [entry('alice', 1)], result: 0 }));
        expect(await notes.get(KEY)).toBeUndefined();
        expect(await board.score('alice')).toBe(1);
      });

      it('writes nothing when the change says nothing', async () => {
        await write({ text: 'stays' });
        const before = await driver.textOf('note', KEY);
        await notes.update(KEY, () => ({ result: 0 }));
        expect(await driver.textOf('note', KEY)).toBe(before);
      });

      it('deletes the document and removes members in one', async () => {
        await write({ text: 'gone soon' }, entry('alice', 1));
        await write(null, entry('alice', null), entry('nobody', null));
        expect(await notes.get(KEY)).toBeUndefined();
        expect(await board.count()).toBe(0);
      });

      it('lets the last of several entries for one member hold', async () => {
        await write({ text: 'x' }, entry('alice', 1), entry('alice', null), entry('alice', 2));
        expect(await board.score('alice')).toBe(2);
      });

      it('writes nothing at all when the change throws, and rejects with that very error', async () => {
        const error = new Error('not allowed');
        const refused = notes.update(KEY, () => {
          throw error;
        });
        await expect(refused).rejects.toBe(error);
        expect(await notes.get(KEY)).toBeUndefined();
      });

      it('writes neither document nor entries when the document does not fit its schema', async () => {
        await write({ text: 'good' });
        const wrong = notes.update(KEY, () => ({
          document: { text: 7 } as unknown as Note,
          entries: [entry('alice', 1)],
          result: 0,
        }));
        await expect(wrong).rejects.toThrow(/does not fit its schema/);
        expect(await notes.get(KEY)).toEqual({ text: 'good' });
        expect(await board.count()).toBe(0);
      });

      it('refuses a document that would be read as another one', async () => {
        const definition = { name: 'day', version: 1, schema: z.object({ on: z.date() }) };
        const days = store.collection(definition);
        const wrong = days.update(KEY, () => ({ document: { on: new Date(0) }, result: 0 }));
        await expect(wrong).rejects.toThrow(/does not fit its schema/);
      });

      it('writes nothing when one score is not finite', async () => {
        await expect(write({ text: 'x' }, entry('alice', 1), entry('bob', Number.NaN))).rejects.toThrow(
          RangeError,
        );
        expect(await notes.get(KEY)).toBeUndefined();
        expect(await board.count()).toBe(0);
      });

      it('rejects a mixture of hash tags, and writes nothing', async () => {
        const elsewhere = { set: 'board:{other}', member: 'alice', score: 1 };
        const nowhere = { set: 'board', member: 'alice', score: 1 };
        await expect(write({ text: 'x' }, elsewhere)).rejects.toThrow(/different hash tags/);
        await expect(write({ text: 'x' }, entry('alice', 1), nowhere)).rejects.toThrow(/different hash tags/);
        expect(await notes.get(KEY)).toBeUndefined();
        expect(await store.orderedSet('board:{other}').count()).toBe(0);
      });

      it('rejects a key with two hash tags', async () => {
        const wrong = notes.update('{a}:{b}', () => ({ document: { text: 'x' }, result: 0 }));
        await expect(wrong).rejects.toThrow(/at most one hash tag/);
      });

      it('runs the change again when another writer came first', async () => {
        const other = (await open()).collection(Counter);
        const counters = store.collection(Counter);
        const keys = Array.from({ length: 20 }, (_, i) => `{shared}:${i}`);
        await Promise.all(
          keys.flatMap((key) => [counters, other, counters, other].map((each) => countUp(each, key))),
        );
        const documents = await counters.getMany(keys);
        expect([...documents.values()]).toEqual(keys.map(() => ({ n: 4 })));
      });

      it('counts right to 200 when 200 callers of one process add one each', async () => {
        const counters = store.collection(Counter);
        const seen = await Promise.all(Array.from({ length: 200 }, () => countUp(counters, '{shared}')));
        expect(await counters.get('{shared}')).toEqual({ n: 200 });
        expect(new Set(seen).size).toBe(200);
        expect(await store.orderedSet('board:{shared}').score('{shared}')).toBe(200);
      });

      it('goes on with the next caller of a key after one that failed', async () => {
        const failed = notes.update(KEY, () => {
          throw new Error('mine alone');
        });
        const next = write({ text: 'next' });
        await expect(failed).rejects.toThrow('mine alone');
        await next;
        expect(await notes.get(KEY)).toEqual({ text: 'next' });
      });

      it('never leaves the same text behind twice, not even over a deletion', async () => {
        const texts: (string | undefined)[] = [];
        for (const document of [{ text: 'same' }, { text: 'same' }, null, { text: 'same' }]) {
          await write(document);
          if (document) texts.push(await driver.textOf('note', KEY));
          await sleep(2);
        }
        await notes.update(KEY, () => ({ entries: [entry('alice', 1)], result: 0 }));
        texts.push(await driver.textOf('note', KEY));
        expect(new Set(texts).size).toBe(4);
      });

      it('is harmless when the same change is delivered twice', async () => {
        const change = () => ({
          document: { text: 'once' },
          entries: [entry('alice', 5), entry('bob', null)],
          result: 0,
        });
        await Promise.all([notes.update(KEY, change), notes.update(KEY, change)]);
        expect(await notes.get(KEY)).toEqual({ text: 'once' });
        expect(await board.top(0, 9)).toEqual([{ member: 'alice', score: 5 }]);
      });
    });

    describe('a stored document', () => {
      it('of an older version is migrated when it is read, and stays as it is', async () => {
        const old = stored(1, { words: ['from', 'before'] });
        await driver.plant('note', KEY, old);
        expect(await notes.get(KEY)).toEqual({ text: 'from before' });
        expect(await driver.textOf('note', KEY)).toBe(old);
      });

      it('of an older version is stored in the present one when it is written', async () => {
        await driver.plant('note', KEY, stored(1, { words: ['from', 'before'] }));
        await notes.update(KEY, (current) => ({ document: { text: `${current?.text}!` }, result: 0 }));
        const text = (await driver.textOf('note', KEY)) ?? '';
        expect(JSON.parse(text).value).toEqual({ v: 2, r: 2, d: { text: 'from before!' } });
      });

      it('of an older version keeps its version under entries that leave it as it is', async () => {
        await driver.plant('note', KEY, stored(1, { words: ['from', 'before'] }));
        await notes.update(KEY, () => ({ entries: [entry('alice', 1)], result: 0 }));
        expect(await notes.get(KEY)).toEqual({ text: 'from before' });
      });

      it('of a newer version is left alone by all who ask', async () => {
        const newer = stored(3, { text: 'from the future' });
        await driver.plant('note', KEY, newer);
        await expect(notes.get(KEY)).rejects.toThrow(DocumentTooNew);
        await expect(notes.getMany(['{x}', KEY])).rejects.toThrow(DocumentTooNew);
        await expect(write({ text: 'mine' }, entry('alice', 1))).rejects.toThrow(DocumentTooNew);
        expect(await driver.textOf('note', KEY)).toBe(newer);
        expect(await board.count()).toBe(0);
        expect(setAside).toEqual([]);
      });

      const misfits: Record<string, string> = {
        'that does not fit its schema': stored(2, { text: 7 }),
        'that cannot be migrated': stored(1, { text: 'no words' }),
        'outside an envelope': '{"value":{"text":"bare"}}',
        'that is no JSON': '{"value":{"v":2,"r":1,"d":{"te',
      };
      for (const [kind, text] of Object.entries(misfits)) {
        it(`${kind} is moved aside whole, reported, and counts as absent`, async () => {
          await driver.plant('note', KEY, text);
          expect(await notes.get(KEY)).toBeUndefined();
          expect(setAside).toMatchObject([{ collection: 'note', key: KEY, reason: expect.any(String) }]);
          expect(await driver.textAside(setAside[0]!.keptAs)).toBe(text);
          expect(await driver.textOf('note', KEY)).toBeUndefined();
        });
      }

      it('that does not fit is absent for an update and among many', async () => {
        await driver.plant('note', KEY, stored(2, { text: 7 }));
        await driver.plant('note', '{other}', stored(2, {}));
        expect(await notes.getMany(['{other}'])).toEqual(new Map());
        const seen = await notes.update(KEY, (current) => ({ document: { text: 'new' }, result: current }));
        expect(seen).toBeUndefined();
        expect(setAside.map((event) => event.key)).toEqual(['{other}', KEY]);
        expect(await notes.get(KEY)).toEqual({ text: 'new' });
      });

      it('is forgotten, with all that was set aside of it, by what its key or its text holds', async () => {
        const misfit = (text: string) => stored(2, { text: 7, by: text });
        const other = '{guild}:bob';
        for (const [key, text] of [
          [KEY, 'carol'],
          [KEY, 'dora'],
          [other, 'erin'],
        ] as const) {
          await driver.plant('note', key, misfit(text));
          await notes.get(key);
        }
        const kept = () => Promise.all(setAside.map(({ keptAs }) => driver.textAside(keptAs)));
        await store.forgetAside('dora');
        await store.forgetAside('nobody');
        expect(await kept()).toEqual([undefined, undefined, misfit('erin')]);
        await store.forgetAside('bob');
        expect(await kept()).toEqual([undefined, undefined, undefined]);
      });

      it('set aside once keeps its place beside the next one', async () => {
        for (const text of ['first', 'second']) {
          await driver.plant('note', KEY, text);
          await notes.get(KEY);
        }
        const kept = await Promise.all(setAside.map((event) => driver.textAside(event.keptAs)));
        expect(kept).toEqual(['first', 'second']);
      });

      it('that does not fit is set aside once, however many read it', async () => {
        await driver.plant('note', KEY, stored(2, { text: 7 }));
        const other = (await open({ onSetAside: (event) => setAside.push(event) })).collection(Notes);
        const readers = Array.from({ length: 10 }, (_, i) => (i % 2 ? notes : other).get(KEY));
        expect(await Promise.all(readers)).toEqual(readers.map(() => undefined));
        expect(setAside).toHaveLength(1);
      });
    });

    describe('an ordered set', () => {
      const fill = async (scores: Record<string, number>) => {
        for (const [member, score] of Object.entries(scores)) await board.put(member, score);
      };
      const members = (scored: readonly { member: string }[]) => scored.map(({ member }) => member);

      it('knows nothing of a member that it does not hold', async () => {
        expect(await board.score('nobody')).toBeUndefined();
        expect(await board.rank('nobody')).toBeUndefined();
      });

      it('keeps scores exactly', async () => {
        const scores = {
          a: 0.1 + 0.2,
          b: 1_767_225_600_000,
          c: -7.5,
          d: Number.MAX_SAFE_INTEGER,
          e: 1e-300,
          f: 1e300,
        };
        await fill(scores);
        for (const [member, score] of Object.entries(scores)) expect(await board.score(member)).toBe(score);
        expect(
          Object.fromEntries((await board.top(0, 9)).map(({ member, score }) => [member, score])),
        ).toEqual(scores);
      });

      it('holds a member once, with its last score', async () => {
        await fill({ alice: 1 });
        await fill({ alice: 2 });
        expect(await board.top(0, 9)).toEqual([{ member: 'alice', score: 2 }]);
      });

      it('gives equal scores the same rank, and skips as many after them', async () => {
        await fill({ a: 30, b: 20, c: 20, d: 10 });
        expect(await Promise.all(['a', 'b', 'c', 'd'].map((member) => board.rank(member)))).toEqual([
          1, 2, 2, 4,
        ]);
      });

      it('lists the top, highest first, equal scores by member descending', async () => {
        await fill({ a: 20, b: 30, c: 20, d: 10 });
        expect(members(await board.top(0, 9))).toEqual(['b', 'c', 'a', 'd']);
        expect(members(await board.top(1, 2))).toEqual(['c', 'a']);
        expect(await board.top(9, 2)).toEqual([]);
      });

      it('lists a range, lowest first, equal scores by member ascending, both ends included', async () => {
        await fill({ a: 20, b: 30, c: 20, d: 10, e: 40 });
        expect(members(await board.range(10, 30))).toEqual(['d', 'a', 'c', 'b']);
        expect(members(await board.range(-Infinity, Infinity, 2))).toEqual(['d', 'a']);
        expect(await board.range(31, 39)).toEqual([]);
      });

      it('orders equal scores by the bytes of the members', async () => {
        await fill({ '\uFFFD': 1, '😀': 1, é: 1, z: 1, Z: 1, '10': 1, '9': 1 });
        expect(members(await board.range(1, 1))).toEqual(['10', '9', 'Z', 'z', 'é', '\uFFFD', '😀']);
      });

      it('gives nothing for a limit of none', async () => {
        await fill({ a: 1 });
        expect([await board.top(0, 0), await board.range(0, 9, 0), await board.claim(9, 9, 0)]).toEqual([
          [],
          [],
          [],
        ]);
      });

      it('counts all members, or those within a range', async () => {
        await fill({ a: 1, b: 2, c: 3 });
        expect([
          await board.count(),
          await board.count(2),
          await board.count(1, 2),
          await board.count(4),
        ]).toEqual([3, 2, 2, 0]);
      });

      it('removes a member, also twice', async () => {
        await fill({ a: 1, b: 2 });
        await board.remove('a');
        await board.remove('a');
        expect(await board.top(0, 9)).toEqual([{ member: 'b', score: 2 }]);
      });

      it('clears one set and no other', async () => {
        await fill({ a: 1, b: 2 });
        await store.orderedSet('other').put('a', 1);
        await board.clear();
        expect(await board.count()).toBe(0);
        expect(await store.orderedSet('other').count()).toBe(1);
      });

      it('refuses scores that are not finite', async () => {
        for (const score of [Number.NaN, Infinity, -Infinity]) {
          await expect(board.put('a', score)).rejects.toThrow(RangeError);
          await expect(board.finish('a', 1, score)).rejects.toThrow(RangeError);
        }
        await expect(board.claim(Number.NaN, 1, 1)).rejects.toThrow(RangeError);
        await expect(board.claim(1, 0, 1)).rejects.toThrow(RangeError);
      });
    });

    describe('a claim', () => {
      const NOW = Date.UTC(2026, 1, 28, 23, 59, 59);
      const LEASE = 120_000;

      beforeEach(async () => {
        await board.put('late', NOW - 5);
        await board.put('due', NOW);
        await board.put('early', NOW + 1);
      });

      it('takes what is due, lowest first, and moves it past the lease', async () => {
        const token = NOW + LEASE;
        expect(await board.claim(NOW, LEASE, 9)).toEqual([
          { member: 'late', token },
          { member: 'due', token },
        ]);
        expect(await board.score('due')).toBe(token);
        expect(await board.score('early')).toBe(NOW + 1);
      });

      it('takes no more than the limit', async () => {
        expect(await board.claim(NOW, LEASE, 1)).toEqual([{ member: 'late', token: NOW + LEASE }]);
        expect(await board.score('due')).toBe(NOW);
      });

      it('hands no member to two callers', async () => {
        await Promise.all(Array.from({ length: 60 }, (_, i) => board.put(`job ${i}`, i)));
        const other = (await open()).orderedSet(BOARD);
        const claims = await Promise.all(
          Array.from({ length: 20 }, (_, i) => (i % 2 ? board : other).claim(60, LEASE, 4)),
        );
        const taken = claims.flat().map(({ member }) => member);
        expect(taken).toHaveLength(60);
        expect(new Set(taken).size).toBe(60);
      });

      it('comes back by itself when the lease ends', async () => {
        await board.claim(NOW, LEASE, 9);
        expect(await board.claim(NOW + LEASE - 1, LEASE, 1)).toEqual([
          { member: 'early', token: NOW + 2 * LEASE - 1 },
        ]);
        const again = await board.claim(NOW + LEASE, LEASE, 9);
        expect(again.map(({ member }) => member)).toEqual(['due', 'late']);
      });

      it('ends by moving the member to its next score', async () => {
        const [claim] = await board.claim(NOW, LEASE, 1);
        expect(await board.finish('late', claim!.token, NOW + 86_400_000)).toBe(true);
        expect(await board.score('late')).toBe(NOW + 86_400_000);
      });

      it('ends by removing the member when there is no next', async () => {
        const [claim] = await board.claim(NOW, LEASE, 1);
        expect(await board.finish('late', claim!.token, null)).toBe(true);
        expect(await board.score('late')).toBeUndefined();
      });

      it('ends once: delivered twice, the second does nothing', async () => {
        const [claim] = await board.claim(NOW, LEASE, 1);
        await board.finish('late', claim!.token, NOW + 86_400_000);
        expect(await board.finish('late', claim!.token, null)).toBe(false);
        expect(await board.score('late')).toBe(NOW + 86_400_000);
      });

      it('cannot be ended with a wrong token', async () => {
        const [claim] = await board.claim(NOW, LEASE, 1);
        expect(await board.finish('late', claim!.token + 1, null)).toBe(false);
        expect(await board.finish('late', NOW - 5, null)).toBe(false);
        expect(await board.finish('nobody', claim!.token, 1)).toBe(false);
        expect(await board.score('late')).toBe(claim!.token);
      });

      it('loses to an edit made meanwhile', async () => {
        const [claim] = await board.claim(NOW, LEASE, 1);
        await notes.update(KEY, () => ({ entries: [entry('late', NOW + 7)], result: 0 }));
        expect(await board.finish('late', claim!.token, NOW + 86_400_000)).toBe(false);
        expect(await board.score('late')).toBe(NOW + 7);
      });

      it('with a fraction in its lease loses even to an edit that names the moment when it ends', async () => {
        const [claim] = await board.claim(NOW, LEASE + 0.5, 1);
        await board.put('late', NOW + LEASE);
        expect(await board.finish('late', claim!.token, null)).toBe(false);
        await board.put('late', NOW + LEASE + 0.5);
        expect(await board.finish('late', claim!.token, null)).toBe(true);
      });

      it('loses to a removal made meanwhile', async () => {
        const [claim] = await board.claim(NOW, LEASE, 1);
        await board.remove('late');
        expect(await board.finish('late', claim!.token, NOW + 86_400_000)).toBe(false);
        expect(await board.score('late')).toBeUndefined();
      });

      it('of a second caller, after the lease, takes the end from the first', async () => {
        const [first] = await board.claim(NOW, LEASE, 1);
        const [second] = await board.claim(NOW + LEASE, LEASE, 9);
        expect(await board.finish('late', first!.token, null)).toBe(false);
        expect(second!.token).toBeGreaterThan(first!.token);
      });
    });

    describe('a lease', () => {
      it('has one holder, who may renew it', async () => {
        const other = await open();
        expect(await store.lease('active', 'first', 60_000)).toBe(true);
        expect(await other.lease('active', 'second', 60_000)).toBe(false);
        expect(await store.lease('active', 'second', 60_000)).toBe(false);
        expect(await store.lease('active', 'first', 60_000)).toBe(true);
      });

      it('is apart from leases of other names', async () => {
        await store.lease('shard:0', 'first', 60_000);
        expect(await (await open()).lease('shard:1', 'second', 60_000)).toBe(true);
      });

      it('can be given back by its holder, and by nobody else', async () => {
        const other = await open();
        await store.lease('active', 'first', 60_000);
        await store.release('active', 'second');
        await other.release('active', 'second');
        expect(await other.lease('active', 'second', 60_000)).toBe(false);
        await store.release('active', 'first');
        expect(await other.lease('active', 'second', 60_000)).toBe(true);
      });

      it('passes to a second process within 15 s of a kill -9 of the first', async () => {
        const first = await startStoreProcess('hold', driver.place);
        expect(await store.lease('active', 'second', 1_500)).toBe(false);
        await first.kill();
        const killedAt = performance.now();
        while (!(await store.lease('active', 'second', 1_500))) await sleep(20);
        const waited = performance.now() - killedAt;
        expect(waited).toBeLessThan(15_000);
        tell(
          `${name}: the second process has the lease ${Math.round(waited)} ms after a kill -9 of the first`,
        );
      });
    });

    it('answers a ping until it is closed', async () => {
      const other = await open();
      await other.ping();
      await other.close();
      await expect(other.ping()).rejects.toThrow(/closed/);
      await expect(other.collection(Notes).get(KEY)).rejects.toThrow(/closed/);
      await store.ping();
    });

    it('is exact under 4 processes with 1,000 operations each', { timeout: 60_000 }, async () => {
      const processes = 4;
      const operations = 1_000;
      const jobs = store.orderedSet('jobs:{shared}');
      const all = Array.from({ length: (processes * operations) / 2 }, (_, i) => `job ${i}`);
      await notes.update('{shared}', () => ({
        entries: all.map((member) => ({ set: 'jobs:{shared}', member, score: 0 })),
        result: 0,
      }));

      const startedAt = performance.now();
      const workers = await Promise.all(
        Array.from({ length: processes }, () => startStoreProcess('share', driver.place, `${operations}`)),
      );
      expect(await Promise.all(workers.map((worker) => worker.ended))).toEqual([0, 0, 0, 0]);
      const seconds = ((performance.now() - startedAt) / 1_000).toFixed(1);

      const counters = await store.collection(Counter).getMany(SHARED_KEYS);
      const each = (processes * operations) / 2 / SHARED_KEYS.length;
      expect([...counters.values()]).toEqual(SHARED_KEYS.map(() => ({ n: each })));
      const scores = await store.orderedSet('board:{shared}').range(-Infinity, Infinity);
      expect(scores).toEqual(SHARED_KEYS.map((member) => ({ member, score: each })));
      const finished = workers.flatMap((worker) => worker.lines());
      expect(finished.toSorted()).toEqual(all.toSorted());
      expect(await jobs.count()).toBe(0);
      tell(
        `${name}: ${processes} processes, ${processes * operations} operations in ${seconds} s: totals exact, no job twice`,
      );
    });

    it('loses nothing acknowledged over 30 × kill -9 of a writer', { timeout: 90_000 }, async () => {
      const kills = 30;
      let acknowledged = 0;
      let lost = 0;
      const lane = async (log: string) => {
        const steps: number[] = [];
        for (let kill = 0; kill < kills / 2; kill++) {
          const writer = await startStoreProcess('log', driver.place, log);
          await sleep(5 + 7 * kill);
          await writer.kill();
          steps.push(...writer.lines().map(Number));
          lost += (await stepsLost(store, log, steps)) + (await stepsTorn(store, log));
        }
        acknowledged += steps.length;
      };
      await Promise.all([lane('left'), lane('right')]);
      tell(`${name}: ${kills} kills of the writer, ${acknowledged} acknowledged, ${lost} lost`);
      expect(acknowledged).toBeGreaterThan(kills);
      expect(lost).toBe(0);
    });
  });
}
