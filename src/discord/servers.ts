import { setTimeout as sleep } from 'node:timers/promises';
import { type Client, Events, GatewayDispatchEvents } from 'discord.js';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Departures } from '../privacy/departures.ts';

const guildSchema = z.object({ id: z.string(), unavailable: z.boolean().optional() });

const readySchema = z.object({
  guilds: z.array(guildSchema),
  shard: z.tuple([z.number(), z.number()]).optional(),
});

/**
 * Notes which servers the bot is in. Taken from raw events, because discord.js keeps servers that are missing after a
 * new session. A server that is merely unavailable has not been left.
 */
export function takeServers(client: Client, departures: Departures, log: Logger): void {
  let last: Promise<void> = Promise.resolve();

  client.on(Events.Raw, (packet: { t?: unknown; d?: unknown }) => {
    switch (packet.t) {
      case GatewayDispatchEvents.Ready: {
        const ready = readySchema.safeParse(packet.d);
        if (ready.success) onReady(ready.data);
        break;
      }
      case GatewayDispatchEvents.GuildCreate: {
        const guild = guildSchema.safeParse(packet.d);
        if (guild.success) inTurn(() => departures.entered(guild.data.id));
        break;
      }
      case GatewayDispatchEvents.GuildDelete: {
        const guild = guildSchema.safeParse(packet.d);
        if (guild.success && !guild.data.unavailable) inTurn(() => departures.left(guild.data.id));
        break;
      }
    }
  });

  function onReady({ guilds, shard: [id, count] = [0, 1] }: z.output<typeof readySchema>): void {
    const present = new Set(guilds.map((guild) => guild.id));
    inTurn(() => departures.compare(present, (guildId) => shardOf(guildId, count) === id));
  }

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

/** The shard that Discord gives a server to. */
function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

/** Milliseconds. */
const UNTIL_TRIED_AGAIN = 5_000;
