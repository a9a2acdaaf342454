import { channelPermissions, Permission } from './permissions.ts';
import { Intent, type Platform } from './platform.ts';
import { dispatchInChannel } from './reactions.ts';
import { memberWithoutUser, messageObject } from './wire.ts';
import type { Attachment, Channel, Component, Embed, Mentions, Message } from './world.ts';

export const MessageFlag = {
  SuppressEmbeds: 1 << 2,
  Ephemeral: 1 << 6,
  Loading: 1 << 7,
  SuppressNotifications: 1 << 12,
  ComponentsV2: 1 << 15,
} as const;

/** Discord's `allowed_mentions`; absent means that whatever the author may mention is mentioned. */
export interface AllowedMentions {
  parse?: string[];
  users?: string[];
  roles?: string[];
  replied_user?: boolean;
}

export interface Draft {
  channel: Channel;
  authorId: string;
  content?: string;
  components?: Component[];
  embeds?: Embed[];
  attachments?: Attachment[];
  flags?: number;
  nonce?: string | number | null;
  allowedMentions?: AllowedMentions | undefined;
  referenceId?: string | null;
  interactionId?: string | null;
  /** Makes it ephemeral. */
  ephemeralFor?: string | null;
  type?: number;
  id?: string;
}

/** Puts a message into its channel (an ephemeral one beside it) and tells who may know. */
export function createMessage(platform: Platform, draft: Draft): Message {
  const { world } = platform;
  const message: Message = {
    id: draft.id ?? platform.mint(),
    channelId: draft.channel.id,
    guildId: draft.channel.guildId,
    authorId: draft.authorId,
    type: draft.type ?? (draft.referenceId ? 19 : 0),
    content: draft.content ?? '',
    components: draft.components ?? [],
    embeds: draft.embeds ?? [],
    attachments: draft.attachments ?? [],
    flags: (draft.flags ?? 0) | (draft.ephemeralFor ? MessageFlag.Ephemeral : 0),
    nonce: draft.nonce ?? null,
    timestamp: platform.now(),
    editedTimestamp: null,
    mentions: { users: [], roles: [], everyone: false },
    reactions: new Map(),
    referenceId: draft.referenceId ?? null,
    interactionId: draft.interactionId ?? null,
    ephemeralFor: draft.ephemeralFor ?? null,
    deleted: false,
  };
  message.mentions = resolveMentions(platform, message, draft.channel, draft.allowedMentions);
  if (message.ephemeralFor) {
    world.ephemerals.set(message.id, message);
    platform.changed({ kind: 'message', message });
    return message;
  }
  draft.channel.messages.set(message.id, message);
  platform.changed({ kind: 'message', message });
  tellMessage(platform, message, 'MESSAGE_CREATE');
  return message;
}

export interface Changes {
  content?: string;
  components?: Component[];
  embeds?: Embed[];
  attachments?: Attachment[];
  flags?: number;
  allowedMentions?: AllowedMentions | undefined;
}

export function editMessage(platform: Platform, message: Message, changes: Changes): void {
  const { allowedMentions, ...fields } = changes;
  Object.assign(message, fields);
  message.editedTimestamp = platform.now();
  const channel = platform.world.channels.get(message.channelId)!;
  message.mentions = resolveMentions(platform, message, channel, allowedMentions);
  platform.changed({ kind: 'message', message });
  if (!message.ephemeralFor) tellMessage(platform, message, 'MESSAGE_UPDATE');
}

export function deleteMessage(platform: Platform, message: Message): void {
  message.deleted = true;
  platform.changed({ kind: 'message', message });
  if (message.ephemeralFor) {
    platform.world.ephemerals.delete(message.id);
    return;
  }
  const channel = platform.world.channels.get(message.channelId)!;
  channel.messages.delete(message.id);
  dispatchInChannel(platform, channel, 'MESSAGE_DELETE', [Intent.GuildMessages, Intent.DirectMessages], {
    id: message.id,
    channel_id: message.channelId,
    ...(message.guildId ? { guild_id: message.guildId } : {}),
  });
}

/** All text that a person reads in a message, where mentions count. */
export function mentionableText(message: Pick<Message, 'content' | 'components'>): string {
  const texts: string[] = [message.content];
  const visit = (component: Component) => {
    if (component.type === 10 && component.content) texts.push(component.content);
    component.components?.forEach(visit);
  };
  message.components.forEach(visit);
  return texts.join('\n');
}

/** Who is really mentioned: what the text says, the author may, and `allowed_mentions` lets through. */
export function resolveMentions(
  platform: Platform,
  message: Message,
  channel: Channel,
  allowed: AllowedMentions | undefined,
): Mentions {
  const { world, botId } = platform;
  const guild = channel.guildId ? world.guilds.get(channel.guildId) : undefined;
  const text = mentionableText(message);
  const may = channelPermissions(world, channel, message.authorId, botId);
  const everybody = (may & Permission.MentionEveryone) !== 0n;
  const lets = (kind: 'users' | 'roles', id: string) =>
    !allowed || allowed.parse?.includes(kind) || (allowed[kind]?.includes(id) ?? false);

  const users = new Set<string>();
  for (const [, id] of text.matchAll(/<@!?(\d+)>/g)) {
    if (world.users.has(id!) && lets('users', id!)) users.add(id!);
  }
  const replied = message.referenceId ? channel.messages.get(message.referenceId) : undefined;
  if (replied && !message.interactionId && (!allowed || allowed.replied_user)) users.add(replied.authorId);
  const roles = new Set<string>();
  for (const [, id] of text.matchAll(/<@&(\d+)>/g)) {
    const role = guild?.roles.get(id!);
    if (role && lets('roles', id!) && (role.mentionable || everybody)) roles.add(id!);
  }
  const everyone =
    guild !== undefined &&
    everybody &&
    /@(everyone|here)/.test(text) &&
    (!allowed || (allowed.parse?.includes('everyone') ?? false));
  return { users: [...users], roles: [...roles], everyone };
}

/** Only sessions with the message intents get these; what they must not read without the content intent is left out. */
function tellMessage(platform: Platform, message: Message, type: string): void {
  const channel = platform.world.channels.get(message.channelId)!;
  const guild = channel.guildId ? platform.world.guilds.get(channel.guildId) : undefined;
  const member = guild?.members.get(message.authorId);
  const mayRead =
    !guild ||
    message.authorId === platform.botId ||
    message.mentions.users.includes(platform.botId) ||
    message.interactionId !== null;
  dispatchInChannel(platform, channel, type, [Intent.GuildMessages, Intent.DirectMessages], {
    ...messageObject(platform, message),
    ...(mayRead ? {} : { content: '', embeds: [], attachments: [], components: [] }),
    ...(guild ? { guild_id: guild.id } : {}),
    ...(member ? { member: memberWithoutUser(member) } : {}),
  });
}
