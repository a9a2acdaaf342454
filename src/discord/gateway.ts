import { type Client, Events, Status } from 'discord.js';

/** How a connection to the gateway stands. */
export type Connection = {
  readonly shard: number;
  readonly shards: number;
  readonly isReady: boolean;
  /** Milliseconds that the last heartbeat took; `undefined` before the first. */
  readonly ping: number | undefined;
  /** When its session began, epoch milliseconds. */
  readonly since: number | undefined;
  /** Since the process started: sessions that were resumed, and that were lost and began anew. */
  readonly resumed: number;
  readonly lost: number;
};

export type Gateway = { readonly connectionOf: (shard: number) => Connection };

/** Counts what becomes of each connection, from before the login on. */
export function watchGateway(client: Client, now: () => number): Gateway {
  const sessions = new Map<number, { since: number; begun: number; resumed: number }>();

  client.on(Events.ShardReady, (shard) => {
    const { begun = 0, resumed = 0 } = sessions.get(shard) ?? {};
    sessions.set(shard, { since: now(), begun: begun + 1, resumed });
  });
  client.on(Events.ShardResume, (shard) => {
    const session = sessions.get(shard);
    if (session) session.resumed++;
  });

  return {
    connectionOf(shard) {
      const { status, ping = -1 } = client.ws.shards.get(shard) ?? {};
      const { since, begun = 1, resumed = 0 } = sessions.get(shard) ?? {};
      return {
        shard,
        shards: client.ws.shards.size,
        isReady: status === Status.Ready,
        ping: ping < 0 ? undefined : ping,
        since,
        resumed,
        lost: begun - 1,
      };
    },
  };
}
