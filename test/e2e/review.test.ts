import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { members } from '../../src/progress/member.ts';
import { type Card, cards } from '../../src/review/card.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** Reviews as people do them: in a server, by direct message, as an app of one's own. */
let stage: Stage;
const here = () => stage.channel.id;

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

type Who = ReturnType<Stage['person']>;

/** Presses the n-th button whose id begins so, and waits for the answer. */
async function press(who: Who, message: Message, start: string, n = 0): Promise<string> {
  const id = customIds(message).filter((each) => each.startsWith(start))[n];
  if (!id) throw new Error(`no ${start} among ${customIds(message).join(' ')}`);
  const response = await (await who.press(message, id)).settled();
  return response.followUps[0] ? textOf(response.followUps[0]) : textOf(message);
}

async function begin(who: Who, options: Record<string, string | number> = {}, channel = here()) {
  const reply = await who.slash(channel, 'review start', options);
  await reply.settled();
  expect(reply.ephemeral).toBe(true);
  return reply.message!;
}

/** Shows the answer and gives a grade. */
async function review(who: Who, message: Message, grade: 1 | 2 | 3 | 4): Promise<string> {
  await press(who, message, 'review-show:');
  return press(who, message, 'review-grade:', grade - 1);
}

async function deckOf({ id }: { id: string }): Promise<Card[]> {
  const store = await stage.store();
  const due = await store.orderedSet(setName.due(id)).range(0, Number.MAX_SAFE_INTEGER);
  const found = await store.collection(cards).getMany(due.map(({ member }) => documentKey.card(id, member)));
  return [...found.values()];
}

const labels = (message: Message) =>
  [...JSON.stringify(message.components).matchAll(/"label":"([^"]+)"/g)].map(([, label]) => label!);

