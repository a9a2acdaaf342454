import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Choice } from '../../playground/start.ts';
import { type Bank, loadBank } from '../../src/bank/load.ts';
import { setName } from '../../src/store/keys.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** Every command as people use it, in both languages. One server for all, each part leaving it as it was. */
let stage: Stage;
let bank: Bank;
const here = () => stage.channel.id;
const names = (choices: readonly Choice[]) => choices.map(({ name }) => name);

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true, channels: 2 });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
  bank = await loadBank('questions');
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

describe('/daily', () => {
  const run = (subcommand: string, options: Record<string, string | number | boolean> = {}) =>
    stage.moderator.slash(here(), `daily ${subcommand}`, options);

  test('is for those who manage the server', async () => {
    await expect(stage.person('alice').slash(here(), 'daily list')).rejects.toThrow('no permission');
  });

  test('list says what to do where there is none', async () => {
    expect(await answered(run('list'))).toContain('Add one with `/daily add`');
  });

  test.each([
    ['a time', { time: '25:00' }, 'is not a time of day'],
    ['a time zone', { time: '9:00', timezone: 'Atlantis' }, 'I know no time zone “Atlantis”'],
    ['days', { time: '9:00', days: 'someday' }, "I can't read the days “someday”"],
    ['a topic', { time: '9:00', topic: 'cooking' }, 'I know no topic “cooking”'],
    ['text full of markdown', { time: '@everyone' }, '\\@everyone'],
  ])('add refuses %s that is none, and says what would do', async (_, options, sentence) => {
    expect(await answered(run('add', { channel: here(), ...options }))).toContain(sentence);
    expect(await answered(run('list'))).toContain('no daily question yet');
  });

  test('add tells when the first one comes, in the zone of a city', async () => {
    const text = await answered(
      run('add', {
        channel: here(),
        time: '９：３０',
        timezone: '北京',
        days: '工作日',
        topic: 'attention',
        level: 2,
      }),
    );
    expect(text).toContain('**09:30** Asia/Shanghai, weekdays');
    expect(text).toContain('Topics: Attention Mechanisms');
    expect(text).toContain('Level: ●●○ Apply');
    expect(text).toContain(`<t:${Date.parse('2026-03-03T01:30:00Z') / 1000}:F>`);
  });

  test('add takes more topics from the menu of its reply', async () => {
    const added = await run('add', { channel: stage.channels[1]!.id, time: '20:00', timezone: 'Kolkata' });
    const menu = customIds(added.message!).find((id) => id.startsWith('topics:'))!;
    await stage.moderator.select(added.message!, menu, ['attention', 'peft-lora']);
    expect(textOf(added.message)).toContain('Topics: Attention Mechanisms and PEFT & LoRA Fine-tuning');
    await expect(stage.person('alice').select(added.message!, menu, ['attention'])).rejects.toThrow();
  });

  test('edit, pause, resume and remove want to know which, where there are several', async () => {
    for (const subcommand of ['edit', 'pause', 'resume', 'remove', 'now', 'next']) {
      expect(await answered(run(subcommand))).toContain('say which with the option `schedule`');
    }
    const choices = await stage.moderator.autocomplete(
      here(),
      'daily pause',
      { schedule: 'daily-2' },
      'schedule',
    );
    expect(names(choices)).toEqual(['#daily-2 · 20:00 Asia/Kolkata · every day']);
    const schedule = String(choices[0]!.value);
    expect(await answered(run('pause', { schedule }))).toContain('Paused.');
    expect(await answered(run('list'))).toContain('⏸️ Paused');
    expect(await answered(run('resume', { schedule }))).toContain('Resumed.');
    expect(await answered(run('edit', { schedule, time: '21:15', level: 3 }))).toContain(
      '**21:15** Asia/Kolkata',
    );
    expect(await answered(run('edit', { schedule, level: 0, topic: 'all' }))).not.toContain('Level');
    const asked = await run('remove', { schedule });
    const [remove, keep] = customIds(asked.message!);
    await stage.moderator.press(asked.message!, keep!);
    expect(textOf(asked.message)).toContain('Nothing was removed');
    const again = await run('remove', { schedule });
    await stage.moderator.press(again.message!, remove!);
    expect(textOf(again.message)).toContain('Removed the daily question');
    expect(await answered(run('list'))).not.toContain('21:15');
  });

  test('next shows, replaces, queues and skips the coming question', async () => {
    const shown = await run('next');
    const id = () => /`([a-z0-9-]+)`$/m.exec(textOf(shown.message))![1];
    const first = id();
    const [replace, skip] = customIds(shown.message!);
    await stage.moderator.press(shown.message!, replace!);
    expect(id()).not.toBe(first);
    const queued = await run('next', { question: first! });
    expect(textOf(queued.message)).toContain('It will be the next question.');
    expect(textOf(queued.message)).toContain(first);
    await stage.moderator.press(queued.message!, skip!);
    expect(textOf(queued.message)).toContain(`<t:${Date.parse('2026-03-04T01:30:00Z') / 1000}:F>`);
    const choices = await stage.moderator.autocomplete(
      here(),
      'daily next',
      { question: '缩放' },
      'question',
    );
    expect(choices.length).toBeGreaterThan(0);
    expect(shown.ephemeral).toBe(true);
  });

  test('completes time zones by city in both languages, topics and days', async () => {
    const zones = async (typed: string) =>
      names(await stage.moderator.autocomplete(here(), 'daily add', { timezone: typed }, 'timezone'))[0];
    expect(await zones('北京')).toContain('Asia/Shanghai');
    expect(await zones('beijing')).toContain('Asia/Shanghai');
    expect(await zones('kolkata')).toMatch(/Asia\/(Kolkata|Calcutta)/);
    const days = await stage.moderator.autocomplete(here(), 'daily add', { days: 'week' }, 'days');
    expect(names(days)).toEqual(['weekdays', 'weekends']);
  });

  test('answers moderators in their own language', async () => {
    stage.playground.setLocale(stage.moderator.id, 'zh-CN');
    expect(await answered(run('list'))).toContain('下一题：');
    expect(await answered(run('add', { channel: here(), time: '早上' }))).toContain('不是一个时刻');
    stage.playground.setLocale(stage.moderator.id, 'en-US');
  });
});

