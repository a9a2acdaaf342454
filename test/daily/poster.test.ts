import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createBanks } from '../../src/bank/banks.ts';
import { CardRefused, type Channels } from '../../src/daily/channels.ts';
import { createDrawsService } from '../../src/daily/draws.ts';
import type { GradingService } from '../../src/daily/grading.ts';
import { createPosterService } from '../../src/daily/poster.ts';
import { createPublisher } from '../../src/daily/publisher.ts';
import { createSchedulesService } from '../../src/daily/schedules.ts';
import type { ProgressService } from '../../src/progress/service.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { fixtureBank } from '../bank/fixtures/items.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const log = pino({ enabled: false });
const { signal } = new AbortController();
const refusing = async () => {
  throw new CardRefused('malformed');
};

let now: number;
let store: Store;
let channels: Channels;
const folders: ReturnType<typeof temporaryFolder>[] = [];

/** The jobs of the daily room over a Discord that takes everything but what a test refuses. */
function open(over: Partial<Channels>) {
  channels = {
    knows: () => true,
    mayLookBack: () => true,
    ask: async () => '99',
    react: async () => {},
    readReactions: async () => ({ graders: new Map(), cleared: false }),
    showClosed: async () => {},
    tellSuspended: async () => {},
    ...over,
  };
  const banks = createBanks(fixtureBank, { of: async () => undefined, lastKnown: () => undefined });
  const grading = { open() {}, async drop() {}, async readForTheLastTime() {} } as unknown as GradingService;
  const progress = { async judgeStreaks() {} } as unknown as ProgressService;
  const draws = createDrawsService(store, banks, () => now);
  const publisher = createPublisher(store, banks, channels, draws, grading, () => now, log);
  return {
    schedules: createSchedulesService(store, () => now),
    poster: createPosterService(
      store,
      channels,
      publisher,
      grading,
      progress,
      () => now,
      log,
      () => {},
    ),
  };
}

async function planned({ schedules }: ReturnType<typeof open>) {
  return schedules.add('1', 'byjhmoda7k7o', {
    channelId: '2',
    time: 9 * 60,
    zone: 'UTC',
    days: [1, 2, 3, 4, 5, 6, 7],
    topics: [],
    language: 'both',
  });
}

beforeEach(async () => {
  const folder = temporaryFolder();
  folders.push(folder);
  now = Date.parse('2026-03-02T08:00:00Z');
  store = await openSqliteStore(folder.path, { deadline: 5_000, onSetAside: () => {} });
});
afterEach(async () => {
  await store.close();
  folders.pop()?.remove();
});

test('a post whose closed card Discord refuses closes all the same', async () => {
  const room = open({ showClosed: refusing });
  const { id } = await planned(room);
  now = Date.parse('2026-03-02T09:00:00Z');
  await room.poster.handlers.ask(id, signal);
  const key = `${id}-20260302`;
  expect((await room.poster.find(key))?.state).toBe('open');
  now += 86_400_000;
  await room.poster.handlers.close(key, signal);
  expect((await room.poster.find(key))?.state).toBe('closed');
});

test('a question that Discord refuses is skipped, told of, and the next day asks another one', async () => {
  const asked: string[] = [];
  const room = open({
    ask: async ({ questionId }) => {
      asked.push(questionId);
      return asked.length === 1 ? refusing() : '99';
    },
  });
  const { id } = await planned(room);
  now = Date.parse('2026-03-02T09:00:00Z');
  await room.poster.handlers.ask(id, signal);
  expect(await room.poster.find(`${id}-20260302`)).toBeUndefined();
  const [schedule] = await room.schedules.list('1');
  expect(schedule).toMatchObject({
    posted: 0,
    lastDate: '2026-03-02',
    next: { date: '2026-03-03' },
    failure: { reason: 'failed', status: 400 },
  });
  now = Date.parse('2026-03-03T09:00:00Z');
  await room.poster.handlers.ask(id, signal);
  expect((await room.poster.find(`${id}-20260303`))?.state).toBe('open');
  expect(asked[1]).not.toBe(asked[0]);
});

test('asked for at once, a question that Discord refuses is not tried for ever', async () => {
  const room = open({ ask: refusing });
  const { id } = await planned(room);
  expect(await room.poster.handlers.now(`${id}.r`, signal)).toBeNull();
  expect(await room.poster.find(`${id}-r`)).toBeUndefined();
});
