import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Channel, Message } from '../../playground/start.ts';
import { addDays } from '../../src/calendar/dates.ts';
import { heldBit } from '../../src/progress/grade.ts';
import { changePart } from '../../src/progress/member.ts';
import { createProgressService } from '../../src/progress/service.ts';
import { setName } from '../../src/store/keys.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** What a moderator and members can do about a competition, each test with one of its own. The driver makes no difference here. */
let stage: Stage;
let today = '2026-04-01';
const MANAGE_ROLES = 1n << 28n;

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true, channels: 2 });
  await stage.start();
});
beforeEach(async () => {
  today = addDays(today, 4);
  await stage.setTime(`${today}T12:00:00Z`);
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

type Options = Record<string, string | number | boolean>;
const run = (subcommand: string, options: Options = {}, name?: string) =>
  (name ? stage.person(name) : stage.moderator).slash(stage.channel.id, `competition ${subcommand}`, options);
const create = (options: Options = {}) =>
  answered(
    run('create', { name: 'Cup', start: 'today', end: '2 days', channel: stage.channels[1]!.id, ...options }),
  );
const news = (channel: Channel = stage.channels[1]!) => stage.posts(channel);
const standings = (name: string) => answered(run('standings', {}, name));
const buttonOf = (message: Message, action: string) =>
  customIds(message).find((id) => id.startsWith(`${action}:`))!;

/** Presses the dangerous button of a confirmation. */
async function confirmed(subcommand: 'end' | 'cancel') {
  const asked = await run(subcommand);
  await (await stage.moderator.press(asked.message!, buttonOf(asked.message!, 'finish'))).settled();
  return textOf(asked.message);
}

async function over(wanted = 'The result') {
  await until(wanted, () => textOf(news().at(-1)).includes(wanted), PATIENCE);
  const store = await stage.store();
  await until(
    'all done',
    async () => {
      const jobs = await store.orderedSet(setName.jobs).range(0, Number.MAX_SAFE_INTEGER);
      return !jobs.some(({ member }) => member.startsWith('compete:'));
    },
    PATIENCE,
  );
}

async function earn(name: string, posts: number, right?: boolean) {
  const progress = createProgressService(await stage.store(), stage.now);
  for (let index = 0; index < posts; index++) {
    await progress.update(stage.guild.id, stage.person(name).id, (member) =>
      changePart(member, `${today}-${index}`, { date: today, topic: 'attention', level: 2 }, (part) => ({
        ...part,
        held: heldBit(3, false),
        ...(right === undefined ? {} : { answer: { right } }),
      })),
    );
  }
}

/** Milliseconds: on a busy machine a job can fail once, and is tried again after 20 s. */
const PATIENCE = 50_000;

describe('making one', () => {
  test('is for those who manage the server, whatever the button says', async () => {
    for (const subcommand of ['edit', 'end', 'cancel']) {
      expect(await answered(run(subcommand, {}, 'alice'))).toContain('Manage Server');
    }
    expect(await answered(run('create', { name: 'x', start: 'today', end: '3' }, 'alice'))).toContain(
      'Manage Server',
    );
    expect(await answered(run('list', {}, 'alice'))).toContain('There is no competition here');
  });

  test.each([
    [{ start: 'soon' }, '“soon” is not a date'],
    [{ start: '2026-03-31' }, 'at the earliest'],
    [{ end: '2026-03-01' }, 'before it begins'],
    [{ end: '400 days' }, '366 days at most'],
    [{ teams: 'Nobodies, Nowhere' }, 'I know no role “Nobodies”'],
    [{ teams: '<@&1>, <@&2>' }, 'I know no role “1”'],
  ])('refuses %o and says what would do', async (options, sentence) => {
    expect(await create(options)).toContain(sentence);
    expect(await answered(run('list'))).toContain('There is no competition here');
  });

  test('suggests dates', async () => {
    const suggest = (option: string, typed: Options) =>
      stage.moderator.autocomplete(stage.channel.id, 'competition create', typed, option);
    expect((await suggest('start', { start: '' })).map(({ value }) => value)).toContain(today);
    expect((await suggest('end', { start: '2026-05-04', end: '' })).map(({ value }) => value)).toEqual([
      '2026-05-10',
      '2026-05-17',
      '2026-05-31',
      '2026-06-30',
    ]);
    expect((await suggest('start', { start: '2026/5/4' })).map(({ value }) => value)).toEqual(['2026-05-04']);
  });

  test('gives nobody a role that the moderator could not give', async () => {
    const { guild, playground } = stage;
    const admin = playground.addRole(guild.id, { name: 'admin', permissions: 8n });
    expect(await create({ winners_role: admin.id })).toContain('that you could give yourself');
    const boss = playground.addRole(guild.id, { name: 'boss', permissions: MANAGE_ROLES });
    guild.members.get(stage.moderator.id)!.roles.push(boss.id);
    const higher = playground.addRole(guild.id, { name: 'higher' });
    expect(await create({ winners_role: higher.id })).toContain('that you could give yourself');
    const made = await create({ winners_role: admin.id });
    expect(made).toContain('I need the permission **Manage Roles**');
    expect(await confirmed('cancel')).toContain('is cancelled');
    await over('was cancelled');
  });
});

describe('one under way', () => {
  test('of teams ranks them by the mean of their best, with those who joined', async () => {
    const { guild, playground } = stage;
    const [red, blue] = ['Red', 'Blue'].map((name) => playground.addRole(guild.id, { name })) as [
      never,
      never,
    ];
    const [redId, blueId] = [red, blue].map(({ id }: { id: string }) => id) as [string, string];
    const roles = (name: string, ...ids: string[]) => {
      guild.members.get(stage.person(name).id)!.roles = ids;
    };
    expect(await create({ teams: `<@&${redId}> blue`, best: 2 })).toContain(`<@&${redId}> and <@&${blueId}>`);
    roles('alice', redId);
    roles('bob', redId, blueId);
    expect(await answered(run('join', {}, '小明'))).toContain('you have none of these roles');
    expect(await answered(run('join', {}, 'alice'))).toContain(`for <@&${redId}>`);
    const choice = await run('join', {}, 'bob');
    expect(await answered(choice)).toContain('For which one?');
    const menu = customIds(choice.message!)[0]!;
    await (await stage.person('bob').select(choice.message!, menu, [blueId])).settled();
    expect(textOf(choice.message)).toContain(`for <@&${blueId}>`);
    await earn('alice', 3);
    await earn('bob', 2);
    const text = await standings('bob');
    expect(text).toMatch(new RegExp(`🥇 <@&${redId}> · 15 points · 1 joined\n🥈 <@&${blueId}> · 10 points`));
    expect(text).toContain(`You: 20 points for <@&${blueId}>, **#2** of all`);
    expect(await answered(run('leave', {}, 'alice'))).toContain('You have left');
    expect(await standings('bob')).toMatch(
      new RegExp(`🥇 <@&${blueId}> · 10 points · 1 joined\n🥈 <@&${redId}> · 0 points`),
    );
    await confirmed('end');
    await stage.pass(181_000);
    await over();
    expect(textOf(news().at(-1))).toContain(`**<@&${blueId}>** win!`);
  });

  test('that counts only marked answers can’t be won by reacting', async () => {
    await create({ self_grades: false });
    await run('join', {}, 'alice');
    await run('join', {}, 'bob');
    await earn('alice', 9);
    await earn('bob', 1, true);
    expect(await standings('alice')).toMatch(/🥇 bob · 10 points\n🥈 alice · 0 points/);
    expect(await answered(run('edit', { self_grades: true }))).toContain('Changed.');
    await until('everyone is in step', async () =>
      /🥇 alice · 90 points\n🥈 bob · 20 points/.test(await standings('alice')),
    );
    await confirmed('cancel');
    await over('was cancelled');
  });

  test('shows nobody who is hidden, or who has left', async () => {
    await create();
    await stage.person('alice').slash(stage.channel.id, 'settings me', { hidden: true });
    expect(await answered(run('join', {}, 'alice'))).toContain('You are hidden from leaderboards');
    await stage.person('alice').slash(stage.channel.id, 'settings me', { hidden: false });
    await run('join', {}, 'alice');
    await run('join', {}, 'bob');
    const leaver = stage.join('leaver');
    await leaver.slash(stage.channel.id, 'competition join');
    await stage.person('alice').slash(stage.channel.id, 'settings me', { hidden: true });
    stage.playground.removeMember(stage.guild.id, leaver.id);
    await stage.pass(301_000);
    const text = await standings('bob');
    expect(text).toContain('**1** has joined');
    expect(text).not.toMatch(/alice|leaver/);
    await stage.person('alice').slash(stage.channel.id, 'settings me', { hidden: false });
    expect(await standings('bob')).toContain('alice');
    await confirmed('cancel');
    await over('was cancelled');
  });

  test('moves with the server’s clock', async () => {
    const before = news().length;
    await create({ start: 'tomorrow' });
    await until('the sign-up', () => news().length === before + 1);
    await stage.moderator.slash(stage.channel.id, 'settings server', { timezone: 'Asia/Tokyo' });
    await stage.setTime(`${today}T15:00:00Z`);
    await until('the start', () => textOf(news().at(-1)).includes('has begun'));
    await stage.moderator.slash(stage.channel.id, 'settings server', { timezone: 'UTC' });
    await confirmed('cancel');
    await over('was cancelled');
    expect(news()).toHaveLength(before + 3);
  });

  test('that is moved ends when it is said to by then, and tells nothing twice', async () => {
    const before = news().length;
    await create({ end: '6 days' });
    await until('the start', () => news().length === before + 1);
    expect(await answered(run('edit', { start: 'tomorrow' }))).toContain('It has begun');
    expect(await answered(run('edit', { end: '2 days', name: 'Short cup' }))).toContain('Changed.');
    await stage.setTime(`${addDays(today, 1)}T00:00:01Z`);
    await until('the last day', () => textOf(news().at(-1)).includes('The last day'));
    expect(await answered(run('edit', { end: '3 days' }))).toContain('Changed.');
    await stage.pass(3 * 24 * 3_600_000);
    await over();
    const texts = news()
      .slice(before)
      .map((message) => /### (.*)/.exec(textOf(message))?.[1]);
    expect(texts).toEqual([
      '🏁 The competition has begun · Cup',
      '⏰ The last day · Short cup',
      '🏆 The result · Short cup',
    ]);
  });

  test('whose channel is closed says so to moderators, and tells its result where it is sent then', async () => {
    const shut = stage.playground.addChannel(stage.guild.id, { name: 'shut' });
    stage.playground.setPermissions(shut.id, { bot: { deny: 1n << 11n } });
    expect(await create({ channel: shut.id, end: 'today' })).toContain('I lack: **Send Messages**');
    await stage.setTime(`${addDays(today, 1)}T00:04:00Z`);
    await until('it has tried', async () => (await answered(run('list'))).includes('I lack'));
    await until('it is decided', async () =>
      (await answered(run('cancel'))).includes('It has ended already'),
    );
    const before = news().length;
    expect(await answered(run('edit', { end: '9 days' }))).toMatch(/It has ended|before it begins|earliest/);
    expect(await answered(run('edit', { channel: stage.channels[1]!.id }))).toContain('Changed.');
    await over();
    expect(news()).toHaveLength(before + 1);
    expect(news(shut)).toHaveLength(0);
  });
});

describe('a bot that is killed while it tells the start', () => {
  /** Makes a competition, and kills the bot as its first news arrive at Discord, or once they are there. */
  async function makeAndKill(phase: 'received' | 'committed') {
    const before = news().length;
    let isDead = false;
    const stop = stage.playground.onRequest(async ({ method, path }, at) => {
      if (method !== 'POST' || at !== phase || !path.endsWith(`/channels/${stage.channels[1]!.id}/messages`))
        return;
      stop();
      await stage.bot.kill();
      isDead = true;
    });
    await create().catch(() => '');
    await until('the kill', () => isDead);
    await stage.restart();
    return () =>
      news()
        .slice(before)
        .map((message) => /### (.*)/.exec(textOf(message))?.[1]);
  }

  test('still tells that it is cancelled, once, and the start not again', async () => {
    const told = await makeAndKill('committed');
    await confirmed('cancel');
    await over('was cancelled');
    await stage.pass(130_000);
    await stage.playground.idle(2_500);
    expect(told()).toEqual(['🏁 The competition has begun · Cup', 'The competition was cancelled · Cup']);
  });

  test('tells it under the name that it had, and goes on under the new one', async () => {
    const told = await makeAndKill('received');
    expect(await answered(run('edit', { name: 'League', end: 'today' }))).toContain('Changed.');
    await until('the start', () => told().length === 1);
    await confirmed('end');
    await stage.pass(181_000);
    await over();
    expect(told()).toEqual(['🏁 The competition has begun · Cup', '🏆 The result · League']);
  });
});

describe('winners', () => {
  test('have their role until the next one is decided, and nobody needs the bot to be able to', async () => {
    const { guild, playground } = stage;
    const crown = playground.addRole(guild.id, { name: 'crown' });
    const boss = playground.addRole(guild.id, { name: 'boss of crowns', permissions: MANAGE_ROLES });
    guild.members.get(stage.moderator.id)!.roles.push(boss.id);
    const has = (name: string) => guild.members.get(stage.person(name).id)!.roles.includes(crown.id);
    const play = async (winner: string, options: Options) => {
      await create({ end: 'today', ...options });
      await run('join', {}, winner);
      await earn(winner, 1);
      await confirmed('end');
      await stage.pass(181_000);
      await over();
    };
    await play('alice', { winners_role: crown.id });
    expect(has('alice')).toBe(false);
    expect(await answered(run('list'))).toContain('I could not give');
    const hand = playground.addRole(guild.id, { name: 'hand', permissions: MANAGE_ROLES });
    guild.members.get(playground.botId)!.roles.push(hand.id);
    await play('bob', { winners_role: crown.id });
    expect([has('alice'), has('bob')]).toEqual([false, true]);
    await play('alice', {});
    expect([has('alice'), has('bob')]).toEqual([false, false]);
  });
});
