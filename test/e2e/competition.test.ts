import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

const buttonOf = (message: Message, action: string) =>
  customIds(message).find((id) => id.startsWith(`${action}:`))!;

describe('a competition from its making to its result', () => {
  let stage: Stage;
  const news = () => stage.posts(stage.channels[1]!);
  const latest = async (count: number) => {
    await until(`news ${count}`, () => news().length >= count);
    return news().at(-1)!;
  };
  const at = (time: string) => stage.setTime(time);
  const standings = async (name: string) =>
    answered(stage.person(name).slash(stage.channel.id, 'competition standings'));

  beforeAll(async () => {
    stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true, channels: 2 });
    stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
    await stage.start();
    await stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: stage.channel.id,
      time: '09:00',
      timezone: 'UTC',
    });
  });
  afterAll(async () => {
    expect(stage.playground.violations).toEqual([]);
    await stage.close();
  });

  test('is announced when it is made, and people join by its button or by command', async () => {
    const made = await answered(
      stage.moderator.slash(stage.channel.id, 'competition create', {
        name: 'Spring *sprint*',
        start: '2026-03-03',
        end: '4 days',
        channel: stage.channels[1]!.id,
        prize: 'a book @everyone',
        late_join: false,
      }),
    );
    expect(made).toContain('2026-03-03 – 2026-03-06');
    const open = await latest(1);
    expect(textOf(open)).toContain('A competition is coming up · Spring \\*sprint\\*');
    expect(textOf(open)).toContain('a book \\@everyone');
    const joined = stage.person('alice').press(open, buttonOf(open, 'enter'));
    expect(await answered(joined)).toContain('You have joined');
    expect(await answered(stage.person('bob').slash(stage.channel.id, 'competition join'))).toContain(
      'joined',
    );
    expect(await answered(stage.person('bob').press(open, buttonOf(open, 'enter')))).toContain('already');
    expect(await standings('小明')).toContain('已有 **2** 人加入');
  });

  test('begins at midnight of its first date, and lets nobody in any more where it says so', async () => {
    await at('2026-03-03T00:00:00Z');
    const start = await latest(2);
    expect(textOf(start)).toContain('The competition has begun');
    expect(buttonOf(start, 'enter')).toBeUndefined();
    expect(await answered(stage.person('小明').slash(stage.channel.id, 'competition join'))).toContain(
      '不能加入',
    );
  });

  test('ranks by what is earned within its dates, and takes back what is undone', async () => {
    await at('2026-03-03T09:00:00Z');
    const post = await stage.post(1);
    stage.person('alice').react(post.channelId, post.id, '✅');
    stage.person('bob').react(post.channelId, post.id, '✅');
    stage.person('小明').react(post.channelId, post.id, '✅');
    await until('both have points', async () =>
      /🥇 alice · 10[\s\S]*🥇 bob · 10|🥇 bob · 10[\s\S]*🥇 alice · 10/.test(await standings('alice')),
    );
    stage.person('bob').unreact(post.channelId, post.id, '✅');
    await until('bob has none', async () => /🥈 bob · 0 points/.test(await standings('bob')));
    expect(await standings('bob')).toContain('You: **#2** with 0 points');
    expect(await standings('alice')).not.toContain('小明');
  });

  test('tells half-time and the last day', async () => {
    await at('2026-03-05T00:00:01Z');
    expect(textOf(await latest(3))).toMatch(/Half-time[\s\S]*🥇 alice · 10 points/);
    await at('2026-03-06T00:00:01Z');
    expect(textOf(await latest(4))).toContain('The last day');
    await at('2026-03-06T09:00:00Z');
    const post = await stage.post(2);
    stage.person('bob').react(post.channelId, post.id, '✅');
    stage.person('alice').react(post.channelId, post.id, '❌');
    await until('points', async () => /alice · 20/.test(await standings('alice')));
  });

  test('tells its result once the last question dated within it has closed, and not before', async () => {
    await at('2026-03-07T00:05:00Z');
    await stage.playground.idle(2_500);
    expect(news()).toHaveLength(4);
    expect(await standings('alice')).toContain('The result comes once');
    const post = stage.posts()[1]!;
    stage.person('bob').react(post.channelId, post.id, '⚡');
    await at('2026-03-07T09:01:30Z');
    const result = await latest(5);
    expect(textOf(result)).toContain('🏆 **alice** wins!');
    expect(textOf(result)).toMatch(/🥇 alice · 20 points\n🥈 bob · 10 points/);
    expect(await standings('bob')).toMatch(/Over[\s\S]*🥇 alice · 20 points/);
    expect(
      await answered(stage.moderator.slash(stage.channel.id, 'competition edit', { name: 'x' })),
    ).toContain('There is no competition here');
    expect(news()).toHaveLength(5);
  });
});
