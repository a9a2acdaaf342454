import { expect, test } from 'vitest';
import { answerOf, readPositions } from '../../src/bank/given.ts';
import { loadBank } from '../../src/bank/load.ts';
import { type MarkableItem, markAnswer } from '../../src/bank/mark.ts';

const bank = await loadBank(new URL('fixtures/bank', import.meta.url).pathname);
const item = (id: string) => bank.items.get(id) as MarkableItem;
const mark = (id: string, order: string[], given: number[] | string) =>
  markAnswer(item(id), answerOf(item(id), order, given));

test('positions stand for the options as they were shown', () => {
  expect(answerOf(item('scale-variance'), ['c', 'a', 'b'], [1])).toBe('a');
  expect(answerOf(item('causal-mask-uses'), ['c', 'a', 'b'], [0, 2])).toEqual(['c', 'b']);
  expect([0, 1].map((position) => answerOf(item('mask-before-softmax'), [], [position]))).toEqual([
    true,
    false,
  ]);
});

test.each([
  ['a position that was not shown', 'scale-variance', ['a', 'b', 'c'], [5]],
  ['no position', 'scale-variance', ['a', 'b', 'c'], []],
  ['a third side of true and false', 'mask-before-softmax', [], [2]],
  ['a text in the place of an option', 'scale-variance', ['a', 'b', 'c'], 'a'],
  ['positions in the place of a number', 'lora-parameters', [], [1]],
  ['an option twice', 'causal-mask-uses', ['a', 'b', 'c'], [1, 1]],
  ['too few steps', 'attention-steps', ['a', 'b', 'c', 'd'], [1, 0]],
])('%s can’t be marked', (_, id, order, given) => {
  expect(mark(id, order, given)).toEqual({ kind: 'unreadable' });
});

test('component ids carry at most six digits', () => {
  expect(readPositions('201')).toEqual([2, 0, 1]);
  expect(readPositions('')).toEqual([]);
  for (const text of ['1.5', '-1', '１', '0123456', 'a']) expect(readPositions(text)).toBeUndefined();
});
