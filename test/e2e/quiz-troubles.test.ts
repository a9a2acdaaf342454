import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Permission } from '../../playground/permissions.ts';
import type { Message } from '../../playground/start.ts';
import { type Post, posts } from '../../src/daily/post.ts';
import { quizzes } from '../../src/quiz/quiz.ts';
import { newSolo, soloQuizzes } from '../../src/quiz/solo.ts';
import { sessions } from '../../src/review/session.ts';
import { documentKey } from '../../src/store/keys.ts';
import { createQuizPlayer, forged, openLobby, pressAction, quizBank, quizMessages } from './quiz-player.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** What people, channels and the network do to a quiz. One server for all; each test plays in a channel of its own. */
let stage: Stage;
let player: Awaited<ReturnType<typeof createQuizPlayer>>;
let room = 0;

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, channels: 15 });
  player = await createQuizPlayer();
  await stage.start({ QUESTIONS_DIR: quizBank });
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

const alice = () => stage.person('alice');
const bob = () => stage.person('bob');

/** A quiz in a fresh channel whose first question is open; alice is its host, and bob has joined. */
async function begin(options: Record<string, string | number | boolean> = {}) {
  const channel = stage.channels[room++]!;
  const lobby = await openLobby(stage, alice(), { count: 2, seconds: 30, ...options }, channel);
  await pressAction(bob(), lobby, 'quizjoin');
  await pressAction(alice(), lobby, 'quizstart');
  await stage.pass(5_000);
  const messages = quizMessages(stage, channel);
  return { channel, lobby, messages, card: await messages.question(0) };
}

async function read(channelId: string) {
  const store = await stage.store();
  return (await store.collection(quizzes).get(documentKey.quiz(channelId)))!;
}

async function stop(channelId: string): Promise<string> {
  return answered(alice().slash(channelId, 'quiz stop'));
}

test('a channel plays one quiz at a time, and the second is told who plays and until when', async () => {
  const { channel } = await begin();
  const second = await bob().slash(channel.id, 'quiz group');
  expect(second.ephemeral).toBe(true);
  expect(await answered(second)).toMatch(
    /quiz of \*\*alice\*\* is being played here: question 1 of 2.*<t:\d+:R>/,
  );
  await stop(channel.id);
});

test('the host and moderators may stop it, nobody else', async () => {
  const { channel, card, messages } = await begin(SINGLE);
  const [pick] = customIds(card);
  expect(await answered(bob().slash(channel.id, 'quiz stop'))).toContain('Only the host');
  await (await player.answer(alice(), card, true)).settled();
  expect(await answered(stage.moderator.slash(channel.id, 'quiz stop'))).toContain('Stopped');
  expect(textOf(await messages.podium())).toContain('The quiz was stopped');
  expect(messages.solutions()).toHaveLength(0);
  await until('it is over', async () => (await read(channel.id)).phase.name === 'over');
  expect(await answered(bob().press(forged(card, pick!), pick!))).toContain('This quiz is over');
  expect(await answered(bob().slash(channel.id, 'quiz stop'))).toContain('No quiz is being played');
});

test('who plays cannot look up the question that is being asked', async () => {
  const { channel } = await begin();
  const { questions } = await read(channel.id);
  const found = await bob().slash(channel.id, 'question', { search: questions[0]!.questionId });
  const [reveal] = customIds(found.message!);
  const refused = await bob().press(found.message!, reveal!);
  expect(await answered(refused)).toContain('is asking this question right now');
  await stop(channel.id);
  await until('it is over', async () => (await read(channel.id)).phase.name === 'over');
  expect(await answered(bob().press(found.message!, reveal!))).toContain('Sources');
});

test('nor see it under a closed post, in a review or in a quiz of their own', async () => {
  const { channel, card } = await begin();
  const { questions } = await read(channel.id);
  const { answers: _, ...asked } = questions[0]!;
  const refused = async (message: Message, id: string) => {
    const { message: reply, followUps } = await (await bob().press(forged(message, id), id)).settled();
    expect(textOf(followUps.at(-1) ?? reply), id).toContain('is asking this question right now');
  };

  const store = await stage.store();
  const post: Post = {
    ...asked,
    key: 'p-20260101',
    scheduleId: 'p',
    guildId: stage.guild.id,
    channelId: channel.id,
    date: '2026-01-01',
    language: 'en',
    opensAt: 0,
    closesAt: 1,
    state: 'closed',
    reacted: true,
    frozen: false,
  };
  await store
    .collection(posts)
    .update(documentKey.post(post.key), () => ({ document: post, result: undefined }));
  await refused(card, `show:${post.key}`);

  const session = { id: 'r1', count: 1, done: [], current: asked.questionId };
  await store
    .collection(sessions)
    .update(documentKey.review(bob().id), () => ({ document: session, result: undefined }));
  await refused(card, 'review-show:r1:0');

  const solo = newSolo('s1', stage.guild.id, [asked], stage.now());
  await store
    .collection(soloQuizzes)
    .update(documentKey.soloQuiz(bob().id), () => ({ document: solo, result: undefined }));
  await refused(card, 'solopick:s1-0:0');
  await stop(channel.id);
});

