import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { members } from '../../src/progress/member.ts';
import { cards } from '../../src/review/card.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { startTcpProxy, type TcpProxy } from '../store/tcp-proxy.ts';
import { answered, customIds, type Driver, openStage, type Stage, textOf, until } from './stage.ts';

type Person = ReturnType<Stage['join']>;

/**
 * A person's act takes several writes, and between them the bot can die. On Redis it is killed by a proxy before the
 * store, at one request after the other, before or after the store has got it; on SQLite so many milliseconds after the
 * act. Nothing may be lost or doubled.
 */
export function killAtEveryPoint(driver: Driver): void {
  let stage: Stage;
  let proxy: TcpProxy | undefined;
  let dead: boolean;
  let kills: number;

  beforeEach(async () => {
    stage = await openStage({ driver, rateLimits: false });
    proxy = stage.redis && (await startTcpProxy(stage.redis.port));
    dead = false;
    kills = 0;
    await start();
  });
  afterEach(async () => {
    expect(stage.playground.violations).toEqual([]);
    await stage.close();
    await proxy?.close();
  });

  const start = () => stage.start(proxy ? { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } : {});

  async function revive(): Promise<void> {
    if (!dead) return;
    await stage.kill();
    dead = false;
    await start();
  }

  /** The points in time at which the bot is killed, one a trial. */
  const points = Array.from({ length: driver === 'redis' ? 14 : 6 }, (_, index) => index);

  /** From now on the bot lives until the point. */
  function killAt(point: number): void {
    const kill = () => {
      if (dead) return;
      dead = true;
      kills++;
      void stage.bot.kill();
    };
    if (proxy) proxy.at(point + 1, point % 2 === 0 ? 'after' : 'before', kill);
    else setTimeout(kill, point * 2);
  }

  const spare = () => proxy?.at(1_000_000, 'before', () => {});

  async function log(person: Person, questionId: string) {
    const card = await (await stage.store()).collection(cards).get(documentKey.card(person.id, questionId));
    return Object.values(card?.log ?? {}).map(({ grade }) => grade);
  }

  async function untold(): Promise<number> {
    return (await stage.store()).orderedSet(setName.unfed(stage.guild.id)).count();
  }

  async function askDaily(): Promise<{ post: Message; questionId: string }> {
    await stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: stage.channel.id,
      time: '09:00',
      timezone: 'UTC',
    });
    await stage.setTime('2026-03-02T09:00:00Z');
    const post = await stage.post(1);
    await stage.playground.idle(300);
    const person = stage.join('first');
    person.react(post.channelId, post.id, '✅');
    const due = (await stage.store()).orderedSet(setName.due(person.id));
    await until('the first card', async () => (await due.count()) === 1);
    return { post, questionId: (await due.top(0, 1))[0]!.member };
  }

  test(`on ${driver}, a bot that is killed at any point tells the card what Discord shows`, async () => {
    const { post, questionId } = await askDaily();
    const person = stage.join('grader');
    const steps = [
      ['✅', undefined, [3]],
      ['⚡', '✅', [4]],
      ['❌', undefined, [1]],
      [undefined, '❌', [4]],
      [undefined, '⚡', []],
    ] as const;
    for (const point of points) {
      const [added, removed, expected] = steps[point % steps.length]!;
      killAt(point);
      if (added) person.react(post.channelId, post.id, added);
      if (removed) person.unreact(post.channelId, post.id, removed);
      if (proxy) await Promise.race([stage.bot.exited, sleep(400)]);
      else await sleep(40);
      spare();
      await revive();
      await until(`the card says so (${point})`, async () => {
        return JSON.stringify(await log(person, questionId)) === JSON.stringify(expected);
      });
      await until('nothing is left to tell', async () => (await untold()) === 0);
    }
    report('grades given, changed and withdrawn');
  }, 600_000);

  test(`on ${driver}, a bot that is killed at any point loses no review that it has acknowledged, and counts none twice`, async () => {
    const person = stage.join('reviewer');
    await answered(person.slash(stage.channel.id, 'settings me', { new_per_day: 100 }));
    const reply = await (await person.slash(stage.channel.id, 'review start', { count: 100 })).settled();
    const message = reply.message!;
    const press = async (beginning: string) => {
      const id = customIds(message).find((each) => each.startsWith(beginning));
      if (id) await (await person.press(message, id)).settled(1_000);
    };
    for (const point of points) {
      await press('review-show:');
      killAt(point);
      await Promise.race([press('review-grade:').catch(() => {}), stage.bot.exited]);
      if (!dead) await sleep(20);
      spare();
      await revive();
      await press('review-grade:');
      expect(textOf(message), 'the next question').toContain('Answer for yourself first');
      const due = await (await stage.store()).orderedSet(setName.due(person.id)).range(0, 9e15);
      const logs = await Promise.all(due.map(({ member }) => log(person, member)));
      expect(logs).toEqual(Array.from({ length: point + 1 }, () => [1]));
    }
    const member = await (await stage.store())
      .collection(members)
      .get(documentKey.member(stage.guild.id, person.id));
    expect(Object.values(member!.acts).filter(({ kind }) => kind === 'review')).toHaveLength(1);
    report('reviews');
  }, 600_000);

  test(`on ${driver}, a bot that is killed at any point reminds once a day`, async () => {
    const person = stage.join('reminded');
    const reply = await (await person.slash(stage.channel.id, 'review start')).settled();
    for (const beginning of ['review-show:', 'review-grade:']) {
      const id = customIds(reply.message!).find((each) => each.startsWith(beginning))!;
      await (await person.press(reply.message!, id)).settled();
    }
    await answered(person.slash(stage.channel.id, 'settings me', { reminder: '20:00', timezone: 'UTC' }));
    const dm = stage.playground.openDm(person.id);
    for (const point of points) {
      const at = Date.parse('2026-03-02T20:00:00Z') + point * 86_400_000;
      await stage.setTime(at);
      killAt(point);
      await Promise.race([stage.bot.exited, sleep(proxy ? 1_500 : 1_100)]);
      spare();
      await revive();
      await stage.setTime(at + LEASE);
      await until(`reminder ${point + 1}`, () => stage.posts(dm).length === point + 1);
      await until('the next is planned', async () => {
        const jobs = (await stage.store()).orderedSet(setName.jobs);
        return (await jobs.score(`remind:${person.id}`)) === at + 86_400_000;
      });
      expect(stage.posts(dm)).toHaveLength(point + 1);
    }
    report('reminders');
  }, 600_000);

  function report(what: string): void {
    process.stdout.write(
      `e2e: review: ${driver}: ${kills} kills over ${points.length} ${what}, 0 lost, 0 doubled\n`,
    );
    expect(kills).toBeGreaterThanOrEqual(points.length / 2);
  }
}

/** Milliseconds: longer than the lease of a job. */
const LEASE = 125_000;
