import { EVERYONE_DEFAULT } from './permissions.ts';
import { Intent, type Platform } from './platform.ts';
import { channelObject, guildCreateObject, guildObject, memberObject, roleObject } from './wire.ts';
import type { Channel, Guild, Member, Overwrite, Role, User } from './world.ts';

export interface NewGuild {
  name: string;
  id?: string;
  /** Default: a person of its own. */
  ownerId?: string;
  /** Makes a channel `general` and takes it as the system channel. */
  systemChannel?: boolean;
  /**
   * What the bot may in the channels: exactly this, whatever @everyone may. Default: what @everyone may, which is
   * Discord's default for new servers.
   */
  botPermissions?: bigint;
  /** False for a server that has not added the bot (people may still use it there by user install). */
  bot?: boolean;
  locale?: string;
}

export interface NewUser {
  name: string;
  id?: string;
  globalName?: string;
  bot?: boolean;
  /** Whether the person has added the application to their own account. */
  installed?: boolean;
}

export interface AllowDeny {
  allow?: bigint;
  deny?: bigint;
}

/** Overwrites of a channel; those not named stay as they are. */
export interface PermissionChange {
  /** By role id, or `everyone`. */
  roles?: Record<string, AllowDeny>;
  /** By user id. */
  users?: Record<string, AllowDeny>;
  bot?: AllowDeny;
}

/** Who and what there is: servers, channels, roles, members. Everything that Discord tells bots is dispatched. */
export interface Community {
  addGuild(news: NewGuild): Guild;
  /** Takes the bot out of a server. */
  removeGuild(guildId: string): void;
  /** Adds the bot to a server that it had left, with the permissions that it had. */
  returnToGuild(guildId: string): void;
  addChannel(guildId: string, news: { name: string; id?: string }): Channel;
  deleteChannel(channelId: string): void;
  setPermissions(channelId: string, change: PermissionChange): void;
  setGuildUnavailable(guildId: string, unavailable: boolean): void;
  setSystemChannel(guildId: string, channelId: string | null): void;
  addUser(news: NewUser): User;
  addMember(
    guildId: string,
    userId: string,
    options?: { roles?: string[]; permissions?: bigint; nick?: string },
  ): Member;
  removeMember(guildId: string, userId: string): void;
  /** Gives a role to a member, or takes it away. */
  setMemberRole(guildId: string, userId: string, roleId: string, has: boolean): void;
  addRole(
    guildId: string,
    news: { name: string; id?: string; permissions?: bigint; mentionable?: boolean; aboveBot?: boolean },
  ): Role;
  setRole(guildId: string, roleId: string, change: { permissions?: bigint; mentionable?: boolean }): void;
  deleteRole(guildId: string, roleId: string): void;
  addEmoji(guildId: string, name: string): { id: string; name: string };
  setLocale(userId: string, locale: string): void;
}

/** Where the bot's own role stands; roles that people make come below. */
const BOT_ROLE_POSITION = 1_000;

