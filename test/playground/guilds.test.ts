import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { channelPermissions, guildPermissions, Permission } from '../../playground/permissions.ts';
import { type Guild, type Playground, startPlayground } from '../../playground/start.ts';
import { rest } from './raw-bot.ts';

let discord: Playground;
let guild: Guild;
let alice: string;

beforeEach(async () => {
  discord = await startPlayground({ rateLimits: false, checkAnswers: true });
  guild = discord.addGuild({ name: 'guild', systemChannel: true });
  alice = discord.addUser({ name: 'alice' }).id;
  discord.addMember(guild.id, alice);
});

afterEach(() => discord.close());

const get = (path: string) => rest(discord, 'GET', path);
const UNKNOWN = '123456789012345678';

describe('what the bot may ask about itself and its guilds', () => {
  it.each(['/users/@me', '/applications/@me', '/oauth2/applications/@me', '/gateway', '/gateway/bot'])(
    '%s',
    async (path) => {
      expect((await get(path)).status).toBe(200);
      expect(discord.violations).toEqual([]);
    },
  );

  it('a guild, its system channel and a member of it', async () => {
    const { body } = await get(`/guilds/${guild.id}`);
    expect(body).toMatchObject({ id: guild.id, system_channel_id: guild.systemChannelId });
    expect((await get(`/channels/${guild.systemChannelId}`)).body.name).toBe('general');
    expect((await get(`/guilds/${guild.id}/members/${alice}`)).body.user.username).toBe('alice');
    expect(discord.violations).toEqual([]);
  });

  it('a guild that is none, that has no bot, and people who are no members', async () => {
    const foreign = discord.addGuild({ name: 'foreign', bot: false });
    const bob = discord.addUser({ name: 'bob' }).id;
    expect(await get(`/guilds/${UNKNOWN}`)).toMatchObject({ status: 404, body: { code: 10004 } });
    expect(await get(`/guilds/${foreign.id}`)).toMatchObject({ status: 403, body: { code: 50001 } });
    expect(await get(`/guilds/${guild.id}/members/${bob}`)).toMatchObject({ body: { code: 10007 } });
    expect(await get(`/guilds/${guild.id}/members/${UNKNOWN}`)).toMatchObject({ body: { code: 10013 } });
  });
});

describe('giving a role', () => {
  const give = (role: string, method = 'PUT') =>
    rest(discord, method, `/guilds/${guild.id}/members/${alice}/roles/${role}`);
  const letTheBot = () => {
    const own = [...guild.roles.values()].find((role) => role.botId === discord.botId)!;
    discord.setRole(guild.id, own.id, { permissions: Permission.ManageRoles });
  };

  it('works with Manage Roles, and back again', async () => {
    letTheBot();
    const role = discord.addRole(guild.id, { name: 'winner' });
    expect((await give(role.id)).status).toBe(204);
    expect(guild.members.get(alice)!.roles).toEqual([role.id]);
    expect((await give(role.id, 'DELETE')).status).toBe(204);
    expect(guild.members.get(alice)!.roles).toEqual([]);
    expect(discord.violations).toEqual([]);
  });

  it('is forbidden without the permission, and above the bot’s own role', async () => {
    const role = discord.addRole(guild.id, { name: 'winner' });
    expect(await give(role.id)).toMatchObject({ status: 403, body: { code: 50013 } });
    letTheBot();
    const high = discord.addRole(guild.id, { name: 'high', aboveBot: true });
    expect(await give(high.id)).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('that does not exist says so', async () => {
    letTheBot();
    expect(await give(UNKNOWN)).toMatchObject({ status: 404, body: { code: 10011 } });
  });
});

describe('permissions add up in Discord’s order', () => {
  it('roles only add, an administrator and the owner may all', () => {
    const role = discord.addRole(guild.id, { name: 'a', permissions: Permission.ManageGuild });
    const bob = discord.addUser({ name: 'bob' }).id;
    discord.addMember(guild.id, bob, { roles: [role.id] });
    const boss = discord.addUser({ name: 'boss' }).id;
    discord.addMember(guild.id, boss, { permissions: Permission.Administrator });
    expect(guildPermissions(guild, bob) & Permission.ManageGuild).toBeTruthy();
    expect(guildPermissions(guild, boss) & Permission.ManageRoles).toBeTruthy();
    expect(guildPermissions(guild, guild.ownerId) & Permission.ManageRoles).toBeTruthy();
    expect(guildPermissions(guild, 'nobody')).toBe(0n);
  });

  it('a role’s allow beats another role’s deny, and the member’s own beats both', () => {
    const [yes, no] = ['yes', 'no'].map((name) => discord.addRole(guild.id, { name }));
    const bob = discord.addUser({ name: 'bob' }).id;
    discord.addMember(guild.id, bob, { roles: [yes!.id, no!.id] });
    const channel = discord.addChannel(guild.id, { name: 'c' });
    const may = () =>
      (channelPermissions(discord.world, channel, bob, discord.botId) & Permission.SendMessages) !== 0n;
    const bits = Permission.SendMessages;
    discord.setPermissions(channel.id, { roles: { everyone: { deny: bits }, [no!.id]: { deny: bits } } });
    expect(may()).toBe(false);
    discord.setPermissions(channel.id, { roles: { [yes!.id]: { allow: bits } } });
    expect(may()).toBe(true);
    discord.setPermissions(channel.id, { users: { [bob]: { deny: bits } } });
    expect(may()).toBe(false);
  });
});
