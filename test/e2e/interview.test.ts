import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message, Person, Response } from '../../playground/start.ts';
import { type Bank, loadBank } from '../../src/bank/load.ts';
import type { OpenItem } from '../../src/interview/pick.ts';
import { customIds, openStage, type Stage, textOf } from './stage.ts';

/** Mock interviews as people hold them, on the real process. */
let stage: Stage;
let bank: Bank;

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
  bank = await loadBank('questions');
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

const WRITTEN = 'I would measure first, then change one thing at a time.';

/** One person in one interview: presses by action, and reads what the card says. */
function sitting(person: Person, opened: Response) {
  const card = opened.message!;
  const idOf = (action: string) => {
    const id = customIds(card).find((each) => each.startsWith(`interview-${action}:`));
    if (!id) throw new Error(`no ${action} on the card, which has ${customIds(card).join(' ')}`);
    return id;
  };
  return {
    card,
    idOf,
    text: () => textOf(card),
    has: (action: string) => customIds(card).some((id) => id.startsWith(`interview-${action}:`)),
    async press(action: string, message: Message = card) {
      return (await person.press(message, idOf(action))).settled();
    },
    async write(action: string, text: string) {
      const opening = await person.press(card, idOf(action));
      return (await person.submitModal(opening.modal!, { answer: text })).settled();
    },
    async tick(points: readonly number[]) {
      return (await person.select(card, idOf('tick'), points.map(String))).settled();
    },
    /** The question on the card. */
    item(): OpenItem {
      const shown = textOf(card);
      const found = [...bank.items.values()].find(
        (item): item is OpenItem => item.type === 'open' && shown.includes(firstWords(item)),
      );
      if (!found) throw new Error(`no question of the bank in: ${shown}`);
      return found;
    },
  };
}

/** Enough of a prompt to know it by, free of what markdown would escape. */
function firstWords(item: OpenItem): string {
  return item.en.prompt.split(/[\\*_~|<@[\]`{#]/)[0]!.slice(0, 200);
}

async function sit(name: string, options = {}, channel = stage.channel.id) {
  const person = stage.person(name);
  return sitting(person, await person.slash(channel, 'interview', options));
}

const essentials = ({ rubric }: OpenItem) => rubric.flatMap(({ essential }, at) => (essential ? [at] : []));

test('an interview goes from the first question to a report that only its person sees', async () => {
  const alice = await sit('alice', { questions: 2, topic: 'attention' });
  expect(alice.text()).toContain('2 questions · Attention Mechanisms · no time limit');
  await alice.press('begin');
  expect(alice.text()).toContain('question 1 of 2');
  const item = alice.item();
  await alice.write('say', WRITTEN);
  expect(alice.text()).toContain(`> ${WRITTEN}`);
  await alice.write('say', 'And I would write it down.');
  await alice.press('done');
  for (const { en } of item.rubric) expect(alice.text()).toContain(en.split(/[\\*_~|<@[\]`]/)[0]);
  expect(alice.text()).not.toContain(item.en.explanation.slice(0, 40));

  await alice.tick(essentials(item));
  await alice.press('score');
  expect(alice.text()).toContain('Follow-up');
  await alice.write('follow', 'That one matters because of cost.');
  expect(alice.text()).toContain('Model answer');
  expect(alice.text()).toContain('That one matters because of cost.');

  await alice.press('next');
  expect(alice.text()).toContain('question 2 of 2');
  await alice.press('done');
  expect(alice.text()).toContain('Score: **0** of 100');
  await alice.press('next');
  expect(alice.text()).toContain('Interview report');
  expect(alice.text()).toContain('Strengths');
  expect(alice.text()).toContain('Gaps');
  expect(alice.card.ephemeralFor).toBe(stage.person('alice').id);

  await alice.press('look');
  expect(alice.text()).toContain(WRITTEN);
});
