import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createDeletionService } from '../../src/privacy/deletion.ts';
import { createDepartures } from '../../src/privacy/departures.ts';
import { createForgotten } from '../../src/privacy/forgotten.ts';
import { setName } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const DAY = 24 * 3_600_000;
const log = pino({ level: 'silent' });
const folder = temporaryFolder();
let store: Store;
let opened = 0;
let now = 0;

beforeEach(async () => {
  now = Date.parse('2026-03-02T09:00:00Z');
  store = await openSqliteStore(join(folder.path, `${++opened}`), { deadline: 5_000, onSetAside: () => {} });
});
afterEach(() => store.close());
afterAll(folder.remove);

const jobs = () => store.orderedSet(setName.jobs);
const signal = AbortSignal.timeout(60_000);

test('a deletion that fails in the middle stays in the due index, and the ticker ends it', async () => {
  const done: string[] = [];
  let fails = true;
  const personal = ['one', 'two'].map((name) => ({
    async delete() {
      if (name === 'two' && fails) throw new Error('away');
      done.push(name);
    },
  }));
  const deletion = createDeletionService(store, personal, [], () => now, log);
  expect(await deletion.forget('u')).toBe(false);
  expect(await jobs().score('forget:u')).toBeGreaterThan(now);
  fails = false;
  expect(await deletion.handlers.forget('u', signal)).toBeNull();
  expect(done).toEqual(['one', 'one', 'two']);
});

test('asked for twice at once, a deletion runs once', async () => {
  const runs: string[] = [];
  const personal = [{ delete: async (userId: string) => void runs.push(userId) }];
  const deletion = createDeletionService(store, personal, [], () => now, log);
  await Promise.all([deletion.forget('u'), deletion.forget('u')]);
  expect(runs).toEqual(['u']);
  expect(await jobs().score('forget:u')).toBeUndefined();
});

test('a server’s people are gone through to the last', async () => {
  const people = store.orderedSet(setName.peopleOf('g'));
  for (let n = 0; n < 250; n++) await people.put(`u${n}`, 1);
  const seen = new Set<string>();
  const ofGuild = [{ deleteOf: async (_: string, userId: string) => void seen.add(userId) }];
  await createDeletionService(store, [], ofGuild, () => now, log).purge('g');
  expect(seen.size).toBe(250);
  expect(await people.count()).toBe(0);
});

function departuresWith(purged: string[], present: Set<string>, resting: string[] = []) {
  const deletion = {
    ...createDeletionService(store, [], [], () => now, log),
    purge: async (guildId: string) => purged.push(guildId) > 0,
  };
  return createDepartures(
    store,
    deletion,
    (guildId) => present.has(guildId),
    async (guildId, rests) => void resting.push(`${guildId} ${rests}`),
    () => now,
  );
}

test('the thirty days count from when the bot left, however often it is told', async () => {
  const departures = departuresWith([], new Set());
  await departures.entered('g');
  await departures.left('g');
  now += 10 * DAY;
  await departures.left('g');
  await departures.compare(new Set(), () => true);
  expect(await jobs().score('departed:g')).toBe(now + 20 * DAY);
});

test('a shard says nothing of the servers of others', async () => {
  const departures = departuresWith([], new Set());
  for (const guildId of ['mine', 'theirs']) await departures.entered(guildId);
  await departures.compare(new Set(), (guildId) => guildId === 'mine');
  const servers = store.orderedSet(setName.servers);
  expect([await servers.score('mine'), await servers.score('theirs')]).toEqual([now, 0]);
});

test('a server that the bot is in again is never purged, also if nobody noted the return', async () => {
  const purged: string[] = [];
  const present = new Set<string>();
  const resting: string[] = [];
  const departures = departuresWith(purged, present, resting);
  await departures.entered('g');
  await departures.left('g');
  present.add('g');
  expect(await departures.handlers.departed('g', signal)).toBeNull();
  expect(purged).toEqual([]);
  expect(resting).toEqual(['g true', 'g false']);
  expect(await jobs().score('departed:g')).toBeUndefined();
});

test('a deleted person is known again by what was open then, and by nothing later', async () => {
  const open = () => createForgotten(store, () => 'k'.repeat(40));
  const forgotten = open();
  await forgotten.load();
  await forgotten.add('u', now);
  const later = createForgotten(store, () => 'another key, which comes too late, as there is one');
  await later.load();
  for (const each of [forgotten, later]) {
    expect(each.has('u', now - 1)).toBe(true);
    expect(each.has('u', now + 1)).toBe(false);
    expect(each.has('someone', now - 1)).toBe(false);
  }
  await later.dropBefore(now);
  expect(later.has('u', now - 1)).toBe(true);
  await later.dropBefore(now + 1);
  expect(later.has('u', now - 1)).toBe(false);
  expect(await store.orderedSet(setName.forgotten).count()).toBe(0);
});
