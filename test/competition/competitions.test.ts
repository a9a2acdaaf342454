import { join } from 'node:path';
import { afterAll, afterEach, beforeEach, expect, test } from 'vitest';
import { competitions as definition, ruleOf } from '../../src/competition/competition.ts';
import { type CompetitionsService, createCompetitionsService } from '../../src/competition/competitions.ts';
import { createInStep } from '../../src/competition/in-step.ts';
import { createStandingsReader, type StandingsReader } from '../../src/competition/standings.ts';
import { heldBit } from '../../src/progress/grade.ts';
import { changePart } from '../../src/progress/member.ts';
import { createProgressService, type ProgressService } from '../../src/progress/service.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const now = () => Date.parse('2026-03-02T12:00:00Z');
const choices = {
  channelId: 'h',
  name: 'Cup',
  first: '2026-03-02',
  last: '2026-03-08',
  scope: 'points',
  selfGrades: true,
  teams: [],
  best: 3,
  lateJoin: true,
} as const;

const folder = temporaryFolder();
let store: Store;
let opened = 0;
let progress: ProgressService;
let competitions: CompetitionsService;
let standings: StandingsReader;

beforeEach(async () => {
  store = await openSqliteStore(join(folder.path, `${++opened}`), { deadline: 5_000, onSetAside: () => {} });
  progress = createProgressService(store, now);
  competitions = createCompetitionsService(store, progress, now);
  standings = createStandingsReader(
    store,
    progress,
    createInStep(progress, async () => new Map()),
  );
});
afterEach(() => store.close());
afterAll(folder.remove);

const make = (id: string) => competitions.add('g', id, { ...choices, teams: [] });
const enter = (id: string, userId: string) =>
  make(id).then((competition) => competitions.join(competition, { userId, name: userId, roleIds: [] }));
const grade = (userId: string, date: string) =>
  progress.update('g', userId, (member) =>
    changePart(member, `post-${date}`, { date, topic: 't', level: 1 }, (part) => ({
      ...part,
      held: heldBit(3, false),
    })),
  );
const score = (id: string, userId: string) => store.orderedSet(setName.competition('g', id)).score(userId);

test('made or joined twice is made and joined once', async () => {
  await enter('a', 'ann');
  expect(await enter('a', 'ann')).toEqual({ kind: 'already', team: undefined });
  expect(await competitions.list('g')).toHaveLength(1);
  expect((await standings.read(await make('a'))).entrants).toBe(1);
});

test('another server has no part in it', async () => {
  await make('a');
  expect(await competitions.find('other', 'a')).toBeUndefined();
  expect(await competitions.cancel('other', 'a')).toBeUndefined();
  expect(await competitions.list('other')).toEqual([]);
});

test('each counts by its own rule', async () => {
  await enter('a', 'ann');
  await competitions.add('g', 'b', { ...choices, teams: [], last: '2026-03-02' });
  await enter('b', 'ann');
  await grade('ann', '2026-03-02');
  await grade('ann', '2026-03-03');
  expect([await score('a', 'ann'), await score('b', 'ann')]).toEqual([20, 10]);
});

test('a rule that changes reaches everyone, also who does nothing more', async () => {
  await enter('a', 'ann');
  await grade('ann', '2026-03-03');
  const edited = (await competitions.edit('g', 'a', { last: '2026-03-02' }))!;
  expect(edited.rescore).toBe(now());
  await standings.rescore(edited, ruleOf(edited));
  expect(await score('a', 'ann')).toBe(0);
});

test('the result follows from the documents, whatever a set shows', async () => {
  await enter('a', 'ann');
  await enter('a', 'ben');
  await grade('ann', '2026-03-02');
  await store.orderedSet(setName.competition('g', 'a')).put('ben', 99);
  const competition = await make('a');
  expect(await standings.decide(competition, ruleOf(competition))).toEqual({
    entrants: 2,
    rows: [
      { id: 'ann', rank: 1, score: 10 },
      { id: 'ben', rank: 2, score: 0 },
    ],
    winners: ['ann'],
  });
});

test('who leaves is out, and their points stay', async () => {
  await enter('a', 'ann');
  await grade('ann', '2026-03-02');
  const competition = await make('a');
  expect(await competitions.leave(competition, 'ann')).toBe(true);
  expect(await competitions.leave(competition, 'ann')).toBe(false);
  expect(await score('a', 'ann')).toBeUndefined();
  expect(await store.orderedSet(setName.board('g', 'all')).score('ann')).toBe(10);
});

test('who wants to be forgotten is, in results too', async () => {
  await enter('a', 'ann');
  await grade('ann', '2026-03-02');
  const competition = await make('a');
  const result = { at: now(), ...(await standings.decide(competition, ruleOf(competition))) };
  const crowned = { roleId: 'crown', userIds: ['ann'], given: 1 };
  await store.collection(definition).update(documentKey.competition('a'), () => ({
    document: { ...competition, state: 'decided', result, crowned },
    result: undefined,
  }));
  await competitions.forget('g', 'ann');
  const kept = (await competitions.find('g', 'a'))!;
  expect(JSON.stringify(kept)).not.toContain('"ann"');
  expect((await standings.read(kept)).rows).toMatchObject([
    { id: null, name: undefined, rank: 1, score: 10 },
  ]);
});
