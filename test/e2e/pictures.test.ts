import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { sizeOfPng } from '../pictures/png.ts';
import { customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** Formulas in a question, from the channel to the answer, with a bank whose one question has some. */
let stage: Stage;
let questions: string;

beforeEach(async () => {
  questions = await mkdtemp(join(tmpdir(), 'koan-questions-'));
  await cp('test/bank/fixtures/bank', questions, { recursive: true });
  const file = join(questions, 'attention', 'scaling.yaml');
  const text = (await readFile(file, 'utf8'))
    .replace('    scores:', "    spread: '\\operatorname{Var}(q\\cdot k) = d_k'\n    scores:")
    .replace('has variance d_k; large', 'has {{spread}}; large')
    .replace('q·k 的方差为 d_k', '有 {{spread}}');
  await writeFile(file, text);
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true });
  await stage.start({ QUESTIONS_DIR: questions });
  await stage.moderator.slash(stage.channel.id, 'daily add', {
    channel: stage.channel.id,
    time: '09:00',
    timezone: 'UTC',
    language: 'both',
  });
  await stage.moderator.slash(stage.channel.id, 'daily next', { question: 'scale-variance' });
});
afterEach(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
  await rm(questions, { recursive: true });
});

async function ask(): Promise<Message> {
  await stage.setTime('2026-03-02T09:00:00Z');
  return stage.post(1);
}

/** The pictures that a message shows: what is said of each, and its file. */
function picturesOf(message: Message | undefined) {
  const found: { alt: string; size: { width: number; height: number } }[] = [];
  JSON.stringify(message?.components, (_, value) => {
    const { media, description } = (value ?? {}) as {
      media?: { attachment_id: string };
      description: string;
    };
    const file = media && stage.playground.world.files.get(media.attachment_id);
    if (file) found.push({ alt: description, size: sizeOfPng(file.data) });
    return value;
  });
  return found;
}

test('a posted question numbers its formulas and shows them in a picture, and nothing of its explanation', async () => {
  const post = await ask();
  expect(textOf(post)).toContain('Why does ⟨2⟩ divide');
  expect(textOf(post)).toContain('为什么 ⟨2⟩ 要除以');
  expect(picturesOf(post)).toEqual([
    { alt: '⟨2⟩ QK^\\top/\\sqrt{d_k}', size: { width: 1040, height: expect.any(Number) } },
  ]);
});

test('the solution, for one person, shows the formulas of the explanation', async () => {
  const post = await ask();
  const shown = await (await stage.person('alice').press(post, `show:${keyOf(post)}`)).settled();
  expect(shown.ephemeral).toBe(true);
  expect(textOf(shown.message)).toContain('⟨1⟩; large scores');
  expect(picturesOf(shown.message).map(({ alt }) => alt)).toEqual([
    '⟨1⟩ \\operatorname{Var}(q\\cdot k) = d_k',
  ]);
});

test('the closed card keeps its picture', async () => {
  const post = await ask();
  await stage.setTime('2026-03-03T09:00:31Z');
  await until('the card is closed', () => textOf(post).includes('Closed'));
  expect(picturesOf(post)).toHaveLength(1);
  expect(post.attachments).toHaveLength(1);
});

test('a question whose sending failed, or was cut short by a kill, comes with its picture, once', async () => {
  const sending = { method: 'POST', path: /^\/channels\/\d+\/messages$/ };
  stage.playground.faults.order({ ...sending, times: 50 }, { kind: 'status', status: 500 });
  await stage.setTime('2026-03-02T09:00:00Z');
  await until('an attempt', () => stage.playground.requests.some(({ status }) => status === 500));
  await stage.kill();
  stage.playground.faults.clear();
  await stage.start({ QUESTIONS_DIR: questions });
  await stage.pass(125_000);
  const post = await stage.post(1);
  expect(picturesOf(post)).toHaveLength(1);
  expect(stage.posts()).toHaveLength(1);
});

