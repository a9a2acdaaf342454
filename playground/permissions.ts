import type { Channel, Guild, World } from './world.ts';

/** Discord's permission bits, those that this house asks about. */
export const Permission = {
  Administrator: 1n << 3n,
  ManageChannels: 1n << 4n,
  ManageGuild: 1n << 5n,
  AddReactions: 1n << 6n,
  ViewChannel: 1n << 10n,
  SendMessages: 1n << 11n,
  ManageMessages: 1n << 13n,
  EmbedLinks: 1n << 14n,
  AttachFiles: 1n << 15n,
  ReadMessageHistory: 1n << 16n,
  MentionEveryone: 1n << 17n,
  UseExternalEmojis: 1n << 18n,
  ChangeNickname: 1n << 26n,
  ManageRoles: 1n << 28n,
  UseApplicationCommands: 1n << 31n,
  SendMessagesInThreads: 1n << 38n,
  UseExternalApps: 1n << 50n,
} as const;

/** What @everyone may in a new server, as far as messages go. */
export const EVERYONE_DEFAULT =
  Permission.AddReactions |
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.MentionEveryone |
  Permission.UseExternalEmojis |
  Permission.ChangeNickname |
  Permission.UseApplicationCommands |
  Permission.SendMessagesInThreads |
  Permission.UseExternalApps;

const ALL = (1n << 53n) - 1n;

/** In a direct message there are no roles: these hold for both sides. */
const DIRECT_MESSAGE =
  Permission.AddReactions |
  Permission.ViewChannel |
  Permission.SendMessages |
  Permission.EmbedLinks |
  Permission.AttachFiles |
  Permission.ReadMessageHistory |
  Permission.MentionEveryone |
  Permission.UseExternalEmojis |
  Permission.UseApplicationCommands;

/** Permissions over the whole guild; 0 for somebody who is no member. */
export function guildPermissions(guild: Guild, userId: string): bigint {
  const member = guild.members.get(userId);
  if (!member) return 0n;
  if (guild.ownerId === userId) return ALL;
  let permissions = guild.roles.get(guild.id)?.permissions ?? 0n;
  for (const roleId of member.roles) permissions |= guild.roles.get(roleId)?.permissions ?? 0n;
  return permissions & Permission.Administrator ? ALL : permissions;
}

/**
 * Permissions in a channel: guild permissions, then the overwrites of @everyone, of the roles and of the member, in the
 * order of Discord's documentation ("Permission Overwrites"). Without View Channel nothing else holds.
 */
export function channelPermissions(world: World, channel: Channel, userId: string, botId: string): bigint {
  if (channel.guildId === null) {
    return userId === channel.recipientId || userId === botId ? DIRECT_MESSAGE : 0n;
  }
  const guild = world.guilds.get(channel.guildId);
  const member = guild?.members.get(userId);
  if (!guild || !member) return 0n;
  let permissions = guildPermissions(guild, userId);
  if (permissions === ALL) return ALL;

  const apply = (allow: bigint, deny: bigint) => {
    permissions = (permissions & ~deny) | allow;
  };
  const everyone = channel.overwrites.find((o) => o.id === guild.id);
  if (everyone) apply(everyone.allow, everyone.deny);
  const ofRoles = channel.overwrites.filter((o) => o.type === 0 && member.roles.includes(o.id));
  apply(
    ofRoles.reduce((bits, o) => bits | o.allow, 0n),
    ofRoles.reduce((bits, o) => bits | o.deny, 0n),
  );
  const own = channel.overwrites.find((o) => o.type === 1 && o.id === userId);
  if (own) apply(own.allow, own.deny);

  return permissions & Permission.ViewChannel ? permissions : 0n;
}
