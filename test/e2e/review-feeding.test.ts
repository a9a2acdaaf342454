import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { cards } from '../../src/review/card.ts';
import { documentKey, setName } from '../../src/store/keys.ts';
import { createQuizPlayer, quizBank } from './quiz-player.ts';
import { customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** What fills a deck besides reviews. */
let stage: Stage;
let quiz: Awaited<ReturnType<typeof createQuizPlayer>>;
let post: Message;

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false });
  quiz = await createQuizPlayer();
  await stage.start({ QUESTIONS_DIR: quizBank });
  await stage.moderator.slash(stage.channel.id, 'daily add', {
    channel: stage.channel.id,
    time: '09:00',
    timezone: 'UTC',
  });
  await stage.moderator.slash(stage.channel.id, 'daily next', { question: 'mask-before-softmax' });
  await stage.setTime('2026-03-02T09:00:00Z');
  post = await stage.post(1);
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

async function entries(name: string) {
  const store = await stage.store();
  const { id } = stage.person(name);
  const due = await store.orderedSet(setName.due(id)).range(0, Number.MAX_SAFE_INTEGER);
  const found = await store.collection(cards).getMany(due.map(({ member }) => documentKey.card(id, member)));
  return [...found.values()].flatMap(({ log }) =>
    Object.values(log).map(({ grade, kind }) => `${kind} ${grade}`),
  );
}

const holds = (name: string, expected: string[]) =>
  until(`${name} has ${expected}`, async () => (await entries(name)).join() === expected.join());

test('a daily’s reaction feeds the card, and its button answer where there is no reaction', async () => {
  const right = quiz.itemOn(post).answer === true ? 0 : 1;
  const picks = customIds(post).filter((id) => id.startsWith('pick:'));
  await stage.pass(60_000);
  await (await stage.person('alice').press(post, picks[right]!)).settled();
  await holds('alice', ['daily 3']);
  await (await stage.person('bob').press(post, picks[1 - right]!)).settled();
  await holds('bob', ['daily 1']);
  stage.person('bob').react(post.channelId, post.id, '🤔');
  await holds('bob', ['daily 2']);
  stage.person('bob').unreact(post.channelId, post.id, '🤔');
  await holds('bob', ['daily 1']);
  stage.person('小明').react(post.channelId, post.id, '⚡');
  await holds('小明', ['daily 4']);
  stage.person('小明').unreact(post.channelId, post.id, '⚡');
  await holds('小明', []);
});

test('a review does not give away what a daily still asks', async () => {
  await stage.pass(11 * 60_000);
  const begin = async () => {
    const reply = await (await stage.person('bob').slash(stage.channel.id, 'review start')).settled();
    return textOf(reply.message);
  };
  expect(await begin()).toContain('0 due · ');
  await stage.setTime('2026-03-03T09:00:00Z');
  await stage.post(2);
  await stage.pass(31_000);
  await until('closed', () => textOf(post).includes('Closed'));
  expect(await begin()).toContain('1 due · ');
});

test('a quiz answer feeds the card', async () => {
  stage.join('quentin');
  const reply = await stage.person('quentin').slash(stage.channel.id, 'quiz solo', { count: 1 });
  const { message } = await reply.settled();
  await (await quiz.answer(stage.person('quentin'), message!, false)).settled();
  await holds('quentin', ['quiz 1']);
});
