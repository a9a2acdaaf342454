import { join } from 'node:path';
import { pino } from 'pino';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createProgressService } from '../../src/progress/service.ts';
import { createQuizHost, type QuizHost } from '../../src/quiz/host.ts';
import { setName } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { quizOf, start } from './game.ts';

const folder = temporaryFolder();
let opened = 0;
let store: Store;
let host: QuizHost;
/** Readings of the list of all quizzes. */
let readings: number;

beforeEach(async () => {
  readings = 0;
  store = await openSqliteStore(join(folder.path, `${++opened}`), { deadline: 5_000, onSetAside: () => {} });
  const counting: Store = {
    ...store,
    orderedSet(name) {
      const set = store.orderedSet(name);
      if (name !== setName.quizzes) return set;
      const range: typeof set.range = (...args) => {
        readings += 1;
        return set.range(...args);
      };
      return { ...set, range };
    },
  };
  const unused = async () => undefined;
  host = createQuizHost(
    counting,
    { reaches: () => true, ask: unused, reveal: unused, tell: unused, show: unused },
    createProgressService(store, () => start, unused),
    unused,
    unused,
    () => start,
    pino({ level: 'silent' }),
    () => {},
  );
  for (const channelId of ['c1', 'c2', 'c3'])
    await host.open(quizOf(1, { channelId, id: channelId, guildId: channelId === 'c3' ? 'other' : 'g' }));
});
afterEach(() => store.close());
afterAll(folder.remove);

const shown = async (userId: string) => (await host.personal.shown!.read(userId))?.counts.quizzes;

test('a crowd that asks for its data at once shares two readings of all quizzes, and each gets its own', async () => {
  const crowd = ['host', 'stranger', ...Array.from({ length: 50 }, () => 'host')];
  const counts = await Promise.all(crowd.map(shown));
  expect(counts).toEqual(crowd.map((userId) => (userId === 'host' ? 3 : undefined)));
  expect(readings).toBe(2);
});

test('whoever is deleted while another reading is under way leaves a quiz that began after it', async () => {
  const reading = shown('host');
  await host.open(quizOf(1, { channelId: 'c4', id: 'c4', host: { userId: 'late', name: 'Late' } }));
  await host.personal.delete('late');
  await reading;
  expect(await shown('late')).toBeUndefined();
  expect(JSON.stringify(await host.find('c4'))).not.toContain('late');
});

test('a server that is purged takes its quizzes with it, and nobody else’s', async () => {
  await host.ofGuild.delete!('g');
  expect(await Promise.all(['c1', 'c2', 'c3'].map(async (id) => (await host.find(id))?.id))).toEqual([
    undefined,
    undefined,
    'c3',
  ]);
});
