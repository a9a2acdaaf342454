import { channelPermissions, guildPermissions } from './permissions.ts';
import type { Platform } from './platform.ts';
import type { Channel, Command, Guild, Interaction, Member, Message, Reaction, Role, User } from './world.ts';
import { findMessage } from './world.ts';

/** Discord's own objects, made from the world's plain data. Nothing here changes anything. */

export function userObject(user: User) {
  return {
    id: user.id,
    username: user.name,
    global_name: user.globalName,
    discriminator: user.bot ? '0001' : '0',
    avatar: null,
    bot: user.bot,
    public_flags: 0,
    flags: 0,
    primary_guild: null,
  };
}

export function roleObject(role: Role) {
  return {
    id: role.id,
    name: role.name,
    color: 0,
    colors: { primary_color: 0, secondary_color: null, tertiary_color: null },
    hoist: false,
    icon: null,
    unicode_emoji: null,
    position: role.position,
    permissions: role.permissions.toString(),
    managed: role.botId !== null,
    mentionable: role.mentionable,
    flags: 0,
    ...(role.botId ? { tags: { bot_id: role.botId } } : {}),
  };
}

export function memberObject(platform: Platform, member: Member) {
  return { ...memberWithoutUser(member), user: userObject(platform.world.users.get(member.userId)!) };
}

/** The form that stands beside a user object of its own: in `message.member` and `resolved.members`. */
export function memberWithoutUser(member: Member) {
  return {
    nick: member.nick,
    avatar: null,
    banner: null,
    roles: member.roles,
    joined_at: isoTime(member.joinedAt),
    premium_since: null,
    deaf: false,
    mute: false,
    flags: 0,
    pending: false,
    communication_disabled_until: null,
  };
}

/** A member as interactions carry it: with the permissions that hold in the channel. */
export function interactionMemberObject(platform: Platform, member: Member, channel: Channel) {
  const permissions = channelPermissions(platform.world, channel, member.userId, platform.botId);
  return { ...memberObject(platform, member), permissions: permissions.toString() };
}

export function channelObject(platform: Platform, channel: Channel) {
  const lastMessageId = [...channel.messages.keys()].at(-1) ?? null;
  if (channel.guildId === null) {
    const recipient = platform.world.users.get(channel.recipientId!)!;
    return {
      id: channel.id,
      type: 1,
      last_message_id: lastMessageId,
      flags: 0,
      recipients: [userObject(recipient)],
    };
  }
  return {
    id: channel.id,
    type: 0,
    guild_id: channel.guildId,
    name: channel.name,
    position: channel.position,
    permission_overwrites: channel.overwrites.map((o) => ({
      id: o.id,
      type: o.type,
      allow: o.allow.toString(),
      deny: o.deny.toString(),
    })),
    topic: null,
    nsfw: false,
    parent_id: null,
    rate_limit_per_user: 0,
    last_message_id: lastMessageId,
    last_pin_timestamp: null,
    flags: 0,
  };
}

export function guildObject(guild: Guild) {
  return {
    id: guild.id,
    name: guild.name,
    icon: null,
    description: null,
    splash: null,
    discovery_splash: null,
    banner: null,
    owner_id: guild.ownerId,
    application_id: null,
    region: 'us-west',
    afk_channel_id: null,
    afk_timeout: 300,
    system_channel_id: guild.systemChannelId,
    system_channel_flags: 0,
    widget_enabled: false,
    widget_channel_id: null,
    verification_level: 0,
    default_message_notifications: 0,
    explicit_content_filter: 0,
    mfa_level: 0,
    nsfw: false,
    nsfw_level: 0,
    features: [],
    emojis: [...guild.emojis.values()].map((e) => ({
      ...e,
      roles: [],
      require_colons: true,
      managed: false,
      animated: false,
      available: true,
    })),
    stickers: [],
    roles: [...guild.roles.values()].map(roleObject),
    rules_channel_id: null,
    public_updates_channel_id: null,
    safety_alerts_channel_id: null,
    vanity_url_code: null,
    premium_tier: 0,
    premium_subscription_count: 0,
    premium_progress_bar_enabled: false,
    preferred_locale: guild.locale,
    max_members: 500_000,
    max_presences: null,
    max_video_channel_users: 25,
    max_stage_video_channel_users: 50,
    home_header: null,
    latest_onboarding_question_id: null,
    hub_type: null,
    incidents_data: null,
  };
}

/** GUILD_CREATE as a bot without privileged intents gets it: all channels, but of the members only itself. */
export function guildCreateObject(platform: Platform, guild: Guild) {
  const { world, botId } = platform;
  const bot = guild.members.get(botId);
  const channels = [...guild.channelIds].map((id) => world.channels.get(id)!);
  return {
    ...guildObject(guild),
    joined_at: isoTime(guild.joinedAt),
    large: guild.members.size > 50,
    unavailable: false,
    member_count: guild.members.size,
    members: bot ? [memberObject(platform, bot)] : [],
    channels: channels.map((channel) => channelObject(platform, channel)),
    threads: [],
    presences: [],
    voice_states: [],
    stage_instances: [],
    guild_scheduled_events: [],
    soundboard_sounds: [],
  };
}

