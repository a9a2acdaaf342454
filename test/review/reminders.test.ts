import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createProgressService } from '../../src/progress/service.ts';
import type { DeckService } from '../../src/review/deck.ts';
import { createRemindersService, type Reasons } from '../../src/review/reminders.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOUR = 3_600_000;
const folder = temporaryFolder();
let store: Store;
let opened = 0;
let now: number;
let count: Awaited<ReturnType<DeckService['countDue']>>;
let sent: Reasons[];
let reminders: ReturnType<typeof createRemindersService>;

beforeEach(async () => {
  now = Date.parse('2026-03-02T09:00:00Z');
  sent = [];
  store = await openSqliteStore(join(folder.path, `${++opened}`), { deadline: 5_000, onSetAside: () => {} });
  reminders = createRemindersService(
    store,
    { countDue: async () => count },
    createProgressService(
      store,
      () => now,
      async () => {},
    ),
    async (_user, _date, _language, reasons) => {
      sent.push(reasons);
      return 'sent';
    },
    () => false,
    () => now,
  );
  await reminders.set('u', { time: 10 * 60, zone: 'UTC', language: 'en' });
  now += HOUR;
});
afterEach(() => store.close());
afterAll(folder.remove);

const run = () => reminders.handlers.remind('u', AbortSignal.timeout(1_000));

test('while nobody can tell whether anything is due, it is looked at again, and the reminder comes then', async () => {
  count = { due: 2, unsure: 2 };
  expect(await run()).toBe(now + 60_000);
  expect(sent).toEqual([]);
  count = { due: 2, unsure: 0 };
  expect(await run()).toBeUndefined();
  expect(sent).toEqual([{ due: 2, streak: undefined }]);
});

test('what is surely due is reason enough', async () => {
  count = { due: 3, unsure: 2 };
  await run();
  expect(sent).toEqual([{ due: 3, streak: undefined }]);
});

test('a look that comes too late leaves it for the next day', async () => {
  count = { due: 2, unsure: 2 };
  now += 2 * HOUR;
  await run();
  expect(sent).toEqual([]);
  expect((await reminders.find('u'))!.next.date).toBe('2026-03-03');
});
