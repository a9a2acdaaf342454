import { join } from 'node:path';
import { type Client, DiscordAPIError } from 'discord.js';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { createBanks } from '../../src/bank/banks.ts';
import { CardRefused } from '../../src/daily/channels.ts';
import type { Post } from '../../src/daily/post.ts';
import { createAnnounce } from '../../src/discord/announce.ts';
import { createChannels } from '../../src/discord/channels.ts';
import { createLedger } from '../../src/discord/ledger.ts';
import type { SettingsService } from '../../src/settings/service.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { fixtureBank, itemOf } from '../bank/fixtures/items.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const signal = AbortSignal.timeout(60_000);
const item = itemOf('boolean');
const post: Post = {
  key: 'k-20260302',
  scheduleId: 'k',
  guildId: '1',
  channelId: '2',
  messageId: '3',
  date: '2026-03-02',
  questionId: item.id,
  topic: item.topic,
  level: item.level,
  order: [],
  language: 'both',
  opensAt: 1,
  closesAt: 2,
  state: 'open',
  reacted: false,
  frozen: false,
};

let store: Store;
let opened = 0;
beforeEach(async () => {
  store = await openSqliteStore(join(folder.path, `${++opened}`), { deadline: 5_000, onSetAside: () => {} });
});
afterEach(() => store.close());
afterAll(folder.remove);

/** The daily room's view of a Discord that answers whatever is written to it with an error. */
function over(code: number, status: number) {
  const fail = async () => {
    throw new DiscordAPIError({ code, message: 'No.' }, code, status, 'POST', '', {});
  };
  const client = {
    rest: { post: fail, patch: fail },
    channels: { cache: new Map() },
    guilds: { cache: new Map() },
  } as unknown as Client;
  const ledger = createLedger(store, () => 0);
  const banks = createBanks(fixtureBank, { of: async () => undefined, lastKnown: () => undefined });
  const announce = createAnnounce(ledger, client);
  return { ledger, channels: createChannels(client, announce, banks, {} as SettingsService) };
}

test('a card that Discord takes for malformed is refused for good, and nothing waits to be sent', async () => {
  const { channels, ledger } = over(50035, 400);
  await expect(channels.showClosed(post, signal)).rejects.toThrow(CardRefused);
  await expect(channels.ask(post, signal)).rejects.toThrow(CardRefused);
  expect((await ledger.claim(post.key, { channelId: '2' }, {})).before).toBeUndefined();
});

test('any other failure is none of the card', async () => {
  const { channels, ledger } = over(0, 503);
  await expect(channels.showClosed(post, signal)).rejects.toThrow(DiscordAPIError);
  await expect(channels.ask(post, signal)).rejects.toThrow(DiscordAPIError);
  expect((await ledger.claim(post.key, { channelId: '2' }, {})).before).toBeDefined();
});
