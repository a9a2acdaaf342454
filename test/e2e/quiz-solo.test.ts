import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message, Response } from '../../playground/start.ts';
import { daysOf } from '../../src/progress/derived.ts';
import { members } from '../../src/progress/member.ts';
import { documentKey } from '../../src/store/keys.ts';
import { createQuizPlayer, forged, pressAction, quizBank } from './quiz-player.ts';
import { answered, customIds, openStage, type Stage, textOf } from './stage.ts';

let stage: Stage;
let quiz: Awaited<ReturnType<typeof createQuizPlayer>>;
const here = () => stage.channel.id;

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  quiz = await createQuizPlayer();
  await stage.start({ QUESTIONS_DIR: quizBank });
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

async function begin(name: string, options: Record<string, string | number> = {}): Promise<Message> {
  const reply = await (await stage.person(name).slash(here(), 'quiz solo', options)).settled();
  expect(reply.ephemeral).toBe(true);
  return reply.message!;
}

const next = (name: string, card: Message) => pressAction(stage.person(name), card, 'solonext');

async function memberOf(name: string) {
  const store = await stage.store();
  return store.collection(members).get(documentKey.member(stage.guild.id, stage.person(name).id));
}

test('a quiz of every type is asked, marked and explained one by one, and ends in a result', async () => {
  const card = await begin('alice', { count: 20 });
  const seen = new Set<string>();
  for (let n = 0; n < 6; n++) {
    const item = quiz.itemOn(card);
    seen.add(item.type);
    expect(textOf(card)).toContain(`Question ${n + 1} of 6`);
    for (const id of customIds(card)) expect(id).not.toContain(item.id);
    await (await quiz.answer(stage.person('alice'), card, n % 2 === 0)).settled();
    expect(textOf(card)).toContain(n % 2 === 0 ? 'Right!' : 'Not quite');
    expect(textOf(card)).toContain('Sources');
    await next('alice', card);
  }
  expect(seen.size).toBe(6);
  expect(textOf(card)).toContain('3 of 6 right');
  expect(textOf(card)).toContain('By topic');
  expect(textOf(card)).toContain('What went wrong');
  const day = daysOf((await memberOf('alice'))!)['2026-03-02']!;
  expect(day.acts).toBe(6);
  expect(day.quiz).toBe(day.auto);
  expect(textOf(card)).toContain(`${day.quiz} points for the leaderboard`);
  expect(await answered(stage.person('alice').slash(here(), 'leaderboard'))).toContain(`${day.quiz} points`);
  expect(await answered(stage.person('alice').slash(here(), 'progress'))).toContain('Streak: **1 day**');
});

test('the same questions again on the same day earn nothing more', async () => {
  const before = daysOf((await memberOf('alice'))!);
  const card = await begin('alice', { count: 6 });
  for (let n = 0; n < 6; n++) {
    await (await quiz.answer(stage.person('alice'), card, true)).settled();
    expect(textOf(card)).toContain('No points this time');
    await next('alice', card);
  }
  expect(textOf(card)).toContain('6 of 6 right');
  expect(textOf(card)).toContain('All of them right');
  expect(daysOf((await memberOf('alice'))!)).toEqual(before);
});

test('a question that was looked up before earns nothing on that day', async () => {
  const shown = await stage.person('bob').slash(here(), 'question', { search: 'mask-before-softmax' });
  await (await stage.person('bob').press(shown.message!, customIds(shown.message!)[0]!)).settled();
  const card = await begin('bob', { type: 'boolean' });
  await (await quiz.answer(stage.person('bob'), card, true)).settled();
  expect(textOf(card)).toContain('Right!');
  expect(textOf(card)).toContain('No points this time');
  expect(daysOf((await memberOf('bob'))!)['2026-03-02']).toMatchObject({
    acts: 1,
    self: 0,
    auto: 0,
    quiz: 0,
  });
});

test('a look at an open question costs nothing, and enters nothing', async () => {
  const zoe = stage.join('zoe');
  const shown = await zoe.slash(here(), 'question', { search: 'derive-variance' });
  await (await zoe.press(shown.message!, customIds(shown.message!)[0]!)).settled();
  expect(textOf(shown.message)).toContain('Key points');
  expect(await memberOf('zoe')).toBeUndefined();
});

test('it speaks the person’s language', async () => {
  const card = await begin('小明', { type: 'single' });
  expect(textOf(card)).toContain('第 1 题，共 1 题');
  await (await quiz.answer(stage.person('小明'), card, true)).settled();
  expect(textOf(card)).toContain('答对了');
  await next('小明', card);
  expect(textOf(card)).toContain('答对 1 / 1 题');
});

