import { describe, expect, test } from 'vitest';
import { foldAnswer, type MarkableItem, markAnswer } from '../../src/bank/mark.ts';
import { itemOf } from './fixtures/items.ts';

const right = { kind: 'marked', right: true };
const wrong = { kind: 'marked', right: false };
const unreadable = { kind: 'unreadable' };

describe('choice items', () => {
  test('the key is right', () => {
    expect(markAnswer(itemOf('single'), 'b')).toEqual(right);
  });

  test('another option is wrong', () => {
    expect(markAnswer(itemOf('single'), 'a')).toEqual(wrong);
  });

  test.each(['d', 'toString', ''])('%j is no option', (answer) => {
    expect(markAnswer(itemOf('single'), answer)).toEqual(unreadable);
  });

  test('all keys of a multiple item are right, in any order', () => {
    expect(markAnswer(itemOf('multiple'), ['d', 'a'])).toEqual(right);
  });

  test.each([[['a']], [['a', 'd', 'b']], [['a', 'a']]])('a multiple item gives nothing for %j', (answer) => {
    expect(markAnswer(itemOf('multiple'), answer)).toEqual(wrong);
  });

  test('no option at all is no answer', () => {
    expect(markAnswer(itemOf('multiple'), [])).toEqual(unreadable);
  });

  test('a boolean item compares truth', () => {
    expect([markAnswer(itemOf('boolean'), true), markAnswer(itemOf('boolean'), false)]).toEqual([
      right,
      wrong,
    ]);
  });

  test('an order is right in its order only', () => {
    const answers = [
      ['c', 'a', 'b'],
      ['a', 'c', 'b'],
      ['c', 'a'],
    ];
    expect(answers.map((answer) => markAnswer(itemOf('order'), answer))).toEqual([right, wrong, wrong]);
  });

  test.each<[MarkableItem['type'], string | boolean | string[]]>([
    ['boolean', 'true'],
    ['multiple', 'a'],
    ['order', true],
    ['number', ['65536']],
    ['short', false],
  ])('a %s item cannot read %j', (type, answer) => {
    expect(markAnswer(itemOf(type) as MarkableItem, answer)).toEqual(unreadable);
  });
});

describe('number items', () => {
  const item = itemOf('number');

  test.each(['65536', '65,536', '65 536', '2^16', '６５５３６', '65.5k', '65536 parameters', '6.55万个参数'])(
    '%j is right',
    (answer) => {
      expect(markAnswer(item, answer)).toEqual(right);
    },
  );

  test('a value at the edge of the tolerance is right, one beyond it is wrong', () => {
    const exact = { ...item, answer: { value: 100, unit: '', tolerance: 0.05 } };
    expect(['105', '95', '105.01', '94.99'].map((answer) => markAnswer(exact, answer))).toEqual([
      right,
      right,
      wrong,
      wrong,
    ]);
  });

  test('floating point does not move the edge', () => {
    const exact = { ...item, answer: { value: 0.7, unit: '', tolerance: 0.1 } };
    expect(markAnswer(exact, '0.77')).toEqual(right);
  });

  test('a tolerance of 0 wants the value, floating point aside', () => {
    const exact = { ...item, answer: { value: 0.3, unit: '', tolerance: 0 } };
    expect(markAnswer(exact, '0.30')).toEqual(right);
    expect(markAnswer(exact, '0.3001')).toEqual(wrong);
  });

  test('a wrong value that a slip leads to names the slip', () => {
    expect(markAnswer(item, '32768')).toEqual({ kind: 'marked', right: false, slip: 32_768 });
  });

  test.each(['many', '', '12 or 24', '65,53'])('%j is no number, and not wrong', (answer) => {
    expect(markAnswer(item, answer)).toEqual(unreadable);
  });
});

describe('short items', () => {
  const item = itemOf('short');

  test.each([
    'LoRA',
    'lora',
    ' ＬｏＲＡ. ',
    '“LoRA”',
    'Low-Rank Adaptation',
    'low rank adaptation',
    '低秩 适配',
    'LoRA (low-rank adaptation)',
    'LoRA（低秩适配）',
  ])('%j is right', (answer) => {
    expect(markAnswer(item, answer)).toEqual(right);
  });

  test.each(['QLoRA', 'low-rank', '低秩', 'QLoRA (LoRA)'])('%j is wrong', (answer) => {
    expect(markAnswer(item, answer)).toEqual(wrong);
  });

  test.each(['', ' ', '？'])('%j is no answer', (answer) => {
    expect(markAnswer(item, answer)).toEqual(unreadable);
  });

  test.each([
    ['LayerNorm', 'layer norm'],
    ['top-p', 'top p'],
    ['the KV cache', 'kv-cache'],
    ['Bradley–Terry', 'bradley-terry'],
    ['FP 16', 'fp16'],
    ['4-bit', '4 bit'],
    ['O(n²)', 'o(n^2)'],
    ['d_k', 'dₖ'],
  ])('%s and %s are one', (left, other) => {
    expect(foldAnswer(left)).toBe(foldAnswer(other));
  });

  test.each([
    ['2-3', '23'],
    ['1.5', '15'],
    ['-1', '1'],
    ['1e-5', '1e5'],
    ['2^16', '216'],
    ['C++', 'C'],
    ['O(n)', 'O(n²)'],
  ])('%s and %s are two', (left, other) => {
    expect(foldAnswer(left)).not.toBe(foldAnswer(other));
  });
});