describe('a review', () => {
  test('asks, shows the answer, takes a grade with the time after which it comes back, and goes on', async () => {
    const alice = stage.person('alice');
    const message = await begin(alice, { topic: 'attention', count: 3 });
    expect(textOf(message)).toContain('0 due · 3 new');
    expect(textOf(message)).toContain('Attention Mechanisms');
    const prompt = textOf(message).split('\n')[2]!;
    const back = await press(alice, message, 'review-show:');
    expect(back).toContain('Sources');
    expect(back, 'the question stays in sight').toContain(prompt.slice(0, 40));
    expect(labels(message)).toEqual([
      '❌ Again · 10 min',
      '🤔 Hard · 15 min',
      '✅ Good · 2 d',
      '⚡ Easy · 8 d',
      'Report a mistake',
    ]);
    expect(await press(alice, message, 'review-grade:')).toContain('0 due · 2 new');
    await review(alice, message, 3);
    await review(alice, message, 3);
    expect(textOf(message)).toContain('3 questions reviewed.');
    expect(textOf(message)).toContain('Again **1** · Hard **0** · Good **2** · Easy **0**');
    expect(textOf(message)).toMatch(/The next one is due <t:\d+:R>/);
  });

  test('asks what is due before what is new, and keeps to the new ones of the day', async () => {
    const alice = stage.person('alice');
    await stage.pass(11 * 60_000);
    await answered(alice.slash(here(), 'settings me', { new_per_day: 4 }));
    const message = await begin(alice, { count: 100 });
    expect(textOf(message)).toContain('1 due · 1 new');
    expect(await review(alice, message, 3)).toContain('0 due · 1 new');
    expect(await review(alice, message, 4)).toContain('Done for now');
    await press(alice, message, 'review-again');
    expect(textOf(message)).toContain('Nothing is due.');
  });

  test('is undone step by step, and leaves no trace of what was undone', async () => {
    const bob = stage.person('bob');
    const message = await begin(bob);
    const first = textOf(message);
    await review(bob, message, 4);
    await review(bob, message, 1);
    expect(await deckOf(bob)).toHaveLength(2);
    await press(bob, message, 'review-undo:');
    expect(await deckOf(bob)).toHaveLength(1);
    await press(bob, message, 'review-undo:');
    expect(textOf(message)).toBe(first);
    expect(await deckOf(bob)).toEqual([]);
    await review(bob, message, 2);
    expect((await deckOf(bob)).map(({ log }) => Object.values(log).map(({ grade }) => grade))).toEqual([[2]]);
  });

  test('goes on after a restart, from the same card', async () => {
    const bob = stage.person('bob');
    const message = await begin(bob);
    await press(bob, message, 'review-show:');
    await stage.restart();
    const before = (await deckOf(bob)).length;
    await press(bob, message, 'review-grade:', 2);
    expect(await deckOf(bob)).toHaveLength(before + 1);
  });

  test('counts a doubled click once', async () => {
    const bob = stage.person('bob');
    const message = await begin(bob);
    await press(bob, message, 'review-show:');
    const id = customIds(message).find((each) => each.startsWith('review-grade:'))!;
    const before = (await deckOf(bob)).length;
    const both = await Promise.all([bob.press(message, id), bob.press(message, id)]);
    await Promise.all(both.map((each) => each.settled()));
    expect(await deckOf(bob)).toHaveLength(before + 1);
  });

  test('says so when another has been begun since', async () => {
    const bob = stage.person('bob');
    const old = await begin(bob);
    await begin(bob);
    expect(await press(bob, old, 'review-show:')).toContain('begun another review since');
  });

  test('of somebody else can’t be touched', async () => {
    const message = await begin(stage.person('bob'));
    const id = customIds(message)[0]!;
    await expect(stage.person('alice').press(message, id)).rejects.toThrow('only somebody else can see');
  });

  test('refuses a topic that is none', async () => {
    expect(await answered(stage.person('bob').slash(here(), 'review start', { topic: 'cooking' }))).toContain(
      'I know no topic “cooking”',
    );
  });

  test('speaks Chinese', async () => {
    const ming = stage.person('小明');
    const message = await begin(ming, { count: 1 });
    expect(textOf(message)).toContain('待复习 0 · 新题 1');
    await press(ming, message, 'review-show:');
    expect(labels(message)).toEqual([
      '❌ 重来 · 10 分钟',
      '🤔 困难 · 15 分钟',
      '✅ 良好 · 2 天',
      '⚡ 简单 · 8 天',
      '报错',
    ]);
    expect(await press(ming, message, 'review-grade:')).toContain('复习了 1 题');
    expect(await answered(ming.slash(here(), 'review stats'))).toContain('你的卡组');
  });
});

describe('where one reviews', () => {
  const studied = async (userId: string, guildId = stage.guild.id) => {
    const store = await stage.store();
    const member = await store.collection(members).get(documentKey.member(guildId, userId));
    return Object.values(member?.acts ?? {}).filter(({ kind }) => kind === 'review').length;
  };

  test('in a server it is a study day there, without points', async () => {
    const fresh = stage.join('carol');
    await review(fresh, await begin(fresh), 3);
    expect(await answered(fresh.slash(here(), 'progress'))).toContain('Streak: **1 day**');
    expect(await answered(fresh.slash(here(), 'progress'))).toContain('**0** in all');
  });

  test('by direct message it is a study day in every server where one has a document', async () => {
    const { playground } = stage;
    const dave = stage.join('dave');
    const other = playground.addGuild({ name: 'Another' });
    const channel = playground.addChannel(other.id, { name: 'general' });
    playground.addMember(other.id, dave.id);
    await review(dave, await begin(dave), 3);
    await review(dave, await begin(dave, {}, channel.id), 3);
    await stage.pass(86_400_000);
    const dm = playground.openDm(dave.id);
    await review(dave, await begin(dave, {}, dm.id), 3);
    await review(dave, await begin(dave, {}, dm.id), 3);
    expect([await studied(dave.id), await studied(dave.id, other.id)]).toEqual([2, 2]);
  });

  test('as an app of one’s own it works in servers where the bot is not', async () => {
    const { playground } = stage;
    const erin = playground.addUser({ name: 'erin', installed: true });
    const elsewhere = playground.addGuild({ name: 'Elsewhere', bot: false });
    const channel = playground.addChannel(elsewhere.id, { name: 'general' });
    playground.addMember(elsewhere.id, erin.id);
    const person = { ...playground.as(erin.id), id: erin.id };
    const message = await begin(person, {}, channel.id);
    await review(person, message, 3);
    expect(await deckOf(erin)).toHaveLength(1);
    expect(await studied(erin.id, elsewhere.id)).toBe(0);
  });
});

