import { setTimeout as sleep } from 'node:timers/promises';
import KeyvRedis, { createClient } from '@keyv/redis';
import { Keyv } from 'keyv';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { type CollectionDefinition, type Store, StoreUnavailable } from '../../src/store/port.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { type RedisServer, type RedisServerOptions, startRedisServer } from '../support/redis-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { storeContract } from './contract.ts';
import type { Driver } from './driver.ts';
import { logStep, stepsLost, stepsTorn, tell } from './scenario.ts';
import { sendRaw, startTcpProxy } from './tcp-proxy.ts';

let server: RedisServer;
let client: ReturnType<typeof createClient>;
let places = 0;

beforeAll(async () => {
  server = await startRedisServer({ appendonly: true });
  client = createClient({ url: server.url });
  await client.connect();
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});

storeContract('Redis', async () => {
  const prefix = `test-${places++}`;
  return {
    place: { url: server.url, prefix },
    async plant(collection, key, text) {
      await client.set(`${prefix}:${collection}:${key}`, text);
    },
    textOf: async (collection, key) => (await client.get(`${prefix}:${collection}:${key}`)) ?? undefined,
    textAside: async (keptAs) => (await client.get(keptAs)) ?? undefined,
    remove: async () => {},
  } satisfies Driver;
});

const Notes: CollectionDefinition<{ text: string }> = {
  name: 'note',
  version: 1,
  schema: z.object({ text: z.string() }),
};
const KEY = '{guild}:alice';
const BOARD = 'board:{guild}';
const note = (text: string, score: number) => () => ({
  document: { text },
  entries: [{ set: BOARD, member: 'alice', score }],
  result: undefined,
});

