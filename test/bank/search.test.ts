import { describe, expect, test } from 'vitest';
import { createBank } from '../../src/bank/load.ts';
import { createSearch, labelOf } from '../../src/bank/search.ts';
import { fixtureBank, itemOf, readItems, writtenItem } from './fixtures/items.ts';

const search = createSearch(fixtureBank);
const ids = (query: string) => search(query).map(({ id }) => id);

describe('search', () => {
  test.each([
    ['by id', 'mask-before-softmax', 'mask-before-softmax'],
    ['by the beginning of a word of the prompt', 'trainab', 'lora-parameters'],
    ['by a Chinese word', '方差', 'derive-variance'],
    ['by a run of Chinese without spaces', '可训练参数', 'lora-parameters'],
    ['by one character', '秩', 'lora-parameters'],
    ['by an option', 'symmetric', 'scale-variance'],
    ['by a Chinese option', '对称', 'scale-variance'],
    ['by the topic', '参数高效微调', 'lora-parameters'],
    ['by a point', 'scaling factor', 'scale-variance'],
    ['whatever the case', 'LLAMA', 'causal-mask-uses'],
    ['whatever the width', 'ＬｏＲＡ', 'lora-name'],
    ['in both languages at once', '秩 rank', 'lora-parameters'],
  ])('finds %s', (_, query, id) => {
    expect(ids(query)).toContain(id);
  });

  test('puts the item whose id is asked for first', () => {
    expect(ids('lora-name')[0]).toBe('lora-name');
  });

  test('puts a match in the prompt before one in an option', () => {
    expect(ids('softmax')).toEqual(['mask-before-softmax', 'attention-steps']);
  });

  test('leaves out items that match fewer of the words', () => {
    expect(ids('causal mask')).toEqual(['causal-mask-uses']);
  });

  test('ignores a word that matches nothing', () => {
    expect(ids('causal zzz')).toEqual(['causal-mask-uses']);
  });

  test('finds nothing for what is nowhere', () => {
    expect(ids('zzz 龘龘')).toEqual([]);
  });

  test('gives the first items for an empty query', () => {
    expect(ids(' ?')).toHaveLength(7);
  });

  test('gives no more than asked for', () => {
    expect(search('', 3)).toHaveLength(3);
  });
});

describe('ranking', () => {
  /** What the query finds in a bank of these items, given as id and English prompt. */
  const rank = (query: string, ...items: [id: string, prompt: string][]) => {
    const written = items.map(([id, prompt]) => {
      const item = writtenItem('open');
      return { ...item, id, en: { ...item.en, prompt } };
    });
    const bank = createBank({ entries: readItems(...written).entries, topics: [], points: [] });
    return createSearch(bank)(query).map(({ id }) => id);
  };

  test('a whole word comes before the beginning of one', () => {
    expect(rank('norm', ['a', 'Why normalize?'], ['b', 'Which norm?'])).toEqual(['b', 'a']);
  });

  test('an id comes before those that only start with it', () => {
    expect(rank('kv-cache', ['kv-cache-size', 'How large?'], ['kv-cache', 'What for?'])[0]).toBe('kv-cache');
  });

  test('a rare word tells more than a common one', () => {
    const common = ['c', 'd', 'e'].map((id): [string, string] => [id, 'Which loss?']);
    expect(rank('loss huber', ...common, ['h', 'What is Huber?'])).toEqual(['h', 'c', 'd', 'e']);
  });
});

describe('labelOf', () => {
  const item = itemOf('single');
  const labelFor = (prompt: string) => labelOf({ ...item, en: { ...item.en, prompt } }, 'en');

  test('shows the prompt in the language, formulas by name', () => {
    expect(labelOf(item, 'zh')).toBe('为什么 ⟨scores⟩ 要除以 key 维度的平方根？');
  });

  test('is one line without marks', () => {
    expect(labelFor('What does `eps`\n  **do**?')).toBe('What does eps do?');
  });

  test('keeps 100 characters and cuts the 101st', () => {
    expect(labelFor('x'.repeat(100))).toBe('x'.repeat(100));
    expect(labelFor('x'.repeat(101))).toBe(`${'x'.repeat(99)}…`);
  });

  test('does not cut a character in half', () => {
    expect(labelFor(`${'x'.repeat(98)}😀😀`)).toBe(`${'x'.repeat(98)}…`);
  });
});