describe('what one sees of one’s deck', () => {
  test('/review stats and export say what to do while it is empty', async () => {
    const fresh = stage.join('frank');
    expect(await answered(fresh.slash(here(), 'review stats'))).toContain('Your deck is empty');
    const reply = await (await fresh.slash(here(), 'review export')).settled();
    expect(reply.message?.content).toContain('nothing to export');
  });

  test('/review stats shows what is due when, what was known, and what is hard', async () => {
    const gina = stage.join('gina');
    const message = await begin(gina, { count: 2 });
    await review(gina, message, 3);
    await review(gina, message, 3);
    expect(await answered(gina.slash(here(), 'review stats'))).toMatch(
      /\*\*2 cards\*\*, \*\*0\*\* due today/,
    );
    await stage.pass(3 * 86_400_000);
    const again = await begin(gina, { count: 2 });
    await review(gina, again, 1);
    await review(gina, again, 3);
    const { message: drawn } = await (await gina.slash(here(), 'review stats')).settled();
    const inWords = await answered(gina.slash(here(), 'review stats', { text: true }));
    for (const text of [textOf(drawn), inWords]) {
      expect(text).toContain('**50 %** (1 of 2); your target is 90 %');
      expect(text).toContain('forgotten 1 time');
    }
    expect(drawn!.attachments).toHaveLength(1);
    expect(textOf(drawn), 'said of the picture').toMatch(/Recall by week \(target 90%\): .*50%/);
    expect(textOf(drawn)).not.toContain('█');
    expect(inWords).toMatch(/03-0\d +█+ 1/);
  });

  test('/review export gives the deck for Anki, and the history', async () => {
    const reply = await (await stage.person('gina').slash(here(), 'review export')).settled();
    const files = reply.message!.attachments.map(({ filename, url }) => ({ filename, url }));
    expect(files.map(({ filename }) => filename)).toEqual(['koan-anki-1.txt', 'koan-reviews.csv']);
    const [anki, history] = await Promise.all(files.map(async ({ url }) => (await fetch(url)).text()));
    expect(anki!.split('\n').filter((line) => line.startsWith('koan-'))).toHaveLength(2);
    expect(history!.trimEnd().split('\r\n')).toHaveLength(5);
  });

  test('/settings me brings every card in step with another target and another zone', async () => {
    const gina = stage.person('gina');
    const due = async () =>
      (await (await stage.store()).orderedSet(setName.due(gina.id)).top(0, 1))[0]!.score;
    const before = await due();
    expect(await answered(gina.slash(here(), 'settings me', { retention: 97 }))).toContain('**97 %**');
    await until('the cards are due earlier', async () => (await due()) < before);
    expect(
      await answered(gina.slash(here(), 'settings me', { retention: 90, timezone: 'Shanghai' })),
    ).toContain('Asia/Shanghai');
    await until(
      'days begin at four in the afternoon, UTC',
      async () => (await due()) % 86_400_000 === 57_600_000,
    );
  });

  test('/settings me works by direct message too', async () => {
    const dm = stage.playground.openDm(stage.person('gina').id);
    const text = await answered(stage.person('gina').slash(dm.id, 'settings me', { new_per_day: 7 }));
    expect(text).toContain('New questions a day in reviews: **7**');
    expect(await answered(stage.person('gina').slash(dm.id, 'settings server'))).toContain(
      'only in a server that I am in',
    );
  });
});

