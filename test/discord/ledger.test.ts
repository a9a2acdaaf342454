import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createLedger, reminderKey } from '../../src/discord/ledger.ts';
import { setName } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const folder = temporaryFolder();
const place = { channelId: 'c', guildId: 'g' };
const body = { content: 'Persephone has won' };
const signal = AbortSignal.timeout(60_000);
let store: Store;
let opened = 0;
let now = 0;
let ledger: ReturnType<typeof createLedger>;

beforeEach(async () => {
  now = Date.parse('2026-03-02T09:00:00Z');
  store = await openSqliteStore(join(folder.path, `${++opened}`), { deadline: 5_000, onSetAside: () => {} });
  ledger = createLedger(store, () => now);
});
afterEach(() => store.close());
afterAll(folder.remove);

const isKnown = async (key: string) => (await ledger.claim(key, place, body)).before !== undefined;
const counts = () =>
  Promise.all(
    [setName.announcements, setName.unsent, setName.announcementsOf('g')].map((set) =>
      store.orderedSet(set).count(),
    ),
  );

async function send(key: string): Promise<void> {
  await ledger.claim(key, place, body);
  await ledger.settle(key, `message of ${key}`);
}

test('guards for ten days after it was last tried, whether it was sent or not', async () => {
  await send('sent');
  await ledger.claim('tried', place, body);
  now += 9 * DAY;
  await ledger.handlers.tidy('ledger', signal);
  expect(await counts()).toEqual([2, 1, 2]);
  await ledger.claim('tried', place, body);
  now += DAY + 1;
  await ledger.handlers.tidy('ledger', signal);
  expect(await isKnown('tried')).toBe(true);
  expect(await isKnown('sent')).toBe(false);
});

test('looks for what is old an hour after a start, and then every hour, more often while there is much', async () => {
  await ledger.load();
  expect(await store.orderedSet(setName.jobs).score('tidy:ledger')).toBe(now + HOUR);
  for (let n = 0; n < 201; n++) await send(`old-${n}`);
  now += 11 * DAY;
  expect(await ledger.handlers.tidy('ledger', signal)).toBe(now + 1_000);
  expect(await ledger.handlers.tidy('ledger', signal)).toBe(now + HOUR);
  expect(await counts()).toEqual([0, 0, 0]);
});

test('forgets what an unsent message says when somebody is deleted, and still knows that it was begun', async () => {
  await ledger.claim('under-way', place, body);
  await ledger.personal.delete('u');
  const { entry, before } = await ledger.claim('under-way', place, { content: 'somebody has won' });
  expect(before).toBeDefined();
  expect(entry.body).toBeUndefined();
});

test('forgets a person’s reminders', async () => {
  await send(reminderKey('u', '2026-03-01'));
  await send(reminderKey('other', '2026-03-01'));
  await ledger.personal.delete('u');
  expect(await isKnown(reminderKey('u', '2026-03-01'))).toBe(false);
  expect(await isKnown(reminderKey('other', '2026-03-01'))).toBe(true);
});

test('forgets all that was said in a server, and nothing of others', async () => {
  await send('here');
  const elsewhere = { channelId: 'd', guildId: 'h' };
  await ledger.claim('there', elsewhere, body);
  await ledger.ofGuild.delete!('g');
  expect(await counts()).toEqual([1, 1, 0]);
});

test('what was removed while it was being sent stays removed', async () => {
  await ledger.claim('under-way', place, body);
  await ledger.ofGuild.delete!('g');
  await ledger.settle('under-way', 'its message');
  expect(await counts()).toEqual([0, 0, 0]);
  expect(await isKnown('under-way')).toBe(false);
});
