/**
 * What does a leaderboard cost as its server grows? `node bench/leaderboard.ts [members]`. On Redis, a server of 1,000,000
 * members is measured side by side with one of 1,000; on SQLite, sizes up to which it serves; and, on both, the
 * standings of a competition that 10,000 have joined. The gateway is left out: everybody is present.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClient } from '@keyv/redis';
import { periodKey } from '../src/calendar/dates.ts';
import { type BoardChoice, createBoardsService } from '../src/competition/boards.ts';
import { createCompetitionsService } from '../src/competition/competitions.ts';
import { createInStep } from '../src/competition/in-step.ts';
import type { Roster } from '../src/competition/roster.ts';
import { createStandingsReader } from '../src/competition/standings.ts';
import { heldBit } from '../src/progress/grade.ts';
import { changePart } from '../src/progress/member.ts';
import { createProgressService } from '../src/progress/service.ts';
import { createSettingsService } from '../src/settings/service.ts';
import { setName } from '../src/store/keys.ts';
import type { Store } from '../src/store/port.ts';
import { openRedisStore } from '../src/store/redis.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';
import { startRedisServer } from '../test/support/redis-server.ts';

const today = '2026-03-02';
const now = () => Date.parse(`${today}T12:00:00Z`);
const everybody: Roster = async (_, userIds) =>
  new Map(userIds.map((userId) => [userId, { name: `Member ${userId}`, roleIds: [] }]));
const choice: BoardChoice = { by: 'points', period: 'all' };
const options = { deadline: 30_000, onSetAside: () => {} };

type Load = (set: string, members: Iterable<readonly [member: string, score: number]>) => Promise<void>;

function house(store: Store) {
  const progress = createProgressService(store, now);
  const inStep = createInStep(progress, everybody);
  const settings = createSettingsService(
    store,
    async () => {},
    async () => {},
  );
  return {
    progress,
    boards: createBoardsService(store, settings, progress, everybody, inStep, now),
    competitions: createCompetitionsService(store, progress, now),
    standings: createStandingsReader(store, progress, inStep),
  };
}

/** Members with scores that tie here and there; the documents of those who are looked at are written as in life. */
async function fill(store: Store, load: Load, guildId: string, size: number): Promise<void> {
  function* scores(): Generator<[string, number]> {
    for (let index = 0; index < size; index++) yield [idOf(index), 10 + 5 * ((index * 7919) % (size / 2))];
  }
  await load(setName.board(guildId, periodKey('all', today)), scores());
  const { progress } = house(store);
  const board = store.orderedSet(setName.board(guildId, 'all'));
  for (const offset of [0, size / 2 - 10, size - 10]) {
    for (const { member, score } of await board.top(offset, 10)) {
      await progress.update(guildId, member, (document) => ({
        ...document,
        days: { '2026-01-01': { acts: 1, self: score, auto: 0, quiz: 0, answered: 0, right: 0 } },
      }));
    }
  }
}

const idOf = (index: number) => `${100_000_000_000_000_000n + BigInt(index)}`;

/** The median time in milliseconds of each task, all of them taken in turns. */
async function sideBySide(
  rounds: number,
  tasks: Record<string, () => Promise<unknown>>,
): Promise<Record<string, number>> {
  const times = new Map<string, number[]>();
  for (let round = -10; round < rounds; round++) {
    for (const [name, task] of Object.entries(tasks)) {
      const began = performance.now();
      await task();
      const taken = performance.now() - began;
      if (round >= 0) times.set(name, [...(times.get(name) ?? []), taken]);
    }
  }
  return Object.fromEntries(
    [...times].map(([name, all]) => [name, all.sort((a, b) => a - b)[Math.floor(all.length / 2)]!]),
  );
}

function looks(store: Store, guildId: string, size: number, rounds = '') {
  const { boards } = house(store);
  const board = store.orderedSet(setName.board(guildId, 'all'));
  const last = size / 10;
  return {
    [`first page${rounds}`]: () => boards.show(guildId, idOf(0), choice, 1),
    [`middle page${rounds}`]: () => boards.show(guildId, idOf(0), choice, last / 2),
    [`last page${rounds}`]: () => boards.show(guildId, idOf(0), choice, last),
    [`own rank${rounds}`]: () => board.rank(idOf(Math.floor(size / 3))),
  };
}