test('a lobby that is stopped says so and starts nothing', async () => {
  const channel = stage.channels[room++]!;
  const lobby = await openLobby(stage, alice(), {}, channel);
  await stop(channel.id);
  await until('the lobby says so', () => textOf(lobby).includes('called off'));
  expect(customIds(lobby)).toEqual([]);
});

test('an answer may be changed until the time is up where the host allows it, and the question then stays open', async () => {
  const { card, channel } = await begin({ ...SINGLE, changeable: true });
  expect(await answered(await player.answer(alice(), card, false))).toContain('You may change it');
  expect(await answered(await player.answer(alice(), card, true))).toContain('Changed to');
  await (await player.answer(bob(), card, true)).settled();
  await sleep(1_500);
  const { phase, questions } = await read(channel.id);
  expect(phase.name).toBe('open');
  expect(questions[0]!.answers[alice().id]!.right).toBe(true);
  await stop(channel.id);
});

test('when time is up the solution comes, though somebody has not answered and the question was deleted', async () => {
  const { card, channel, messages } = await begin({ ...SINGLE, seconds: 10 });
  await (await player.answer(alice(), card, true)).settled();
  stage.playground.moderate.deleteMessage(channel.id, card.id);
  expect(textOf(await messages.solution(0))).toContain('**1** of 1 right');
  await stage.pass(6_000);
  expect(textOf(await messages.podium())).toContain('🥇 alice');
}, 40_000);

test('a channel that is closed to the bot ends the quiz, and whoever clicks hears it', async () => {
  const { card, channel } = await begin(SINGLE);
  const [pick] = customIds(card);
  stage.playground.setPermissions(channel.id, { bot: { deny: Permission.SendMessages } });
  for (const person of [alice(), bob()]) await (await player.answer(person, card, true)).settled();
  await until('it is over', async () => (await read(channel.id)).phase.name === 'over');
  expect((await read(channel.id)).reason).toBe('refused');
  expect(await answered(bob().press(forged(card, pick!), pick!))).toContain('This quiz is over');
});

test('without what it needs, it does not begin, and names what is missing', async () => {
  const channel = stage.channels[room++]!;
  stage.playground.setPermissions(channel.id, { bot: { deny: Permission.ReadMessageHistory } });
  expect(await answered(alice().slash(channel.id, 'quiz group'))).toContain('**Read Message History**');
});

test('while the gateway is away the question waits, and goes on with the time that was left', async () => {
  const { card, channel, messages } = await begin({ count: 1 });
  const left = async () => {
    const { phase, aliveAt } = await read(channel.id);
    return phase.name === 'open' ? phase.closesAt - aliveAt : 0;
  };
  const before = await left();
  stage.playground.gateway.drop({ resumable: false });
  await stage.pass(20_000);
  await until('the bot is back', () => stage.playground.connections() === 1);
  await until('it was resumed', async () => (await read(channel.id)).resumed);
  expect(before - (await left())).toBeLessThan(6_000);
  await until('the card says so', () => textOf(card).includes('There was an interruption'));
  for (const person of [alice(), bob()]) await (await player.answer(person, card, true)).settled();
  expect(textOf(await messages.solution(0))).toContain('**2** of 2 right');
});

test('a clock that is set back by an hour does not keep a question open for an hour', async () => {
  const { card, messages } = await begin({ ...SINGLE, seconds: 10 });
  await stage.pass(-3_600_000);
  await (await player.answer(alice(), card, true)).settled();
  expect(textOf(await messages.solution(0))).toContain('**1** of 1 right');
  await stage.pass(6_000);
  expect(textOf(await messages.podium())).toContain('🥇 alice');
  await stage.pass(3_600_000);
}, 40_000);

