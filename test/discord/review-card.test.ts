import { describe, expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { type Item, type Language, languages } from '../../src/bank/schema.ts';
import {
  backCard,
  endCard,
  frontCard,
  intervalText,
  statsCard,
} from '../../src/discord/cards/review-card.ts';
import { wordsOf } from '../../src/discord/words/of.ts';
import { reviewWords } from '../../src/discord/words/review.ts';

const bank = await loadBank('questions');
const items = [...bank.items.values()];
const reader = (language: Language) => ({ bank, language, words: wordsOf(language) });
const DAY = 86_400_000;
const now = Date.parse('2026-03-02T09:00:00Z');

function turn(item: Item) {
  const done = Array.from({ length: 99 }, () => ({ questionId: item.id, grade: 1 as const }));
  const session = { id: '1479390912676102295', count: 100, current: item.id, done };
  return { session, item, left: { due: 100, fresh: 100 } };
}

/** All text of a card, and how many components it has. */
function measure(value: unknown): {
  characters: number;
  components: number;
  labels: string[];
  ids: string[];
} {
  const found = { characters: 0, components: 0, labels: [] as string[], ids: [] as string[] };
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) for (const each of node) walk(each);
    else if (typeof node === 'object' && node !== null) {
      if ('type' in node) found.components++;
      for (const [key, each] of Object.entries(node)) {
        if (key === 'content') found.characters += String(each).length;
        else if (key === 'label') found.labels.push(String(each));
        else if (key === 'custom_id') found.ids.push(String(each));
        else walk(each);
      }
    }
  };
  walk(value);
  return found;
}

describe.each(languages)('every question of the bank, in %s,', (language) => {
  const dues = { 1: now + 600_000, 2: now + DAY, 3: now + 36_500 * DAY, 4: now + 36_500 * DAY };

  test.each([
    ['asked', () => [], (item: Item) => frontCard(turn(item), reader(language))],
    [
      'answered',
      ({ id }: Item) => [`report:${id}`],
      (item: Item) => backCard(turn(item), dues, now, reader(language)),
    ],
  ])('fits Discord’s limits when it is %s, and its ids tell no more than the card', (_, told, draw) => {
    for (const item of items) {
      const { characters, components, labels, ids } = measure(draw(item));
      expect(characters, item.id).toBeLessThanOrEqual(4_000);
      expect(components, item.id).toBeLessThanOrEqual(40);
      for (const label of labels) expect(label.length).toBeLessThanOrEqual(80);
      const others = ids.filter((id) => !told(item).includes(id));
      expect(others.length).toBe(ids.length - told(item).length);
      for (const id of others) expect(id).toMatch(/^review-(show|undo|grade):\d+:\d+(:[1-4])?$/);
    }
  });
});

test.each([
  [30_000, '1 min'],
  [10 * 60_000, '10 min'],
  [15 * 3_600_000, '15 h'],
  [2 * DAY, '2 d'],
  [30 * DAY, '30 d'],
  [45 * DAY, '1.5 mo'],
  [365 * DAY, '1 y'],
  [36_500 * DAY, '99.9 y'],
])('an interval of %i ms reads %s', (milliseconds, text) => {
  expect(intervalText(milliseconds, reviewWords.en)).toBe(text);
});

test('an empty deck, a small one and a huge one all have their cards', () => {
  const outlook = (due: number) => ({
    dueNow: due,
    next: now + DAY,
    days: Array.from({ length: 30 }, (_, day) => ({
      date: `2026-03-${String(day + 2).padStart(2, '0')}`,
      due,
    })),
    cards: due * 30,
    recall: { asked: due * 10, known: due * 9 },
    weeks: [],
    target: 0.9,
    hardest: items.slice(0, 5).map(({ id }) => ({ questionId: id, lapses: 12 })),
  });
  for (const language of languages) {
    for (const due of [0, 1, 1_000]) {
      const end = endCard({ ...turn(items[0]!), item: undefined }, outlook(due), reader(language));
      const stats = [true, false].map((inWords) =>
        statsCard(outlook(due), new Map(), reader(language), inWords),
      );
      for (const card of [end, ...stats]) {
        expect(measure(card).characters).toBeLessThan(2_000);
        expect(JSON.stringify(card)).not.toMatch(/undefined|NaN/);
      }
    }
  }
});
