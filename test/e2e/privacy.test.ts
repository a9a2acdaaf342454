import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { setName } from '../../src/store/keys.ts';
import { everythingStored, linesWith } from './everything-stored.ts';
import { liveFully } from './full-life.ts';
import { quizBank } from './quiz-player.ts';
import { answered, customIds, drivers, openStage, type Stage, textOf, until } from './stage.ts';

const NAME = 'Persephone';

describe.each(drivers)('on %s', (driver) => {
  let stage: Stage;
  let post: Message;
  const who = () => stage.person(NAME);
  const run = (subcommand: string) => who().slash(stage.channel.id, `privacy ${subcommand}`);
  const traces = () => linesWith(stage, who().id, NAME);
  const board = async () => (await stage.store()).orderedSet(setName.board(stage.guild.id, 'all'));

  beforeAll(async () => {
    const members = [NAME, 'bob', 'Nobody'];
    stage = await openStage({ driver, rateLimits: false, checkAnswers: true, members, channels: 2 });
    ({ post } = await liveFully(stage, NAME, 'bob'));
  });
  afterAll(async () => {
    expect(stage.playground.violations).toEqual([]);
    await stage.close();
  });

  async function deleteAll(): Promise<string> {
    const { message } = await (await run('delete')).settled();
    await (await who().press(message!, customIds(message!)[0]!)).settled();
    return textOf(message);
  }

  test('shows what is kept, by kind, to its person alone', async () => {
    const reply = await (await run('show')).settled();
    expect(reply.ephemeral).toBe(true);
    const text = textOf(reply.message);
    for (const words of [
      'In **1** server: your grades and answers on **1** recent question, **1** study day',
      'Your review deck: **',
      'The hour of your reminder',
      '**1** mock interview',
      'Your latest quiz of your own, with **3** questions',
      'Your answers in **1** group quiz',
      'in the results of **1** competition',
      // The first one is an hour ago, or nearly.
      'When you reported **',
      'and **1** report still to be brought to moderators',
      'What you set in `/settings me`',
      'mistake',
    ]) {
      expect(text).toContain(words);
    }
    expect(await answered(stage.person('Nobody').slash(stage.channel.id, 'privacy show'))).toContain(
      'Nothing at all.',
    );
  });

  test('exports it as a file, by direct message too', async () => {
    const dm = stage.playground.openDm(who().id);
    const reply = await (await who().slash(dm.id, 'privacy export')).settled();
    const [file] = reply.message!.attachments;
    expect(file!.filename).toBe('koan-data.json');
    const data = (await (await fetch(file!.url)).json()) as Record<string, unknown>;
    expect(Object.keys(data).sort()).toEqual(
      [
        'userId',
        'exportedAt',
        'settings',
        'servers',
        'cards',
        'review',
        'reminder',
        'interviews',
        'solo',
        'quizzes',
        'results',
        'reports',
      ].sort(),
    );
    expect(JSON.stringify(data)).toContain('I would measure first.');
    expect(JSON.stringify(data)).not.toContain(stage.person('bob').id);
  });

  test('keeps everything if one thinks better of it', async () => {
    const before = (await traces()).length;
    const { message } = await (await run('delete')).settled();
    expect(textOf(message)).toContain('What stays:');
    await (await who().press(message!, customIds(message!)[1]!)).settled();
    expect(textOf(message)).toContain('Nothing was deleted.');
    expect((await traces()).length).toBe(before);
  });

  test('deletes it from every key, set and row, and nothing of anybody else', async () => {
    const ofBob = async () =>
      (await linesWith(stage, stage.person('bob').id)).filter(
        (line) => !/quiz:|\| quiz \||competition/.test(line),
      );
    const before = await ofBob();
    expect(await deleteAll()).toContain('I keep nothing of you any more.');
    expect(await traces()).toEqual([]);
    expect(await ofBob()).toEqual(before);
    expect(await answered(run('show'))).toContain('Nothing at all.');
    const shown = await answered(stage.person('bob').slash(stage.channel.id, 'leaderboard', { text: true }));
    expect(shown).toContain('bob');
    expect(shown).not.toContain(NAME);
  });

  test('reactions that still stand under an open question don’t bring one back', async () => {
    await stage.kill();
    await stage.start({ QUESTIONS_DIR: quizBank });
    await until('bob’s other grade is read', async () => {
      stage.person('bob').react(stage.channel.id, post.id, '⚡');
      return (await (await board()).count()) === 1;
    });
    await stage.playground.idle(500);
    expect(await traces()).toEqual([]);
  });

  test('a new reaction does', async () => {
    who().react(stage.channel.id, post.id, '⚡');
    await until('the board has two', async () => (await (await board()).count()) === 2);
    expect(await answered(run('show'))).toContain('In **1** server');
  });

  test('deleted again, one is gone for good, and with the question the hash', async () => {
    await deleteAll();
    expect(await traces()).toEqual([]);
    const marks = (await stage.store()).orderedSet(setName.forgotten);
    expect(await marks.count()).toBe(1);
    await stage.setTime('2026-03-03T09:00:31Z');
    const jobs = (await stage.store()).orderedSet(setName.jobs);
    const closing = async () =>
      (await jobs.range(0, Number.MAX_SAFE_INTEGER)).some(
        ({ member }) => member.startsWith('close:') && member.endsWith('20260302'),
      );
    await until('the question has closed', async () => !(await closing()), 50_000);
    await until('the hash is gone', async () => (await marks.count()) === 0);
    expect(await traces()).toEqual([]);
    expect((await everythingStored(stage)).length).toBeGreaterThan(20);
  });
});