test('where the bot may not attach files, the source is shown instead', async () => {
  stage.playground.setPermissions(stage.channel.id, { bot: { deny: ATTACH_FILES } });
  const post = await ask();
  expect(picturesOf(post)).toEqual([]);
  expect(textOf(post)).toContain('⟨2⟩ `QK^\\top/\\sqrt{d_k}`');
});

test('a question looked up shows its picture, and the next one with its answer', async () => {
  const looked = await stage.person('小明').slash(stage.channel.id, 'question', { search: 'scale-variance' });
  expect(picturesOf(looked.message)).toHaveLength(1);
  const answer = await stage.person('小明').press(looked.message!, 'reveal:scale-variance');
  expect(picturesOf(answer.message).map(({ alt }) => alt)).toEqual([
    '⟨1⟩ \\operatorname{Var}(q\\cdot k) = d_k',
  ]);
  expect(answer.message!.attachments).toHaveLength(1);
});

test('/progress shows the year and the topics as pictures, described in the person’s language', async () => {
  const post = await ask();
  stage.person('小明').react(stage.channel.id, post.id, '⚡');
  const progress = async (options: Record<string, boolean>) =>
    (await stage.person('小明').slash(stage.channel.id, 'progress', options)).settled();
  await until('the grade counts', async () =>
    textOf((await progress({ text: true })).message).includes('By topic'),
  );
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');

  const pictures = picturesOf((await progress({})).message);
  expect(pictures.map(({ alt }) => alt)).toEqual([
    '最近一年的日历：学习 1 天，用掉冻结卡 0 张。当前连续 1 天，最长 1 天，手上有冻结卡 0 张。',
    '各主题掌握情况：注意力机制 100%（共 1 题）。',
    expect.stringMatching(/^每周记忆保持率（目标 90%）：暂无。到期：今天 \d 张/),
  ]);
  expect(pictures.map(({ size }) => size.width)).toEqual([1040, 1040, 1040]);

  const inWords = (await progress({ text: true })).message;
  expect(picturesOf(inWords)).toEqual([]);
  expect(textOf(inWords)).toContain('自评 1 题，会 1 题');
  expect(textOf(inWords)).toContain('每周记忆保持率');

  const shared = (await progress({ share: true })).message;
  expect(picturesOf(shared)).toHaveLength(2);
});

test('/leaderboard is a picture, whose description has every row, and turns its pages', async () => {
  for (let index = 0; index < 12; index++) stage.join(`crowd ${index} 🐼`);
  const post = await ask();
  for (let index = 0; index < 12; index++)
    stage.person(`crowd ${index} 🐼`).react(stage.channel.id, post.id, '✅');
  const look = async () =>
    (await stage.person('crowd 3 🐼').slash(stage.channel.id, 'leaderboard', { page: 1 })).settled();
  await until('all have their points', async () => textOf((await look()).message).includes('Page 1 of 2'));
  const board = (await look()).message!;
  const [first] = picturesOf(board);
  expect(first!.size).toEqual({ width: 1040, height: expect.any(Number) });
  expect(first!.alt.split('\n')).toHaveLength(10);
  expect(first!.alt).toContain('🥇 crowd 9 🐼 · 10 points · 🔥 1');
  expect(first!.alt).toContain('🥇 crowd 3 🐼 · 10 points · 🔥 1 ←');
  const turned = await (
    await stage.person('crowd 3 🐼').press(board, customIds(board).find((id) => id.endsWith(':2'))!)
  ).settled();
  expect(picturesOf(turned.message)[0]!.alt.split('\n')).toHaveLength(2);
  expect(turned.message!.attachments).toHaveLength(1);
});

function keyOf(post: Message): string {
  return /"show:([^":]+)"/.exec(JSON.stringify(post.components))![1]!;
}

const ATTACH_FILES = 1n << 15n;
