import type { Client } from 'discord.js';
import type { Logger } from 'pino';
import type { IsMember } from '../bank/banks.ts';
import type { Roster, RosterEntry } from '../competition/roster.ts';

/**
 * Asks the gateway for people by their ids, a hundred at a time, which needs no privileged intent. Without that intent
 * Discord tells nobody when roles change or people leave, so what it said is believed for some minutes only, and
 * discord.js's own cache of members is not.
 * @param isIn whether the bot is in a server at this moment
 */
export function createRoster(
  client: Client,
  isIn: (guildId: string) => boolean,
  now: () => number,
  log: Logger,
) {
  const known = new Map<string, { readonly entry: RosterEntry | null; readonly at: number }>();

  const roster: Roster = async (guildId, userIds) => {
    const keyOf = (userId: string) => `${guildId}:${userId}`;
    const isFresh = (userId: string) =>
      (known.get(keyOf(userId))?.at ?? Number.NEGATIVE_INFINITY) > now() - BELIEVED;
    const unknown = userIds.filter((userId) => !isFresh(userId));
    for (let start = 0; start < unknown.length; start += ASKED_AT_ONCE) {
      const asked = unknown.slice(start, start + ASKED_AT_ONCE);
      const answer = await ask(guildId, asked);
      if (!answer) break;
      for (const userId of asked) remember(keyOf(userId), answer.get(userId) ?? null);
    }
    return new Map(
      userIds.flatMap((userId) => {
        const found = known.get(keyOf(userId));
        return found && isFresh(userId) ? [[userId, found.entry] as const] : [];
      }),
    );
  };

  /** Forgets a person, as does discord.js. */
  function forget(userId: string): void {
    for (const key of known.keys()) if (key.endsWith(`:${userId}`)) known.delete(key);
    for (const guild of client.guilds.cache.values()) guild.members.cache.delete(userId);
    client.users.cache.delete(userId);
  }

  async function ask(guildId: string, userIds: string[]): Promise<Map<string, RosterEntry> | undefined> {
    try {
      const members = await client.guilds.cache
        .get(guildId)
        ?.members.fetch({ user: userIds, time: LONGEST_FETCH });
      return (
        members &&
        new Map(
          members.map(({ id, displayName, roles }) => [
            id,
            { name: displayName, roleIds: [...roles.cache.keys()] },
          ]),
        )
      );
    } catch (error) {
      log.debug({ err: error, guild: guildId }, 'the gateway did not say who is in the server');
      return undefined;
    }
  }

  function remember(key: string, entry: RosterEntry | null): void {
    known.delete(key);
    known.set(key, { entry, at: now() });
    if (known.size > MOST_KNOWN) known.delete(known.keys().next().value!);
  }

  /** One is in no server that the bot has left. */
  const isMember: IsMember = async (guildId, userId) => {
    if (!isIn(guildId)) return false;
    const entry = (await roster(guildId, [userId])).get(userId);
    return entry === undefined ? undefined : entry !== null;
  };

  return { roster, isMember, forget };
}

/** Milliseconds. */
const BELIEVED = 300_000;

/** People; some 200 bytes each. */
const MOST_KNOWN = 50_000;

/** The most that Discord answers. */
const ASKED_AT_ONCE = 100;

/** Milliseconds. */
const LONGEST_FETCH = 3_000;
