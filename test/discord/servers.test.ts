import { EventEmitter } from 'node:events';
import { type Client, Events } from 'discord.js';
import { beforeEach, expect, test } from 'vitest';
import { watchServers } from '../../src/discord/servers.ts';

// Of two shards, even numbers are the servers of the first.
const idOf = (n: number) => `${BigInt(n) << 22n}`;
let client: EventEmitter;
let isIn: (guildId: string) => boolean;

beforeEach(() => {
  client = new EventEmitter();
  isIn = watchServers(client as Client).isIn;
});

const hear = (t: string, d: object) => client.emit(Events.Raw, { t, d });
const ready = (shard: number, ...servers: number[]) =>
  hear('READY', { shard: [shard, 2], guilds: servers.map((n) => ({ id: idOf(n), unavailable: true })) });
const present = () => [1, 2, 3, 4].filter((n) => isIn(idOf(n)));

test('a server that is missing after a new session has been left; other shards say nothing of it', () => {
  ready(0, 2, 4);
  ready(1, 1, 3);
  ready(0, 4);
  expect(present()).toEqual([1, 3, 4]);
});

test('servers come and go, and one that is merely unavailable has not gone', () => {
  ready(0, 2);
  hear('GUILD_CREATE', { id: idOf(4) });
  hear('GUILD_DELETE', { id: idOf(4), unavailable: true });
  hear('GUILD_DELETE', { id: idOf(2) });
  expect(present()).toEqual([4]);
});
