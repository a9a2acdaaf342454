import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import {
  fileOf,
  importFile,
  ownFile,
  ownQuestions,
  ownTopics,
  sendFile,
  switchTopics,
} from './own-questions.ts';
import { sit } from './sitting.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** A server that has switched off all shared topics: whatever is asked there is its own. */
let stage: Stage;
let shared: string[];
const here = () => stage.channel.id;
const alice = () => stage.person('alice');

beforeAll(async () => {
  stage = await openStage({ driver: 'redis', rateLimits: false, checkAnswers: true, channels: 2 });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
  const { message } = await stage.moderator.slash(here(), 'bank topics');
  shared = [...JSON.stringify(message!.components).matchAll(/"value":"([a-z-]+)"/g)].map(([, slug]) => slug!);
  await importFile(stage, ownFile(ownQuestions('one', 'two', 'open-one')));
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

describe('topics', () => {
  test('one that is switched off is not offered any more, and says so when it is asked for', async () => {
    const card = await switchTopics(
      stage,
      shared.filter((slug) => slug !== 'attention'),
    );
    expect(card).toContain('⬜ Attention Mechanisms');
    const choices = await alice().autocomplete(here(), 'quiz solo', { topic: 'attention' }, 'topic');
    expect(choices.map(({ value }) => value)).not.toContain('attention');
    expect(await answered(alice().slash(here(), 'quiz solo', { topic: 'attention' }))).toContain(
      '**Attention Mechanisms** is switched off in this server',
    );
    const found = await alice().autocomplete(here(), 'question', { search: 'attention' }, 'search');
    expect(found.every(({ value }) => !String(value).startsWith('attention-'))).toBe(true);
  });

  test('a daily question that is narrowed to it says what it asks now', async () => {
    await switchTopics(stage, shared);
    await answered(
      stage.moderator.slash(here(), 'daily add', { channel: here(), time: '20:00', topic: 'attention' }),
    );
    const card = await switchTopics(
      stage,
      shared.filter((slug) => slug !== 'attention'),
    );
    expect(card).toContain(`The daily question in <#${here()}> is narrowed to **Attention Mechanisms**`);
    expect(await answered(stage.moderator.slash(here(), 'daily list'))).toContain(
      'Attention Mechanisms: no questions here',
    );
    const next = await answered(stage.moderator.slash(here(), 'daily next'));
    expect(next).toMatch(/· `[a-z0-9-]+`$/m);
    expect(next).not.toContain('Attention Mechanisms');
  });

  test('all may be off where there are questions of one’s own', async () => {
    expect(await switchTopics(stage, [])).toContain('🏠 Our stack · 3');
    expect(await answered(stage.moderator.slash(here(), 'daily next'))).toContain('Our stack · ●○○');
  });
});

describe('a question of the server’s own', () => {
  test('comes as the daily question, and keeps working after it was removed', async () => {
    await answered(stage.moderator.slash(here(), 'daily now'));
    const post = await stage.post(1);
    const asked = /\((one|two|open-one)\)/.exec(textOf(post))![1]!;
    expect(textOf(post)).toContain('Our stack');
    expect(JSON.stringify(post.components)).not.toContain('own.');

    expect(await answered(stage.moderator.slash(here(), 'bank remove', { question: asked }))).toContain(
      'Removed: ',
    );
    const show = customIds(post).find((id) => id.startsWith('show:'))!;
    const solution = await answered(alice().press(post, show));
    expect(solution).toContain(`\`${asked}\``);
    expect(solution).toContain(asked.startsWith('open') ? 'A model answer.' : `Because of ${asked}.`);
    const found = await alice().autocomplete(here(), 'question', { search: asked }, 'search');
    expect(found.map(({ name }) => name).join()).not.toContain(`(${asked})`);

    await stage.pass(24 * 3_600_000 + 120_000);
    await until('the post has closed', () => textOf(post).includes('Closed'));
    expect(textOf(post)).toContain(`(${asked})`);
    await importFile(stage, ownFile(ownQuestions('one', 'two', 'open-one')));
  });

  test('comes in a quiz, and its review follows', async () => {
    const { message } = await (await alice().slash(here(), 'quiz solo', { count: 2 })).settled();
    expect(textOf(message)).toContain('Our stack');
    const pick = customIds(message!).find((id) => id.startsWith('solopick'))!;
    await (await alice().press(message!, pick)).settled();
    expect(textOf(message)).toMatch(/`(one|two)`/);
    await until('the card', async () => {
      const store = await stage.store();
      return (await store.orderedSet(`due:{${alice().id}}`).count()) > 0;
    });
  });

  test('comes in a mock interview, whose report names it by its author’s id', async () => {
    const sitting = await sit(await loadBank('questions'), alice(), here(), { questions: 1 });
    await sitting.press('begin');
    expect(sitting.text()).toContain('How does our gateway work (open-one)?');
    await sitting.write('say', 'I would measure first.');
    await sitting.press('done');
    await sitting.press('score');
    await sitting.press('skip');
    expect(sitting.text()).toContain('`open-one`');
    await sitting.press('next');
    expect(sitting.text()).toContain('`open-one`');
  });

  test('stays in an interview when it is removed, but not for who has left the server', async () => {
    const dora = stage.join('dora');
    const bank = await loadBank('questions');
    await (await sit(bank, dora, here(), { questions: 1 })).press('begin');
    await answered(stage.moderator.slash(here(), 'bank remove', { question: 'open-one' }));
    const open = async () => {
      const sitting = await sit(bank, dora, stage.playground.openDm(dora.id).id);
      await sitting.press('open');
      return sitting;
    };
    expect((await open()).text()).toContain('How does our gateway work');

    stage.playground.removeMember(stage.guild.id, dora.id);
    await stage.pass(6 * 60_000);
    const sitting = await open();
    expect(sitting.text()).toContain('This question is no longer in the bank.');
    expect(sitting.text()).not.toContain('gateway');
    await sitting.press('drop');
    expect(await sitting.file()).not.toContain('gateway');
    await importFile(stage, ownFile(ownQuestions('one', 'two', 'open-one')));
  });

  test('is reviewed by direct message as long as one is in the server', async () => {
    await stage.pass(10 * 86_400_000);
    const dm = stage.playground.openDm(alice().id);
    const review = async () => {
      const { message } = await (await alice().slash(dm.id, 'review start', { count: 1 })).settled();
      return textOf(message);
    };
    expect(await review()).toMatch(/[1-9] due/);
    stage.playground.removeMember(stage.guild.id, alice().id);
    await stage.pass(6 * 60_000);
    const after = await review();
    expect(after).toContain('0 due');
    expect(after).not.toContain('Our stack');
  });

  test('is nowhere in another server', async () => {
    const other = stage.playground.addGuild({ name: 'Elsewhere' });
    const channel = stage.playground.addChannel(other.id, { name: 'general' });
    stage.playground.addMember(other.id, stage.person('bob').id);
    const bob = stage.person('bob');
    const own = await bob.autocomplete(here(), 'question', { search: 'Which of our services' }, 'search');
    expect(own.length).toBeGreaterThan(0);
    const there = await bob.autocomplete(
      channel.id,
      'question',
      { search: 'Which of our services' },
      'search',
    );
    expect(there.every(({ name }) => !name.startsWith('Which of our services'))).toBe(true);
    const id = String(own[0]!.value);
    const shown = await answered(bob.slash(channel.id, 'question', { search: id }));
    expect(shown).not.toContain('Which of our services');
    const topics = await bob.autocomplete(channel.id, 'quiz solo', { topic: 'our' }, 'topic');
    expect(topics.map(({ value }) => value)).not.toContain('our-stack');
  });
});

describe('a change', () => {
  test('of a text shows at once, under the post that asked it', async () => {
    await answered(stage.moderator.slash(here(), 'bank remove', { question: 'two' }));
    await answered(stage.moderator.slash(here(), 'bank remove', { question: 'open-one' }));
    await answered(stage.moderator.slash(here(), 'daily now'));
    await until('the question', () => stage.posts().some((post) => textOf(post).includes('(one)?')));
    const post = stage.posts().findLast((each) => textOf(each).includes('(one)?'))!;
    const [changed] = ownQuestions('one') as [{ en: { explanation: string } }];
    changed.en.explanation = 'Because it was mended.';
    expect(await importFile(stage, ownFile([changed]))).toContain('**0** new, **1** changed');
    const show = customIds(post).find((id) => id.startsWith('show:'))!;
    expect(await answered(stage.person('bob').press(post, show))).toContain('Because it was mended.');
  });

  test('of its form makes another question of it, and the old one keeps its buttons', async () => {
    const post = stage.posts().findLast((each) => textOf(each).includes('(one)?'))!;
    const [question] = ownQuestions('one') as [
      { en: { options: object; why: object }; zh: typeof question.en },
    ];
    for (const language of ['en', 'zh'] as const) {
      question[language].options = { ...question[language].options, d: 'Delta' };
      question[language].why = { ...question[language].why, d: language === 'en' ? 'No.' : '不是。' };
    }
    expect(await importFile(stage, ownFile([question]))).toContain('**1** changed');
    const pick = customIds(post).find((id) => id.startsWith('pick:'))!;
    expect(await answered(stage.person('小明').press(post, pick))).toContain(
      '因为 it was mended.'.slice(0, 2),
    );
    expect(await answered(stage.person('小明').slash(here(), 'question', { search: 'one' }))).toContain(
      'Delta',
    );
  });
});

describe('files', () => {
  test('a table is read as well as YAML, in one language too', async () => {
    const csv = [
      'id,topic,type,level,answer,en.prompt,en.why.true,en.why.false,en.explanation,refs.1.title,refs.1.url,refs.1.where',
      'is-it-so,our-stack,boolean,1,TRUE,"Our gateway retries, once.",Yes.,It does.,See the handbook.,Handbook,https://example.org,p. 2',
    ].join('\n');
    expect(await importFile(stage, fileOf(csv, 'mine.csv'))).toContain('**1** new');
    const shown = await answered(stage.person('小明').slash(here(), 'question', { search: 'is-it-so' }));
    expect(shown).toContain('Our gateway retries, once.');
  });

  test('mistakes are told by line, question and field, and nothing is stored', async () => {
    const [first, second] = ownQuestions('three', 'four') as [{ level: number }, { en: { prompt: string } }];
    first.level = 9;
    second.en.prompt = 'x'.repeat(700);
    const text = await importFile(stage, ownFile([first, second]));
    expect(text).toContain('**Nothing was stored.** The file has 2 mistakes');
    expect(text).toMatch(/line \d+ · `three` · `level`: must be 1, 2 or 3/);
    expect(text).toMatch(/line \d+ · `four` · `en.prompt`: has 700 characters; 600 at most/);
    expect(await answered(stage.moderator.slash(here(), 'bank list'))).not.toContain('three');
  });

  test('many mistakes stand in an attached text', async () => {
    const broken = ownQuestions(...Array.from({ length: 30 }, (_, at) => `b-${at}`)).map((question) => ({
      ...question,
      level: 9,
    }));
    const message = await sendFile(stage, ownFile(broken));
    expect(textOf(message)).toContain('… and 18 more, in the attached file.');
    const text = stage.playground.world.files.get(message.attachments[0]!.id)!.data.toString();
    expect(text.split('\n').filter((each) => each.includes('must be 1, 2 or 3'))).toHaveLength(30);
  });

  test.each([
    ['UTF-16', fileOf(Buffer.from('\ufeff- id: a', 'utf16le')), 'is UTF-16; save it as UTF-8'],
    ['aliases', fileOf('- &a [1]\n- [*a, *a]\n'), 'an alias'],
    ['deep nesting', fileOf('['.repeat(9_000)), 'is nested too deep'],
    ['a line without an end', fileOf(`- ${'a'.repeat(999_000)}`), 'characters in one line'],
    ['a flood of lines', fileOf('-\n'.repeat(400_000)), 'has over 40000 lines'],
    ['too much', fileOf('#'.repeat(1_000_001)), 'The file is too large: 1 MB at most'],
    ['a picture', fileOf('GIF89a', 'cat.gif'), 'Send a YAML file'],
    [
      'hidden direction marks',
      fileOf(JSON.stringify([{ id: 'a', en: { prompt: '\u202eabc' } }])),
      'has a character that nobody can see',
    ],
  ])('%s: refused in words', async (_, file, sentence) => {
    expect(await importFile(stage, file)).toContain(sentence);
  });

  test('mentions and markdown of an author show letter by letter', async () => {
    const [question] = ownQuestions('loud') as [{ en: { prompt: string } }];
    question.en.prompt = '@everyone <@1> **bold** [link](https://example.org) # head';
    expect(await importFile(stage, ownFile([question], ownTopics))).toContain('**1** new');
    const shown = await answered(stage.person('bob').slash(here(), 'question', { search: 'loud' }));
    expect(shown).toContain('\\@everyone \\<\\@1> \\*\\*bold\\*\\* \\[link\\]');
  });
});
