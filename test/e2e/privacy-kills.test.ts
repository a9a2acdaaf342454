import { afterEach, expect, test } from 'vitest';
import { setName } from '../../src/store/keys.ts';
import { startTcpProxy, type TcpProxy } from '../store/tcp-proxy.ts';
import { linesWith } from './everything-stored.ts';
import { createQuizPlayer, quizBank } from './quiz-player.ts';
import { answered, customIds, drivers, openStage, type Stage, until } from './stage.ts';

/**
 * A deletion takes many writes. On Redis the bot is killed at one request of it after the other, before or after the
 * store has got it; on SQLite so many milliseconds after the click. It goes on by itself.
 */
const points = { redis: [1, 2, 4, 7, 11, 16, 22, 29, 37, 46], sqlite: [0, 2, 5, 9, 14, 20] };

let stage: Stage;
let proxy: TcpProxy | undefined;
afterEach(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
  await proxy?.close();
});

test.each(drivers)(
  'on %s, a deletion that is killed anywhere goes on until nothing is left',
  async (driver) => {
    stage = await openStage({ driver, rateLimits: false });
    proxy = stage.redis && (await startTcpProxy(stage.redis.port));
    const start = () =>
      stage.start({
        QUESTIONS_DIR: quizBank,
        ...(proxy ? { REDIS_URL: `redis://127.0.0.1:${proxy.port}` } : {}),
      });
    await start();
    const quiz = await createQuizPlayer();
    const here = stage.channel.id;
    await answered(
      stage.moderator.slash(here, 'competition create', { name: 'Cup', start: 'today', end: '2 days' }),
    );
    await answered(
      stage.moderator.slash(here, 'daily add', { channel: here, time: '09:00', timezone: 'UTC' }),
    );
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('the daily question', () => stage.posts().some(({ reactions }) => reactions.size >= 4));
    const post = stage.posts().find(({ reactions }) => reactions.size >= 4)!;
    const store = await stage.store();
    const jobs = store.orderedSet(setName.jobs);
    const board = store.orderedSet(setName.board(stage.guild.id, 'all'));

    let kills = 0;
    for (const point of points[driver]) {
      const who = stage.join(`Persephone-${point}`);
      await answered(who.slash(here, 'settings me', { reminder: '20:00', timezone: 'UTC' }));
      await answered(who.slash(here, 'competition join'));
      const solo = (await (await who.slash(here, 'quiz solo', { count: 2 })).settled()).message!;
      await (await quiz.answer(who, solo, true)).settled();
      who.react(here, post.id, '✅');
      await until('it is graded', async () => (await board.score(who.id)) !== undefined);
      const asked = await (await who.slash(here, 'privacy delete')).settled();
      const before = (await linesWith(stage, who.id)).length;
      expect(before).toBeGreaterThan(8);

      const kill = () => {
        kills++;
        void stage.bot.kill();
      };
      if (proxy) proxy.at(point, point % 2 === 0 ? 'after' : 'before', kill);
      else setTimeout(kill, point);
      const press = () => who.press(asked.message!, customIds(asked.message!)[0]!).catch(() => {});
      void press();
      await stage.bot.exited;
      await stage.kill();
      const noted = (await jobs.score(`forget:${who.id}`)) !== undefined;
      const after = (await linesWith(stage, who.id)).length;
      expect(noted || after === before || after === 0).toBe(true);
      await start();
      await stage.pass(130_000);
      // A click that died before it was noted was never answered, and is made again.
      if (!noted && after === before) void press();
      await until(
        `nothing is left of ${point}`,
        async () => (await linesWith(stage, who.id, `Persephone-${point}`)).length === 0,
        50_000,
      );
      await stage.playground.idle(100);
      expect(await linesWith(stage, who.id)).toEqual([]);
    }
    expect(kills).toBe(points[driver].length);
    expect(await jobs.count()).toBeGreaterThan(0);
  },
);
