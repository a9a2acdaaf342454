import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Permission } from '../../playground/permissions.ts';
import { quizBank } from './quiz-player.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

describe('a daily question', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage({ driver: 'sqlite', rateLimits: false, channels: 2 });
    await stage.start();
    for (const channel of stage.channels) await add(channel.id);
  });
  afterEach(() => stage.close());

  function add(channelId: string, options: Record<string, string> = {}) {
    return stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: channelId,
      time: '09:00',
      timezone: 'UTC',
      ...options,
    });
  }
  const list = () => answered(stage.moderator.slash(stage.channel.id, 'daily list'));
  const systemPosts = () => stage.posts(stage.playground.world.channels.get(stage.guild.systemChannelId!)!);

  test('whose channel is gone is suspended, told once, and delays no other', async () => {
    stage.playground.deleteChannel(stage.channels[1]!.id);
    await stage.setTime('2026-03-02T09:00:00Z');
    await stage.post(1);
    await until('the notice', () => systemPosts().length > 0);
    await stage.restart();
    await stage.pass(200_000);
    await stage.playground.idle(1_200);
    expect(systemPosts()).toHaveLength(1);
    expect(textOf(systemPosts()[0])).toContain('Suspended: its channel was deleted');
    expect(await list()).toContain('Suspended: its channel was deleted');
    const listed = await stage.moderator.press(systemPosts()[0]!, customIds(systemPosts()[0]!)[0]!);
    expect(textOf(listed.message)).toContain('Daily questions');
    const refused = await stage.person('alice').press(systemPosts()[0]!, customIds(systemPosts()[0]!)[0]!);
    expect(textOf(refused.message)).toContain('Manage Server');
  });

  test('that may not be posted is suspended with its reason, and goes on when it is resumed', async () => {
    const closed = stage.channels[1]!;
    stage.playground.setPermissions(closed.id, { bot: { deny: Permission.SendMessages } });
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('the notice', () => systemPosts().length > 0);
    expect(await list()).toContain('I may not post in its channel');
    expect(await list()).toContain('I still lack: **Send Messages**');
    expect(
      await answered(stage.moderator.slash(stage.channel.id, 'daily resume', await chosen(closed.id))),
    ).toContain('Resumed.');
    stage.playground.setPermissions(closed.id, { bot: { allow: Permission.SendMessages, deny: 0n } });
    await stage.setTime('2026-03-03T09:00:00Z');
    await stage.post(1, closed);
    expect(stage.posts(closed)).toHaveLength(1);
  });

  test('waits while it could not look for what it has sent', async () => {
    const blind = stage.channels[1]!;
    stage.playground.setPermissions(blind.id, { bot: { deny: Permission.ReadMessageHistory } });
    await stage.setTime('2026-03-02T09:00:00Z');
    await stage.post(1);
    expect(stage.posts(blind)).toHaveLength(0);
    expect(await list()).toContain('I still lack: **Read Message History**');
    stage.playground.setPermissions(blind.id, { bot: { allow: Permission.ReadMessageHistory, deny: 0n } });
    await stage.pass(61_000);
    await stage.post(1, blind);
  });

  test('is posted without reactions where the bot may not add them, and is graded all the same', async () => {
    const quiet = stage.channels[1]!;
    stage.playground.setPermissions(quiet.id, { bot: { deny: Permission.AddReactions } });
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('the post', () => stage.posts(quiet).length === 1);
    stage.person('alice').react(quiet.id, stage.posts(quiet)[0]!.id, '✅');
    await until('alice has points', async () =>
      (await answered(stage.person('alice').slash(quiet.id, 'leaderboard'))).includes('10 points'),
    );
    expect(await list()).toContain('Add Reactions');
  });

  test('mentions its role and nobody else, whatever a name says', async () => {
    const role = stage.playground.addRole(stage.guild.id, { name: '@everyone <@&1>', mentionable: true });
    await stage.moderator.slash(stage.channel.id, 'daily edit', {
      ...(await chosen(stage.channel.id)),
      role: role.id,
    });
    await stage.setTime('2026-03-02T09:00:00Z');
    const post = await stage.post(1);
    expect(post.mentions).toEqual({ users: [], roles: [role.id], everyone: false });
    await stage.moderator.slash(stage.channel.id, 'daily edit', {
      ...(await chosen(stage.channel.id)),
      role: stage.guild.id,
      mention_nobody: true,
    });
    await stage.setTime('2026-03-03T09:00:00Z');
    expect((await stage.post(2)).mentions).toEqual({ users: [], roles: [], everyone: false });
  });

  test('that was missed is posted late, once, however many were missed', async () => {
    await stage.kill();
    await stage.setTime('2026-03-06T15:00:00Z');
    await stage.start();
    await stage.post(1);
    await sleep(1_200);
    expect(stage.posts()).toHaveLength(1);
    expect(textOf(stage.posts()[0])).toContain('Day 1');
    await stage.setTime('2026-03-07T09:00:00Z');
    await stage.post(2);
  });

  test('that was missed by more than twelve hours waits for the next time', async () => {
    await stage.kill();
    await stage.setTime('2026-03-02T21:30:00Z');
    await stage.start();
    await sleep(1_500);
    expect(stage.posts()).toHaveLength(0);
    await stage.setTime('2026-03-03T09:00:00Z');
    await stage.post(1);
  });

  test('goes on when the clock is set back', async () => {
    await stage.setTime('2026-03-01T05:00:00Z');
    await sleep(300);
    await add(stage.channel.id, { time: '06:00' });
    await stage.setTime('2026-03-01T06:00:00Z');
    await stage.post(1);
  });

  test('can be posted at once without counting as the scheduled one', async () => {
    const reply = await answered(
      stage.moderator.slash(stage.channel.id, 'daily now', await chosen(stage.channel.id)),
    );
    expect(reply).toContain('On its way');
    const extra = await stage.post(1);
    expect(textOf(extra)).toContain('Extra question');
    await stage.setTime('2026-03-02T09:00:00Z');
    expect(textOf(await stage.post(2))).toContain('Day 1');
  });

  /** The option that names the schedule of a channel. */
  async function chosen(channelId: string): Promise<{ schedule: string }> {
    const name = stage.playground.world.channels.get(channelId)!.name;
    const choices = await stage.moderator.autocomplete(
      stage.channel.id,
      'daily edit',
      { schedule: '' },
      'schedule',
    );
    return { schedule: String(choices.find((choice) => choice.name.includes(`#${name} `))!.value) };
  }

  test('that the bank lacks by now still closes, with how the group did', async () => {
    await stage.setTime('2026-03-02T09:00:00Z');
    const post = await stage.post(1);
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    await stage.kill();
    await stage.start({ QUESTIONS_DIR: quizBank });
    await stage.setTime('2026-03-03T09:00:31Z');
    await until('closed', () => textOf(post).includes('Closed'));
    expect(textOf(post)).toContain('This question is no longer in the bank.');
    expect(textOf(post)).toContain('✅ knew it: **1**');
    expect(customIds(post)).toEqual([]);
  });
});
