import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { quizBank } from './quiz-player.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** What counts as a grade, and what withdraws one. The driver makes no difference here: see kills and faults. */
describe('a grade', () => {
  let stage: Stage;
  let post: Message;

  beforeEach(async () => {
    stage = await openStage({ driver: 'sqlite', rateLimits: false });
    await stage.start();
    await stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: stage.channel.id,
      time: '09:00',
      timezone: 'UTC',
    });
    await stage.setTime('2026-03-02T09:00:00Z');
    post = await stage.post(1);
    await stage.playground.idle(300);
  });
  afterEach(() => stage.close());

  const points = async (name: string) =>
    (await answered(stage.person(name).slash(stage.channel.id, 'leaderboard'))).match(
      /You: .* with (\d+)/,
    )?.[1];

  const react = (name: string, emoji: string, options?: { burst?: boolean }) =>
    stage.person(name).react(stage.channel.id, post.id, emoji, options);
  const unreact = (name: string, emoji: string, options?: { burst?: boolean }) =>
    stage.person(name).unreact(stage.channel.id, post.id, emoji, options);

  async function graded(name: string) {
    react(name, '✅');
    await until(`${name} has points`, async () => (await points(name)) === '10');
  }

  /** The card's line of grades, once the post has closed. */
  async function results() {
    await stage.setTime('2026-03-03T09:00:31Z');
    await until('closed', () => textOf(post).includes('Closed'));
    return /❌.*⚡.*\*\*/.exec(textOf(post))?.[0];
  }

  test('is the lowest of several', async () => {
    react('alice', '⚡');
    react('alice', '🤔');
    react('alice', '✅');
    await until('alice has points', async () => (await points('alice')) === '10');
    expect(await results()).toBe(
      '❌ missed it: **0** · 🤔 partly: **1** · ✅ knew it: **0** · ⚡ at once: **0**',
    );
  });

  test('holds while a normal or a super reaction exists', async () => {
    react('alice', '✅', { burst: true });
    await graded('alice');
    unreact('alice', '✅');
    await sleep(300);
    expect(await points('alice')).toBe('10');
    unreact('alice', '✅', { burst: true });
    await until('withdrawn', async () => (await points('alice')) === undefined);
  });

  test('that is a super reaction is read again after a restart', async () => {
    await stage.kill();
    react('alice', '🤔', { burst: true });
    await stage.start();
    await until('alice has points', async () => (await points('alice')) === '10');
  });

  test('is withdrawn when its owner took it away while the bot was off', async () => {
    await graded('alice');
    await stage.kill();
    unreact('alice', '✅');
    await stage.start();
    await until('withdrawn', async () => (await points('alice')) === undefined);
  });

  test('is not given by bots, other emoji, or reactions elsewhere', async () => {
    const robot = stage.playground.addUser({ name: 'robot', bot: true });
    stage.playground.addMember(stage.guild.id, robot.id);
    stage.playground.as(robot.id).react(stage.channel.id, post.id, '✅');
    react('alice', '👍');
    const chat = stage.person('bob').post(stage.channel.id, 'hello');
    stage.person('alice').react(stage.channel.id, chat.id, '✅');
    await graded('bob');
    expect(await points('alice')).toBeUndefined();
    expect(await results()).toContain('✅ knew it: **1**');
  });

  test('stays when a moderator clears the reactions, and new ones are added', async () => {
    await graded('alice');
    stage.playground.moderate.clearReactions(stage.channel.id, post.id);
    react('bob', '✅');
    await until('bob has points', async () => (await points('bob')) === '10');
    expect(await points('alice')).toBe('10');
    expect(await results()).toContain('✅ knew it: **2**');
  });

  test('stays when the reactions were cleared while the bot was off', async () => {
    await graded('alice');
    await stage.kill();
    stage.playground.moderate.clearReactions(stage.channel.id, post.id);
    react('bob', '✅');
    await stage.start();
    await until('bob has points', async () => (await points('bob')) === '10');
    expect(await points('alice')).toBe('10');
  });

  test('stays when a moderator clears its emoji', async () => {
    await graded('alice');
    stage.playground.moderate.clearEmoji(stage.channel.id, post.id, '✅');
    await graded('bob');
    expect(await results()).toContain('✅ knew it: **2**');
  });

  test('stays when the post is deleted, and the day still closes', async () => {
    await graded('alice');
    stage.playground.moderate.deleteMessage(stage.channel.id, post.id);
    await stage.setTime('2026-03-03T09:00:31Z');
    await until('the second post', () => stage.posts().length === 1);
    await stage.playground.idle(500);
    expect(await points('alice')).toBe('10');
    const progress = await answered(stage.person('alice').slash(stage.channel.id, 'progress'));
    expect(progress).toContain('Streak: **1 day**');
  });

  test('comes too late once the post has closed', async () => {
    await graded('alice');
    await results();
    react('bob', '✅');
    unreact('alice', '✅');
    await sleep(400);
    expect(await points('alice')).toBe('10');
    expect(await points('bob')).toBeUndefined();
  });

  test('that is quicker than the bot is counted', async () => {
    stage.playground.faults.order(
      { method: 'POST', path: /^\/channels\/\d+\/messages$/ },
      { kind: 'after-commit', status: 500 },
    );
    await stage.setTime('2026-03-03T09:00:00Z');
    await until('the second post', () => stage.posts().length === 2);
    stage.person('alice').react(stage.channel.id, stage.posts()[1]!.id, '✅');
    await until('alice has points', async () => (await points('alice')) === '10');
  });
});

test('an answer that is quicker than the bot, which does not know yet that its post is there, counts', async () => {
  const stage = await openStage({ driver: 'sqlite', rateLimits: false });
  const alice = stage.person('alice');
  try {
    await stage.start({ QUESTIONS_DIR: quizBank });
    await stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: stage.channel.id,
      time: '09:00',
      timezone: 'UTC',
      topic: 'peft-lora',
    });
    let told: string | undefined;
    stage.playground.onRequest(async ({ method, path }, phase) => {
      if (phase !== 'committed' || method !== 'POST' || !path.endsWith('/messages')) return;
      const [post] = stage.posts();
      const write = customIds(post!).find((id) => id.startsWith('write:'))!;
      const { modal } = await alice.press(post!, write);
      told = await answered(alice.submitModal(modal!, { answer: '12345' }));
    });
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('the answer to the answer', () => told !== undefined);
    expect(told).toContain('+10');
    expect(told).not.toContain('closed');
    await stage.post(1);
    expect(await answered(alice.slash(stage.channel.id, 'leaderboard'))).toContain('with 10');
  } finally {
    await stage.close();
  }
});

test('a grade on a post that a killed bot had sent, and the next one does not know of yet, counts soon', async () => {
  const stage = await openStage({ driver: 'sqlite', rateLimits: false });
  const alice = stage.person('alice');
  try {
    await stage.start();
    await stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: stage.channel.id,
      time: '09:00',
      timezone: 'UTC',
    });
    let isKilled = false;
    stage.playground.onRequest(async ({ method, path }, phase) => {
      if (isKilled || phase !== 'committed' || method !== 'POST' || !path.endsWith('/messages')) return;
      await stage.bot.kill();
      isKilled = true;
    });
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('the kill', () => isKilled);
    alice.react(stage.channel.id, stage.posts()[0]!.id, '✅');
    stage.pass(125_000);
    await stage.start();
    await until('alice has points', async () =>
      (await answered(alice.slash(stage.channel.id, 'leaderboard'))).includes('with 10'),
    );
    expect(stage.posts()).toHaveLength(1);
  } finally {
    await stage.close();
  }
});
