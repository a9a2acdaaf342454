import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startBot } from '../../playground/bot-process.ts';
import { startRedisServer } from '../support/redis-server.ts';
import { answered, drivers, openStage, type Stage, until } from './stage.ts';

describe('when Redis is away', () => {
  let stage: Stage;
  beforeEach(async () => {
    stage = await openStage({ driver: 'redis', rateLimits: false });
  });
  afterEach(() => stage.close());

  test.each([
    ['hung', (pid: number) => process.kill(pid, 'SIGSTOP'), (pid: number) => process.kill(pid, 'SIGCONT')],
    ['killed', undefined, undefined],
  ])('the bot says so within 3 s, stays up and recovers grades: %s', async (_, stop, go) => {
    const port = 20_000 + (process.pid % 20_000);
    await stage.start({ HTTP_PORT: String(port) });
    const health = async () => (await fetch(`http://127.0.0.1:${port}/healthz`)).status;
    await stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: stage.channel.id,
      time: '09:00',
      timezone: 'UTC',
    });
    stage.setTime('2026-03-02T09:00:00Z');
    const post = await stage.post(1);
    await stage.playground.idle(300);
    expect(await health()).toBe(200);

    const redis = stage.redis!;
    if (stop) stop(redis.pid);
    else await redis.kill();
    const began = performance.now();
    const reply = await answered(stage.person('alice').slash(stage.channel.id, 'progress'));
    expect(performance.now() - began).toBeLessThan(3_000);
    expect(reply).toContain('My storage does not answer');
    expect(await health()).toBe(503);
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    await until('the grade is put off', () =>
      stage.bot.lines.some((line) => line.includes('a grade could not be stored')),
    );

    const next = go
      ? undefined
      : await startRedisServer({ appendonly: true, port: redis.port, dir: redis.dir });
    go?.(redis.pid);
    try {
      await until('alice has points', async () =>
        (await answered(stage.person('alice').slash(stage.channel.id, 'leaderboard'))).includes('10 points'),
      );
      expect(await health()).toBe(200);
    } finally {
      await next?.kill();
    }
  });
});

describe.each(drivers)('two processes on one store, %s', (driver) => {
  test('are one active and one waiting, and the second goes on within 15 s of a kill -9', async () => {
    const stage = await openStage({ driver, rateLimits: false });
    try {
      await stage.start();
      const second = startBot({ env: stage.env(), clock: stage.now() - Date.now() });
      await until('the second waits', () =>
        second.lines.some((line) => line.includes('waiting to take over')),
      );
      expect(stage.playground.connections()).toBe(1);
      await stage.moderator.slash(stage.channel.id, 'daily add', {
        channel: stage.channel.id,
        time: '08:05',
        timezone: 'UTC',
      });
      stage.setTime('2026-03-02T08:05:00Z');
      second.setClock(stage.now() - Date.now());
      const post = await stage.post(1);
      await stage.bot.kill();
      const killedAt = performance.now();
      stage.person('alice').react(stage.channel.id, post.id, '✅');
      await second.ready;
      const seconds = (performance.now() - killedAt) / 1000;
      process.stdout.write(
        `e2e: ${driver}: the second process was ready ${seconds.toFixed(1)} s after the kill\n`,
      );
      expect(seconds).toBeLessThan(15);
      await until('alice has points', async () =>
        (await answered(stage.person('alice').slash(stage.channel.id, 'leaderboard'))).includes('10 points'),
      );
      expect(stage.posts()).toHaveLength(1);
      await second.stop();
    } finally {
      await stage.close();
    }
  });
});
