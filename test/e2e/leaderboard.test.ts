import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { addDays } from '../../src/calendar/dates.ts';
import { heldBit } from '../../src/progress/grade.ts';
import { changePart } from '../../src/progress/member.ts';
import { createProgressService, type ProgressService } from '../../src/progress/service.ts';
import { answered, customIds, openStage, type Stage, textOf } from './stage.ts';

/** Leaderboards as people look at them. The driver makes no difference here: see the store's contract. */
let stage: Stage;
let progress: ProgressService;
const today = '2026-03-04';

beforeAll(async () => {
  stage = await openStage({
    driver: 'sqlite',
    rateLimits: false,
    checkAnswers: true,
    at: `${today}T08:00:00Z`,
  });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
});
beforeEach(async () => {
  await stage.setTime(`${today}T08:00:00Z`);
  progress = createProgressService(await stage.store(), stage.now);
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

const look = (name: string, options: Record<string, string | number | boolean> = {}) =>
  stage.person(name).slash(stage.channel.id, 'leaderboard', options);
const read = async (name: string, options?: Record<string, string | number | boolean>) =>
  answered(look(name, { text: true, ...options }));

/** Lets a member grade themselves on dates, and answer right or wrong. */
async function study(userId: string, dates: readonly string[], right?: boolean) {
  for (const date of dates) {
    await progress.update(stage.guild.id, userId, (member) =>
      changePart(member, `post-${date}-${right}`, { date, topic: 'attention', level: 2 }, (part) => ({
        ...part,
        held: heldBit(3, false),
        ...(right === undefined ? {} : { answer: { right } }),
      })),
    );
  }
}
const daysBefore = (count: number) =>
  Array.from({ length: count }, (_, index) => addDays(today, index - count));

test('week, month, season and all time each count their own dates', async () => {
  const { id } = stage.join('counter');
  await study(id, ['2025-12-31', '2026-01-15', '2026-02-28', '2026-03-01', '2026-03-02']);
  const points = async (period: string) =>
    /counter · (\d+) points/.exec(await read('alice', { period }))?.[1];
  expect(await Promise.all(['week', 'month', 'season', 'all'].map(points))).toEqual(['10', '20', '40', '50']);
  expect(await read('alice', { period: 'season' })).toContain('2026-01-01 – 2026-03-31');
  expect(await read('小明', { period: 'season' })).toContain('排行榜 · 本季度');
});

test('by accuracy, only who has answered often enough is ranked, and the others are told what they lack', async () => {
  const [often, better, seldom] = ['often', 'better', 'seldom'].map(stage.join) as [never, never, never];
  const ids = [often, better, seldom].map(({ id }: { id: string }) => id) as [string, string, string];
  const month = daysBefore(20);
  await study(ids[0], month.slice(0, 8), false);
  await study(ids[0], month.slice(8), true);
  await study(ids[1], month, true);
  await study(ids[2], month.slice(0, 3), true);
  const text = await read('seldom', { by: 'accuracy', period: 'season' });
  expect(text).toContain('Nobody has answered often enough');
  for (const id of ids.slice(0, 2)) await study(id, daysBefore(45).slice(0, 15), true);
  const season = await read('seldom', { by: 'accuracy', period: 'season' });
  expect(season).toMatch(/🥇 better · 100 % \(35 of 35\).*\n🥈 often · 77 % \(27 of 35\)/);
  expect(season).toContain('You have 3 of the 30 answers');
  expect(season).not.toContain('seldom ·');
});

test('streaks are those of this moment, also where no daily question ever ends one', async () => {
  const { id } = stage.join('runner');
  await study(id, [...daysBefore(5), today]);
  expect(await read('runner', { by: 'streak' })).toMatch(/runner · 6 days/);
  await stage.setTime('2026-03-06T08:00:00Z');
  progress = createProgressService(await stage.store(), stage.now);
  await study(stage.join('newcomer').id, ['2026-03-06']);
  const text = await read('newcomer', { by: 'streak' });
  expect(text).toMatch(/newcomer · 1 day/);
  expect(text).not.toContain('runner');
  expect(text).toContain('**🥉 newcomer · 1 day** ←');
  expect(text).toContain('You: **#3** with 1 day');
});

test('a role has a board of its own, with its own ranks, and keeps up with who has it', async () => {
  const role = stage.playground.addRole(stage.guild.id, { name: 'night shift' });
  for (let index = 0; index < 120; index++) {
    const user = stage.playground.addUser({ name: `crowd${index}` });
    stage.playground.addMember(stage.guild.id, user.id, { roles: index % 10 === 0 ? [role.id] : [] });
    await study(user.id, [today]);
  }
  const owl = stage.playground.addUser({ name: 'owl' });
  const member = stage.playground.addMember(stage.guild.id, owl.id, { roles: [role.id] });
  await study(owl.id, ['2026-03-02', '2026-03-03', today]);
  const board = await stage.playground.as(owl.id).slash(stage.channel.id, 'leaderboard', { role: role.id });
  const text = await answered(board);
  expect(text).toContain(`Only <@&${role.id}>`);
  expect(text).toMatch(/🥇 owl · 30 points/);
  expect([...text.matchAll(/crowd(\d+)/g)].every(([, index]) => Number(index) % 10 === 0)).toBe(true);
  expect([...text.matchAll(/🥈/g)]).toHaveLength(9);
  await (await stage.playground.as(owl.id).press(board.message!, customIds(board.message!)[1]!)).settled();
  expect([...textOf(board.message).matchAll(/🥈/g)]).toHaveLength(3);
  expect(await read('alice', { role: role.id })).toContain('You do not have this role.');
  member.roles = [];
  await stage.pass(301_000);
  expect(await read('alice', { role: role.id })).not.toContain('owl');
}, 60_000);

test('a board for the channel shows nobody’s own place, and gives everyone theirs in private', async () => {
  await study(stage.person('bob').id, ['2026-03-02', today]);
  const shared = await look('alice', { share: true, text: true });
  const text = await answered(shared);
  expect(shared.ephemeral).toBe(false);
  expect(text).not.toContain('You');
  const own = await (
    await stage.person('bob').press(shared.message!, customIds(shared.message!)[0]!)
  ).settled();
  expect(own.ephemeral).toBe(true);
  expect(textOf(own.message)).toMatch(/You: \*\*#\d+\*\* with 20 points/);
  expect(textOf(own.message)).toMatch(/\*\*.*bob · 20 points.*\*\* ←/);
  expect(textOf(shared.message)).toBe(text);
});

test('a name is shown letter by letter', async () => {
  const user = stage.playground.addUser({ name: 'trick' });
  stage.playground.addMember(stage.guild.id, user.id, { nick: '**@everyone** \u202Eevil [x](y)' });
  await study(user.id, ['2026-03-02', '2026-03-03', today]);
  const text = await read('alice');
  expect(text).toContain('\\*\\*\\@everyone\\*\\*  evil \\[x\\](y)');
});

test('who has left is off the board within minutes, without an event that tells of it', async () => {
  const { id } = stage.join('leaver');
  await study(id, ['2026-03-02', '2026-03-03', today]);
  expect(await read('alice')).toContain('leaver');
  stage.playground.removeMember(stage.guild.id, id);
  await stage.pass(301_000);
  expect(await read('alice')).not.toContain('leaver');
});

test('a forged button leads to a board that exists', async () => {
  const reply = await look('alice', { by: 'streak' });
  expect(await answered(reply)).toContain('Streaks');
  expect(await read('alice', { page: 1_000_000 })).toMatch(/Page (\d+) of \1/);
});
