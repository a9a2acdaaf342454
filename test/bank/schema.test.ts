import { readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { fileJsonSchema } from '../../src/bank/json-schema.ts';
import { parseItems } from '../../src/bank/load.ts';
import { itemTypes, limits } from '../../src/bank/schema.ts';
import { problemsOf, writtenItem } from './fixtures/items.ts';

/** An item of the type, with one thing changed. */
function spoiled(type: (typeof itemTypes)[number], spoil: (item: ReturnType<typeof writtenItem>) => void) {
  const item = writtenItem(type);
  spoil(item);
  return problemsOf(item);
}

describe('every type', () => {
  test.each(itemTypes)('a good %s item has no problems', (type) => {
    expect(problemsOf(writtenItem(type))).toEqual([]);
  });

  test.each(itemTypes)('a %s item without a field in one language names it', (type) => {
    expect(spoiled(type, (item) => delete item.zh.explanation)).toEqual(['zh.explanation: is missing']);
  });

  test.each(itemTypes)('a %s item with an unknown field names it', (type) => {
    expect(spoiled(type, (item) => (item.en.hint = 'x'))).toEqual(['en.hint: is no field here']);
  });

  test.each(itemTypes)('a %s item needs a reference', (type) => {
    expect(spoiled(type, (item) => (item.refs = []))).toEqual(['refs: must have at least 1']);
  });
});

describe('fields', () => {
  test('a number where text is wanted says to put it in quotes', () => {
    expect(spoiled('single', (item) => (item.refs[0].where = 3.2))).toEqual([
      'refs[0].where: must be text: put 3.2 in quotes',
    ]);
  });

  test('a text of the greatest length passes', () => {
    expect(spoiled('single', (item) => (item.en.prompt = 'x'.repeat(limits.prompt)))).toEqual([]);
  });

  test('a text one character too long says how long it is', () => {
    expect(spoiled('single', (item) => (item.en.prompt = 'x'.repeat(limits.prompt + 1)))).toEqual([
      `en.prompt: has ${limits.prompt + 1} characters; ${limits.prompt} at most`,
    ]);
  });

  test('a blank text is empty', () => {
    expect(spoiled('open', (item) => (item.en.prompt = '  '))).toEqual(['en.prompt: is empty']);
  });

  test('a field without its text is empty', () => {
    expect(spoiled('open', (item) => (item.en.prompt = null))).toEqual(['en.prompt: is empty']);
  });

  test('a plain http reference is refused', () => {
    expect(spoiled('single', (item) => (item.refs[0].url = 'http://arxiv.org/abs/1706.03762'))).toEqual([
      'refs[0].url: must be an https address',
    ]);
  });

  test.each(['2026-13', '2026', '26-01'])('as_of refuses %s', (date) => {
    expect(spoiled('single', (item) => (item.as_of = date))).toEqual(['as_of: must be YYYY-MM']);
  });

  test('an id that is not kebab-case is refused', () => {
    expect(spoiled('single', (item) => (item.id = 'Scale_Variance'))[0]).toMatch(/^id: must be kebab-case/);
  });

  test('an unknown type names the types there are', () => {
    expect(spoiled('single', (item) => (item.type = 'essay'))).toEqual([
      'type: must be one of single, multiple, boolean, number, short, order, open',
    ]);
  });

  test('an item without points needs an origin', () => {
    expect(spoiled('single', (item) => (item.covers = []))[0]).toMatch(/^covers: names no point/);
    expect(
      spoiled('single', (item) => {
        item.covers = [];
        item.origin = 'extra';
      }),
    ).toEqual([]);
  });
});

describe('what fields must say together', () => {
  test('both languages have the same option ids', () => {
    const problems = spoiled('single', (item) => {
      item.zh.options = { a: '甲', b: '乙', d: '丁' };
      item.zh.why = { a: '甲', b: '乙', d: '丁' };
    });
    expect(problems).toEqual(['zh.options: must have the same option ids as en: a, b, c']);
  });

  test('every option has its feedback', () => {
    expect(spoiled('multiple', (item) => delete item.en.why.c)).toEqual([
      'en.why: must have one text for each option: a, b, c, d',
    ]);
  });

  test('a single item has three or four options', () => {
    expect(spoiled('single', (item) => delete item.en.options.c)).toContain(
      'en.options: must have 3–4 options',
    );
  });

  test('the key is an option', () => {
    expect(spoiled('single', (item) => (item.answer = 'd'))).toEqual(['answer: d is not an option']);
  });

  test('the steps of an order do not stand in the right order', () => {
    expect(spoiled('order', (item) => (item.answer = ['a', 'b', 'c']))).toEqual([
      'en.options: stand in the right order already; list them in another one',
      'zh.options: stand in the right order already; list them in another one',
    ]);
  });

  test('an order names every step once', () => {
    expect(spoiled('order', (item) => (item.answer = ['c', 'a', 'a']))).toEqual([
      'answer: names an option twice',
      'answer: must name every step once',
    ]);
  });

  test('a slip that would be marked right is refused', () => {
    const problems = spoiled('number', (item) => {
      item.en.slips[0].value = 65_600;
      item.zh.slips[0].value = 65_600;
    });
    expect(problems).toEqual(['en.slips[0].value: would be marked right']);
  });

  test('both languages name the same slips', () => {
    expect(spoiled('number', (item) => item.zh.slips.pop())).toEqual([
      'zh.slips: must have the same values as en',
    ]);
  });

  test('a boolean item has no options', () => {
    expect(spoiled('boolean', (item) => (item.en.options = { a: 'yes', b: 'no', c: '?' }))).toEqual([
      'en.options: is no field here',
    ]);
  });

  test('an open item has no answer', () => {
    expect(spoiled('open', (item) => (item.answer = 'x'))).toEqual(['answer: is no field here']);
  });

  test('a rubric has four points at least', () => {
    expect(spoiled('open', (item) => item.rubric.pop())).toEqual(['rubric: must have at least 4']);
  });
});

describe('questions/schema.json', () => {
  test('is the code’s own schema (npm run questions:check -- --write-schema renews it)', async () => {
    expect(await readFile('questions/schema.json', 'utf8')).toBe(fileJsonSchema());
  });

  test('accepts a good file and refuses an unknown field', async () => {
    const ajv = new Ajv({ strict: false });
    addFormats.default(ajv);
    const validate = ajv.compile(JSON.parse(fileJsonSchema()));
    const file = parse(await readFile('test/bank/fixtures/bank/attention/scaling.yaml', 'utf8'));
    expect(validate(file)).toBe(true);
    expect(validate([{ ...file[0], hint: 'x' }])).toBe(false);
  });
});

describe('questions/README.md', () => {
  test('its full example is an item without a problem', async () => {
    const readme = await readFile('questions/README.md', 'utf8');
    const example = /```yaml\n(- id:[^`]*)```/.exec(readme)![1]!;
    const { entries, problems } = parseItems(example, 'README.md', 'attention');
    expect([entries.length, problems]).toEqual([1, []]);
  });
});