test('it goes on where it was after a kill', async () => {
  const card = await begin('bob', { count: 3 });
  await (await quiz.answer(stage.person('bob'), card, false)).settled();
  await stage.kill();
  await stage.start({ QUESTIONS_DIR: quizBank });
  await next('bob', card);
  expect(textOf(card)).toContain('Question 2 of 3');
  await (await quiz.answer(stage.person('bob'), card, true)).settled();
  expect(textOf(card)).toContain('Right!');
});

test('by direct message it earns no points, is a study day where one has a document, and feeds the deck', async () => {
  const dana = stage.join('dana');
  const dm = stage.playground.openDm(dana.id);
  const play = async (channelId: string) => {
    const reply = await (await dana.slash(channelId, 'quiz solo', { type: 'single' })).settled();
    const card = reply.message!;
    await (await quiz.answer(dana, card, false)).settled();
    expect(textOf(card)).toContain('Not quite');
    await pressAction(dana, card, 'solonext');
    expect(textOf(card)).toContain('0 of 1 right');
    expect(textOf(card)).not.toContain('for the leaderboard');
  };
  await play(dm.id);
  expect(await memberOf('dana'), 'nothing is kept in a server where one has done nothing').toBeUndefined();
  expect(await answered(dana.slash(dm.id, 'review stats'))).toContain('**1 card**');

  await play(here());
  await stage.pass(86_400_000);
  await play(dm.id);
  const days = daysOf((await memberOf('dana'))!);
  expect(Object.values(days).map(({ acts, auto }) => [acts, auto])).toEqual([
    [1, 0],
    [1, 0],
  ]);
  await stage.pass(-86_400_000);
});

test('as an app of one’s own it works where the bot is not, and a quiz for all does not', async () => {
  const { playground } = stage;
  const erin = playground.addUser({ name: 'erin', installed: true });
  const elsewhere = playground.addGuild({ name: 'Elsewhere', bot: false });
  const channel = playground.addChannel(elsewhere.id, { name: 'general' });
  playground.addMember(elsewhere.id, erin.id);
  const person = playground.as(erin.id);
  const reply = await (await person.slash(channel.id, 'quiz solo', { type: 'boolean' })).settled();
  expect(reply.ephemeral).toBe(true);
  await (await quiz.answer(person, reply.message!, true)).settled();
  expect(textOf(reply.message)).toContain('Right!');
  expect(textOf(reply.message)).not.toContain('points');
  const store = await stage.store();
  expect(await store.collection(members).get(documentKey.member(elsewhere.id, erin.id))).toBeUndefined();
  expect(await answered(person.slash(channel.id, 'quiz group'))).toContain('only in a server that I am in');
  expect(await answered(person.slash(channel.id, 'quiz stop'))).toContain('only in a server that I am in');
});

test('options and topics that lead nowhere are refused in words', async () => {
  const text = (options: Record<string, string | number>) =>
    answered(stage.person('alice').slash(here(), 'quiz solo', options));
  expect(await text({ topic: 'cooking' })).toContain('I know no topic “cooking”');
  expect(await text({ topic: 'attention', level: 3, type: 'short' })).toContain(
    'No question in the bank fits',
  );
  const choices = await stage.person('alice').autocomplete(here(), 'quiz solo', { topic: 'atten' }, 'topic');
  expect(choices.map(({ value }) => value)).toEqual(['attention']);
});

test('what can’t be read as a number costs nothing', async () => {
  const card = await begin('alice', { type: 'number' });
  const write = customIds(card)[0]!;
  const type = async (text: string): Promise<Response> => {
    const { modal } = await stage.person('alice').press(card, write);
    return (await stage.person('alice').submitModal(modal!, { answer: text })).settled();
  };
  expect(textOf((await type('many')).followUps[0])).toContain("can't read “many” as a number");
  await type('65536');
  expect(textOf(card)).toContain('Right!');
});

test('clicks that are stale, forged or of an earlier quiz get one sentence and change nothing', async () => {
  const earlier = await begin('alice', { type: 'boolean' });
  const [stale] = customIds(earlier);
  const card = await begin('alice', { type: 'single' });
  const says = async (id: string) => {
    const reply = await (await stage.person('alice').press(forged(card, id), id)).settled();
    return textOf(reply.followUps.at(-1)) || textOf(reply.message);
  };
  const key = customIds(card)[0]!.split(':')[1]!;
  expect(await says(stale!)).toContain('has been replaced');
  expect(await says(`solopick:${key}:9`)).toContain('earlier version');
  expect(await says(`solopick:${key}:__proto__`)).toContain('earlier version');
  expect(await says(`solopick:${key.split('-')[0]}-7:0`)).toContain('gone on');
  expect(await says('solopick:constructor-0:0')).toContain('has been replaced');
  expect(await says('solonext:')).toContain('has been replaced');
  expect(await says(`solonext:${key}`)).toContain('Question 1 of 1');
  await (await quiz.answer(stage.person('alice'), card, true)).settled();
  expect(textOf(card)).toContain('Right!');
});