export function createCommunity(platform: Platform): Community {
  const { world, botId } = platform;

  function guildOf(id: string): Guild {
    const guild = world.guilds.get(id);
    if (!guild) throw new Error(`no guild ${id}`);
    return guild;
  }

  function tellGuild(guild: Guild, type: string, data: object, intents: number = Intent.Guilds): void {
    if (!guild.botJoined || guild.unavailable) return;
    platform.dispatch({ type, data, guildId: guild.id, intents });
  }

  function joinGuild(guild: Guild, userId: string, nick: string | null, roles: string[]): Member {
    const member: Member = { userId, nick, roles, joinedAt: platform.now() };
    guild.members.set(userId, member);
    return member;
  }

  function addUser({
    name,
    id = platform.mint(),
    globalName,
    bot = false,
    installed = false,
  }: NewUser): User {
    const user: User = {
      id,
      name,
      globalName: globalName ?? (bot ? null : name),
      bot,
      locale: 'en-US',
      installed,
      acceptsDms: true,
    };
    world.users.set(id, user);
    return user;
  }

  function addGuild(news: NewGuild): Guild {
    const id = news.id ?? platform.mint();
    const ownerId = news.ownerId ?? addUser({ name: `owner of ${news.name}` }).id;
    const everyone: Role = {
      id,
      name: '@everyone',
      permissions: EVERYONE_DEFAULT,
      mentionable: false,
      position: 0,
      botId: null,
    };
    const guild: Guild = {
      id,
      name: news.name,
      ownerId,
      systemChannelId: null,
      locale: news.locale ?? 'en-US',
      unavailable: false,
      botJoined: news.bot !== false,
      joinedAt: platform.now(),
      roles: new Map([[id, everyone]]),
      members: new Map(),
      channelIds: new Set(),
      emojis: new Map(),
      botDenied: news.botPermissions === undefined ? 0n : EVERYONE_DEFAULT & ~news.botPermissions,
    };
    joinGuild(guild, ownerId, null, []);
    if (guild.botJoined) {
      const role: Role = {
        id: platform.mint(),
        name: world.users.get(botId)!.name,
        permissions: news.botPermissions ?? 0n,
        mentionable: false,
        position: BOT_ROLE_POSITION,
        botId,
      };
      guild.roles.set(role.id, role);
      joinGuild(guild, botId, null, [role.id]);
    }
    world.guilds.set(id, guild);
    if (news.systemChannel) guild.systemChannelId = makeChannel(guild, { name: 'general' }).id;
    tellGuild(guild, 'GUILD_CREATE', guild.botJoined ? guildCreateObject(platform, guild) : {});
    return guild;
  }

  function makeChannel(guild: Guild, news: { name: string; id?: string }): Channel {
    const channel: Channel = {
      id: news.id ?? platform.mint(),
      type: 0,
      guildId: guild.id,
      recipientId: null,
      name: news.name,
      position: guild.channelIds.size,
      overwrites: guild.botDenied ? [{ id: botId, type: 1, allow: 0n, deny: guild.botDenied }] : [],
      messages: new Map(),
    };
    world.channels.set(channel.id, channel);
    guild.channelIds.add(channel.id);
    return channel;
  }

  function tellChannel(channel: Channel, type: string): void {
    tellGuild(guildOf(channel.guildId!), type, channelObject(platform, channel));
  }

  function addRole(
    guildId: string,
    news: { name: string; id?: string; permissions?: bigint; mentionable?: boolean; aboveBot?: boolean },
  ): Role {
    const guild = guildOf(guildId);
    const role: Role = {
      id: news.id ?? platform.mint(),
      name: news.name,
      permissions: news.permissions ?? 0n,
      mentionable: news.mentionable ?? false,
      position: (news.aboveBot ? BOT_ROLE_POSITION : 0) + guild.roles.size,
      botId: null,
    };
    guild.roles.set(role.id, role);
    tellGuild(guild, 'GUILD_ROLE_CREATE', { guild_id: guildId, role: roleObject(role) });
    return role;
  }

  return telling(platform, {
    addUser,
    addGuild,
    addRole,
    removeGuild(guildId) {
      const guild = guildOf(guildId);
      tellGuild(guild, 'GUILD_DELETE', { id: guildId });
      guild.botJoined = false;
      guild.members.delete(botId);
    },
    returnToGuild(guildId) {
      const guild = guildOf(guildId);
      if (guild.botJoined) return;
      guild.botJoined = true;
      guild.joinedAt = platform.now();
      const own = [...guild.roles.values()].filter((role) => role.botId === botId);
      joinGuild(
        guild,
        botId,
        null,
        own.map(({ id }) => id),
      );
      tellGuild(guild, 'GUILD_CREATE', guildCreateObject(platform, guild));
    },
    addChannel(guildId, news) {
      const channel = makeChannel(guildOf(guildId), news);
      tellChannel(channel, 'CHANNEL_CREATE');
      return channel;
    },
    deleteChannel(channelId) {
      const channel = world.channels.get(channelId);
      if (!channel?.guildId) throw new Error(`no guild channel ${channelId}`);
      const guild = guildOf(channel.guildId);
      tellChannel(channel, 'CHANNEL_DELETE');
      world.channels.delete(channelId);
      guild.channelIds.delete(channelId);
      if (guild.systemChannelId === channelId) guild.systemChannelId = null;
      for (const message of channel.messages.values()) message.deleted = true;
    },
    setPermissions(channelId, { roles = {}, users = {}, bot }) {
      const channel = world.channels.get(channelId);
      if (!channel?.guildId) throw new Error(`no guild channel ${channelId}`);
      const set = (id: string, type: 0 | 1, { allow = 0n, deny = 0n }: AllowDeny) => {
        const overwrite: Overwrite = { id, type, allow, deny };
        channel.overwrites = [...channel.overwrites.filter((o) => o.id !== id), overwrite];
      };
      for (const [id, bits] of Object.entries(roles)) set(id === 'everyone' ? channel.guildId : id, 0, bits);
      for (const [id, bits] of Object.entries(users)) set(id, 1, bits);
      if (bot) {
        const denied = guildOf(channel.guildId).botDenied & ~(bot.allow ?? 0n);
        set(botId, 1, { allow: bot.allow ?? 0n, deny: denied | (bot.deny ?? 0n) });
      }
      tellChannel(channel, 'CHANNEL_UPDATE');
    },
    setGuildUnavailable(guildId, unavailable) {
      const guild = guildOf(guildId);
      if (guild.unavailable === unavailable) return;
      if (unavailable) tellGuild(guild, 'GUILD_DELETE', { id: guildId, unavailable: true });
      guild.unavailable = unavailable;
      if (!unavailable) tellGuild(guild, 'GUILD_CREATE', guildCreateObject(platform, guild));
    },
    setSystemChannel(guildId, channelId) {
      const guild = guildOf(guildId);
      guild.systemChannelId = channelId;
      tellGuild(guild, 'GUILD_UPDATE', guildObject(guild));
    },
    addMember(guildId, userId, { roles = [], permissions, nick } = {}) {
      const guild = guildOf(guildId);
      const user = world.users.get(userId);
      if (!user) throw new Error(`no user ${userId}`);
      const own =
        permissions === undefined ? [] : [addRole(guildId, { name: `role of ${user.name}`, permissions }).id];
      const member = joinGuild(guild, userId, nick ?? null, [...roles, ...own]);
      tellGuild(
        guild,
        'GUILD_MEMBER_ADD',
        { guild_id: guildId, ...memberObject(platform, member) },
        Intent.GuildMembers,
      );
      return member;
    },
    removeMember(guildId, userId) {
      const guild = guildOf(guildId);
      if (!guild.members.delete(userId)) return;
      const user = { id: userId, username: world.users.get(userId)!.name };
      tellGuild(guild, 'GUILD_MEMBER_REMOVE', { guild_id: guildId, user }, Intent.GuildMembers);
    },
    setMemberRole(guildId, userId, roleId, has) {
      const guild = guildOf(guildId);
      const member = guild.members.get(userId);
      if (!member || !guild.roles.has(roleId)) throw new Error(`no member ${userId} or role ${roleId}`);
      member.roles = [...member.roles.filter((id) => id !== roleId), ...(has ? [roleId] : [])];
      const data = { guild_id: guildId, ...memberObject(platform, member) };
      tellGuild(guild, 'GUILD_MEMBER_UPDATE', data, Intent.GuildMembers);
    },
    setRole(guildId, roleId, change) {
      const role = guildOf(guildId).roles.get(roleId);
      if (!role) throw new Error(`no role ${roleId}`);
      Object.assign(role, change);
      tellGuild(guildOf(guildId), 'GUILD_ROLE_UPDATE', { guild_id: guildId, role: roleObject(role) });
    },
    deleteRole(guildId, roleId) {
      const guild = guildOf(guildId);
      guild.roles.delete(roleId);
      for (const member of guild.members.values()) {
        member.roles = member.roles.filter((id) => id !== roleId);
      }
      tellGuild(guild, 'GUILD_ROLE_DELETE', { guild_id: guildId, role_id: roleId });
    },
    addEmoji(guildId, name) {
      const emoji = { id: platform.mint(), name };
      guildOf(guildId).emojis.set(emoji.id, emoji);
      return emoji;
    },
    setLocale(userId, locale) {
      world.users.get(userId)!.locale = locale;
    },
  });
}

/** The same methods; after each, those who watch are told that the scene has changed. */
function telling(platform: Platform, community: Community): Community {
  const told = Object.entries(community).map(([name, method]) => [
    name,
    (...args: unknown[]) => {
      const result: unknown = method(...args);
      platform.changed({ kind: 'scene' });
      return result;
    },
  ]);
  return Object.fromEntries(told) as Community;
}
