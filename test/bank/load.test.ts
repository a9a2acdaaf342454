import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { BankError, loadBank, parseItems, readDraft } from '../../src/bank/load.ts';
import { formatProblem } from '../../src/bank/source.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { fixtureBank, fixtureFolder } from './fixtures/items.ts';

const problemsIn = (text: string) =>
  parseItems(text, 'attention.yaml', 'attention').problems.map(formatProblem);

describe('parseItems', () => {
  test('names file, line, item and field of a mistake', () => {
    const text = ['- id: kv-cache', '  type: boolean', '  level: 4', '  refs:', '    - title: T'].join('\n');
    expect(problemsIn(text)).toContain('attention.yaml:3 kv-cache level: must be 1, 2 or 3');
  });

  test('points at the nearest thing that is there for a missing field', () => {
    const text = ['- id: kv-cache', '  type: boolean', '  refs:', '    - title: T'].join('\n');
    expect(problemsIn(text)).toContain('attention.yaml:4 kv-cache refs[0].url: is missing');
  });

  test('counts an item that has no id', () => {
    expect(problemsIn('- type: essay')).toEqual([
      'attention.yaml:1 #1 type: must be one of single, multiple, boolean, number, short, order, open',
    ]);
  });

  test('refuses a field that stands twice', () => {
    expect(problemsIn('- id: kv-cache\n  level: 1\n  level: 2\n')).toEqual([
      'attention.yaml:3 kv-cache: YAML: this field stands here twice',
    ]);
  });

  test('explains a text with a colon in it', () => {
    expect(problemsIn('- id: kv-cache\n  prompt: note: this\n')).toEqual([
      'attention.yaml:2 kv-cache: YAML: a text with ": " in it needs quotes, or a block (>-)',
    ]);
  });

  test('explains a text with a comma in a flow map', () => {
    expect(problemsIn('- {id: kv-cache, type: open, prompt: one, two words}')).toContain(
      'attention.yaml:1 kv-cache two words: is no field: a text with a comma inside {…} needs quotes',
    );
  });

  test('refuses aliases, so that no few lines can grow without end', () => {
    const bomb = [
      '- &a [x, x]',
      ...Array.from({ length: 30 }, () => '- &b [*a, *a, *a, *a, *a, *a, *a]'),
    ].join('\n');
    expect(problemsIn(bomb)[0]).toBe(
      'attention.yaml:2: YAML: an alias (*name) stands here; write the text out',
    );
  });

  test('keeps the star of a text that is no alias', () => {
    expect(problemsIn('- id: "2 * 3"')).not.toContainEqual(expect.stringContaining('alias'));
  });

  test('refuses a file that is no list', () => {
    expect(problemsIn('id: kv-cache')).toEqual([
      'attention.yaml:1: must be a list: each item starts with "- id: …"',
    ]);
  });

  test('takes an empty file as no items', () => {
    expect(parseItems('# soon\n', 'attention.yaml', 'attention')).toEqual({ entries: [], problems: [] });
  });
});

describe('loadBank', () => {
  test('finds the items of <topic>.yaml and <topic>/*.yaml', () => {
    const ids = [...fixtureBank.byTopic].map(([topic, items]) => [topic, items.map(({ id }) => id)]);
    expect(ids).toEqual([
      [
        'attention',
        ['scale-variance', 'causal-mask-uses', 'mask-before-softmax', 'attention-steps', 'derive-variance'],
      ],
      ['peft-lora', ['lora-parameters', 'lora-name']],
      ['evaluation', []],
    ]);
  });

  test('gives each item its topic', () => {
    expect(fixtureBank.items.get('lora-name')?.topic).toBe('peft-lora');
  });

  test('gives items that cannot be changed, however deep', () => {
    const { refs } = fixtureBank.items.get('lora-name')!;
    expect(() => Object.assign(refs[0]!, { title: 'x' })).toThrow(TypeError);
  });
});

describe('a folder with mistakes', () => {
  const folder = temporaryFolder();
  beforeEach(() => cpSync(fixtureFolder, folder.path, { recursive: true }));
  afterEach(() => folder.remove());

  const write = (path: string, text: string) => {
    mkdirSync(join(folder.path, path, '..'), { recursive: true });
    writeFileSync(join(folder.path, path), text);
  };

  test('does not load, and the error lists them', async () => {
    write('peft-lora.yaml', '- id: lora-name\n  type: essay\n');
    await expect(loadBank(folder.path)).rejects.toThrow(BankError);
    await expect(loadBank(folder.path)).rejects.toThrow(/peft-lora\.yaml:2 lora-name type: must be one of/);
  });

  test('names both places of an id that is taken', async () => {
    cpSync(join(fixtureFolder, 'peft-lora.yaml'), join(folder.path, 'evaluation.yaml'));
    const { problems, entries } = await readDraft(folder.path);
    expect(problems[0]).toMatchObject({ line: 1, item: 'lora-parameters', field: 'id' });
    expect(problems[0]?.message).toMatch(/^is taken by .*evaluation\.yaml:1$/);
    expect(entries).toHaveLength(7);
  });

  test('names a file of a topic that does not exist', async () => {
    write('atention/typo.yaml', '# soon\n');
    const { problems } = await readDraft(folder.path);
    expect(problems.map(({ message }) => message)).toEqual(['atention is no topic of topics.yaml']);
  });
});
