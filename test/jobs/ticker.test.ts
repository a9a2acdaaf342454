import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTicker, type JobHandler } from '../../src/jobs/ticker.ts';
import { setName } from '../../src/store/keys.ts';
import type { OrderedSet, Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const log = pino({ level: 'silent' });
let folder: Awaited<ReturnType<typeof temporaryFolder>>;
let store: Store;
let jobs: OrderedSet;
let time = 1_000_000;

beforeEach(async () => {
  folder = await temporaryFolder();
  store = await openSqliteStore(folder.path, { deadline: 2_000, onSetAside: () => {} });
  jobs = store.orderedSet(setName.jobs);
  time = 1_000_000;
});
afterEach(async () => {
  await store.close();
  await folder.remove();
});

/** A ticker whose jobs `do` all go to one handler, and what it was called with. */
function tickerWith(handler: JobHandler) {
  const called: string[] = [];
  const ticker = createTicker(
    store,
    {
      do: (id, signal) => {
        called.push(id);
        return handler(id, signal);
      },
    },
    () => time,
    log,
  );
  return { ticker, called };
}

async function settle(ticker: ReturnType<typeof createTicker>): Promise<void> {
  await ticker.tick();
  await ticker.drain();
}

test('what is due is done in the order in which it is due, and nothing else', async () => {
  await jobs.put('do:later', time + 1);
  await jobs.put('do:second', time);
  await jobs.put('do:first', time - 1);
  const { ticker, called } = tickerWith(async () => null);
  await settle(ticker);
  expect(called).toEqual(['first', 'second']);
  expect(await jobs.count()).toBe(1);
});

test('a handler says when its job is due next', async () => {
  await jobs.put('do:a', time);
  const { ticker } = tickerWith(async () => time + 500);
  await settle(ticker);
  expect(await jobs.score('do:a')).toBe(time + 500);
});

test('a job that was moved while it ran stays where it was put', async () => {
  await jobs.put('do:a', time);
  const { ticker } = tickerWith(async () => {
    await jobs.put('do:a', time + 7);
    return null;
  });
  await settle(ticker);
  expect(await jobs.score('do:a')).toBe(time + 7);
});

test('a job that fails comes back soon', async () => {
  await jobs.put('do:a', time);
  const { ticker } = tickerWith(async () => {
    throw new Error('no');
  });
  await settle(ticker);
  expect(await jobs.score('do:a')).toBe(time + 20_000);
});

test('a job whose process died comes back after its lease', async () => {
  await jobs.put('do:a', time);
  const died = tickerWith(() => new Promise(() => {}));
  await died.ticker.tick();
  time += 120_000;
  const early = tickerWith(async () => null);
  await settle(early.ticker);
  expect(early.called).toEqual([]);
  time += 1;
  const { ticker, called } = tickerWith(async () => null);
  await settle(ticker);
  expect(called).toEqual(['a']);
});

test('a crowd is taken as far as there is room, and the rest as soon as there is', async () => {
  for (let index = 0; index < 100; index++) await jobs.put(`do:${index}`, time);
  let running = 0;
  let most = 0;
  const { ticker, called } = tickerWith(async () => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setTimeout(resolve, 1));
    running--;
    return null;
  });
  await ticker.tick();
  while (called.length < 100) await new Promise((resolve) => setTimeout(resolve, 5));
  await ticker.drain();
  expect(most).toBe(40);
  expect(new Set(called).size).toBe(100);
});

test('a kind that nobody handles is left alone', async () => {
  await jobs.put('dance:a', time);
  const { ticker } = tickerWith(async () => null);
  await settle(ticker);
  expect(await jobs.count()).toBe(1);
});
