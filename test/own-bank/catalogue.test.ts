import { expect, test } from 'vitest';
import type { Item } from '../../src/bank/schema.ts';
import { emptyCatalogue, removeItems, takeUpload } from '../../src/own-bank/catalogue.ts';
import { itemOf } from '../bank/fixtures/items.ts';

const question = (id: string, explanation = 'Because.'): Item => {
  const item = itemOf('boolean');
  return { ...item, id, topic: 'attention', en: { ...item.en, explanation } };
};
const upload = (...items: Item[]) => ({ items, topics: [] });

test('what was removed lately counts towards the text that a server may have', () => {
  const much = (name: string) =>
    upload(...Array.from({ length: 7 }, (_, at) => question(`${name}-${at}`, 'x'.repeat(1_000_000))));
  let { catalogue } = takeUpload(emptyCatalogue, much('a'), 0);
  catalogue = removeItems(catalogue, 'all', 0);
  catalogue = removeItems(takeUpload(catalogue, much('b'), 1).catalogue, 'all', 1);
  expect(() => takeUpload(catalogue, much('c'), 2)).toThrow('removed');
  expect(takeUpload(catalogue, much('c'), 31 * 86_400_000).effect).toMatchObject({ added: 7, total: 7 });
});
