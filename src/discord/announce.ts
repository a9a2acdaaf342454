import { createHash } from 'node:crypto';
import { type APIMessage, type Client, type RESTPostAPIChannelMessageJSONBody, Routes } from 'discord.js';
import { ChannelRefused } from '../daily/channels.ts';
import type { Ledger } from './ledger.ts';
import { isMalformed, isPersonClosed, refusalOf } from './refusal.ts';

/**
 * Says something unasked, exactly once for each key. The ledger has the whole message before it is sent, and the
 * message has the key in a component id: after a crash or a lost answer it is looked for before it is sent again.
 *
 * What stays possible: a process that is suspended between the look and the sending for longer than Discord keeps a
 * nonce (some minutes), while another one sends.
 */
export type Announce = (
  key: string,
  channelId: string,
  body: RESTPostAPIChannelMessageJSONBody,
  signal: AbortSignal,
) => Promise<string>;

/** The component id by which a message is known as the announcement of a key. */
export function announcementId(action: string, key: string): string {
  return `${action}:${key}`;
}

export function createAnnounce(ledger: Ledger, client: Pick<Client, 'rest' | 'user' | 'channels'>): Announce {
  const { rest } = client;

  return async (key, channelId, body, signal) => {
    const place = { channelId, ...guildOf(channelId) };
    const { entry, before } = await ledger.claim(key, place, body);
    if (entry.messageId) return entry.messageId;

    const found = before && (await find(key, before, signal));
    const messageId = found ?? (await send(key, entry.channelId, entry.body ?? body, signal));
    await ledger.settle(key, messageId);
    return messageId;
  };

  function guildOf(channelId: string): { guildId?: string } {
    const channel = client.channels.cache.get(channelId);
    return channel && 'guildId' in channel && channel.guildId ? { guildId: channel.guildId } : {};
  }

  async function send(key: string, channelId: string, body: object, signal: AbortSignal): Promise<string> {
    try {
      const message = (await rest.post(Routes.channelMessages(channelId), {
        body: { ...body, nonce: nonceOf(key), enforce_nonce: true },
        signal,
      })) as APIMessage;
      return message.id;
    } catch (error) {
      const reason = refusalOf(error);
      if (!reason && !isPersonClosed(error) && !isMalformed(error)) throw error;
      // Refused for certain: nothing was sent, and the next attempt may say it elsewhere.
      await ledger.remove(key);
      throw reason ? new ChannelRefused(reason, { cause: error }) : error;
    }
  }

  /** Looks for our own message through all the time in which an earlier attempt can have sent it. */
  async function find(
    key: string,
    { channelId, claimedAt, triedAt }: { channelId: string; claimedAt: number; triedAt: number },
    signal: AbortSignal,
  ): Promise<string | undefined> {
    let after = snowflakeAt(claimedAt - CLOCK_SKEW);
    const last = snowflakeAt(triedAt + LONGEST_ATTEMPT + CLOCK_SKEW);
    for (;;) {
      const page = (await rest
        .get(Routes.channelMessages(channelId), {
          query: new URLSearchParams({ after: String(after), limit: String(PAGE) }),
          signal,
        })
        .catch((error) => {
          const reason = refusalOf(error);
          throw reason ? new ChannelRefused(reason, { cause: error }) : error;
        })) as APIMessage[];
      const mine = page.find(
        (message) => message.author.id === client.user?.id && hasComponentId(message.components, key),
      );
      if (mine) return mine.id;
      const newest = page.reduce((id, message) => (BigInt(message.id) > id ? BigInt(message.id) : id), after);
      if (page.length < PAGE || newest > last) return undefined;
      after = newest;
    }
  }
}

/** At most 25 characters, as Discord wants it, and the same for the same key. */
function nonceOf(key: string): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 24);
}

/** The smallest snowflake of a moment (epoch milliseconds). */
function snowflakeAt(at: number): bigint {
  return BigInt(Math.max(0, Math.floor(at) - DISCORD_EPOCH)) << 22n;
}

/** Whether any component, however deep, has an id `<action>:<key>` or `<action>:<key>:…`. */
function hasComponentId(components: unknown, key: string): boolean {
  if (Array.isArray(components)) return components.some((component) => hasComponentId(component, key));
  if (typeof components !== 'object' || components === null) return false;
  const { custom_id: id } = components as { custom_id?: unknown };
  if (typeof id === 'string' && id.split(':')[1] === key) return true;
  return Object.values(components).some((value) => typeof value === 'object' && hasComponentId(value, key));
}

/** 2015-01-01T00:00:00Z, epoch milliseconds. */
const DISCORD_EPOCH = 1_420_070_400_000;

/** Milliseconds by which our clock and Discord's may differ. */
const CLOCK_SKEW = 600_000;

/** Milliseconds: the lease of a job. */
const LONGEST_ATTEMPT = 120_000;

/** The most that Discord returns. */
const PAGE = 100;
