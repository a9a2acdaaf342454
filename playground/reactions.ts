import { channelPermissions } from './permissions.ts';
import { Intent, type Platform } from './platform.ts';
import { memberObject } from './wire.ts';
import type { Channel, Message, Reaction } from './world.ts';

export interface Emoji {
  readonly id: string | null;
  readonly name: string;
}

/** Distinct emoji that a message can carry. */
export const MAX_EMOJI_PER_MESSAGE = 20;

/** What `✅` or `name:id` (also `<:name:id>`) means. */
export function parseEmoji(text: string): Emoji {
  const custom = /^<?(?:a?:)?(\w+):(\d+)>?$/.exec(text);
  return custom ? { id: custom[2]!, name: custom[1]! } : { id: null, name: text };
}

/** Under which key of `Message.reactions` an emoji stands. */
export function emojiKey(emoji: Emoji): string {
  return emoji.id === null ? emoji.name : `${emoji.name}:${emoji.id}`;
}

/** Adds a reaction. A second one of the same person and kind changes nothing and is not told. */
export function addReaction(
  platform: Platform,
  message: Message,
  userId: string,
  emoji: Emoji,
  burst = false,
): void {
  const key = emojiKey(emoji);
  const reaction: Reaction = message.reactions.get(key) ?? {
    emoji,
    users: new Set(),
    burstUsers: new Set(),
  };
  message.reactions.set(key, reaction);
  const people = burst ? reaction.burstUsers : reaction.users;
  if (people.has(userId)) return;
  people.add(userId);

  const guild = message.guildId ? platform.world.guilds.get(message.guildId) : undefined;
  const member = guild?.members.get(userId);
  tell(platform, message, 'MESSAGE_REACTION_ADD', {
    user_id: userId,
    ...(member ? { member: memberObject(platform, member) } : {}),
    emoji: reaction.emoji,
    message_author_id: message.authorId,
    burst,
    type: burst ? 1 : 0,
    ...(burst ? { burst_colors: ['#ffd700'] } : {}),
  });
}

/** Takes one person's reaction away. @returns whether there was one. */
export function removeReaction(
  platform: Platform,
  message: Message,
  userId: string,
  emoji: Emoji,
  burst = false,
): boolean {
  const key = emojiKey(emoji);
  const reaction = message.reactions.get(key);
  const people = burst ? reaction?.burstUsers : reaction?.users;
  if (!reaction || !people?.delete(userId)) return false;
  if (reaction.users.size + reaction.burstUsers.size === 0) message.reactions.delete(key);
  tell(platform, message, 'MESSAGE_REACTION_REMOVE', {
    user_id: userId,
    emoji: reaction.emoji,
    burst,
    type: burst ? 1 : 0,
  });
  return true;
}

export function clearReactions(platform: Platform, message: Message): void {
  message.reactions.clear();
  tell(platform, message, 'MESSAGE_REACTION_REMOVE_ALL', {});
}

export function clearEmoji(platform: Platform, message: Message, emoji: Emoji): void {
  if (message.reactions.delete(emojiKey(emoji))) {
    tell(platform, message, 'MESSAGE_REACTION_REMOVE_EMOJI', { emoji });
  }
}

function tell(platform: Platform, message: Message, type: string, data: object): void {
  platform.changed({ kind: 'message', message });
  const channel = platform.world.channels.get(message.channelId)!;
  dispatchInChannel(platform, channel, type, [Intent.GuildMessageReactions, Intent.DirectMessageReactions], {
    channel_id: message.channelId,
    message_id: message.id,
    ...(message.guildId ? { guild_id: message.guildId } : {}),
    ...data,
  });
}

/** Dispatches what happens in a channel, if the bot can see it. */
export function dispatchInChannel(
  platform: Platform,
  channel: Channel,
  type: string,
  [guildIntent, directIntent]: readonly [number, number],
  data: object,
): void {
  const { world, botId } = platform;
  if (channelPermissions(world, channel, botId, botId) === 0n) return;
  if (channel.guildId && world.guilds.get(channel.guildId)?.unavailable) return;
  const intents = channel.guildId ? guildIntent : directIntent;
  platform.dispatch({ type, data, guildId: channel.guildId, intents });
}
