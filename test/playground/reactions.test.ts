import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Permission } from '../../playground/permissions.ts';
import {
  type Channel,
  type Guild,
  type Message,
  type Playground,
  startPlayground,
} from '../../playground/start.ts';
import { identify, type RawGateway, rest } from './raw-bot.ts';

let discord: Playground;
let guild: Guild;
let channel: Channel;
let message: Message;
let alice: string;

beforeEach(async () => {
  discord = await startPlayground({ rateLimits: false, checkAnswers: true });
  guild = discord.addGuild({ name: 'guild' });
  channel = discord.addChannel(guild.id, { name: 'daily' });
  alice = addMember('alice');
  message = discord.as(alice).post(channel.id, 'hi');
});

afterEach(() => discord.close());

function addMember(name: string): string {
  const { id } = discord.addUser({ name });
  discord.addMember(guild.id, id);
  return id;
}

const path = (emoji: string, rest = '') =>
  `/channels/${channel.id}/messages/${message.id}/reactions/${encodeURIComponent(emoji)}${rest}`;
const put = (emoji: string) => rest(discord, 'PUT', path(emoji, '/@me'));

describe('the bot’s own reactions', () => {
  it('are added once and taken away', async () => {
    expect((await put('✅')).status).toBe(204);
    await put('✅');
    expect([...message.reactions.get('✅')!.users]).toEqual([discord.botId]);
    expect((await rest(discord, 'DELETE', path('✅', '/@me'))).status).toBe(204);
    expect(message.reactions.size).toBe(0);
    expect(discord.violations).toEqual([]);
  });

  it('must be emoji', async () => {
    expect(await put('yes')).toMatchObject({ status: 400, body: { code: 10014 } });
  });

  it('may be a custom emoji that the bot knows, and no other', async () => {
    const emoji = discord.addEmoji(guild.id, 'party');
    expect((await put(`party:${emoji.id}`)).status).toBe(204);
    expect(await put('party:123456789012345678')).toMatchObject({ status: 400, body: { code: 10014 } });
  });

  it('with another server’s emoji need Use External Emojis', async () => {
    const emoji = discord.addEmoji(discord.addGuild({ name: 'other' }).id, 'party');
    discord.setPermissions(channel.id, { bot: { deny: Permission.UseExternalEmojis } });
    expect(await put(`party:${emoji.id}`)).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('need Add Reactions only where nobody has reacted like that', async () => {
    discord.as(alice).react(channel.id, message.id, '✅');
    discord.setPermissions(channel.id, { bot: { deny: Permission.AddReactions } });
    expect((await put('✅')).status).toBe(204);
    expect(await put('❌')).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('are twenty kinds at most', async () => {
    const emoji = [
      '😀',
      '😁',
      '😂',
      '🤣',
      '😃',
      '😄',
      '😅',
      '😆',
      '😉',
      '😊',
      '😋',
      '😎',
      '😍',
      '😘',
      '🥰',
      '😗',
      '😙',
      '🥲',
      '😚',
      '🙂',
    ];
    for (const one of emoji) discord.as(alice).react(channel.id, message.id, one);
    expect(await put('✅')).toMatchObject({ status: 400, body: { code: 30010 } });
    expect((await put('🙂')).status).toBe(204);
  });

  it('need the message', async () => {
    discord.moderate.deleteMessage(channel.id, message.id);
    expect(await put('✅')).toMatchObject({ status: 404, body: { code: 10008 } });
  });
});

describe('other people’s reactions', () => {
  it('are taken away with Manage Messages only', async () => {
    discord.as(alice).react(channel.id, message.id, '✅');
    const remove = () => rest(discord, 'DELETE', path('✅', `/${alice}`));
    expect(await remove()).toMatchObject({ status: 403, body: { code: 50013 } });
    discord.setPermissions(channel.id, { bot: { allow: Permission.ManageMessages } });
    expect((await remove()).status).toBe(204);
    expect(message.reactions.size).toBe(0);
  });

  it('are listed by id, page by page', async () => {
    const ids = [alice];
    for (let i = 0; i < 249; i += 1) ids.push(addMember(`u${i}`));
    for (const id of ids.toReversed()) discord.as(id).react(channel.id, message.id, '✅');
    const read: string[] = [];
    for (let after = '0'; ; after = read.at(-1)!) {
      const { body } = await rest(discord, 'GET', `${path('✅')}?limit=100&after=${after}`);
      read.push(...body.map((user: { id: string }) => user.id));
      if (body.length < 100) break;
    }
    expect(read).toEqual(ids);
    expect(discord.violations).toEqual([]);
  });

  it('are 25 a page unless told, and 100 at most', async () => {
    for (let i = 0; i < 30; i += 1) discord.as(addMember(`u${i}`)).react(channel.id, message.id, '✅');
    expect((await rest(discord, 'GET', path('✅'))).body).toHaveLength(25);
    expect(await rest(discord, 'GET', `${path('✅')}?limit=101`)).toMatchObject({
      status: 400,
      body: { code: 50035 },
    });
  });

  it('are listed apart when they are super reactions', async () => {
    discord.as(alice).react(channel.id, message.id, '✅', { burst: true });
    expect((await rest(discord, 'GET', `${path('✅')}?type=0`)).body).toEqual([]);
    expect((await rest(discord, 'GET', `${path('✅')}?type=1`)).body).toMatchObject([{ id: alice }]);
  });

  it('are an empty list when there are none', async () => {
    expect(await rest(discord, 'GET', path('✅'))).toMatchObject({ status: 200, body: [] });
  });
});

describe('reaction events', () => {
  let gateway: RawGateway;
  beforeEach(async () => {
    gateway = await identify(discord);
  });

  it('carry who, what, where and whose message', async () => {
    discord.as(alice).react(channel.id, message.id, '✅');
    expect((await gateway.dispatch('MESSAGE_REACTION_ADD')).d).toMatchObject({
      user_id: alice,
      channel_id: channel.id,
      guild_id: guild.id,
      message_id: message.id,
      message_author_id: alice,
      emoji: { id: null, name: '✅' },
      burst: false,
      type: 0,
      member: { user: { id: alice } },
    });
  });

  it('tell super reactions apart', async () => {
    discord.as(alice).react(channel.id, message.id, '✅', { burst: true });
    discord.as(alice).unreact(channel.id, message.id, '✅', { burst: true });
    expect((await gateway.dispatch('MESSAGE_REACTION_REMOVE')).d).toMatchObject({ burst: true, type: 1 });
  });

  it('tell of cleared reactions, and of a cleared emoji', async () => {
    discord.as(alice).react(channel.id, message.id, '✅');
    discord.moderate.clearEmoji(channel.id, message.id, '✅');
    discord.moderate.clearReactions(channel.id, message.id);
    expect((await gateway.dispatch('MESSAGE_REACTION_REMOVE_EMOJI')).d.emoji.name).toBe('✅');
    expect((await gateway.dispatch('MESSAGE_REACTION_REMOVE_ALL')).d.message_id).toBe(message.id);
  });

  it('are silent about what changes nothing', async () => {
    discord.as(alice).react(channel.id, message.id, '✅');
    discord.as(alice).react(channel.id, message.id, '✅');
    discord.as(alice).unreact(channel.id, message.id, '❌');
    discord.moderate.clearReactions(channel.id, message.id);
    await gateway.dispatch('MESSAGE_REACTION_REMOVE_ALL');
    expect(gateway.packets.filter((p) => p.t?.startsWith('MESSAGE_REACTION')).map((p) => p.t)).toEqual([
      'MESSAGE_REACTION_ADD',
      'MESSAGE_REACTION_REMOVE_ALL',
    ]);
  });

  it('do not come from channels that the bot cannot see', async () => {
    discord.setPermissions(channel.id, { bot: { deny: Permission.ViewChannel } });
    discord.as(alice).react(channel.id, message.id, '✅');
    discord.setPermissions(channel.id, { bot: {} });
    discord.as(alice).unreact(channel.id, message.id, '✅');
    await gateway.dispatch('MESSAGE_REACTION_REMOVE');
    expect(gateway.packets.some((p) => p.t === 'MESSAGE_REACTION_ADD')).toBe(false);
  });
});
