import { describe, expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import type { MarkableItem } from '../../src/bank/mark.ts';
import type { Item, Language } from '../../src/bank/schema.ts';
import {
  lobbyCard,
  ownCard,
  podiumCard,
  quizQuestionCard,
  solutionCard,
} from '../../src/discord/cards/quiz-card.ts';
import { soloFeedbackCard, soloQuestionCard, soloResultCard } from '../../src/discord/cards/solo-card.ts';
import { wordsOf } from '../../src/discord/words/of.ts';
import { drawQuestions, playable } from '../../src/quiz/question.ts';
import { newQuiz, type Quiz } from '../../src/quiz/quiz.ts';
import { newSolo, type SoloQuiz } from '../../src/quiz/solo.ts';
import { measure } from './measure.ts';

const bank = await loadBank('questions');
const items = playable(bank.items.values(), {}) as (MarkableItem & Item)[];
const hostile = `**_@everyone_** <@1> [x](https://e.vil) \u202Egnp`;
const reader = (language: Language) => ({ language, words: wordsOf(language), bank });

/** A quiz of one question that 300 people with trying names have answered, all right. */
function quizOf(
  item: Item,
  language: Language,
  phase: Quiz['phase'] = { name: 'open', opensAt: 0, closesAt: 1 },
): Quiz {
  const questions = drawQuestions([item], 1, new Set(), () => 0.3);
  const facts = {
    id: 'byjhmoda7k7o',
    guildId: '1',
    channelId: '2',
    seconds: 120,
    speedBonus: true,
    changeable: true,
  };
  const quiz = newQuiz({ ...facts, language, host: { userId: '0', name: hostile } }, questions, 0);
  const people = Array.from({ length: 300 }, (_, index) => String(index));
  const answer = { given: [0], right: true, milliseconds: 119_999 };
  return {
    ...quiz,
    phase,
    played: 1,
    reason: 'interrupted',
    resumed: true,
    players: Object.fromEntries(people.map((id) => [id, { name: hostile, from: 0 }])),
    questions: [{ ...quiz.questions[0]!, answers: Object.fromEntries(people.map((id) => [id, answer])) }],
  };
}

function soloOf(item: Item, given: number[] | string): SoloQuiz {
  const solo = newSolo(
    'byjhmoda7k7o',
    '1',
    drawQuestions([item], 1, new Set(), () => 0.3),
    0,
  );
  const answer = { given, right: false, milliseconds: 1, at: 1 };
  return { ...solo, questions: [{ ...solo.questions[0]!, answer }] };
}

describe.each(['en', 'zh'] as const)('every question of the bank fits Discord’s limits in %s', (language) => {
  const pause = { name: 'pause' as const, closedAt: 0, nextAt: 1, booked: false };
  test.each<[string, (item: MarkableItem & Item) => unknown]>([
    ['asked in a channel', (item) => quizQuestionCard(quizOf(item, language), item, bank)],
    ['closed', (item) => quizQuestionCard(quizOf(item, language, pause), item, bank)],
    ['solved in a channel', (item) => solutionCard(quizOf(item, language, pause), item)],
    ['asked alone', (item) => soloQuestionCard(soloOf(item, []), item, reader(language))],
    [
      'marked alone',
      (item) => {
        const given = item.type === 'number' || item.type === 'short' ? '*'.repeat(200) : [0];
        const solo = soloOf(item, given);
        return soloFeedbackCard(solo, item, solo.questions[0]!.answer!, 0, reader(language));
      },
    ],
  ])('%s', (_, card) => {
    for (const item of items) {
      const { characters, components } = measure(card(item));
      expect(characters, item.id).toBeLessThanOrEqual(4_000);
      expect(components, item.id).toBeLessThanOrEqual(40);
    }
  });

  test('lobby, podium and results fit too', () => {
    const quiz = quizOf(items[0]!, language);
    const questions = Array.from({ length: 20 }, (_, n) => soloOf(items[n]!, [0]).questions[0]!);
    for (const card of [
      lobbyCard(quiz),
      podiumCard(quiz),
      ownCard(
        {
          ...quiz,
          played: 20,
          questions: items.slice(0, 20).map((item) => quizOf(item, language).questions[0]!),
        },
        '7',
        bank,
        reader(language),
      ),
      soloResultCard({ ...soloOf(items[0]!, [0]), questions }, 300, reader(language)),
    ]) {
      expect(measure(card).characters).toBeLessThanOrEqual(4_000);
      expect(measure(card).components).toBeLessThanOrEqual(40);
    }
  });
});

test('nothing on the card of an open question depends on its key', () => {
  for (const item of items) {
    const shown = JSON.stringify(quizQuestionCard(quizOf(item, 'en'), item, bank));
    expect(JSON.stringify(quizQuestionCard(quizOf(item, 'en'), withOtherKey(item), bank)), item.id).toBe(
      shown,
    );
    for (const [, id] of shown.matchAll(/"custom_id":"([^"]+)"/g)) {
      expect(id).toMatch(/^quiz(pick|choose|order|write):byjhmoda7k7o-q0(:\d)?$/);
    }
    expect(shown).not.toContain(item.id);
  }
});

test('names are shown letter by letter', () => {
  const quiz = quizOf(items[0]!, 'en', { name: 'ending' });
  for (const card of [lobbyCard(quiz), podiumCard(quiz), solutionCard(quiz, items[0]!)]) {
    const text = JSON.stringify(card);
    expect(text).not.toMatch(/[\u202A-\u202E\u2066-\u2069]|\\u202e/i);
    expect(text).not.toMatch(/(?<!\\\\)(@everyone|<@1>|\[x\]\()/);
  }
});

function withOtherKey(item: MarkableItem & Item): MarkableItem & Item {
  switch (item.type) {
    case 'single':
      return { ...item, answer: Object.keys(item.en.options).find((id) => id !== item.answer)! };
    case 'multiple':
      return { ...item, answer: Object.keys(item.en.options).filter((id) => !item.answer.includes(id)) };
    case 'order':
      return { ...item, answer: [...item.answer].reverse() };
    case 'boolean':
      return { ...item, answer: !item.answer };
    case 'number':
      return { ...item, answer: { ...item.answer, value: item.answer.value + 1 } };
    case 'short':
      return { ...item, answer: { accept: { en: ['other'], zh: ['别的'] } } };
  }
}