/** The guild as GET /guilds/:id answers it to the bot. */
export function restGuildObject(platform: Platform, guild: Guild) {
  return { ...guildObject(guild), permissions: guildPermissions(guild, platform.botId).toString() };
}

export function messageObject(platform: Platform, message: Message): Record<string, unknown> {
  const { world } = platform;
  const author = world.users.get(message.authorId)!;
  const users = message.mentions.users.flatMap((id) => world.users.get(id) ?? []);
  return {
    id: message.id,
    channel_id: message.channelId,
    type: message.type,
    author: userObject(author),
    content: message.content,
    timestamp: isoTime(message.timestamp),
    edited_timestamp: message.editedTimestamp === null ? null : isoTime(message.editedTimestamp),
    tts: false,
    mention_everyone: message.mentions.everyone,
    mentions: users.map(userObject),
    mention_roles: message.mentions.roles,
    attachments: message.attachments.map((a) => ({
      id: a.id,
      filename: a.filename,
      size: a.size,
      url: a.url,
      proxy_url: a.url,
      content_type: a.contentType,
      ...(a.description ? { description: a.description } : {}),
    })),
    embeds: message.embeds,
    components: message.components,
    pinned: false,
    flags: message.flags,
    ...(message.nonce === null ? {} : { nonce: message.nonce }),
    ...(message.reactions.size === 0
      ? {}
      : { reactions: [...message.reactions.values()].map((r) => reactionObject(platform, r)) }),
    ...(message.authorId === platform.botId ? { application_id: platform.applicationId } : {}),
    ...interactionFields(platform, message),
    ...referenceFields(platform, message),
  };
}

function interactionFields(platform: Platform, message: Message) {
  const interaction = platform.world.interactions.get(message.interactionId ?? '');
  if (!interaction) return {};
  const user = userObject(platform.world.users.get(interaction.userId)!);
  return {
    webhook_id: platform.applicationId,
    interaction_metadata: interactionMetadata(platform, interaction),
    ...(interaction.type === 2
      ? { interaction: { id: interaction.id, type: 2, name: interaction.commandName ?? '', user } }
      : {}),
  };
}

function interactionMetadata(platform: Platform, interaction: Interaction): object {
  const origin = platform.world.interactions.get(interaction.originId ?? '');
  return {
    id: interaction.id,
    type: interaction.type,
    user: userObject(platform.world.users.get(interaction.userId)!),
    authorizing_integration_owners: interactionOwners(platform, interaction.userId, interaction.guildId),
    ...(interaction.type === 2 ? { name: interaction.commandName ?? '' } : {}),
    ...(interaction.type === 3 ? { interacted_message_id: interaction.sourceMessageId } : {}),
    ...(origin ? { triggering_interaction_metadata: interactionMetadata(platform, origin) } : {}),
  };
}

/** By installation type (0 server, 1 user), who has brought the application here. */
export function interactionOwners(platform: Platform, userId: string, guildId: string | null) {
  const guild = platform.world.guilds.get(guildId ?? '');
  return {
    ...(guild ? (guild.botJoined ? { '0': guild.id } : {}) : { '0': '0' }),
    ...(platform.world.users.get(userId)?.installed ? { '1': userId } : {}),
  };
}

function referenceFields(platform: Platform, message: Message) {
  if (!message.referenceId) return {};
  const referenced = findMessage(platform.world, message.channelId, message.referenceId);
  return {
    message_reference: {
      type: 0,
      channel_id: message.channelId,
      message_id: message.referenceId,
      ...(message.guildId ? { guild_id: message.guildId } : {}),
    },
    referenced_message: referenced
      ? { ...messageObject(platform, { ...referenced, referenceId: null }) }
      : null,
  };
}

function reactionObject(platform: Platform, reaction: Reaction) {
  return {
    emoji: reaction.emoji,
    count: reaction.users.size + reaction.burstUsers.size,
    count_details: { normal: reaction.users.size, burst: reaction.burstUsers.size },
    burst_colors: [],
    me: reaction.users.has(platform.botId),
    me_burst: reaction.burstUsers.has(platform.botId),
  };
}

/** @param localized whether the full localization dictionaries are wanted. */
export function commandObject(platform: Platform, command: Command, localized = true) {
  const { definition } = command;
  const shown = localized ? definition : withoutLocalizations(definition);
  return {
    id: command.id,
    application_id: platform.applicationId,
    version: command.version,
    ...(command.guildId ? { guild_id: command.guildId } : { dm_permission: true }),
    ...(shown as object),
  };
}

function withoutLocalizations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutLocalizations);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'name_localizations' && key !== 'description_localizations')
      .map(([key, inner]) => [key, withoutLocalizations(inner)]),
  );
}

export function isoTime(epochMs: number): string {
  return new Date(epochMs).toISOString().replace('Z', '000+00:00');
}
