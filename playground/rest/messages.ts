import { NONCE_MS } from '../limits.ts';
import { createMessage, deleteMessage, editMessage, MessageFlag } from '../messages.ts';
import { channelPermissions, Permission } from '../permissions.ts';
import type { Platform } from '../platform.ts';
import { compareIds, isSnowflake } from '../snowflake.ts';
import { channelObject, messageObject } from '../wire.ts';
import type { Channel, Message } from '../world.ts';
import {
  cannotMessageUser,
  invalidForm,
  missingAccess,
  missingPermissions,
  notTheAuthor,
  unknownChannel,
  unknownMessage,
  unknownUser,
} from './errors.ts';
import { asForm } from './form.ts';
import { type MessageForm, readMessageForm } from './message-form.ts';
import { BUCKETS } from './rate-limits.ts';
import { noContent, ok, type RestRequest, type Route } from './route.ts';

/** Flags that a bot may set on a message that it sends by itself. */
export const SETTABLE_FLAGS =
  MessageFlag.SuppressEmbeds | MessageFlag.SuppressNotifications | MessageFlag.ComponentsV2;

export function messageRoutes(platform: Platform): Route[] {
  const { world, botId } = platform;
  /** By channel and nonce: the message that a repeated nonce stands for. */
  const nonces = new Map<string, Message>();

  function post({ params, body, files }: RestRequest) {
    const { channel, permissions } = accessibleChannel(platform, params.channel_id!);
    requirePermission(permissions, Permission.SendMessages);
    if (channel.recipientId && !world.users.get(channel.recipientId)?.acceptsDms) throw cannotMessageUser();
    const form = readMessageForm(platform, body, files, null, SETTABLE_FLAGS);
    requireForContent(permissions, form, channel);

    const nonceKey = `${channel.id} ${form.nonce}`;
    const known = form.enforceNonce && form.nonce !== undefined ? nonces.get(nonceKey) : undefined;
    if (known && !known.deleted && known.timestamp > platform.now() - NONCE_MS) {
      return ok(messageObject(platform, known));
    }
    if (form.referenceId && !channel.messages.has(form.referenceId)) {
      if (form.failIfReferenceMissing) {
        throw invalidForm(['message_reference'], 'MESSAGE_REFERENCE_UNKNOWN_MESSAGE', 'Unknown message');
      }
      delete form.referenceId;
    }
    const message = createMessage(platform, { ...form, channel, authorId: botId });
    if (form.nonce !== undefined) nonces.set(nonceKey, message);
    return ok(messageObject(platform, message));
  }

  function list({ params, query }: RestRequest) {
    const { channel, permissions } = accessibleChannel(platform, params.channel_id!);
    const limit = readLimit(query, 50, 100);
    const bounds = ['around', 'before', 'after'].filter((key) => query.has(key));
    for (const key of bounds) {
      if (!isSnowflake(query.get(key))) {
        throw invalidForm([key], 'NUMBER_TYPE_COERCE', `Value "${query.get(key)}" is not snowflake.`);
      }
    }
    if (bounds.length > 1) platform.violate(`${bounds.join(', ')} exclude one another`);
    if (!(permissions & Permission.ReadMessageHistory)) return ok([]);
    return ok(selectPage(channel, query, limit).map((message) => messageObject(platform, message)));
  }

  function get({ params }: RestRequest) {
    const { message } = readableMessage(platform, params.channel_id!, params.message_id!);
    return ok(messageObject(platform, message));
  }

  function patch({ params, body, files }: RestRequest) {
    const { channel, permissions } = accessibleChannel(platform, params.channel_id!);
    const message = channel.messages.get(params.message_id!);
    if (!message) throw unknownMessage();
    if (message.authorId !== botId) throw notTheAuthor();
    const form = readMessageForm(platform, body, files, message, SETTABLE_FLAGS);
    requireForContent(permissions, form, channel);
    editMessage(platform, message, editOf(form));
    return ok(messageObject(platform, message));
  }

  function remove({ params }: RestRequest) {
    const { channel, permissions } = accessibleChannel(platform, params.channel_id!);
    const message = channel.messages.get(params.message_id!);
    if (!message) throw unknownMessage();
    if (message.authorId !== botId) requirePermission(permissions, Permission.ManageMessages);
    deleteMessage(platform, message);
    return noContent;
  }

  function openDm({ body }: RestRequest) {
    const id = asForm(body).recipient_id;
    const user = typeof id === 'string' ? world.users.get(id) : undefined;
    if (!user) throw unknownUser();
    if (user.bot) throw cannotMessageUser();
    return ok(channelObject(platform, directChannel(platform, user.id)));
  }

  const messages = '/channels/{channel_id}/messages';
  const one = `${messages}/{message_id}`;
  return [
    {
      method: 'GET',
      path: '/channels/{channel_id}',
      bucket: BUCKETS.wide,
      handle: ({ params }) =>
        ok(channelObject(platform, accessibleChannel(platform, params.channel_id!).channel)),
    },
    { method: 'POST', path: messages, bucket: BUCKETS.createMessage, handle: post },
    { method: 'GET', path: messages, bucket: BUCKETS.wide, handle: list },
    { method: 'GET', path: one, bucket: BUCKETS.wide, handle: get },
    { method: 'PATCH', path: one, bucket: BUCKETS.editMessage, handle: patch },
    { method: 'DELETE', path: one, bucket: BUCKETS.deleteMessage, handle: remove },
    { method: 'POST', path: '/users/@me/channels', bucket: BUCKETS.createDm, handle: openDm },
  ];
}

