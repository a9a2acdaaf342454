import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { shardOf } from '../../playground/gateway.ts';
import { Permission } from '../../playground/permissions.ts';
import { answered, openStage, type Stage, until } from './stage.ts';

let stage: Stage;
afterEach(() => stage.close());

test('as many connections as Discord recommends serve the servers of each, and direct messages', async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, shards: 2 });
  const { playground, moderator } = stage;
  const alice = stage.person('alice');
  let other = playground.addGuild({ name: 'Another group' });
  while (shardOf(other.id, 2) === shardOf(stage.guild.id, 2)) {
    await sleep(1);
    other = playground.addGuild({ name: 'Another group' });
  }
  playground.addMember(other.id, moderator.id, { permissions: Permission.ManageGuild });
  playground.addMember(other.id, alice.id);
  const channels = [stage.channel, playground.addChannel(other.id, { name: 'daily' })];

  await stage.start();
  expect(playground.connections()).toBe(2);
  for (const { id } of channels) {
    await moderator.slash(id, 'daily add', { channel: id, time: '09:00', timezone: 'UTC' });
  }
  await stage.setTime('2026-03-02T09:00:00Z');
  const posts = await Promise.all(channels.map((channel) => stage.post(1, channel)));

  const points = (channelId: string) => answered(alice.slash(channelId, 'leaderboard'));
  for (const post of posts) alice.react(post.channelId, post.id, '✅');
  for (const { id } of channels) {
    await until('the grade is there', async () => (await points(id)).includes('with 10'));
  }

  // Nobody tells either connection of what happens before it is back.
  playground.gateway.drop({ resumable: false });
  for (const post of posts) alice.unreact(post.channelId, post.id, '✅');
  await until('both are back', () => playground.connections() === 2);
  for (const { id } of channels) {
    await until('the grade is gone', async () => !(await points(id)).includes('with 10'));
  }
  expect(await answered(alice.slash(playground.openDm(alice.id).id, 'help'))).toContain('Koan');
  expect(playground.violations).toEqual([]);
});
