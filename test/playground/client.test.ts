import { setTimeout as sleep } from 'node:timers/promises';
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  type ClientOptions,
  Events,
  GatewayIntentBits,
  type Interaction,
  MessageFlags,
  ModalBuilder,
  Partials,
  REST,
  SlashCommandBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shardOf } from '../../playground/gateway.ts';
import { snowflakeAt } from '../../playground/snowflake.ts';
import { type Playground, startPlayground } from '../../playground/start.ts';

let discord: Playground;
let client: Client;

beforeEach(async () => {
  discord = await startPlayground({ rateLimits: false, checkAnswers: true });
  client = newClient();
});

afterEach(async () => {
  await client.destroy();
  await discord.close();
  expect(discord.violations).toEqual([]);
});

function newClient(more: Partial<ClientOptions> = {}): Client {
  return new Client({
    intents: [GatewayIntentBits.Guilds, GatewayIntentBits.GuildMessageReactions],
    partials: [Partials.Message, Partials.Reaction, Partials.User],
    rest: { api: discord.url, version: '10' },
    ...more,
  });
}

async function login(): Promise<void> {
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
}

/** A guild with a channel and one person in it. */
function settle() {
  const guild = discord.addGuild({ name: 'study group' });
  const channel = discord.addChannel(guild.id, { name: 'daily' });
  const alice = discord.addUser({ name: 'alice' });
  discord.addMember(guild.id, alice.id);
  return { guild, channel, alice, asAlice: discord.as(alice.id) };
}

const ping = new SlashCommandBuilder().setName('ping').setDescription('Answers');

function answer(reply: (interaction: Interaction) => Promise<unknown>): void {
  client.on(Events.InteractionCreate, (interaction) => void reply(interaction));
}

async function until(done: () => boolean): Promise<void> {
  while (!done()) await sleep(5);
}

