import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { begin } from '../../src/interview/interview.ts';
import { openItems, pickInterview } from '../../src/interview/pick.ts';

const bank = await loadBank('questions');
const all = openItems(bank.items.values(), {});
const ids = (items: readonly { id: string }[]) => items.map(({ id }) => id);

test('only open questions are asked, of the topic and level that were wanted', () => {
  const some = openItems(bank.items.values(), { topic: 'attention', level: 3 });
  expect(some.length).toBeGreaterThan(0);
  for (const item of some) expect(item).toMatchObject({ type: 'open', topic: 'attention', level: 3 });
});

test('the same seed picks the same questions, another one others', () => {
  expect(ids(pickInterview(all, 5, [], 'a'))).toEqual(ids(pickInterview(all, 5, [], 'a')));
  expect(ids(pickInterview(all, 5, [], 'a'))).not.toEqual(ids(pickInterview(all, 5, [], 'b')));
});

test('no question comes twice in an interview, and no topic twice in a row', () => {
  for (let seed = 0; seed < 50; seed++) {
    const picked = pickInterview(all, 5, [], String(seed));
    expect(new Set(ids(picked)).size).toBe(5);
    picked.slice(1).forEach((item, index) => {
      expect(item.topic).not.toBe(picked[index]!.topic);
    });
  }
});

test('what the last interviews asked comes last', () => {
  const few = all.slice(0, 6);
  const past = [begin({ id: 'x', questions: few.slice(0, 4) }, Date.parse('2026-03-02T09:00:00Z'))];
  expect(ids(pickInterview(few, 2, past, 's')).sort()).toEqual(ids(few.slice(4)).sort());
});

test('where fewer fit, there are fewer', () => {
  expect(pickInterview(all.slice(0, 2), 5, [], 's')).toHaveLength(2);
});
