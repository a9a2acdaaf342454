import { Client, GatewayIntentBits } from 'discord.js';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { startPlayground } from '../../playground/start.ts';
import { createClient, logIn, StartError } from '../../src/discord/client.ts';
import { createStudio } from '../../src/pictures/studio.ts';

const log = pino({ level: 'silent' });

test('the bot asks for no privileged intent', () => {
  const client = createClient('http://127.0.0.1:9/api', createStudio(), log);
  expect(client.options.intents.toArray()).toEqual(['Guilds', 'GuildMessageReactions']);
});

test('intents that Discord refuses end the start with a sentence', async () => {
  const playground = await startPlayground();
  const client = new Client({ intents: [GatewayIntentBits.GuildMembers], rest: { api: playground.url } });
  try {
    const refused = logIn(client, playground.token, playground.url, log, () => {});
    await expect(refused).rejects.toThrow(StartError);
    await expect(refused).rejects.toThrow('Discord refuses the intents');
  } finally {
    await client.destroy();
    await playground.close();
  }
});
