import { ComponentType } from 'discord.js';
import { describe, expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import type { Item } from '../../src/bank/schema.ts';
import type { Post } from '../../src/daily/post.ts';
import { answerCard } from '../../src/discord/cards/answer-card.ts';
import { closedCard, openCard } from '../../src/discord/cards/post-card.ts';
import { askingProblem } from '../../src/discord/cards/question-card.ts';
import { wordsOf } from '../../src/discord/words/of.ts';
import { measure } from './measure.ts';

const bank = await loadBank('questions');
const items = [...bank.items.values()];

function post(item: Item): Post {
  return {
    key: 'byjhmoda7k7o-20260302',
    scheduleId: 'byjhmoda7k7o',
    guildId: '1',
    channelId: '2',
    roleId: '123456789012345678',
    date: '2026-03-02',
    day: 1234,
    questionId: item.id,
    topic: item.topic,
    level: item.level,
    order: 'options' in item.en ? Object.keys(item.en.options) : [],
    language: 'both',
    opensAt: 1,
    closesAt: 2,
    state: 'open',
    reacted: false,
    frozen: false,
  };
}

describe('every question of the bank fits Discord’s 4,000 characters and 40 components', () => {
  test.each([
    [
      'open, in both languages',
      (item: Item) => openCard(post(item), item, bank.topics.get(item.topic)!).components,
    ],
    [
      'closed, in both languages',
      (item: Item) =>
        closedCard(
          { ...post(item), results: { grades: [999, 999, 999, 999], answered: 999, right: 999 } },
          item,
          bank.topics.get(item.topic)!,
        ).components,
    ],
    ['answered, with a verdict and notes, in English', (item: Item) => answer(item, 'en')],
    ['answered, with a verdict and notes, in Chinese', (item: Item) => answer(item, 'zh')],
  ])('%s', (_, card) => {
    for (const item of items) {
      const { characters, components } = measure(card(item));
      expect(characters, item.id).toBeLessThanOrEqual(4_000);
      expect(components, item.id).toBeLessThanOrEqual(40);
    }
  });
});

function answer(item: Item, language: 'en' | 'zh') {
  const words = wordsOf(language);
  return answerCard(item, post(item).order, language, words, {
    verdict: { right: false, given: 'x'.repeat(200) },
    notes: [words.answer.points(10, 15), words.answer.forfeited, words.answer.grade],
  });
}

describe('questions of a server’s own', () => {
  const topic = { slug: 'ours', en: 'W'.repeat(60), zh: '主'.repeat(60) };

  /** A question with as many options, all of them right, as long as the format allows, made of one sign. */
  function longest(sign: string, most = 600): Item {
    const write = (language: 'en' | 'zh') => {
      const each = (length: number) =>
        Object.fromEntries(
          ['a', 'b', 'c', 'd', 'e'].map((id) => [id, sign.repeat(Math.min(most, length) - 1) + id]),
        );
      return {
        prompt: sign.repeat(most - 2) + language,
        options: each(150),
        why: each(300),
        explanation: sign.repeat(1_200),
      };
    };
    const single = items.find(({ type }) => type === 'single')!;
    const { formulas: _, ...rest } = single;
    return {
      ...rest,
      type: 'multiple',
      topic: 'ours',
      answer: ['a', 'b', 'c', 'd', 'e'],
      en: write('en'),
      zh: write('zh'),
    } as Item;
  }

  const closed = (item: Item) =>
    ({
      ...post(item),
      results: { grades: [9_999, 9_999, 9_999, 9_999], answered: 9_999, right: 9_999 },
    }) as Post;

  test('one at the format’s limits can be asked, and its cards fit; signs that are escaped make it too long', () => {
    expect(askingProblem(longest('x'))).toBeUndefined();
    expect(askingProblem(longest('*'))).toMatch(/^takes \d+ characters of its card/);
    for (const item of items) expect(askingProblem(item)).toBeUndefined();
  });

  test.each([
    ['one at the limits', longest('x')],
    ['one imported before it was refused', longest('*')],
  ])('every card of %s stays below 4,000 characters', (_, item) => {
    expect(measure(openCard(post(item), item, topic).components).characters).toBeLessThan(4_000);
    const card = closedCard(closed(item), item, topic).components;
    expect(measure(card).characters).toBeLessThan(4_000);
    expect(JSON.stringify(card)).toMatch(/Answer: \|\|\*\*A\.\*\*.+…\|\|/);
  });

  test('a source whose address is too long is named without it', () => {
    const refs = [{ title: 'Handbook', url: `https://e.org/${'a'.repeat(4_500)}`, where: 'p. 2' }];
    const card = answer({ ...longest('*'), refs }, 'en');
    expect(measure(card).characters).toBeLessThan(4_000);
    expect(JSON.stringify(card)).toContain('Sources: Handbook p. 2');
  });
});

test('no component of an open card says which question or which answer it stands for', () => {
  for (const item of items) {
    const text = JSON.stringify(openCard(post(item), item, bank.topics.get(item.topic)!).components);
    for (const [, id] of text.matchAll(/"custom_id":"([^"]+)"/g)) {
      expect(id).toMatch(/^(show|pick|choose|order|write):byjhmoda7k7o-20260302(:\d)?$/);
    }
  }
});

test('only the role that was asked for is mentioned', () => {
  const item = items[0]!;
  expect(openCard(post(item), item, bank.topics.get(item.topic)!).allowed_mentions).toEqual({
    parse: [],
    roles: ['123456789012345678'],
  });
  const { roleId: _, ...quiet } = post(item);
  expect(openCard(quiet, item, bank.topics.get(item.topic)!).allowed_mentions).toEqual({
    parse: [],
    roles: [],
  });
});

test('the formulas of an explanation stand right below it, above what is said of each option', () => {
  const item = items.find(({ type }) => type === 'single')!;
  const [formulas, en] = [{ f: 'x^2' }, { ...item.en, explanation: 'It grows as {{f}}.' }];
  const card = answerCard({ ...item, formulas, en } as Item, ['a', 'b', 'c'], 'en', wordsOf('en'));
  const shown = card.components.map((each) => ('content' in each ? each.content : each.type));
  const picture = shown.indexOf(ComponentType.MediaGallery);
  expect(shown[picture - 1]).toContain('It grows as ⟨1⟩.');
  expect(shown[picture + 1]).toContain('**A.**');
});

test('a closed card hides the key behind a spoiler', () => {
  const item = items.find(({ type }) => type === 'single')!;
  const card = closedCard({ ...post(item), language: 'en' }, item, bank.topics.get(item.topic)!);
  expect(JSON.stringify(card.components)).toMatch(/Answer: \|\|.+\|\|/);
});
