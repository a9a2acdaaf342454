import { setTimeout as sleep } from 'node:timers/promises';
import { createClient } from '@keyv/redis';
import { withinDeadline } from './deadline.ts';
import { StoreUnavailable } from './port.ts';
import type { Script } from './redis-scripts.ts';

export type RedisClient = ReturnType<typeof createRedisClient>['client'];

export type RedisConnection = {
  readonly client: RedisClient;
  /**
   * Asks Redis one thing, within the deadline.
   * @throws {StoreUnavailable} when it does not answer, or refuses
   */
  ask<T>(command: () => Promise<T>): Promise<T>;
  /** Runs a script as one step. */
  run(script: Script, keys: string[], args: readonly string[]): Promise<unknown>;
  /** Waits for what was asked, each within its deadline, and disconnects. */
  close(): Promise<void>;
};

/** How long the first connection may take: long enough for a server that starts beside us, short for a person who waits. */
const START_PATIENCE_MS = 3_000;
const START_PAUSE_MS = 10;

/** Refusals that no waiting will mend. */
const WRONG_CREDENTIALS = /\b(WRONGPASS|NOAUTH|NOPERM)\b/;

/** An idle connection shows that it lives by a ping; one silent for longer, say in its handshake, is given up. */
const PING_INTERVAL_MS = 5_000;
const SILENCE_MS = 10_000;

const reconnectDelay = (retries: number): number => Math.min(25 * 2 ** retries, 1_000);

/**
 * Connects to Redis, and from then on by itself whenever the connection is lost.
 * @param deadline milliseconds that one command may take
 * @throws {StoreUnavailable} one sentence, without the password, when the server does not answer in a few seconds
 */
export async function connectRedis(url: string, deadline: number): Promise<RedisConnection> {
  const { client, address } = createRedisClient(url);
  const asked = new Set<Promise<unknown>>();
  let trouble: unknown;
  let answeredAt = 0;
  let closed = false;

  // Without a listener the first lost connection would end the process. The calls report what is wrong.
  client.on('error', (error) => {
    trouble = error;
  });

  async function ask<T>(command: () => Promise<T>): Promise<T> {
    if (closed) throw new StoreUnavailable('the store is closed');
    const askedAt = performance.now();
    const answer = withinDeadline(deadline, command);
    asked.add(answer);
    try {
      const value = await answer;
      answeredAt = performance.now();
      return value;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) {
        throw new StoreUnavailable(`Redis at ${address} refused: ${wording(error)}`, { cause: error });
      }
      if (answeredAt < askedAt) renew();
      throw error;
    } finally {
      asked.delete(answer);
    }
  }

  /**
   * Nothing came back for a whole deadline: the connection may be dead without a word, as behind a router that forgot
   * it. Only a ready client is renewed; one that is connecting is at it already.
   */
  function renew(): void {
    if (closed || !client.isReady) return;
    client.destroy();
    connect();
  }

  function connect(): void {
    client.connect().catch((error) => {
      trouble = error;
    });
  }

  async function disconnect(): Promise<void> {
    closed = true;
    await Promise.allSettled(asked);
    if (client.isOpen) client.destroy();
  }

  async function waitForFirstAnswer(): Promise<void> {
    for (const patience = performance.now() + START_PATIENCE_MS; ; await sleep(START_PAUSE_MS)) {
      try {
        await ask(() => client.ping());
        return;
      } catch (error) {
        const unreached = new StoreUnavailable(`Redis at ${address} cannot be reached: ${wording(trouble)}`);
        const failure = client.isReady ? error : unreached;
        if (performance.now() > patience || WRONG_CREDENTIALS.test(wording(failure))) throw failure;
      }
    }
  }

  connect();
  try {
    await waitForFirstAnswer();
  } catch (error) {
    await disconnect();
    throw error;
  }

  return {
    client,
    ask,
    run: ({ source, digest }, keys, args) =>
      ask(async () => {
        const options = { keys, arguments: [...args] };
        try {
          return await client.evalSha(digest, options);
        } catch (error) {
          // A server that was restarted has forgotten the script, and has not run it.
          if (!wording(error).startsWith('NOSCRIPT')) throw error;
          return client.eval(source, options);
        }
      }),
    close: disconnect,
  };
}

function createRedisClient(url: string) {
  try {
    const client = createClient({
      url,
      disableOfflineQueue: true,
      pingInterval: PING_INTERVAL_MS,
      socket: {
        reconnectStrategy: reconnectDelay,
        connectTimeout: START_PATIENCE_MS,
        socketTimeout: SILENCE_MS,
      },
    });
    return { client, address: new URL(url).host };
  } catch {
    // The parser's own error quotes the whole text, with the password in it.
    throw new StoreUnavailable(
      'the address of Redis must look like redis://[user:password@]host:port[/number]',
    );
  }
}

function wording(error: unknown): string {
  if (!(error instanceof Error)) return 'it takes the connection and says nothing';
  // An address with several meanings fails with an error of errors, which has no message of its own.
  return error.message || String((error as NodeJS.ErrnoException).code ?? error.name);
}