test('forged, replayed and stale clicks get a sentence and change nothing', async () => {
  const { card, channel } = await begin(SINGLE);
  const key = customIds(card)[0]!.split(':')[1]!;
  const id = key.split('-')[0]!;
  const says = (custom: string) => answered(bob().press(forged(card, custom), custom));
  expect(await says(`quizpick:${key}:5`)).toContain('earlier version');
  expect(await says(`quizpick:${key}:-1`)).toContain('earlier version');
  expect(await says(`quizpick:${key}:0:1:2`)).toMatch(/Locked in/);
  expect(await says(`quizpick:${id}-q1:0`)).toContain('over or has been replaced');
  expect(await says(`quizpick:${id}-q99:0`)).toContain('over or has been replaced');
  expect(await says('quizpick:__proto__-q0:0')).toContain('over or has been replaced');
  expect(await says(`quizwhy:${id}-r0`)).toContain('over or has been replaced');
  expect(await says(`quizstart:${id}`)).toContain('Only the host');
  expect(await says('quizjoin:')).toContain('over or has been replaced');
  const { questions } = await read(channel.id);
  expect(Object.keys(questions[0]!.answers)).toEqual([bob().id]);
  await stop(channel.id);
  await until('it is over', async () => (await read(channel.id)).phase.name === 'over');
  const lobby = await openLobby(stage, bob(), { count: 1 }, channel);
  expect(await says(`quizpick:${key}:0`)).toContain('over or has been replaced');
  await pressAction(alice(), lobby, 'quizjoin');
  expect(await answered(bob().slash(channel.id, 'quiz stop'))).toContain('Stopped');
});

test('4,000 characters in a modal are cut, and names come out letter by letter', async () => {
  const name = '**_@everyone_** \u202Egnp <@1> [x](https://e.vil)';
  const villain = stage.playground.addUser({ name: 'villain' });
  stage.playground.addMember(stage.guild.id, villain.id, { nick: name.slice(0, 32) });
  const person = { ...stage.playground.as(villain.id), id: villain.id };
  const channel = stage.channels[room++]!;
  const lobby = await openLobby(stage, person, { count: 1, topic: 'peft-lora', level: 1 }, channel);
  expect(textOf(lobby)).not.toMatch(/(?<!\\)@everyone|\u202E/);
  await pressAction(person, lobby, 'quizstart');
  await stage.pass(5_000);
  const messages = quizMessages(stage, channel);
  const card = await messages.question(0);
  const { modal } = await person.press(card, customIds(card)[0]!);
  const input = (modal!.components[0] as unknown as { component: { max_length: number } }).component;
  input.max_length = 4_000;
  const told = await answered(person.submitModal(modal!, { answer: '@everyone **x** '.repeat(250) }));
  expect(told).toContain('Locked in');
  expect(told).not.toMatch(/(?<!\\)@everyone/);
  const { questions } = await read(channel.id);
  expect(questions[0]!.answers[villain.id]!.given).toHaveLength(200);
  const solution = await messages.solution(0);
  await stage.pass(6_000);
  for (const message of [solution, await messages.podium(), lobby]) {
    expect(textOf(message)).not.toMatch(/(?<!\\)@everyone|(?<!\\)<@1>|\u202E/);
    expect(message.mentions).toEqual({ users: [], roles: [], everyone: false });
  }
});

test('a server that speaks Chinese plays in Chinese', async () => {
  await answered(stage.moderator.slash(stage.channel.id, 'settings server', { language: 'zh' }));
  const { lobby, card, messages } = await begin({ count: 1 });
  expect(textOf(lobby)).toContain('发起了一场答题赛');
  expect(textOf(card)).toContain('第 1 题，共 1 题');
  for (const person of [alice(), bob()]) await (await player.answer(person, card, true)).settled();
  expect(textOf(await messages.solution(0))).toContain('答对');
  await stage.pass(6_000);
  expect(textOf(await messages.podium())).toContain('最终结果');
});

test('a quiz whose question the bank lacks by now ends, and does not hang', async () => {
  const { channel } = await begin({ ...SINGLE, seconds: 10 });
  await stage.kill();
  await stage.start();
  await until('it is over', async () => (await read(channel.id)).phase.name === 'over', 40_000);
  expect((await read(channel.id)).reason).toBe('refused');
});

/** The one question of the bank with one right option. */
const SINGLE = { topic: 'attention', level: 2, count: 1 };