describe('the buttons under a question', () => {
  /** Posts a question of our choice at once, and returns it. */
  async function post(questionId: string) {
    await answered(stage.moderator.slash(here(), 'daily next', { question: questionId }));
    const before = stage.posts().length;
    const store = await stage.store();
    const jobs = await store.orderedSet(setName.jobs).range(0, Number.MAX_SAFE_INTEGER);
    await stage.setTime(jobs.find(({ member }) => member.startsWith('ask:'))!.score + 500);
    await until('the post', () => (stage.posts()[before]?.reactions.size ?? 0) >= 4);
    return stage.posts()[before]!;
  }
  const press = async (name: string, message: Parameters<typeof stage.moderator.press>[0], id: string) =>
    answered(stage.person(name).press(message, id));

  test('take one answer a person, mark it in secret and explain it in their language', async () => {
    const single = await post(idOfType('single'));
    const buttons = customIds(single).filter((id) => id.startsWith('pick:'));
    const texts = await Promise.all(
      buttons.slice(0, 3).map((id, index) => press(['alice', 'bob', '小明'][index]!, single, id)),
    );
    expect(texts.filter((text) => /Right!|答对了/.test(text)).length).toBeLessThanOrEqual(1);
    expect(texts[2]).toMatch(/出处/);
    expect(texts[0]).toMatch(/\+10/);
    expect(await press('alice', single, buttons[1]!)).toContain('answered this one already');
  });

  test('forfeit the bonus once the answer was looked at', async () => {
    const message = await post(idOfType('single', 1));
    const [show] = customIds(message).filter((id) => id.startsWith('show:'));
    expect(await press('alice', message, show!)).toContain('earns no bonus');
    for (const id of customIds(message).filter((id) => id.startsWith('pick:'))) {
      const text = await press('alice', message, id);
      expect(text).not.toContain('bonus of');
    }
  });

  test('take numbers and words in a modal, and say so if they can’t be read', async () => {
    const message = await post(idOfType('number'));
    const [write] = customIds(message).filter((id) => id.startsWith('write:'));
    const opened = await stage.person('alice').press(message, write!);
    expect(opened.type).toBe('modal');
    const unreadable = await stage.person('alice').submitModal(opened.modal!, { answer: 'many' });
    expect(await answered(unreadable)).toContain("I can't read “many” as a number");
    const again = await stage.person('alice').press(message, write!);
    const marked = await stage.person('alice').submitModal(again.modal!, { answer: '-123456789' });
    expect(await answered(marked)).toContain('Not quite');
  });

  test('take steps one by one, with undo', async () => {
    const message = await post(idOfType('order'));
    const [order] = customIds(message).filter((id) => id.startsWith('order:'));
    const started = await stage.person('alice').press(message, order!);
    const alice = stage.person('alice');
    const card = started.message!;
    const free = () => customIds(card).filter((id) => pressable(card, id));
    await alice.press(card, free()[0]!);
    expect(textOf(card)).toContain('**2 of');
    await alice.press(card, free().find((id) => id.split(':')[2] === '')!);
    expect(textOf(card)).toContain('**1 of');
    for (let step = 0; step < 7 && /of \d/.test(textOf(card)); step++) {
      const next = free().find((id) => id.split(':')[2]!.length === step + 1);
      if (!next) break;
      await (await alice.press(card, next)).settled();
    }
    await until('it is marked', () => /Right!|Not quite/.test(textOf(card)));
  });

  test('take several options from a menu', async () => {
    const message = await post(idOfType('multiple'));
    const [choose] = customIds(message).filter((id) => id.startsWith('choose:'));
    const marked = await stage.person('bob').select(message, choose!, ['0', '1']);
    expect(await answered(marked)).toMatch(/Right!|Not quite/);
  });

  function pressable(message: { components: unknown }, id: string): boolean {
    return !new RegExp(`"custom_id":"${id}"[^}]*"disabled":true`).test(JSON.stringify(message.components));
  }

  function idOfType(type: string, skip = 0): string {
    return [...bank.items.values()].filter((item) => item.type === type && item.topic === 'attention')[skip]!
      .id;
  }
});

