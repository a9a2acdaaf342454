import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/start.ts';
import { identify, type Packet, type RawGateway, rest } from './raw-bot.ts';

let discord: Playground;
let gateway: RawGateway;
let channelId: string;
let alice: ReturnType<Playground['as']>;

beforeEach(async () => {
  discord = await startPlayground({ rateLimits: false, checkAnswers: true });
  const guild = discord.addGuild({ name: 'guild' });
  channelId = discord.addChannel(guild.id, { name: 'daily' }).id;
  const { id } = discord.addUser({ name: 'alice' });
  discord.addMember(guild.id, id);
  alice = discord.as(id);
  const options = [
    { type: 11, name: 'file', description: 'A file', required: true },
    { type: 3, name: 'topic', description: 'A topic' },
  ];
  await rest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [
    { name: 'import', description: 'Takes a file', options },
  ]);
  gateway = await identify(discord);
});
afterEach(() => discord.close());

const file = (text: string, name = 'a.yaml') => ({ name, base64: Buffer.from(text).toString('base64') });

test('a file is uploaded first, and the command names it', async () => {
  const sent = alice.slash(channelId, 'import', { file: file('- id: a', 'my file.yaml'), topic: 'x' });
  const { d } = await gateway.until((packet: Packet) => packet.t === 'INTERACTION_CREATE');
  await rest(discord, 'POST', `/interactions/${d.id}/${d.token}/callback`, {
    type: 4,
    data: { content: 'thanks' },
  });
  await sent;
  const [option] = d.data.options;
  const attachment = d.data.resolved.attachments[option.value];
  expect(option).toMatchObject({ name: 'file', type: 11 });
  expect(attachment).toMatchObject({ filename: 'my_file.yaml', size: 7, ephemeral: true });
  expect(await (await fetch(attachment.url)).text()).toBe('- id: a');
  expect(discord.violations).toEqual([]);
});

test('a text is no file, a file is no text, and ten megabytes are the most', async () => {
  await expect(alice.slash(channelId, 'import', { file: 'a.yaml' })).rejects.toThrow('a file');
  await expect(alice.slash(channelId, 'import', { file: file(''), topic: file('') })).rejects.toThrow(
    'no file',
  );
  await expect(alice.slash(channelId, 'import', {})).rejects.toThrow('option file is required');
  const large = { name: 'a.yaml', base64: Buffer.alloc(10 * 1024 * 1024 + 1).toString('base64') };
  await expect(alice.slash(channelId, 'import', { file: large })).rejects.toThrow('too large');
});
