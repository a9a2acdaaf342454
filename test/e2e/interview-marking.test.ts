import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Bank, loadBank } from '../../src/bank/load.ts';
import { agreements } from '../../src/interview/permit.ts';
import { documentKey } from '../../src/store/keys.ts';
import { chat, type StandInModel, startStandInModel } from '../support/stand-in-model.ts';
import { type Sitting, sit } from './sitting.ts';
import { openStage, type Stage, until } from './stage.ts';

/** Marking by a language model, on the real process and a local stand-in for the model. */
let stage: Stage;
let bank: Bank;
let model: StandInModel;

const KEY = 'sk-never-to-be-seen-0123456789';
const SENTENCE = 'I would measure before I change anything.';
const WRITTEN = `${SENTENCE} Then I would write it down.`;

beforeAll(async () => {
  model = await startStandInModel();
  stage = await openStage({
    driver: 'sqlite',
    rateLimits: false,
    checkAnswers: true,
    members: ['alice', 'bob'],
  });
  await stage.start({
    AI_BASE_URL: `${model.url}/`,
    AI_MODEL: 'stand-in',
    AI_API_KEY: KEY,
    AI_DAILY_BUDGET: '6',
    LOG_LEVEL: 'trace',
  });
  bank = await loadBank('questions');
});
beforeEach(async () => {
  model.requests.length = 0;
  model.replies(chat({ points: [{ point: 1, quote: SENTENCE }] }));
  // A new date, and with it a whole budget.
  await stage.pass(86_400_000);
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
  await model.close();
});

/** At the checklist of a question, with an answer given. */
async function atChecklist(name: string, written = WRITTEN): Promise<Sitting> {
  const sitting = await sit(bank, stage.person(name), stage.channel.id, { questions: 1, topic: 'attention' });
  await sitting.press('begin');
  await sitting.write('say', written);
  await sitting.press('done');
  return sitting;
}

async function agreed(name: string): Promise<Sitting> {
  const sitting = await atChecklist(name);
  await sitting.press('mark');
  if (sitting.has('agree')) await sitting.press('agree');
  return marked(sitting);
}

/** Once the model has come back, in whatever way. */
async function marked(sitting: Sitting): Promise<Sitting> {
  await until('the model comes back', () => !sitting.text().includes('The model is reading'));
  return sitting;
}

test('nothing is sent before the person has agreed, and nothing if they refuse', async () => {
  const alice = await atChecklist('alice');
  await alice.press('mark');
  expect(alice.text()).toContain(`model **stand-in** at **${new URL(model.url).host}**`);
  await alice.press('refuse');
  expect(alice.text()).toContain('Which key points does your answer cover?');
  expect(model.requests).toEqual([]);
});

test('once they agree, it suggests ticks with the words that earn them, and the person overrules', async () => {
  const alice = await agreed('alice');
  expect(alice.text()).toContain('The model suggests 1 tick');
  expect(alice.isTicked(0)).toBe(true);
  expect(alice.text()).toMatch(/☑ .*\n-# 🤖 “I would measure before I change anything\.”/);
  await alice.tick([1]);
  expect([0, 1].map(alice.isTicked)).toEqual([false, true]);
  await alice.press('score');
  await alice.press('skip');
  await alice.press('next');
  expect(await alice.file()).toContain(`> ${SENTENCE}`);
});

test('what is sent is the question, its key points and the answer, and nobody’s name or id', async () => {
  const alice = await agreed('alice');
  const [{ text, body }] = model.requests as [StandInModel['requests'][number]];
  const user = body.messages[1]!.content;
  const item = alice.item();
  expect(user).toContain(WRITTEN);
  for (const { en } of item.rubric) expect(user).toContain(en);
  expect(user).not.toContain(item.en.explanation.slice(0, 40));
  for (const secret of ['alice', stage.person('alice').id, stage.guild.id])
    expect(text).not.toContain(secret);
});

test('agreeing once is enough, until it is withdrawn in the same place', async () => {
  await agreed('alice');
  const again = await atChecklist('alice');
  await again.press('mark');
  await marked(again);
  expect(model.requests).toHaveLength(2);
  await again.press('withdraw');
  expect(again.text()).toContain('nothing more is sent');
  const store = await stage.store();
  expect(
    await store.collection(agreements).get(documentKey.agreement(stage.person('alice').id)),
  ).toBeUndefined();
  const asked = await atChecklist('alice');
  await asked.press('mark');
  expect(asked.has('agree')).toBe(true);
  expect(model.requests).toHaveLength(2);
});

test('it can be withdrawn at the command, too', async () => {
  await agreed('alice');
  const start = await sit(bank, stage.person('alice'), stage.channel.id);
  await start.press('withdraw');
  expect(start.text()).toContain('nothing more is sent');
  expect((await sit(bank, stage.person('alice'), stage.channel.id)).has('withdraw')).toBe(false);
});

test('an invented quote earns nothing', async () => {
  model.replies(chat({ points: [{ point: 1, quote: 'Words that nobody wrote.' }] }));
  const alice = await agreed('alice');
  expect(alice.text()).toContain('found none of the key points');
  expect(alice.text()).not.toContain('☑');
});

test.each([
  ['bad JSON', { text: '{"choices":' }, 'replied with something that is no marking'],
  ['a refusal', chat('I can’t help with that.'), 'replied with something that is no marking'],
  ['an error', { status: 503, text: 'busy' }, 'can’t be reached'],
])('with %s, one clear sentence, and the interview goes on by hand', async (_, reply, sentence) => {
  model.replies(reply);
  const alice = await agreed('alice');
  expect(alice.text()).toContain(sentence);
  await alice.tick([0, 1]);
  await alice.press('score');
  expect(alice.text()).toContain('Score: **');
});

test('while the model is slow, ticks by hand are kept, and a second click sends nothing', async () => {
  model.replies({ ...chat({ points: [{ point: 1, quote: SENTENCE }] }), after: 1_500 });
  await agreed('alice');
  model.requests.length = 0;
  const alice = await atChecklist('alice');
  const person = stage.person('alice');
  const marking = await person.press(alice.card, alice.idOf('mark'));
  await until('the model is asked', () => model.requests.length === 1);
  await alice.tick([2]);
  await alice.press('mark');
  expect(alice.text()).toContain('already at it');
  await marking.settled();
  await until('the marks come', () => alice.text().includes('The model suggests'));
  expect([0, 1, 2].map(alice.isTicked)).toEqual([true, false, true]);
  expect(model.requests).toHaveLength(1);
});

test('the budget of a server’s day is shared, and said when it is used up', async () => {
  model.replies({ text: 'no marking' });
  const alice = await agreed('alice');
  for (let request = 1; request < 6; request++) {
    await alice.press('mark');
    await marked(alice);
  }
  expect(model.requests).toHaveLength(6);
  const bob = await agreed('bob');
  expect(bob.text()).toContain('budget for marking by the model is used up');
  expect(model.requests).toHaveLength(6);
  await stage.pass(86_400_000);
  model.replies(chat({ points: [] }));
  await bob.press('mark');
  await marked(bob);
  expect(model.requests).toHaveLength(7);
});

test('neither the key nor an answer is ever in the log', () => {
  const log = stage.bot.lines.join('\n');
  expect(log).toContain('the model could not mark');
  expect(log).not.toContain(KEY);
  expect(log).not.toContain('measure before I change');
});
