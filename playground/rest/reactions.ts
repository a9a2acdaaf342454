import { Permission } from '../permissions.ts';
import type { Platform } from '../platform.ts';
import {
  addReaction,
  type Emoji,
  emojiKey,
  MAX_EMOJI_PER_MESSAGE,
  parseEmoji,
  removeReaction,
} from '../reactions.ts';
import { compareIds, isSnowflake } from '../snowflake.ts';
import { userObject } from '../wire.ts';
import { invalidForm, tooManyReactions, unknownEmoji, unknownMessage } from './errors.ts';
import { accessibleChannel, readableMessage, readLimit, requirePermission } from './messages.ts';
import { BUCKETS } from './rate-limits.ts';
import { noContent, ok, type RestRequest, type Route } from './route.ts';

export function reactionRoutes(platform: Platform): Route[] {
  const { world, botId } = platform;

  function add({ params }: RestRequest) {
    const { message, permissions } = readableMessage(platform, params.channel_id!, params.message_id!);
    const emoji = knownEmoji(platform, params.emoji_name!, message.guildId, permissions);
    const existing = message.reactions.get(emojiKey(emoji));
    if (!existing) {
      requirePermission(permissions, Permission.AddReactions);
      if (message.reactions.size >= MAX_EMOJI_PER_MESSAGE) throw tooManyReactions();
    }
    addReaction(platform, message, botId, emoji);
    return noContent;
  }

  function remove({ params }: RestRequest) {
    const { channel, permissions } = accessibleChannel(platform, params.channel_id!);
    const message = channel.messages.get(params.message_id!);
    if (!message) throw unknownMessage();
    const userId = params.user_id ?? botId;
    if (userId !== botId) requirePermission(permissions, Permission.ManageMessages);
    const emoji = parseEmoji(params.emoji_name!);
    removeReaction(platform, message, userId, emoji);
    removeReaction(platform, message, userId, emoji, true);
    return noContent;
  }

  function list({ params, query }: RestRequest) {
    const { message } = readableMessage(platform, params.channel_id!, params.message_id!);
    const limit = readLimit(query, 25, 100);
    const type = query.get('type') ?? '0';
    if (type !== '0' && type !== '1') {
      throw invalidForm(['type'], 'BASE_TYPE_CHOICES', 'Value must be one of {0, 1}.');
    }
    const after = query.get('after') ?? '0';
    if (!isSnowflake(after)) {
      throw invalidForm(['after'], 'NUMBER_TYPE_COERCE', `Value "${after}" is not snowflake.`);
    }
    const emoji = parseEmoji(params.emoji_name!);
    const reaction = message.reactions.get(emojiKey(emoji));
    if (!reaction) {
      if (emoji.id === null && !isUnicodeEmoji(emoji.name)) throw unknownEmoji();
      return ok([]);
    }
    const people = type === '1' ? reaction.burstUsers : reaction.users;
    const page = [...people]
      .filter((id) => compareIds(id, after) > 0)
      .sort(compareIds)
      .slice(0, limit);
    return ok(page.map((id) => userObject(world.users.get(id)!)));
  }

  const reactions = '/channels/{channel_id}/messages/{message_id}/reactions/{emoji_name}';
  return [
    { method: 'PUT', path: `${reactions}/@me`, bucket: BUCKETS.reactions, handle: add },
    { method: 'DELETE', path: `${reactions}/@me`, bucket: BUCKETS.reactions, handle: remove },
    { method: 'DELETE', path: `${reactions}/{user_id}`, bucket: BUCKETS.reactions, handle: remove },
    { method: 'GET', path: reactions, bucket: BUCKETS.wide, handle: list },
  ];
}

/** @throws 10014 for what is no emoji, 50013 for another server's without Use External Emojis. */
function knownEmoji(platform: Platform, text: string, guildId: string | null, permissions: bigint): Emoji {
  const emoji = parseEmoji(text);
  if (emoji.id === null) {
    if (!isUnicodeEmoji(emoji.name)) throw unknownEmoji();
    return emoji;
  }
  for (const guild of platform.world.guilds.values()) {
    const found = guild.emojis.get(emoji.id);
    if (!found || !guild.botJoined) continue;
    if (guild.id !== guildId) requirePermission(permissions, Permission.UseExternalEmojis);
    return { id: found.id, name: found.name };
  }
  throw unknownEmoji();
}

/** Discord takes an emoji with and without its variation selector. */
function isUnicodeEmoji(text: string): boolean {
  return /^\p{RGI_Emoji}$/v.test(text) || /^\p{RGI_Emoji}$/v.test(`${text}\uFE0F`);
}
