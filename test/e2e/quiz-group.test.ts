import { afterAll, beforeAll, expect, test } from 'vitest';
import { createQuizPlayer, openLobby, pressAction, quizBank, quizMessages } from './quiz-player.ts';
import { answered, openStage, type Stage, textOf, until } from './stage.ts';

let stage: Stage;
let quiz: Awaited<ReturnType<typeof createQuizPlayer>>;

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

test('a quiz is opened, joined, played, and ends on a podium', async () => {
  const [alice, bob, ming] = ['alice', 'bob', '小明'].map((name) => stage.person(name));
  const lobby = await openLobby(stage, alice!, { count: 2, seconds: 20 });
  expect(textOf(lobby)).toContain('**alice** has opened a quiz');
  expect(await pressAction(bob!, lobby, 'quizjoin')).toContain('You are in');
  expect(await pressAction(bob!, lobby, 'quizstart')).toContain('Only the host');
  expect(await pressAction(alice!, lobby, 'quizstart')).toContain('On your marks');
  await until('the lobby names bob', () => textOf(lobby).includes('**2** in: alice, bob'));
  await stage.pass(5_000);

  const messages = quizMessages(stage);
  const first = await messages.question(0);
  expect(await answered(await quiz.answer(alice!, first, true))).toContain('Locked in');
  expect(await answered(await quiz.answer(alice!, first, false))).toContain('answered this one already');
  expect(await answered(await quiz.answer(ming!, first, true))).toContain('从下一题开始');
  await until('one has answered', () => textOf(first).includes('**1** of 2 answered'));
  expect(textOf(first)).not.toMatch(/✅|Locked/);
  expect(await answered(await quiz.answer(bob!, first, false))).toContain('Locked in');
  const solution = await messages.solution(0);
  expect(textOf(solution)).toContain('**1** of 2 right');
  expect(textOf(solution)).toContain('⚡ alice');
  await until('the question is closed', () => textOf(first).includes('Time is up.'));
  expect(await pressAction(ming!, solution, 'quizwhy')).toMatch(/出处/);

  await stage.pass(12_000);
  const second = await messages.question(1);
  for (const person of [alice, bob, ming]) await (await quiz.answer(person!, second, true)).settled();
  await messages.solution(1);
  await stage.pass(6_000);
  const podium = await messages.podium();
  expect(textOf(podium)).toContain('🥇 alice');
  expect(textOf(podium)).toContain('2 right');
  expect(await pressAction(bob!, podium, 'quizmine')).toContain('You: #');
  expect(await answered(alice!.slash(stage.channel.id, 'leaderboard'))).toMatch(/alice · \d+ points/);
});
