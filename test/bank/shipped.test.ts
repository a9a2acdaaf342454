import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { markAnswer } from '../../src/bank/mark.ts';
import { languages } from '../../src/bank/schema.ts';
import { createSearch, labelOf } from '../../src/bank/search.ts';

const bank = await loadBank('questions');
const items = [...bank.items.values()];

test('the bank has its 18 topics and 550 points, 458 of them distinct', () => {
  const points = [...bank.points.values()];
  expect([bank.topics.size, points.length, points.filter(({ dup_of }) => !dup_of).length]).toEqual([
    18, 550, 458,
  ]);
});

test('every shipped item marks its own key as right', () => {
  const missed = items.filter((item) => {
    if (item.type === 'open') return false;
    const answers =
      item.type === 'number'
        ? [`${item.answer.value}`, `${item.answer.value} ${item.answer.unit}`]
        : item.type === 'short'
          ? [...item.answer.accept.en, ...item.answer.accept.zh]
          : [item.answer];
    return answers.some((answer) => {
      const marking = markAnswer(item, answer);
      return marking.kind !== 'marked' || !marking.right;
    });
  });
  expect(missed.map(({ id }) => id)).toEqual([]);
});

test('every shipped slip is wrong and known by its name', () => {
  const missed = items.filter((item) => {
    if (item.type !== 'number') return false;
    return item.en.slips?.some(({ value }) => {
      const marking = markAnswer(item, String(value));
      return marking.kind !== 'marked' || marking.right || marking.slip === undefined;
    });
  });
  expect(missed.map(({ id }) => id)).toEqual([]);
});

test('every shipped item has a label that a choice can hold', () => {
  const missed = items.filter((item) =>
    languages.some((language) => labelOf(item, language).length > 100 || labelOf(item, language) === ''),
  );
  expect(missed.map(({ id }) => id)).toEqual([]);
});

test('every shipped item is found first by its id', () => {
  const search = createSearch(bank);
  expect(items.filter(({ id }) => search(id)[0]?.id !== id).map(({ id }) => id)).toEqual([]);
});
