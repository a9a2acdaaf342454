import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { schedules } from '../../src/daily/schedule.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { answered, drivers, openStage, type Stage, textOf, until } from './stage.ts';

const QUESTIONS = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
const READINGS = { method: 'GET', path: /\/reactions\// };

describe.each(drivers)('when Discord fails, the bot on %s', (driver) => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage({ driver, rateLimits: false });
    await stage.start();
    await stage.moderator.slash(stage.channel.id, 'daily add', {
      channel: stage.channel.id,
      time: '09:00',
      timezone: 'UTC',
    });
  });
  afterEach(() => stage.close());

  const points = async (name: string) =>
    (await answered(stage.person(name).slash(stage.channel.id, 'leaderboard'))).match(
      /You: .* with (\d+)/,
    )?.[1];

  /** The nine o'clock question of the first day. */
  async function ask() {
    await stage.setTime('2026-03-02T09:00:00Z');
    return stage.post(1);
  }

  test('posts once when the first attempts fail before anything happened', async () => {
    stage.playground.faults.order({ ...QUESTIONS, times: 8 }, { kind: 'status', status: 500 });
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('two runs of the job have failed', async () => {
      await stage.pass(20_000);
      return (
        stage.playground.requests.filter(({ method, status }) => method === 'POST' && status === 500)
          .length >= 8
      );
    });
    await until('the post', async () => {
      await stage.pass(20_000);
      return stage.posts().length > 0;
    });
    await stage.post(1);
    expect(stage.posts()).toHaveLength(1);
  });

  test.each([
    ['is answered 500', { kind: 'after-commit' as const }],
    ['loses its connection', { kind: 'cut' as const, after: true }],
  ])('posts once when the request has taken effect but %s', async (_, fault) => {
    stage.playground.faults.order(QUESTIONS, fault);
    await stage.setTime('2026-03-02T09:00:00Z');
    await until('the post', () => stage.posts().length > 0);
    await stage.playground.idle(500);
    await stage.pass(61_000);
    await stage.post(1);
    expect(stage.posts()).toHaveLength(1);
  });

  test('waits for as long as a 429 says', async () => {
    stage.playground.faults.order(
      { ...QUESTIONS, times: 2 },
      { kind: 'status', status: 429, retryAfter: 0.4 },
    );
    await ask();
    expect(stage.posts()).toHaveLength(1);
  });

  test('posts once when a sender stalls past its lease and its request lands after that of the next', async () => {
    stage.playground.faults.order(QUESTIONS, { kind: 'hang', ms: 2_500 });
    await stage.setTime('2026-03-02T09:00:00Z');
    await sleep(1_500);
    await stage.pass(125_000);
    await stage.post(1);
    await sleep(2_500);
    await stage.playground.idle();
    expect(stage.posts()).toHaveLength(1);
  });

  test('lets an edit win that comes while the question is being sent', async () => {
    stage.playground.faults.order(QUESTIONS, { kind: 'hang', ms: 1_500 });
    await stage.setTime('2026-03-02T09:00:00Z');
    await sleep(1_200);
    await stage.moderator.slash(stage.channel.id, 'daily edit', { time: '10:30' });
    await stage.post(1);
    await stage.playground.idle();
    const store = await stage.store();
    const id = (await store.orderedSet(setName.schedules(stage.guild.id)).top(0, 1))[0]!.member;
    const schedule = await store.collection(schedules).get(documentKey.schedule(id));
    expect(schedule).toMatchObject({
      lastDate: '2026-03-02',
      posted: 1,
      next: { date: '2026-03-03', at: Date.parse('2026-03-03T10:30:00Z') },
    });
    expect(await store.orderedSet(setName.jobs).score(`ask:${id}`)).toBe(Date.parse('2026-03-03T10:30:00Z'));
    await stage.setTime('2026-03-02T10:31:00Z');
    await sleep(1_500);
    expect(stage.posts()).toHaveLength(1);
  });

  test('takes in the reactions of a connection that could be resumed', async () => {
    const post = await ask();
    stage.playground.gateway.drop({ resumable: true });
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    await until('alice has points', async () => (await points('alice')) === '10');
  });

  test('reads what it missed when the connection could not be resumed', async () => {
    const post = await ask();
    stage.person('bob').react(stage.channel.id, post.id, '✅');
    await until('bob has points', async () => (await points('bob')) === '10');
    stage.playground.gateway.drop({ resumable: false });
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    stage.person('bob').unreact(stage.channel.id, post.id, '✅');
    await until('the bot is back', () => stage.playground.connections() > 0);
    await until('alice has points', async () => (await points('alice')) === '10');
    await until('bob has none', async () => (await points('bob')) === undefined);
  });

  test('counts events once that come twice', async () => {
    const post = await ask();
    stage.playground.gateway.duplicate(4);
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    stage.person('alice').react(stage.channel.id, post.id, '⚡');
    await until('alice has points', async () => (await points('alice')) === '10');
    await sleep(200);
    expect(await points('alice')).toBe('10');
  });

  test('makes good at the close what lost and reordered events got wrong', async () => {
    const post = await ask();
    const { gateway } = stage.playground;
    gateway.hold();
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    stage.person('alice').unreact(stage.channel.id, post.id, '✅');
    gateway.release({ reversed: true });
    gateway.lose(1);
    stage.person('bob').react(stage.channel.id, post.id, '🤔');
    await stage.setTime('2026-03-03T09:00:00Z');
    await stage.post(2);
    await stage.setTime('2026-03-03T09:00:31Z');
    await until('closed', () => textOf(post).includes('Closed'));
    expect(textOf(post)).toContain('partly: **1** · ✅ knew it: **0**');
    expect(await points('alice')).toBeUndefined();
    expect(await points('bob')).toBe('10');
  });

  test('lives through malformed events', async () => {
    const post = await ask();
    const { gateway } = stage.playground;
    for (const [t, d] of [
      ['MESSAGE_REACTION_ADD', {}],
      ['MESSAGE_REACTION_ADD', { user_id: 7, message_id: post.id, emoji: null }],
      ['MESSAGE_REACTION_REMOVE_ALL', { message_id: 5 }],
      ['INTERACTION_CREATE', { id: '1', type: 2 }],
      ['GUILD_CREATE', { id: '5' }],
    ]) {
      gateway.sendRaw({ op: 0, t, s: null, d });
    }
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    await until('alice has points', async () => (await points('alice')) === '10');
  });

  test('loses nothing of a server that is unavailable for a while', async () => {
    stage.playground.setGuildUnavailable(stage.guild.id, true);
    await stage.setTime('2026-03-02T09:00:00Z');
    await sleep(1_500);
    expect(stage.posts()).toHaveLength(0);
    stage.playground.setGuildUnavailable(stage.guild.id, false);
    await stage.pass(61_000);
    await stage.post(1);
    expect(stage.posts()).toHaveLength(1);
  });

  test('changes nothing when a page fails while it reads', async () => {
    const post = await ask();
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    await until('alice has points', async () => (await points('alice')) === '10');
    await stage.kill();
    stage.person('bob').react(stage.channel.id, post.id, '⚡');
    stage.person('alice').unreact(stage.channel.id, post.id, '✅');
    stage.playground.faults.order({ ...READINGS, skip: 1, times: 40 }, { kind: 'status', status: 500 });
    await stage.start();
    await until('a reading has failed', () =>
      stage.bot.lines.some((line) => line.includes('could not be read')),
    );
    expect(await points('alice')).toBe('10');
    stage.playground.faults.clear();
    await until('alice has withdrawn', async () => (await points('alice')) === undefined);
    expect(await points('bob')).toBe('10');
  });

  test('applies after a reading what happens while it goes on', async () => {
    const post = await ask();
    stage.person('alice').react(stage.channel.id, post.id, '✅');
    stage.person('bob').react(stage.channel.id, post.id, '✅');
    await until('bob has points', async () => (await points('bob')) === '10');
    stage.playground.faults.order(READINGS, { kind: 'hang', ms: 1_500 });
    await stage.restart();
    await until('the reading is under way', () =>
      stage.playground.requests.some(({ path, status }) => READINGS.path.test(path) && status === 0),
    );
    stage.person('alice').unreact(stage.channel.id, post.id, '✅');
    stage.person('小明').react(stage.channel.id, post.id, '✅');
    await until('小明 has points', async () => (await points('小明')) === '10');
    await until('alice has withdrawn', async () => (await points('alice')) === undefined);
  });
});
