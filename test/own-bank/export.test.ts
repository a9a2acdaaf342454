import { type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { expect, test } from 'vitest';
import { bank } from '../../commands/bank.ts';
import type { Context } from '../../src/discord/command.ts';
import { emptyCatalogue } from '../../src/own-bank/catalogue.ts';
import { itemOf } from '../bank/fixtures/items.ts';

type Sent = { readonly flags?: number; readonly files: readonly { readonly name: string }[] };

test('a bank of more files than a message holds comes in several, for nobody else to see', async () => {
  const item = itemOf('boolean');
  const items = Array.from({ length: 23 }, (_, at) => ({
    ...item,
    id: `q-${at}`,
    en: { ...item.en, explanation: 'x'.repeat(600_000) },
  }));
  // Questions so large are refused by now; each fills a file by itself.
  const catalogue = { ...emptyCatalogue, entries: new Map(items.map((item) => [item.id, { item }])) };
  const sent: Sent[] = [];
  const say = async (message: Sent) => void sent.push(message);
  const interaction = {
    guildId: '1',
    inCachedGuild: () => true,
    options: { getSubcommand: () => 'export' },
    deferReply: async ({ flags }: { flags: number }) => expect(flags).toBe(MessageFlags.Ephemeral),
    editReply: say,
    followUp: say,
  } as unknown as ChatInputCommandInteraction;
  const context = { ownBank: { find: async () => catalogue }, language: 'en' } as unknown as Context;
  await bank.execute(interaction, context);
  expect(sent.map(({ files }) => files.length)).toEqual([10, 10, 3]);
  expect(sent.slice(1).map(({ flags }) => flags)).toEqual([MessageFlags.Ephemeral, MessageFlags.Ephemeral]);
  const names = sent.flatMap(({ files }) => files.map(({ name }) => name));
  expect(names).toEqual(items.map((_, at) => `questions-${at + 1}.yaml`));
});
