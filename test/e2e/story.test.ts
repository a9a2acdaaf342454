import { describe, expect, test } from 'vitest';
import { answered, customIds, drivers, openStage, textOf, until } from './stage.ts';

describe.each(drivers)('a group with the bot on %s', (driver) => {
  test('sets a daily up, grades itself, loses the bot for a moment, and sees streaks and places', async () => {
    const stage = await openStage({ driver, checkAnswers: true });
    try {
      await stage.start();
      const { moderator, channel, playground } = stage;
      const [alice, bob, ming] = ['alice', 'bob', '小明'].map((name) => stage.person(name)) as [
        ReturnType<typeof stage.person>,
        ReturnType<typeof stage.person>,
        ReturnType<typeof stage.person>,
      ];
      const added = await moderator.slash(channel.id, 'daily add', {
        channel: channel.id,
        time: '9:00',
        timezone: 'UTC',
        language: 'both',
      });
      expect(textOf(added.message)).toContain(`Daily question set up in <#${channel.id}>.`);
      expect(textOf(added.message)).toContain(`<t:${Date.parse('2026-03-02T09:00:00Z') / 1000}:F>`);
      expect(added.ephemeral).toBe(true);

      await stage.setTime('2026-03-02T09:00:00Z');
      const first = await stage.post(1);
      expect(textOf(first)).toContain('Day 1');
      expect(textOf(first)).toContain('第 1 天');
      expect([...first.reactions.keys()]).toEqual(['❌', '🤔', '✅', '⚡']);

      alice.react(channel.id, first.id, '✅');
      bob.react(channel.id, first.id, '⚡');
      ming.react(channel.id, first.id, '❌');
      await until('alice has her points', async () =>
        (await answered(alice.slash(channel.id, 'progress'))).includes('10'),
      );
      await stage.kill();
      bob.unreact(channel.id, first.id, '⚡');
      bob.react(channel.id, first.id, '🤔');
      await stage.start();

      await stage.setTime('2026-03-03T09:00:00Z');
      const second = await stage.post(2);
      alice.react(channel.id, second.id, '⚡');
      await stage.setTime('2026-03-03T09:00:31Z');
      await until('the first card is closed', () => textOf(first).includes('Closed'));
      expect(textOf(first)).toContain(
        '❌ missed it: **1** · 🤔 partly: **1** · ✅ knew it: **1** · ⚡ at once: **0**',
      );
      expect(textOf(first)).toMatch(/\|\|.+\|\||explanation is behind/);
      expect(customIds(first).map((id) => id.split(':')[0])).toEqual(['show']);

      await until('alice has two days', async () =>
        (await answered(alice.slash(channel.id, 'progress'))).includes('Streak: **2 days**'),
      );
      const board = await answered(bob.slash(channel.id, 'leaderboard'));
      expect(board).toContain('🥇 alice · 20 points');
      expect(board).toContain('🥈 bob · 10 points');
      expect(board).toContain('🥈 小明 · 10 points');
      expect(board).toContain('You: **#2** with 10 points');
      expect(stage.posts()).toHaveLength(2);
      expect(playground.violations).toEqual([]);
    } finally {
      await stage.close();
    }
  });
});