describe('a reminder', () => {
  const dmOf = (name: string) => stage.playground.openDm(stage.person(name).id);
  const reminders = (name: string) => stage.posts(dmOf(name));
  const settings = (name: string, options = {}) =>
    answered(stage.person(name).slash(here(), 'settings me', options));

  /** Moves the clocks to a time of day in UTC, today or tomorrow. */
  function goTo(time: string): Promise<void> | undefined {
    const at = Date.parse(`${new Date(stage.now()).toISOString().slice(0, 10)}T${time}:00Z`);
    return stage.setTime(at > stage.now() ? at : at + 86_400_000);
  }

  test('comes at the hour chosen, once, when cards are due, and begins a review', async () => {
    stage.join('hugo');
    expect(await settings('hugo', { reminder: 'noonish' })).toContain('is no time of day');
    expect(await settings('hugo', { reminder: '20:00', timezone: 'UTC' })).toContain(
      'by DM at **20:00** (UTC)',
    );
    await review(stage.person('hugo'), await begin(stage.person('hugo')), 1);
    await goTo('20:00');
    await until('the reminder', () => reminders('hugo').length === 1);
    expect(textOf(reminders('hugo')[0])).toContain('**1 card** is due.');
    await stage.restart();
    await sleep(1_500);
    expect(reminders('hugo')).toHaveLength(1);
    const [id] = customIds(reminders('hugo')[0]!);
    const reply = await (await stage.person('hugo').press(reminders('hugo')[0]!, id!)).settled();
    expect(textOf(reply.message)).toContain('1 due');
    expect(reply.ephemeral).toBe(true);
  });

  test('comes when a streak is about to end, and not on a day on which one has studied', async () => {
    const hugo = stage.person('hugo');
    const message = await begin(hugo, { count: 1 });
    await review(hugo, message, 4);
    await goTo('20:00');
    await until('the streak’s reminder', () => reminders('hugo').length === 2);
    expect(textOf(reminders('hugo')[1])).toContain('streak of **1 day** ends today');
    await review(hugo, await begin(hugo, { count: 1 }), 4);
    await goTo('19:00');
    await review(hugo, await begin(hugo, { count: 1 }), 4);
    await goTo('20:00');
    await sleep(1_500);
    expect(reminders('hugo')).toHaveLength(2);
  });

  test('stops by itself when it can’t be delivered, says so, and begins again on request', async () => {
    const { id } = stage.join('ines');
    await settings('ines', { reminder: '20:00', timezone: 'UTC' });
    await review(stage.person('ines'), await begin(stage.person('ines')), 1);
    stage.playground.world.users.get(id)!.acceptsDms = false;
    await goTo('20:00');
    await until('it has stopped', async () => (await settings('ines')).includes('**stopped**'));
    const store = await stage.store();
    expect(await store.orderedSet(setName.jobs).score(`remind:${id}`)).toBeUndefined();
    stage.playground.world.users.get(id)!.acceptsDms = true;
    await settings('ines', { reminder: '20:30' });
    await goTo('20:30');
    await until('the reminder', () => reminders('ines').length === 1);
    expect(await settings('ines', { reminder: 'off' })).toContain('Reminders: **off**');
    expect(await store.orderedSet(setName.jobs).score(`remind:${id}`)).toBeUndefined();
  });

  test('follows the person to another zone', async () => {
    stage.join('jan');
    await settings('jan', { reminder: '20:00', timezone: 'UTC' });
    expect(await settings('jan', { timezone: 'Tokyo' })).toContain('**20:00** (Asia/Tokyo)');
    const next = await (await stage.store())
      .orderedSet(setName.jobs)
      .score(`remind:${stage.person('jan').id}`);
    expect(new Date(next!).toISOString()).toContain('T11:00');
  });
});