describe('a Redis server', () => {
  /** What to end after a test, the last one first. */
  let cleanups: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const cleanup of cleanups.toReversed()) await cleanup();
    cleanups = [];
  });

  const start = async (options: RedisServerOptions = {}) => {
    const started = await startRedisServer(options);
    cleanups.push(() => started.stop());
    return started;
  };
  const open = async (url: string, deadline = 5_000): Promise<Store> => {
    const store = await openRedisStore(url, { deadline, onSetAside: () => {} });
    cleanups.push(() => store.close());
    return store;
  };
  const proxyFor = async (target: RedisServer) => {
    const proxy = await startTcpProxy(target.port);
    cleanups.push(() => proxy.close());
    return { ...proxy, url: `redis://127.0.0.1:${proxy.port}` };
  };
  const secondsUntilPing = async (store: Store): Promise<number> => {
    const startedAt = performance.now();
    while (
      !(await store.ping().then(
        () => true,
        () => false,
      ))
    )
      await sleep(5);
    return (performance.now() - startedAt) / 1_000;
  };
  /** One call of each kind, with the milliseconds after which it was refused. */
  const callOfEachKind = (store: Store) => {
    const notes = store.collection(Notes);
    const board = store.orderedSet(BOARD);
    const calls: Record<string, () => Promise<unknown>> = {
      get: () => notes.get(KEY),
      getMany: () => notes.getMany([KEY, '{other}']),
      update: () => notes.update(KEY, note('while away', 9)),
      score: () => board.score('alice'),
      rank: () => board.rank('alice'),
      count: () => board.count(),
      top: () => board.top(0, 10),
      range: () => board.range(0, 10),
      put: () => board.put('bob', 1),
      remove: () => board.remove('bob'),
      clear: () => store.orderedSet('nothing').clear(),
      claim: () => board.claim(0, 1, 1),
      finish: () => board.finish('alice', 0, null),
      lease: () => store.lease('active', 'me', 1_000),
      release: () => store.release('active', 'me'),
      ping: () => store.ping(),
    };
    return Promise.all(
      Object.entries(calls).map(async ([name, call]) => {
        const askedAt = performance.now();
        const error = await call().then(
          () => 'an answer',
          (reason: unknown) => reason,
        );
        return { name, error, waited: performance.now() - askedAt };
      }),
    );
  };

  it('that hangs refuses each kind of call within the deadline, and answers again when it goes on', async () => {
    const deadline = 400;
    const slack = 300;
    const own = await start();
    const store = await open(own.url, deadline);
    await store.collection(Notes).update(KEY, note('before', 1));

    process.kill(own.pid, 'SIGSTOP');
    cleanups.push(async () => process.kill(own.pid, 'SIGCONT'));
    const refused = [...(await callOfEachKind(store)), ...(await callOfEachKind(store))];
    process.kill(own.pid, 'SIGCONT');

    for (const { name, error, waited } of refused) {
      expect(error, name).toBeInstanceOf(StoreUnavailable);
      expect(waited, name).toBeLessThan(deadline + slack);
    }
    const longest = Math.max(...refused.map(({ waited }) => waited));
    const recovery = await secondsUntilPing(store);
    expect(recovery).toBeLessThan(5);
    await store.collection(Notes).update(KEY, note('after', 2));
    expect(await store.collection(Notes).get(KEY)).toEqual({ text: 'after' });
    expect(await store.orderedSet(BOARD).score('alice')).toBe(2);
    tell(
      `redis hung: ${refused.length} calls refused within ${Math.round(longest)} ms (deadline ${deadline}), ` +
        `answers ${Math.round(recovery * 1_000)} ms after it goes on`,
    );
  });

  it('that is killed refuses calls at once, and is found again by itself', async () => {
    const own = await start({ appendonly: true });
    const store = await open(own.url, 2_000);
    await store.collection(Notes).update(KEY, note('before', 1));
    await own.kill();
    for (const { name, error, waited } of await callOfEachKind(store)) {
      expect(error, name).toBeInstanceOf(StoreUnavailable);
      expect(waited, name).toBeLessThan(500);
    }
    await start({ appendonly: true, port: own.port, dir: own.dir });
    expect(await secondsUntilPing(store)).toBeLessThan(5);
    expect(await store.collection(Notes).get(KEY)).toEqual({ text: 'before' });
    await store.collection(Notes).update(KEY, note('after', 2));
  });

  it('behind a connection that died without a word is reached by a new one', async () => {
    const proxy = await proxyFor(server);
    const store = await open(proxy.url, 300);
    proxy.mute();
    await expect(store.ping()).rejects.toThrow('within 300 ms');
    expect(await secondsUntilPing(store)).toBeLessThan(2);
  });

  it('can be closed while it hangs', async () => {
    const own = await start();
    const store = await open(own.url, 300);
    process.kill(own.pid, 'SIGSTOP');
    cleanups.push(async () => process.kill(own.pid, 'SIGCONT'));
    const waiting = store.ping();
    await Promise.all([expect(waiting).rejects.toThrow(StoreUnavailable), store.close()]);
  });

  it('loses nothing acknowledged over 30 × kill -9 of itself', { timeout: 90_000 }, async () => {
    const kills = 30;
    const data = temporaryFolder();
    let own = await startRedisServer({ appendonly: true, dir: data.path });
    cleanups.push(() => own.stop().finally(data.remove));
    const store = await open(own.url, 2_000);
    const acknowledged: number[] = [];
    let writing = true;
    const writer = (async () => {
      while (writing) {
        const step = await logStep(store, 'log').catch((error) => error);
        if (typeof step === 'number') acknowledged.push(step);
        else if (step instanceof StoreUnavailable) await sleep(5);
        else throw step;
      }
    })();

    let lost = 0;
    for (let kill = 0; kill < kills; kill++) {
      const before = acknowledged.length;
      while (acknowledged.length < before + 5 + kill) await sleep(2);
      await own.kill();
      const certain = [...acknowledged];
      own = await startRedisServer({ appendonly: true, port: own.port, dir: own.dir });
      await secondsUntilPing(store);
      lost += await stepsLost(store, 'log', certain);
    }
    writing = false;
    await writer;
    lost += (await stepsLost(store, 'log', acknowledged)) + (await stepsTorn(store, 'log'));
    tell(`redis: ${kills} kills of Redis, ${acknowledged.length} acknowledged, ${lost} lost`);
    expect(lost).toBe(0);
  });

  it('that is not there is named in one sentence, without the password', async () => {
    const nowhere = await startRedisServer();
    await nowhere.stop();
    const error = await openRedisStore(`redis://me:hush@127.0.0.1:${nowhere.port}`, {
      deadline: 500,
      onSetAside: () => {},
    }).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(StoreUnavailable);
    expect((error as Error).message).toBe(
      `Redis at 127.0.0.1:${nowhere.port} cannot be reached: connect ECONNREFUSED 127.0.0.1:${nowhere.port}`,
    );
  });

  it('that hangs when the store is opened is named too', async () => {
    const own = await start();
    process.kill(own.pid, 'SIGSTOP');
    cleanups.push(async () => process.kill(own.pid, 'SIGCONT'));
    await expect(open(own.url, 500)).rejects.toThrow(
      /cannot be reached: it takes the connection and says nothing/,
    );
  });

  it('that wants another password says so', async () => {
    const own = await start({ args: ['--requirepass', 'right'] });
    await expect(open(own.url.replace('//', '//:hush@'))).rejects.toThrow(
      /^Redis at [^ ]+ cannot be reached: WRONGPASS/,
    );
    await expect(open(own.url)).rejects.toThrow(/^Redis at [^ ]+ refused: NOAUTH/);
    await open(own.url.replace('//', '//:right@'));
  });

  it('is not asked when its address is no address, and the text of it is not repeated', async () => {
    for (const url of ['hush', 'http://me:hush@localhost', 'redis://me:hush@localhost/name']) {
      const error = await openRedisStore(url, { deadline: 500, onSetAside: () => {} }).catch(
        (reason) => reason,
      );
      expect(error).toBeInstanceOf(StoreUnavailable);
      expect(error.message).toMatch(/must look like redis:/);
      expect(error.message).not.toContain('hush');
    }
  });

  it('holds documents where any Keyv can read them', async () => {
    const store = await open(server.url);
    await store.collection(Notes).update('{keyv}', () => ({ document: { text: 'open' }, result: 0 }));
    const keyv = new Keyv(new KeyvRedis(server.url), { useKeyPrefix: false });
    keyv.namespace = undefined;
    cleanups.push(() => keyv.disconnect());
    expect(await keyv.get('koan:note:{keyv}')).toMatchObject({ v: 1, d: { text: 'open' } });
  });

  it('changes nothing when a write arrives again after newer ones', async () => {
    const own = await start();
    const proxy = await proxyFor(own);
    const [late, direct] = [await open(proxy.url), await open(own.url)];
    const entriesOnly = (score: number) => () => ({
      entries: [{ set: BOARD, member: 'alice', score }],
      result: undefined,
    });
    const notes = direct.collection(Notes);
    await late.collection(Notes).update(KEY, note('first', 1));
    await late.collection(Notes).update(KEY, entriesOnly(2));
    await notes.update(KEY, entriesOnly(3));
    await sendRaw(own.port, proxy.sent());
    expect(await direct.orderedSet(BOARD).score('alice')).toBe(3);

    await notes.update(KEY, () => ({ document: null, result: undefined }));
    await notes.update(KEY, note('first', 1));
    await notes.update(KEY, entriesOnly(4));
    await sendRaw(own.port, proxy.sent());
    expect(await direct.orderedSet(BOARD).score('alice')).toBe(4);
    expect(await notes.get(KEY)).toEqual({ text: 'first' });
  });

  it('is left as it is when all that a store has sent is delivered once more', async () => {
    const own = await start();
    const proxy = await proxyFor(own);
    const store = await open(proxy.url);
    const notes = store.collection(Notes);
    const board = store.orderedSet(BOARD);
    for (const text of ['one', 'two', 'three']) await notes.update(KEY, note(text, text.length));
    await notes.update('{guild}:bob', () => ({ document: { text: 'gone' }, result: 0 }));
    await notes.update('{guild}:bob', () => ({ document: null, result: 0 }));
    for (const [member, score] of [
      ['b', 5],
      ['c', 7],
      ['d', 9],
      ['b', 6],
    ] as const)
      await board.put(member, score);
    await board.remove('d');
    const claims = await board.claim(100, 1_000, 9);
    await board.finish(claims[0]!.member, claims[0]!.token, 5_000);
    await store.lease('active', 'me', 60_000);
    const state = async () => [
      await notes.getMany([KEY, '{guild}:bob']),
      await board.range(-Infinity, Infinity),
    ];

    const before = await state();
    await sendRaw(own.port, proxy.sent());
    expect(await state()).toEqual(before);
  });

  it('in cluster mode takes an update, and the setting aside, on one hash slot', async () => {
    const own = await start({ args: ['--cluster-enabled', 'yes'] });
    const admin = createClient({ url: own.url });
    await admin.connect();
    cleanups.push(async () => admin.destroy());
    await admin.sendCommand(['CLUSTER', 'ADDSLOTSRANGE', '0', '16383']);
    while (!(await admin.sendCommand(['CLUSTER', 'INFO']))?.toString().includes('cluster_state:ok')) {
      await sleep(20);
    }
    const store = await open(own.url);
    await admin.set(`koan:note:${KEY}`, 'no document');
    await store.collection(Notes).update(KEY, note('in one slot', 1));
    expect(await store.collection(Notes).get(KEY)).toEqual({ text: 'in one slot' });
    expect(await admin.get(`koan:aside:note:${KEY}:1`)).toBe('no document');
  });
});