/** 10,000 join, a third of them in each of three teams, and have points; then the rule changes for all of them. */
async function compete(store: Store): Promise<string> {
  const { competitions, standings, progress } = house(store);
  const teams = ['1', '2', '3'];
  const made = {
    channelId: 'c',
    name: 'Cup',
    first: today,
    last: '2026-03-15',
    scope: 'points' as const,
    best: 3,
  };
  const cup = await competitions.add('cup', 'cup', { ...made, selfGrades: true, teams: [], lateJoin: true });
  const league = await competitions.add('cup', 'league', {
    ...made,
    selfGrades: true,
    teams,
    lateJoin: true,
  });
  const began = performance.now();
  for (let start = 0; start < ENTRANTS; start += 100) {
    await Promise.all(
      Array.from({ length: 100 }, async (_, offset) => {
        const index = start + offset;
        const joined = { at: now() };
        await progress.update('cup', idOf(index), (member) =>
          changePart(
            { ...member, joined: { cup: joined, league: { ...joined, team: teams[index % 3]! } } },
            'post',
            { date: today, topic: 'attention', level: 1 },
            (part) => ({ ...part, held: heldBit(3, false) }),
          ),
        );
      }),
    );
  }
  const joining = performance.now() - began;
  const times = await sideBySide(30, {
    people: () => standings.read(cup, 1, idOf(7)),
    teams: () => standings.read(league, 1, idOf(7)),
  });
  const edited = (await competitions.edit('cup', 'cup', { selfGrades: false }))!;
  const beforeRescore = performance.now();
  const { id, first, last, scope, selfGrades } = edited;
  await standings.rescore(edited, { id, first, last, scope, selfGrades });
  return `${ENTRANTS} entrants: standings ${times.people!.toFixed(1)} ms, of teams ${times.teams!.toFixed(1)} ms; a changed rule in ${seconds(performance.now() - beforeRescore)} (joining took ${seconds(joining)})`;
}

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const say = (line: string) => process.stdout.write(`${line}\n`);
const SMALL = 1_000;
const LARGE = Number(process.argv[2] ?? 1_000_000);
const ENTRANTS = Math.min(10_000, LARGE);

const server = await startRedisServer();
const redis = await openRedisStore(server.url, options);
const client = createClient({ url: server.url });
await client.connect();
const loadRedis: Load = async (set, members) => {
  let batch: { value: string; score: number }[] = [];
  const flush = async () => {
    if (batch.length > 0) await client.zAdd(`koan:set:${set}`, batch);
    batch = [];
  };
  for (const [value, score] of members) {
    batch.push({ value, score });
    if (batch.length === 10_000) await flush();
  }
  await flush();
};
await fill(redis, loadRedis, 'small', SMALL);
await fill(redis, loadRedis, 'large', LARGE);
const times = await sideBySide(300, {
  ...looks(redis, 'small', SMALL, ' small'),
  ...looks(redis, 'large', LARGE, ' large'),
});
for (const what of ['first page', 'middle page', 'last page', 'own rank']) {
  const [small, large] = [times[`${what} small`]!, times[`${what} large`]!];
  say(
    `redis: ${what}: ${small.toFixed(2)} ms with ${SMALL} members, ${large.toFixed(2)} ms with ${LARGE}: ${(large / small).toFixed(2)} times`,
  );
}
say(`redis: ${await compete(redis)}`);
await redis.close();
await client.close();
await server.stop();

const folder = await mkdtemp(join(tmpdir(), 'koan-bench-'));
const sqlite = await openSqliteStore(folder, options);
const database = new DatabaseSync(join(folder, 'koan.sqlite'));
const loadSqlite: Load = async (set, members) => {
  const insert = database.prepare('INSERT OR REPLACE INTO entries (name, member, score) VALUES (?, ?, ?)');
  database.exec('BEGIN');
  for (const [member, score] of members) insert.run(set, member, score);
  database.exec('COMMIT');
};
for (const size of [SMALL, 10_000, 30_000, 100_000].filter((size) => size <= LARGE)) {
  const guildId = `g${size}`;
  await fill(sqlite, loadSqlite, guildId, size);
  const found = await sideBySide(30, looks(sqlite, guildId, size));
  const shown = Object.entries(found).map(([what, time]) => `${what} ${time.toFixed(1)} ms`);
  say(`sqlite: ${size} members: ${shown.join(', ')}`);
}
say(`sqlite: ${await compete(sqlite)}`);
database.close();
await sqlite.close();
await rm(folder, { recursive: true, force: true });
