import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { setName } from '../../src/store/keys.ts';
import { linesWith } from './everything-stored.ts';
import { answered, customIds, drivers, openStage, type Stage, textOf, until } from './stage.ts';

describe.each(drivers)('a purge on %s', (driver) => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage({ driver, rateLimits: false, checkAnswers: true });
    await stage.start();
  });
  afterEach(async () => {
    expect(stage.playground.violations).toEqual([]);
    await stage.close();
  });

  async function purge(): Promise<void> {
    const { moderator, channel } = stage;
    const { message } = await (
      await moderator.slash(channel.id, 'settings server', { purge: true })
    ).settled();
    await (await moderator.press(message!, customIds(message!)[0]!)).settled();
    expect(textOf(message)).toContain('I keep nothing of this server any more.');
  }

  test.each([
    ['a question is about to be sent', 'POST', /^\/channels\/\d+\/messages$/, 'received'],
    ['a question has just been sent', 'POST', /^\/channels\/\d+\/messages$/, 'committed'],
    ['its reactions are being added', 'PUT', /\/reactions\//, 'received'],
  ] as const)('leaves nothing behind while %s', async (_, wantedMethod, wantedPath, wantedPhase) => {
    const { channel, playground } = stage;
    await answered(stage.moderator.slash(channel.id, 'daily add', { channel: channel.id, time: '09:00' }));
    const jobs = (await stage.store()).orderedSet(setName.jobs);
    const all = await jobs.range(0, Number.MAX_SAFE_INTEGER);
    const scheduleId = all.find(({ member }) => member.startsWith('ask:'))!.member.slice('ask:'.length);
    const kept = () => linesWith(stage, stage.guild.id, scheduleId);

    let purging: Promise<void> | undefined;
    playground.onRequest(async ({ method, path }, phase) => {
      if (purging || method !== wantedMethod || !wantedPath.test(path) || phase !== wantedPhase) return;
      purging = purge();
      await purging;
    });
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('the purge', () => purging !== undefined);
    await purging;
    await playground.idle(500);
    expect(await kept()).toEqual([expect.stringContaining(setName.servers)]);

    stage.person('alice').react(channel.id, stage.posts()[0]!.id, '✅');
    await stage.pass(60_000);
    await playground.idle(1_500);
    expect(await kept()).toEqual([expect.stringContaining(setName.servers)]);
  });
});