describe('what members see of themselves', () => {
  test('/progress is empty at first, private, and can be shared', async () => {
    const fresh = stage.join('dora');
    expect(await answered(fresh.slash(here(), 'progress'))).toContain('Nothing here yet');
    expect((await fresh.slash(here(), 'progress')).ephemeral).toBe(true);
    expect((await fresh.slash(here(), 'progress', { share: true })).ephemeral).toBe(false);
  });

  test('/progress shows topics with their accuracy, in both languages', async () => {
    expect(await answered(stage.person('alice').slash(here(), 'progress', { text: true }))).toMatch(
      /Attention Mechanisms: \*\*\d+ %\*\*/,
    );
    expect(await answered(stage.person('小明').slash(here(), 'progress', { text: true }))).toMatch(
      /连续学习：\*\*\d+ 天/,
    );
  });

  test('/settings me hides a person from boards and from others', async () => {
    const { id } = stage.person('alice');
    expect(await answered(stage.person('alice').slash(here(), 'settings me', { hidden: true }))).toContain(
      'hidden',
    );
    expect(await answered(stage.person('bob').slash(here(), 'progress', { member: id }))).toContain(
      'keep their progress private',
    );
    expect(await answered(stage.person('bob').slash(here(), 'leaderboard', { period: 'all' }))).not.toContain(
      'alice',
    );
    expect(await answered(stage.person('alice').slash(here(), 'leaderboard'))).toContain('You are hidden');
    await answered(stage.person('alice').slash(here(), 'settings me', { hidden: false }));
    expect(await answered(stage.person('bob').slash(here(), 'leaderboard', { period: 'all' }))).toContain(
      'alice',
    );
  });

  test('/settings me keeps language and time zone, and follows Discord again on request', async () => {
    const text = await answered(
      stage
        .person('bob')
        .slash(here(), 'settings me', { language: 'zh', timezone: '东京', day_start: '4:00' }),
    );
    expect(text).toContain('Asia/Tokyo');
    expect(await answered(stage.person('bob').slash(here(), 'help'))).toContain('每天一题');
    expect(
      await answered(stage.person('bob').slash(here(), 'settings me', { day_start: '13:00' })),
    ).toContain('00:00 到 12:00');
    await answered(
      stage.person('bob').slash(here(), 'settings me', { language: 'follow', timezone: 'follow' }),
    );
    expect(await answered(stage.person('bob').slash(here(), 'help'))).toContain('a question a day');
  });

  test('/settings server is for those who manage it', async () => {
    expect(await answered(stage.person('bob').slash(here(), 'settings server'))).toContain('Manage Server');
    expect(
      await answered(
        stage.moderator.slash(here(), 'settings server', { timezone: 'Shanghai', language: 'zh' }),
      ),
    ).toContain('Asia/Shanghai');
  });

  test('/leaderboard turns its pages, shares ranks, and drops who has left', async () => {
    const store = await stage.store();
    const board = store.orderedSet(setName.board(stage.guild.id, 'all'));
    for (let index = 0; index < 23; index++) await board.put(stage.join(`extra${index}`).id, 1);
    const reply = await stage
      .person('bob')
      .slash(here(), 'leaderboard', { period: 'all', page: 3, text: true });
    expect(await answered(reply)).toContain('Page 3 of 3');
    await (await stage.person('bob').press(reply.message!, customIds(reply.message!)[0]!)).settled();
    expect(textOf(reply.message)).toContain('Page 2 of 3');
    const ranks = [...textOf(reply.message).matchAll(/\*\*(\d+)\.\*\*/g)].map(([, rank]) => rank);
    expect(new Set(ranks).size).toBe(1);
    const leaver = stage.person('alice').id;
    await until('alice leads or follows', async () => ((await board.score(leaver)) ?? 0) > 0);
    stage.playground.removeMember(stage.guild.id, leaver);
    await stage.restart();
    expect(await answered(stage.person('bob').slash(here(), 'leaderboard', { period: 'all' }))).not.toContain(
      'alice',
    );
  });

  test('/question finds by words in both languages and shows the answer on request', async () => {
    const choices = await stage
      .person('bob')
      .autocomplete(here(), 'question', { search: '注意力' }, 'search');
    expect(choices.length).toBeGreaterThan(3);
    for (const { name } of choices) expect(name.length).toBeLessThanOrEqual(100);
    const reply = await stage.person('bob').slash(here(), 'question', { search: String(choices[0]!.value) });
    expect(reply.ephemeral).toBe(true);
    await (await stage.person('bob').press(reply.message!, customIds(reply.message!)[0]!)).settled();
    expect(textOf(reply.message)).toContain('Sources');
    expect(await answered(stage.person('bob').slash(here(), 'question', { search: 'zzzzqqqq' }))).toContain(
      'I found no question',
    );
  });

  test('/help names the commands so that they can be clicked', async () => {
    expect(await answered(stage.person('bob').slash(here(), 'help'))).toMatch(/<\/daily add:\d+>/);
  });
});
