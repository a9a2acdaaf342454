import { afterEach, expect, test } from 'vitest';
import { Permission } from '../../playground/permissions.ts';
import { createSchedulesService } from '../../src/daily/schedules.ts';
import { openStage, type Stage, until } from './stage.ts';

let stage: Stage;
afterEach(() => stage.close());

test('a hundred channels due in one minute all get their question first and their reactions then, whatever ails some of them', async () => {
  stage = await openStage({ driver: 'sqlite', channels: 100 });
  await stage.start();
  const schedules = createSchedulesService(await stage.store(), stage.now);
  for (const channel of stage.channels) {
    await schedules.add(stage.guild.id, `s${channel.id}`, {
      channelId: channel.id,
      time: 540,
      zone: 'UTC',
      days: [1, 2, 3, 4, 5, 6, 7],
      topics: [],
      language: 'en',
    });
  }
  const [slow, forbidden, deleted, ...healthy] = stage.channels;
  const path = new RegExp(`^/channels/${slow!.id}/messages$`);
  stage.playground.faults.order({ method: 'POST', path }, { kind: 'hang', ms: 12_000 });
  stage.playground.setPermissions(forbidden!.id, { bot: { deny: Permission.SendMessages } });
  stage.playground.deleteChannel(deleted!.id);
  await stage.playground.idle(300);
  const before = stage.playground.requests.length;

  await stage.setTime('2026-03-02T09:00:00Z');
  await until('all healthy channels have their question', () =>
    healthy.every((channel) => stage.posts(channel).length === 1),
  );
  expect(stage.posts(slow!)).toHaveLength(0);
  await until('and then their reactions', () =>
    healthy.every((channel) => stage.posts(channel)[0]!.reactions.size === 4),
  );
  await until('the slow one comes too', () => stage.posts(slow!).length === 1);

  const requests = stage.playground.requests.slice(before);
  const questions = requests.flatMap(({ method, route }, at) =>
    method === 'POST' && route?.endsWith('/messages') ? [at] : [],
  );
  const firstReaction = requests.findIndex(({ method }) => method === 'PUT');
  const late = questions.filter((at) => at > firstReaction).length;
  expect(late, 'questions that came after the first reaction').toBeLessThan(45);
  for (const channel of healthy) expect(stage.posts(channel)).toHaveLength(1);
}, 120_000);
