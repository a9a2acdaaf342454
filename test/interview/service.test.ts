import { afterEach, beforeEach, expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { finishAnswer } from '../../src/interview/interview.ts';
import { createInterviewService, type OnAnswered } from '../../src/interview/service.ts';
import { createProgressService } from '../../src/progress/service.ts';
import { createSettingsService } from '../../src/settings/service.ts';
import type { Store } from '../../src/store/port.ts';
import { openStore } from '../store/driver.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const bank = await loadBank('questions');
const user = '100000000000000001';
const guildId = '200000000000000002';

let folder: ReturnType<typeof temporaryFolder>;
let store: Store;
let now: number;
let heard: Parameters<OnAnswered>[];
let service: ReturnType<typeof open>;

function open() {
  const progress = createProgressService(
    store,
    () => now,
    async () => {},
  );
  const settings = createSettingsService(
    store,
    async () => {},
    async () => {},
  );
  const config = { baseUrl: 'https://model.example/v1', model: 'm', apiKey: 'k', dailyBudget: 5 };
  const onAnswered: OnAnswered = async (...told) => void heard.push(told);
  return createInterviewService(store, progress, settings, onAnswered, () => now, config);
}

beforeEach(async () => {
  folder = temporaryFolder();
  store = await openStore({ folder: folder.path });
  now = Date.parse('2026-03-02T09:00:00Z');
  heard = [];
  service = open();
});
afterEach(async () => {
  await store.close();
  folder.remove();
});

test('begins once, however often the same interview is begun', async () => {
  const first = await service.start(user, 'a', bank, { count: 3 });
  now += 1_000;
  expect(await service.start(user, 'a', bank, { count: 3 })).toEqual(first);
  expect(await service.list(user)).toEqual([first]);
});

test('tells the deck of a score once, from a source that names it', async () => {
  await service.start(user, 'a', bank, { count: 1, guildId });
  const scored = await service.change(user, 'a', (interview, at) => finishAnswer(interview, 0, at));
  await service.enter(user, scored!);
  await service.enter(user, (await service.list(user))[0]!);
  expect(heard).toEqual([
    [
      user,
      scored!.questions[0]!.questionId,
      { right: false, milliseconds: 0, at: now, source: 'interview:a.0' },
    ],
  ]);
});

test('a budget is never overspent, by many at once either', async () => {
  const taken = await Promise.all(Array.from({ length: 20 }, () => service.marking!.takeBudget(guildId)));
  expect(taken.filter(Boolean)).toHaveLength(5);
  expect(await service.marking!.takeBudget('200000000000000003')).toBe(true);
});

test('all that is outside of servers shares one budget', async () => {
  const taken = await Promise.all(Array.from({ length: 6 }, () => service.marking!.takeBudget(undefined)));
  expect(taken.filter(Boolean)).toHaveLength(5);
});

test('another host asks for agreement again', async () => {
  await service.marking!.agree(user);
  expect(await service.marking!.hasAgreed(user)).toBe(true);
  const elsewhere = createInterviewService(
    store,
    createProgressService(
      store,
      () => now,
      async () => {},
    ),
    createSettingsService(
      store,
      async () => {},
      async () => {},
    ),
    async () => {},
    () => now,
    { baseUrl: 'https://other.example/v1', model: 'm', apiKey: 'k', dailyBudget: 5 },
  );
  expect(await elsewhere.marking!.hasAgreed(user)).toBe(false);
});

test('a person’s interviews can be read whole, and be forgotten whole', async () => {
  await service.start(user, 'a', bank, { count: 1 });
  await service.start(user, 'b', bank, { count: 1 });
  await service.marking!.agree(user);
  expect(await service.personal.shown!.read(user)).toMatchObject({
    counts: { interviews: 2, agreements: 1 },
    data: { interviews: [{ id: 'b' }, { id: 'a' }], agreement: { host: 'model.example' } },
  });
  await service.personal.delete(user);
  expect(await service.personal.shown!.read(user)).toBeUndefined();
});
