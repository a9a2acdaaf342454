import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Item, type ItemType, itemTypes, limits } from '../../src/bank/schema.ts';
import { readUpload } from '../../src/own-bank/read.ts';
import { writeFiles } from '../../src/own-bank/write.ts';
import { fixtureBank, itemOf } from '../bank/fixtures/items.ts';

const topics = [{ slug: 'our-stack', en: 'Our stack', zh: '技术栈' }];
const known = { topics: [...fixtureBank.topics.values()], own: [], points: [...fixtureBank.points.values()] };
const readBack = (text: string) =>
  readUpload(
    'mine.yaml',
    Buffer.from(text),
    known,
    () => undefined,
    () => {},
  );

/** Texts with all that YAML could take for something else. */
const sly = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ': ',
        ' #',
        '- ',
        '"',
        "'",
        '\\',
        '|',
        '>',
        '%',
        '@',
        '&a',
        '!t',
        '? ',
        '  ',
        '\n',
        '\n\n',
        '\t',
      ),
      fc.constantFrom('null', 'true', '~', '1e3', '0x1', '2026-01-01', '---', '...', '<<', '😀', 'é', '：'),
      fc.stringMatching(/^[a-z ]{1,8}$/),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((parts) => parts.join('').trim())
  .filter((text) => text.length > 0);
const english = sly.filter((text) => !/[\u3000-\u303f\uff01-\uff5e]/.test(text));
const chinese = sly.map((text) => `题 ${text}`);

function texts(item: Item, en: string, zh: string): Item {
  return {
    ...item,
    en: { ...item.en, prompt: en, explanation: `E ${en}`.slice(0, limits.explanation) },
    zh: { ...item.zh, prompt: zh, explanation: `解 ${zh}`.slice(0, limits.explanation) },
  } as Item;
}

const item = fc
  .record({
    type: fc.constantFrom<ItemType>(...itemTypes),
    id: fc.stringMatching(/^[a-z0-9]{1,6}(-[a-z0-9]{1,4}){0,3}$/),
    en: english,
    zh: chinese,
    one: fc.boolean(),
    topic: fc.constantFrom('attention', 'our-stack'),
  })
  .map(({ type, id, en, zh, one, topic }): Item => {
    const both = { ...texts(itemOf(type), en, zh), id, topic } as Item;
    if (!one) return both;
    const once = structuredClone(both) as Extract<Item, { type: 'short' | 'open' }>;
    if (once.type === 'short') once.answer.accept.zh = once.answer.accept.en;
    if (once.type === 'open') for (const point of once.rubric) point.zh = point.en;
    return { ...once, zh: once.en } as Item;
  })
  // Formulas of the fixtures stand in the texts that were replaced.
  .map(({ formulas: _, ...rest }) => JSON.parse(JSON.stringify(rest).replace(/\{\{\w+\}\}/g, 'x')) as Item);

describe('what is written', () => {
  test('is read back unchanged, whatever the texts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(item, { selector: ({ id }) => id, minLength: 1, maxLength: 6 }),
        async (items) => {
          const [file, ...more] = await writeFiles(items, topics);
          expect(more).toEqual([]);
          const { items: back, topics: named, troubles } = readBack(file!);
          expect(troubles.filter(({ line }) => line === 0)).toEqual([]);
          const spoilt = new Set(
            troubles.filter(({ severity }) => severity === 'error').map((each) => each.item),
          );
          const kept = items.filter(({ id }) => !spoilt.has(id));
          expect(back.filter(({ id }) => !spoilt.has(id))).toEqual(kept);
          expect(named).toEqual(topics);
          // Rules of style may object to a random text; that a text was changed on the way, never.
          fc.pre(kept.length > 0);
        },
      ),
      { numRuns: 150 },
    );
  });

  test('comes in several files where one would be too large', async () => {
    const items = Array.from({ length: 40 }, (_, at) => ({ ...itemOf('boolean'), id: `q-${at}` }));
    const files = await writeFiles(items, topics, 10_000);
    expect(files.length).toBeGreaterThan(1);
    for (const file of files) expect(Buffer.byteLength(file)).toBeLessThanOrEqual(10_000);
    expect(files.flatMap((file) => readBack(file).items).map(({ id }) => id)).toEqual(
      items.map(({ id }) => id),
    );
  });
});
