import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, GatewayDispatchEvents, ShardClientUtil } from 'discord.js';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Departures } from '../privacy/departures.ts';

const guildSchema = z.object({ id: z.string(), unavailable: z.boolean().optional() });

const readySchema = z.object({
  guilds: z.array(guildSchema),
  shard: z.tuple([z.number(), z.number()]).optional(),
});

/** Which servers the bot is in: one that it enters, one that it leaves, and all that a shard has. */
type Hearer = {
  readonly entered: (guildId: string) => void;
  readonly left: (guildId: string) => void;
  /** @param isMeant which servers the list is about: a shard knows its own */
  readonly compare: (present: ReadonlySet<string>, isMeant: (guildId: string) => boolean) => void;
};

/** Knows which servers the bot is in at this moment. */
export function watchServers(client: Client) {
  const servers = new Set<string>();
  hearServers(client, {
    entered: (guildId) => void servers.add(guildId),
    left: (guildId) => void servers.delete(guildId),
    compare: (present, isMeant) => {
      for (const guildId of servers) if (isMeant(guildId)) servers.delete(guildId);
      for (const guildId of present) servers.add(guildId);
    },
  });
  return { isIn: (guildId: string) => servers.has(guildId) };
}

/** Notes which servers the bot is in. */
export function takeServers(client: Client, departures: Departures, log: Logger): void {
  let last: Promise<void> = Promise.resolve();
  hearServers(client, {
    entered: (guildId) => inTurn(() => departures.entered(guildId)),
    left: (guildId) => inTurn(() => departures.left(guildId)),
    compare: (present, isMeant) => inTurn(() => departures.compare(present, isMeant)),
  });

  /** One after the other, each until it is stored. */
  function inTurn(work: () => Promise<void>): void {
    last = last.then(async () => {
      for (;;) {
        try {
          return await work();
        } catch (error) {
          log.warn({ err: error }, 'which servers the bot is in could not be noted; trying again');
          await sleep(UNTIL_TRIED_AGAIN, undefined, { ref: false });
        }
      }
    });
  }
}

/**
 * Taken from raw events, because discord.js keeps servers that are missing after a new session. A server that is merely
 * unavailable has not been left.
 */
function hearServers(client: Client, { entered, left, compare }: Hearer): void {
  client.on(Events.Raw, (packet: { t?: unknown; d?: unknown }) => {
    switch (packet.t) {
      case GatewayDispatchEvents.Ready: {
        const ready = readySchema.safeParse(packet.d);
        if (!ready.success) break;
        const { guilds, shard: [id, count] = [0, 1] } = ready.data;
        const isOurs = (guildId: string) => ShardClientUtil.shardIdForGuildId(guildId, count) === id;
        compare(new Set(guilds.map((guild) => guild.id)), isOurs);
        break;
      }
      case GatewayDispatchEvents.GuildCreate: {
        const guild = guildSchema.safeParse(packet.d);
        if (guild.success) entered(guild.data.id);
        break;
      }
      case GatewayDispatchEvents.GuildDelete: {
        const guild = guildSchema.safeParse(packet.d);
        if (guild.success && !guild.data.unavailable) left(guild.data.id);
        break;
      }
    }
  });
}

/** Milliseconds. */
const UNTIL_TRIED_AGAIN = 5_000;
