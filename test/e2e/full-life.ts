import { readFile } from 'node:fs/promises';
import type { Message } from '../../playground/start.ts';
import { setName } from '../../src/store/keys.ts';
import { createQuizPlayer, openLobby, pressAction, quizBank, quizMessages } from './quiz-player.ts';
import { sit } from './sitting.ts';
import { answered, customIds, type Stage, until } from './stage.ts';

type Who = ReturnType<Stage['person']>;

/**
 * Starts the bot and has somebody use all that there is, and `other` some of it. In the end a daily question and a quiz
 * are open, a competition is under way, and one is decided. From 08:00 to 09:00 on 2026-03-02, UTC.
 */
export async function liveFully(stage: Stage, name: string, other: string): Promise<{ post: Message }> {
  await stage.start({ QUESTIONS_DIR: quizBank });
  const quiz = await createQuizPlayer();
  const [who, peer] = [stage.person(name), stage.person(other)];
  const here = stage.channel.id;
  const jobs = (await stage.store()).orderedSet(setName.jobs);
  const hasJob = async (start: string) =>
    (await jobs.range(0, Number.MAX_SAFE_INTEGER)).some(({ member }) => member.startsWith(start));

  for (const each of [who, peer]) {
    await answered(each.slash(here, 'settings me', { timezone: 'UTC', reminder: '08:30', retention: 91 }));
  }

  await competition('First cup');
  const solo = (await (await who.slash(here, 'quiz solo', { count: 3 })).settled()).message!;
  await (await quiz.answer(who, solo, true)).settled();
  await answered(stage.moderator.slash(here, 'settings server', { reports: stage.channels[1]!.id }));
  const { modal } = await who.press(solo, customIds(solo).find((id) => id.startsWith('report:'))!);
  await (await who.submitModal(modal!, { report: 'A comma is missing.' })).settled();
  await confirm('competition end', 'finish');
  await stage.pass(4 * 60_000);
  await until('the first cup is decided', async () => !(await hasJob('compete:')), PATIENCE);
  await competition('Second cup');

  for (const each of [who, peer]) await review(each, here);

  const sitting = await sit(quiz.bank, who, here, { questions: 1 });
  await sitting.press('begin');
  await sitting.write('say', 'I would measure first.');
  await sitting.press('done');
  await sitting.press('score');

  await stage.setTime('2026-03-02T08:30:00Z');
  const dms = () => stage.posts(stage.playground.openDm(who.id));
  await until('the reminder', () => dms().length === 1, PATIENCE);

  await answered(stage.moderator.slash(here, 'daily add', { channel: here, time: '09:00', timezone: 'UTC' }));
  await stage.setTime('2026-03-02T09:00:00Z');
  const asked = () => stage.posts().find(({ reactions }) => reactions.size >= 4);
  await until('the daily question', () => asked() !== undefined, PATIENCE);
  const post = asked()!;
  for (const each of [who, peer]) {
    each.react(here, post.id, '✅');
    const show = customIds(post).find((id) => id.startsWith('show:'))!;
    await (await each.press(post, show)).settled();
  }
  const unfed = (await stage.store()).orderedSet(setName.unfed(stage.guild.id));
  const graded = (await stage.store()).orderedSet(setName.board(stage.guild.id, 'all'));
  await until('both have graded', async () => (await graded.count()) === 2 && (await unfed.count()) === 0);

  // A report that is kept, as nobody can be told.
  const closed = stage.playground.addChannel(stage.guild.id, { name: 'closed' });
  await answered(stage.moderator.slash(here, 'settings server', { reports: closed.id }));
  stage.playground.deleteChannel(closed.id);
  for (const each of [who, peer]) await report(each, here);

  const lobby = await openLobby(stage, who, { count: 3, seconds: 60 });
  await pressAction(peer, lobby, 'quizjoin');
  await pressAction(who, lobby, 'quizstart');
  await stage.pass(5_000);
  await (await quiz.answer(who, await quizMessages(stage).question(0), true)).settled();

  const file = { name: 'own.yaml', base64: await readFile('src/own-bank/example.yaml', 'base64') };
  await confirm('bank import', 'bank-store', { file });
  for (const each of [who, peer]) await review(each, here, OWN_TOPIC);
  return { post };

  async function competition(title: string): Promise<void> {
    const options = { name: title, start: 'today', end: '2 days', channel: stage.channels[1]!.id };
    await answered(stage.moderator.slash(here, 'competition create', options));
    for (const each of [who, peer]) await answered(each.slash(here, 'competition join'));
  }

  async function confirm(command: string, action: string, options = {}): Promise<void> {
    let message: Message | undefined;
    const button = () => message && customIds(message).find((each) => each.startsWith(action));
    // A busy machine may take too long to read a file.
    await until(`the button of /${command}`, async () => {
      message = (await (await stage.moderator.slash(here, command, options)).settled()).message;
      return button() !== undefined;
    });
    await (await stage.moderator.press(message!, button()!)).settled();
  }
}

async function report(who: Who, channelId: string): Promise<void> {
  const { message } = await who.slash(channelId, 'question', { search: 'attention' });
  for (const start of ['reveal:', 'report:']) {
    const id = customIds(message!).find((each) => each.startsWith(start))!;
    const { modal } = await who.press(message!, id);
    if (modal) await (await who.submitModal(modal, { report: 'The answer is wrong.' })).settled();
  }
}

async function review(who: Who, channelId: string, topic?: string): Promise<void> {
  const options = { count: 3, ...(topic ? { topic } : {}) };
  const { message } = await (await who.slash(channelId, 'review start', options)).settled();
  for (const start of ['review-show:', 'review-grade:']) {
    const id = customIds(message!).find((each) => each.startsWith(start))!;
    await (await who.press(message!, id)).settled();
  }
}

/** Of the server's own questions that are imported. */
const OWN_TOPIC = 'our-stack';

/** Milliseconds: a busy machine may have to try a job again. */
const PATIENCE = 50_000;