/** The direct-message channel between the bot and a person, opened if there was none. */
export function directChannel(platform: Platform, userId: string): Channel {
  for (const channel of platform.world.channels.values()) {
    if (channel.recipientId === userId) return channel;
  }
  const channel: Channel = {
    id: platform.mint(),
    type: 1,
    guildId: null,
    recipientId: userId,
    name: '',
    position: 0,
    overwrites: [],
    messages: new Map(),
  };
  platform.world.channels.set(channel.id, channel);
  platform.changed({ kind: 'scene' });
  return channel;
}

/** The channel with the bot's permissions there. @throws 10003 for no such channel, 50001 for one that the bot cannot see. */
export function accessibleChannel(platform: Platform, id: string): { channel: Channel; permissions: bigint } {
  const channel = platform.world.channels.get(id);
  if (!channel) throw unknownChannel();
  const permissions = channelPermissions(platform.world, channel, platform.botId, platform.botId);
  if (!(permissions & Permission.ViewChannel)) throw missingAccess();
  return { channel, permissions };
}

/** A message that the bot may read. @throws as accessibleChannel, 50013 without Read Message History, 10008. */
export function readableMessage(platform: Platform, channelId: string, messageId: string) {
  const { channel, permissions } = accessibleChannel(platform, channelId);
  requirePermission(permissions, Permission.ReadMessageHistory);
  const message = channel.messages.get(messageId);
  if (!message) throw unknownMessage();
  return { channel, permissions, message };
}

export function requirePermission(permissions: bigint, needed: bigint): void {
  if ((permissions & needed) !== needed) throw missingPermissions();
}

/** @throws 50035 when `limit` is not between 1 and `max`. */
export function readLimit(query: URLSearchParams, fallback: number, max: number): number {
  const raw = query.get('limit');
  if (raw === null) return fallback;
  const limit = Number(raw);
  if (!Number.isInteger(limit)) {
    throw invalidForm(['limit'], 'NUMBER_TYPE_COERCE', `Value "${raw}" is not int.`);
  }
  if (limit < 1) {
    throw invalidForm(['limit'], 'NUMBER_TYPE_MIN', 'int value should be greater than or equal to 1.');
  }
  if (limit > max) {
    throw invalidForm(['limit'], 'NUMBER_TYPE_MAX', `int value should be less than or equal to ${max}.`);
  }
  return limit;
}

/** What an edit changes of a message. */
export function editOf(form: MessageForm) {
  const { content, components, embeds, attachments, flags, allowedMentions } = form;
  return {
    flags,
    allowedMentions,
    ...(content === undefined ? {} : { content }),
    ...(components === undefined ? {} : { components }),
    ...(embeds === undefined ? {} : { embeds }),
    ...(attachments === undefined ? {} : { attachments }),
  };
}

function requireForContent(permissions: bigint, form: MessageForm, channel: Channel): void {
  if (channel.guildId === null) return;
  if (form.attachments?.length) requirePermission(permissions, Permission.AttachFiles);
  if (form.embeds?.length) requirePermission(permissions, Permission.EmbedLinks);
}

/** Newest first, as Discord lists them; `after` takes the oldest that follow. */
function selectPage(channel: Channel, query: URLSearchParams, limit: number): Message[] {
  const all = [...channel.messages.values()].sort((a, b) => compareIds(a.id, b.id));
  const after = query.get('after');
  const before = query.get('before');
  const around = query.get('around');
  if (around !== null) {
    const older = all.filter((m) => compareIds(m.id, around) < 0);
    const newer = all.filter((m) => compareIds(m.id, around) >= 0);
    const half = Math.floor(limit / 2);
    return [...older.slice(-half || older.length), ...newer.slice(0, limit - half)].reverse();
  }
  if (after !== null) {
    return all
      .filter((m) => compareIds(m.id, after) > 0)
      .slice(0, limit)
      .reverse();
  }
  const older = before === null ? all : all.filter((m) => compareIds(m.id, before) < 0);
  return older.slice(-limit).reverse();
}
