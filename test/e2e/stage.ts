import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type BotProcess, startBot } from '../../playground/bot-process.ts';
import {
  type Channel,
  type Guild,
  type Message,
  type Person,
  type Playground,
  type PlaygroundOptions,
  type Response,
  startPlayground,
} from '../../playground/start.ts';
import type { Store } from '../../src/store/port.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';

export type Driver = 'redis' | 'sqlite';
export const drivers: readonly Driver[] = ['redis', 'sqlite'];

/** A server with one channel, a moderator and members, a store, and the real bot process on it. */
export type Stage = Awaited<ReturnType<typeof openStage>>;

export type StageOptions = Pick<PlaygroundOptions, 'rateLimits' | 'checkAnswers' | 'shards'> & {
  driver: Driver;
  /** What the clocks show at the start, e.g. 2026-03-02T08:00:00Z. */
  at?: string;
  members?: readonly string[];
  channels?: number;
};

export async function openStage(options: StageOptions) {
  let clock = Date.parse(options.at ?? '2026-03-02T08:00:00Z') - Date.now();
  const now = () => Date.now() + clock;
  const { driver, at: _, members = ['alice', 'bob', '小明'], channels = 1, ...playgroundOptions } = options;
  const playground: Playground = await startPlayground({ now, ...playgroundOptions });
  const folder = await mkdtemp(join(tmpdir(), 'koan-e2e-'));
  let redis: RedisServer | undefined;
  if (driver === 'redis') redis = await startRedisServer({ appendonly: true, dir: folder });

  const guild: Guild = playground.addGuild({ name: 'Study group', systemChannel: true });
  const rooms: Channel[] = Array.from({ length: channels }, (_, index) =>
    playground.addChannel(guild.id, { name: index === 0 ? 'daily' : `daily-${index + 1}` }),
  );
  const moderator = playground.addUser({ name: 'mona' });
  playground.addMember(guild.id, moderator.id, { permissions: MANAGE_GUILD });
  const people = new Map<string, Person & { id: string }>();
  const join_ = (name: string) => {
    const user = playground.addUser({ name });
    playground.addMember(guild.id, user.id);
    const person = { ...playground.as(user.id), id: user.id };
    people.set(name, person);
    return person;
  };
  for (const name of members) join_(name);

  const env = (): Record<string, string> => ({
    DISCORD_TOKEN: playground.token,
    DISCORD_API_URL: playground.url,
    DATA_DIR: join(folder, 'data'),
    LOG_LEVEL: 'info',
    ...(redis ? { REDIS_URL: redis.url } : {}),
  });
  let bot: BotProcess | undefined;
  let store: Store | undefined;

  const stage = {
    driver,
    playground,
    guild,
    channel: rooms[0]!,
    channels: rooms,
    folder,
    redis,
    now,
    env,
    moderator: { ...playground.as(moderator.id), id: moderator.id },
    join: join_,
    person(name: string) {
      const person = people.get(name);
      if (!person) throw new Error(`nobody is called ${name}`);
      return person;
    },
    get bot(): BotProcess {
      if (!bot) throw new Error('the bot was not started');
      return bot;
    },
    /** Starts the bot and waits until it is ready. */
    async start(extra: Record<string, string> = {}): Promise<BotProcess> {
      bot = startBot({ env: { ...env(), ...extra }, clock });
      await bot.ready;
      return bot;
    },
    /** Kills the bot and frees its place at once: waiting for the lease to lapse has a test of its own. */
    async kill(): Promise<void> {
      await bot?.kill();
      if (redis) await dropLease(redis.port);
    },
    async restart(): Promise<void> {
      await stage.kill();
      await stage.start();
    },
    /** Moves all clocks; resolves once the bot's shows it, for what asks the bot for the time at once. */
    setTime(time: string | number): Promise<void> | undefined {
      clock = (typeof time === 'string' ? Date.parse(time) : time) - Date.now();
      return bot?.setClock(clock);
    },
    pass(milliseconds: number): Promise<void> | undefined {
      clock += milliseconds;
      return bot?.setClock(clock);
    },
    /** The store, opened beside the bot. */
    async store(): Promise<Store> {
      store ??= redis
        ? await openRedisStore(redis.url, storeOptions)
        : await openSqliteStore(join(folder, 'data'), storeOptions);
      return store;
    },
    /** The bot's messages in a channel, oldest first. */
    posts(channel: Channel = rooms[0]!): Message[] {
      return [...channel.messages.values()].filter(
        (message) => message.authorId === playground.botId && !message.deleted,
      );
    },
    /** Waits for the n-th post of a channel with its grade reactions. */
    async post(n: number, channel: Channel = rooms[0]!): Promise<Message> {
      await until(`post ${n}`, () => (stage.posts(channel)[n - 1]?.reactions.size ?? 0) >= 4);
      return stage.posts(channel)[n - 1]!;
    },
    async close(): Promise<void> {
      await bot?.kill();
      await store?.close();
      await playground.close();
      await redis?.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return stage;
}

/** Waits until something holds, looking every few milliseconds. */
export async function until(
  what: string | (() => string),
  holds: () => boolean | Promise<boolean>,
  timeout = 20_000,
): Promise<void> {
  const end = performance.now() + timeout;
  while (!(await holds())) {
    if (performance.now() > end) {
      throw new Error(`waited ${timeout} ms in vain for: ${typeof what === 'string' ? what : what()}`);
    }
    await sleep(20);
  }
}

/** All text that a message shows, in order, and what is said of its pictures. */
export function textOf(message: Message | undefined): string {
  const texts: string[] = message?.content ? [message.content] : [];
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    else if (typeof value === 'object' && value !== null) {
      const { type, content, media, description } = value as Record<string, unknown>;
      if (type === TEXT_DISPLAY && typeof content === 'string') texts.push(content);
      if (media && typeof description === 'string') texts.push(description);
      for (const each of Object.values(value)) if (typeof each === 'object') walk(each);
    }
  };
  walk(message?.components);
  return texts.join('\n');
}

/** The text of an answer, once it has come. */
export async function answered(response: Promise<Response> | Response): Promise<string> {
  return textOf((await (await response).settled()).message);
}

/** The ids of all that can be pressed or chosen on a message. */
export function customIds(message: Message): string[] {
  return [...JSON.stringify(message.components).matchAll(/"custom_id":"([^"]+)"/g)].map(([, id]) => id!);
}

/** Frees the place of a killed bot, without waiting for its lease to lapse. */
async function dropLease(port: number): Promise<void> {
  const socket = connect(port, '127.0.0.1');
  socket.write('DEL koan:lease:active\r\n');
  await once(socket, 'data');
  socket.destroy();
}

const storeOptions = { deadline: 5_000, onSetAside: () => {} };
const MANAGE_GUILD = 0x20n;
const TEXT_DISPLAY = 10;