describe('a discord.js client', () => {
  it('logs in and sees its guilds and channels', async () => {
    const { guild, channel } = settle();
    await login();
    expect(client.user!.id).toBe(discord.botId);
    expect(client.guilds.cache.get(guild.id)!.name).toBe('study group');
    expect(client.guilds.cache.get(guild.id)!.members.me!.id).toBe(discord.botId);
    expect(client.channels.cache.get(channel.id)).toBeDefined();
  });

  it('learns of a guild that adds the bot later', async () => {
    await login();
    const joined = new Promise((resolve) => client.once(Events.GuildCreate, resolve));
    discord.addGuild({ name: 'new' });
    expect(await joined).toMatchObject({ name: 'new' });
  });

  it('posts, edits and deletes a message', async () => {
    const { channel } = settle();
    await login();
    const there = await client.channels.fetch(channel.id);
    const sent = await (
      there as unknown as { send(text: string): Promise<import('discord.js').Message> }
    ).send('one');
    expect(channel.messages.get(sent.id)!.content).toBe('one');
    await sent.edit('two');
    expect(channel.messages.get(sent.id)!.content).toBe('two');
    await sent.delete();
    expect(channel.messages.size).toBe(0);
  });

  it('hears reactions on a message that it has not cached', async () => {
    const { channel, alice, asAlice } = settle();
    const message = asAlice.post(channel.id, 'hi');
    await login();
    const heard = new Promise<unknown[]>((resolve) => {
      client.once(Events.MessageReactionAdd, (...all) => resolve(all));
    });
    asAlice.react(channel.id, message.id, '✅');
    const [reaction, user] = (await heard) as [{ emoji: { name: string } }, { id: string }];
    expect(reaction.emoji.name).toBe('✅');
    expect(user.id).toBe(alice.id);
  });

  it('reads reactions page by page', async () => {
    const { channel, asAlice } = settle();
    const message = asAlice.post(channel.id, 'hi');
    const { guild } = { guild: discord.world.guilds.values().next().value! };
    for (let i = 0; i < 150; i += 1) {
      const user = discord.addUser({ name: `u${i}` });
      discord.addMember(guild.id, user.id);
      discord.as(user.id).react(channel.id, message.id, '✅');
    }
    await login();
    const route =
      `/channels/${channel.id}/messages/${message.id}/reactions/${encodeURIComponent('✅')}` as const;
    const first = (await client.rest.get(route, { query: new URLSearchParams({ limit: '100' }) })) as {
      id: string;
    }[];
    const query = new URLSearchParams({ limit: '100', after: first.at(-1)!.id });
    const second = (await client.rest.get(route, { query })) as { id: string }[];
    expect([first.length, second.length]).toEqual([100, 50]);
  });

  it('registers commands and answers them', async () => {
    const { channel, asAlice } = settle();
    await login();
    await client.application!.commands.set([ping]);
    answer(async (i) => i.isChatInputCommand() && i.reply('pong'));
    const response = await asAlice.slash(channel.id, 'ping');
    expect(response.type).toBe('reply');
    expect(response.message!.content).toBe('pong');
    expect(channel.messages.has(response.message!.id)).toBe(true);
  });

  it('answers later after a deferral, only to the person', async () => {
    const { channel, asAlice } = settle();
    await login();
    await client.application!.commands.set([ping]);
    answer(async (i) => {
      if (!i.isChatInputCommand()) return;
      await i.deferReply({ flags: MessageFlags.Ephemeral });
      await sleep(20);
      await i.editReply('done');
    });
    const response = await asAlice.slash(channel.id, 'ping');
    expect(response).toMatchObject({ type: 'deferral', ephemeral: true });
    await response.settled();
    expect(response.message!.content).toBe('done');
    expect(channel.messages.size).toBe(0);
  });

  it('gives choices while somebody types', async () => {
    const { channel, asAlice } = settle();
    await login();
    const command = new SlashCommandBuilder()
      .setName('zone')
      .setDescription('Sets the zone')
      .addStringOption((o) => o.setName('name').setDescription('Zone').setAutocomplete(true));
    await client.application!.commands.set([command]);
    answer(async (i) => i.isAutocomplete() && i.respond([{ name: i.options.getFocused(), value: 'x' }]));
    const choices = await asAlice.autocomplete(channel.id, 'zone', { name: 'Bei' }, 'name');
    expect(choices).toEqual([{ name: 'Bei', value: 'x' }]);
  });

  it('answers a button, a select menu and a modal', async () => {
    const { channel, asAlice } = settle();
    await login();
    await client.application!.commands.set([ping]);
    const button = new ButtonBuilder().setCustomId('b').setLabel('Press').setStyle(ButtonStyle.Primary);
    const menu = new StringSelectMenuBuilder()
      .setCustomId('m')
      .addOptions({ label: 'one', value: '1' }, { label: 'two', value: '2' });
    const modal = new ModalBuilder()
      .setCustomId('form')
      .setTitle('Form')
      .addComponents(
        new ActionRowBuilder<TextInputBuilder>().addComponents(
          new TextInputBuilder().setCustomId('t').setLabel('Text').setStyle(TextInputStyle.Short),
        ),
      );
    answer(async (i) => {
      if (i.isChatInputCommand()) {
        await i.reply({
          content: 'choose',
          components: [
            new ActionRowBuilder<ButtonBuilder>().addComponents(button),
            new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu),
          ],
        });
      } else if (i.isButton()) await i.showModal(modal);
      else if (i.isStringSelectMenu()) await i.update(`chose ${i.values}`);
      else if (i.isModalSubmit()) {
        await i.reply({ content: i.fields.getTextInputValue('t'), flags: MessageFlags.Ephemeral });
      }
    });
    const { message } = await asAlice.slash(channel.id, 'ping');
    const pressed = await asAlice.press(message!, 'b');
    expect(pressed.modal!.title).toBe('Form');
    const submitted = await asAlice.submitModal(pressed.modal!, { t: 'hello' });
    expect(submitted.message!.content).toBe('hello');
    const selected = await asAlice.select(message!, 'm', ['2']);
    expect(selected.type).toBe('update');
    expect(message!.content).toBe('chose 2');
  });

  it('resumes after its connection was cut, and misses nothing', async () => {
    const { channel, asAlice } = settle();
    const message = asAlice.post(channel.id, 'hi');
    await login();
    const heard: (string | null)[] = [];
    client.on(Events.MessageReactionAdd, (reaction) => void heard.push(reaction.emoji.name));
    const resumed = new Promise((resolve) => client.once(Events.ShardResume, resolve));
    discord.gateway.drop();
    asAlice.react(channel.id, message.id, '✅');
    await resumed;
    asAlice.react(channel.id, message.id, '❌');
    await until(() => heard.length === 2);
    expect(heard).toEqual(['✅', '❌']);
  });

  it('identifies anew when its session is gone, and learns nothing of the time between', async () => {
    const { channel, asAlice } = settle();
    const message = asAlice.post(channel.id, 'hi');
    await login();
    const heard: (string | null)[] = [];
    client.on(Events.MessageReactionAdd, (reaction) => void heard.push(reaction.emoji.name));
    const ready = new Promise((resolve) => client.once(Events.ShardReady, resolve));
    discord.gateway.drop({ resumable: false });
    asAlice.react(channel.id, message.id, '✅');
    await ready;
    asAlice.react(channel.id, message.id, '❌');
    await until(() => heard.length === 1);
    expect(heard).toEqual(['❌']);
  });

  it('fetches members by id without the members intent', async () => {
    const { guild, alice } = settle();
    await login();
    const members = await client.guilds.cache.get(guild.id)!.members.fetch({ user: [alice.id] });
    expect([...members.keys()]).toEqual([alice.id]);
  });

  it('sends a direct message with a file', async () => {
    const { alice } = settle();
    await login();
    const user = await client.users.createDM(alice.id);
    await user.send({ content: 'export', files: [{ attachment: Buffer.from('{}'), name: 'me.json' }] });
    const [message] = discord.openDm(alice.id).messages.values();
    expect(message!.attachments).toMatchObject([{ filename: 'me.json', size: 2 }]);
  });

  it('answers a command in direct messages', async () => {
    const { alice, asAlice } = settle();
    await login();
    await client.application!.commands.set([ping]);
    answer(async (i) => i.isChatInputCommand() && i.reply(`in a guild: ${i.inGuild()}`));
    const response = await asAlice.slash(discord.openDm(alice.id).id, 'ping');
    expect(response.message!.content).toBe('in a guild: false');
  });

  it('is told that it did not respond after three seconds', async () => {
    const { channel, asAlice } = settle();
    await login();
    await client.application!.commands.set([ping]);
    const late = new Promise<unknown>((resolve) => {
      answer(async (i) => {
        await sleep(3_100);
        if (i.isChatInputCommand()) resolve(await i.reply('late').catch((error: unknown) => error));
      });
    });
    await expect(asAlice.slash(channel.id, 'ping')).rejects.toThrow('did not respond');
    expect(await late).toMatchObject({ code: 10062 });
    expect(discord.violations.splice(0)).toMatchObject([expect.stringContaining('10062')]);
  });
});

it('spreads over as many shards as the gateway recommends', async () => {
  await discord.close();
  discord = await startPlayground({ rateLimits: false, shards: 2 });
  const guilds = [1_000, 2_001, 3_002, 4_003].map((ms) =>
    discord.addGuild({ name: `${ms}`, id: snowflakeAt(Date.UTC(2020, 0) + ms) }),
  );
  client = newClient({ shards: 'auto' });
  await login();
  expect(client.ws.shards.size).toBe(2);
  expect(guilds.map((guild) => client.guilds.cache.get(guild.id)!.shardId)).toEqual(
    guilds.map((guild) => shardOf(guild.id, 2)),
  );
});

it('keeps to the rate limits by their headers alone', async () => {
  await discord.close();
  discord = await startPlayground();
  const { channel } = settle();
  const rest = new REST({ api: discord.url, version: '10' }).setToken(discord.token);
  const startedAt = performance.now();
  const route = `/channels/${channel.id}/messages` as const;
  for (let i = 0; i < 6; i += 1) await rest.post(route, { body: { content: `${i}` } });
  expect(performance.now() - startedAt).toBeGreaterThan(4_900);
  expect(discord.requests.map((request) => request.status)).toEqual([200, 200, 200, 200, 200, 200]);
});
