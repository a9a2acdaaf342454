import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import type { ItemType } from '../../src/bank/schema.ts';
import { itemTypes } from '../../src/bank/schema.ts';
import { troubleText } from '../../src/discord/words/bank-troubles.ts';
import { readUpload } from '../../src/own-bank/read.ts';
import { formulaProblem } from '../../src/pictures/formulas.ts';
import { fixtureBank, writtenItem } from '../bank/fixtures/items.ts';

const known = {
  topics: [...fixtureBank.topics.values()],
  own: [],
  points: [...fixtureBank.points.values()],
};

const read = (text: string | Uint8Array, name = 'mine.yaml', more = {}) =>
  readUpload(name, Buffer.from(text), { ...known, ...more }, formulaProblem, () => {});

/** What is wrong, as `line field: message`; hints are left out. */
const wrong = (text: string | Uint8Array, name?: string, more?: object) =>
  read(text, name, more)
    .troubles.filter(({ severity }) => severity === 'error')
    .map(({ line, field, message }) => `${line} ${field}: ${message}`);

/** A question of a type as somebody would send it, with something spoiled. */
function written(type: ItemType, spoil: (item: ReturnType<typeof writtenItem>) => void = () => {}) {
  const item = { ...writtenItem(type), topic: 'attention' };
  spoil(item);
  return item;
}

const yaml = (...items: object[]) => stringify(items, { aliasDuplicateObjects: false });

describe('the bank’s own format', () => {
  test.each(itemTypes)('%s is read', (type) => {
    expect(wrong(yaml(written(type)))).toEqual([]);
    expect(read(yaml(written(type))).items[0]).toMatchObject({ type, topic: 'attention' });
  });

  test('a file of the shared bank is read as it is, with its topic named beside it', () => {
    const text = readFileSync('test/bank/fixtures/bank/attention/scaling.yaml', 'utf8');
    expect(wrong(text)[0]).toContain('topic: is missing');
    expect(wrong(text, 'scaling.yaml', { fallback: 'attention' })).toEqual([]);
  });

  test('the example is without a mistake', () => {
    const text = readFileSync('src/own-bank/example.yaml', 'utf8');
    const { troubles, items, topics } = read(text);
    expect(troubles).toEqual([]);
    expect([items.length, topics.length]).toEqual([2, 1]);
  });

  test('a question may belong to a topic that the file declares', () => {
    const topics = [{ slug: 'our-stack', en: 'Our stack', zh: '技术栈' }];
    const questions = [written('single', (item) => (item.topic = 'our-stack'))];
    expect(read(stringify({ topics, questions })).topics).toEqual(topics);
    expect(wrong(yaml(...questions))).toEqual([
      expect.stringContaining('topic: our-stack is neither a shared topic nor declared under topics'),
    ]);
    expect(wrong(yaml(...questions), 'a.yaml', { own: topics })).toEqual([]);
  });

  test.each([
    ['<@1>', 'may hold letters'],
    ['[a](b)', 'may hold letters'],
    ['a\nb', 'may hold letters'],
    ['`a`', 'may hold letters'],
    ['x'.repeat(61), 'has 61 characters; 60 at most'],
  ])('a topic is not called %j', (name, sentence) => {
    expect(wrong(stringify({ topics: [{ slug: 'a', en: name, zh: '题' }] }))[0]).toContain(sentence);
  });

  test('a topic has a slug of its own', () => {
    const declare = (slug: string) => wrong(stringify({ topics: [{ slug, en: 'A', zh: '题' }] }));
    expect(declare('attention')[0]).toContain('is a topic of the shared bank already');
    expect(declare('Not a slug')[0]).toContain('must be kebab-case');
  });

  test('points covered may be left out', () => {
    const item = written('single', (each) => delete each.covers);
    expect(read(yaml(item)).items[0]).toMatchObject({ covers: [], origin: 'community' });
  });

  test.each(itemTypes)('%s may be written in one language', (type) => {
    const item = written(type, (each) => {
      delete each.zh;
      if (each.answer?.accept) delete each.answer.accept.zh;
      for (const point of each.rubric ?? []) delete point.zh;
    });
    const { items, troubles } = read(yaml(item));
    expect(troubles.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(items[0]!.zh).toEqual(items[0]!.en);
  });

  test('what is wrong in one language is told once', () => {
    const item = written('single', (each) => {
      delete each.zh;
      each.en.options.a = 'x'.repeat(200);
    });
    expect(wrong(yaml(item))).toEqual([
      expect.stringContaining('en.options.a: has 200 characters; 150 at most'),
    ]);
  });

  test('a question may have twelve formulas', () => {
    expect(wrong(yaml(withFormulas(12)))).toEqual([]);
  });

  test('an id comes once, and is short enough for every button', () => {
    expect(wrong(yaml(written('single'), written('single')))[0]).toContain('id: is taken by line 1');
    expect(wrong(yaml(written('single', (item) => (item.id = 'a'.repeat(51)))))[0]).toContain(
      'id: has 51 characters; 50 at most',
    );
  });

  test('mistakes name line, question and field', () => {
    const text = yaml(
      written('single'),
      written('boolean', (item) => (item.level = 4)),
    );
    const [trouble] = read(text).troubles.filter(({ severity }) => severity === 'error');
    expect(trouble).toMatchObject({ item: writtenItem('boolean').id, field: 'level' });
    expect(text.split('\n')[trouble!.line - 1]).toContain('level: 4');
  });
});

test('the table of the documents is without a mistake', () => {
  const [, table] = /^```csv\n(.*?)^```/ms.exec(readFileSync('docs/questions.md', 'utf8'))!;
  expect(wrong(table!, 'mine.csv')).toEqual([]);
});

describe('a table', () => {
  const head =
    'id,topic,type,level,answer,en.prompt,en.options.a,en.options.b,en.options.c,en.why.a,en.why.b,en.why.c,en.explanation,refs.1.title,refs.1.url,refs.1.where';
  const row =
    'q,attention,single,2,b,"Why, and how?",A,B,C,Not so.,So.,Neither.,Because.,T,https://e.org,p. 1';

  test('names fields by their paths', () => {
    const { items, troubles } = read(`${head}\n${row}\n`, 'mine.csv');
    expect(troubles).toEqual([]);
    expect(items[0]).toMatchObject({ id: 'q', level: 2, answer: 'b', en: { prompt: 'Why, and how?' } });
  });

  test.each([
    ['semicolons', (text: string) => text.replace('"Why, and how?"', '"Why; and how?"').replaceAll(',', ';')],
    ['tabs', (text: string) => text.replaceAll(',', '\t').replace('\t and', ', and')],
    ['Windows lines and a byte order mark', (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`],
  ])('may come with %s', (_, change) => {
    expect(wrong(change(`${head}\n${row}\n`), 'mine.csv')).toEqual([]);
  });

  test('holds every type', () => {
    const lists = [
      'id,topic,type,level,answer,answer.value,answer.unit,answer.tolerance,answer.accept.en,en.prompt,en.options.a,en.options.b,en.options.c,en.why.a,en.why.b,en.why.c,en.why.true,en.why.false,en.explanation,refs.1.title,refs.1.url,refs.1.where',
      'm,attention,multiple,1,a|c,,,,,P,A,B,C,x,y,z,,,E,T,https://e.org,w',
      'o,attention,order,1,b|a|c,,,,,P,A,B,C,,,,,,E,T,https://e.org,w',
      'b,attention,boolean,1,FALSE,,,,,P,,,,,,,Yes.,No.,E,T,https://e.org,w',
      'n,attention,number,1,,13.5,GB,0.02,,P,,,,,,,,,E,T,https://e.org,w',
      's,attention,short,1,,,,,GQA|grouped-query attention,P,,,,,,,,,E,T,https://e.org,w',
    ].join('\n');
    const { items, troubles } = read(lists, 'mine.csv');
    expect(troubles.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(items.map(({ type }) => type)).toEqual(['multiple', 'order', 'boolean', 'number', 'short']);
  });

  test('declares topics beside their questions', () => {
    const text = `${head},topic_en\n${row.replace('attention', 'our-stack')},Our stack\n`;
    expect(read(text, 'mine.csv').topics).toEqual([{ slug: 'our-stack', en: 'Our stack', zh: 'Our stack' }]);
  });

  test('mistakes name the line on which the row starts', () => {
    const text = `${head}\n${row.replace('Because.', '"Because\nof this."')}\n${row.replace('q,', 'q2,').replace(',2,', ',7,')}\n`;
    expect(wrong(text, 'mine.csv')).toEqual(['4 level: must be 1, 2 or 3']);
  });

  test.each([
    ['__proto__', 'is no name of a field'],
    ['constructor.prototype', 'is no name of a field'],
    ['refs.0.url', 'is no name of a field'],
    ['refs.99999999.url', 'is no name of a field'],
    ['level', 'stands here twice'],
  ])('a column is not called %s', (name, sentence) => {
    expect(wrong(`${head},${name}\n${row},1\n`, 'mine.csv')[0]).toContain(sentence);
  });

  test('two columns don’t fill one field', () => {
    expect(wrong(`${head},answer.value\n${row},1\n`, 'mine.csv')[0]).toContain('fill the same field');
  });

  test('a quotation that never ends is told by its beginning', () => {
    expect(wrong(`${head}\n"q,attention\n`, 'mine.csv')).toEqual(['2 : has a " that is never closed']);
  });
});

/** Every way that was thought of to send something that is no file of questions. */
const hostile: [string, string | Uint8Array, string][] = [
  ['nothing', '', 'holds no question'],
  ['UTF-16', Buffer.from('\ufeff- id: a', 'utf16le'), 'is UTF-16'],
  ['NULs', '- id: a\0b', 'has a NUL'],
  ['broken UTF-8', Buffer.from([0x2d, 0x20, 0xc3, 0x28]), 'is not UTF-8'],
  ['a control character', '- id: a\u0007', 'nobody can see'],
  ['a direction mark', '- id: a\u202eb', 'nobody can see'],
  [
    'an escaped direction mark',
    yaml(written('single', (item) => (item.en.explanation = 'a\u202eb'))),
    'nobody can see',
  ],
  ['half a character', '- id: a\n  en: "\\ud800"\n', 'nobody can see'],
  ['an endless line', `- ${'a'.repeat(30_000)}`, 'characters in one line'],
  ['a flood of lines', '-\n'.repeat(50_000), 'has over 40000 lines'],
  ['a flood of brackets', '[[[[\n'.repeat(20_000), 'has over 40000 brackets'],
  ['deep nesting', '['.repeat(9_000), 'is nested too deep'],
  ['an alias bomb', 'a: &a [1]\nb: &b [*a, *a]\nquestions: [*b, *b]\n', 'an alias'],
  ['a field twice', '- id: a\n  id: b\n', 'stands here twice'],
  ['several documents', '- a\n---\n- b\n', 'YAML: '],
  ['a tag', '- !!js/function x\n', 'YAML: '],
  ['a scalar', 'hello', 'must be a list of questions'],
  ['a map of something else', 'a: 1\n', 'must be a list of questions'],
  ['items that are none', '- 1\n- null\n- [a]\n', 'must be a map'],
  ['__proto__', yaml(written('single')).replace('level:', '__proto__: {x: 1}\n  level:'), 'is no field here'],
  ['constructor', yaml(written('single', (item) => (item.constructor = 1))), 'is no field here'],
  ['a huge text', yaml(written('single', (item) => (item.en.prompt = 'word '.repeat(3_000)))), '600 at most'],
  ['http', yaml(written('single', (item) => (item.refs[0].url = 'http://e.org'))), 'https address'],
  [
    'javascript',
    yaml(written('single', (item) => (item.refs[0].url = 'javascript:alert(1)'))),
    'https address',
  ],
  ['a TeX macro', yaml(withFormula('\\def\\a{\\a\\a}\\a')), "can't be typeset"],
  ['TeX within TeX', yaml(withFormula('\\sqrt{'.repeat(40) + '}'.repeat(40))), 'is nested more than'],
  ['a TeX link', yaml(withFormula('\\href{javascript:1}{x}')), "can't be typeset"],
  ['a flood of formulas', yaml(withFormulas(13)), 'formulas: has 13 entries; 12 at most'],
  [
    'a flood of sources',
    yaml(written('single', (item) => (item.refs = sources(11)))),
    'refs: has 11 entries; 10',
  ],
  [
    'a flood of accepted answers',
    yaml(written('short', (item) => (item.answer.accept.en = words(51)))),
    'answer.accept.en: has 51 entries; 50 at most',
  ],
  [
    'a flood of slips',
    yaml(
      written('number', (item) => {
        for (const language of ['en', 'zh'])
          item[language].slips = words(21).map((why, at) => ({ value: -1 - at, why: `错 ${why}` }));
      }),
    ),
    'en.slips: has 21 entries; 20 at most',
  ],
  [
    'an endless address',
    yaml(written('single', (item) => (item.refs[0].url = `https://e.org/${'a'.repeat(500)}`))),
    'refs[0].url: has 514 characters; 500 at most',
  ],
  [
    'a huge question',
    yaml(
      written('short', (item) => {
        item.answer.accept = { en: words(50, 150), zh: words(50, 150) };
        item.refs = sources(10, 400);
      }),
    ),
    'characters in all; 20000 at most',
  ],
  ['a TeX wall', yaml(withFormula(`\\begin{matrix}${'x\\\\'.repeat(120)}\\end{matrix}`)), 'em tall'],
];

function withFormula(tex: string) {
  return written('single', (item) => {
    item.formulas = { x: tex };
    for (const language of ['en', 'zh']) item[language].prompt += ' {{x}}';
  });
}

function withFormulas(count: number) {
  return written('single', (item) => {
    const names = Array.from({ length: count - 1 }, (_, at) => `f${at}`);
    Object.assign(item.formulas, Object.fromEntries(names.map((name) => [name, 'x'])));
    for (const language of ['en', 'zh'])
      item[language].prompt += ` ${names.map((name) => `{{${name}}}`).join(' ')}`;
  });
}

function words(count: number, length = 4) {
  return Array.from({ length: count }, (_, at) => `w${at}`.padEnd(length, 'x'));
}

function sources(count: number, length = 20) {
  return words(count, length).map((word) => ({ title: 'T', url: `https://e.org/${word}`, where: 'p. 1' }));
}

describe('hostile files', () => {
  test.each(hostile)('%s: refused in words', (_, bytes, sentence) => {
    expect(wrong(bytes).join('\n')).toContain(sentence);
    expect(({} as { x?: number }).x).toBeUndefined();
  });

  test('more mistakes than anybody mends at once are cut off', () => {
    const items = Array.from({ length: 1_900 }, (_, at) => ({ id: `a-${at}` }));
    expect(read(yaml(...items)).troubles.length).toBeLessThan(2_000);
  });

  test('every sentence is said in Chinese, too', () => {
    const more = [
      yaml(written('multiple', (item) => (item.answer = ['a', 'a', 'f']))),
      yaml(written('order', (item) => (item.answer = Object.keys(item.en.options)))),
      yaml(written('number', (item) => (item.en.slips = [{ value: item.answer.value, why: 'x' }]))),
      yaml(written('open', (item) => (item.rubric = item.rubric.slice(0, 2)))),
      yaml(written('short', (item) => (item.answer = 3))),
      yaml(written('single', (item) => (item.covers = ['999-99', '999-99']))),
      yaml(written('single', (item) => (item.en.why = { a: 'x' }))),
      yaml(written('single', (item) => (item.en.prompt = 'Which is NOT so {{nothing}} `'))),
      yaml(written('single', (item) => (item.zh.prompt = 'English'))),
      yaml(written('single', (item) => (item.en.prompt = '中文'))),
      yaml(written('single', (item) => (item.en.options.a = 'All of the above'))),
      yaml(written('single', (item) => (item.en.options.b = item.en.options.a))),
      yaml(written('single', (item) => (item.refs = [item.refs[0], item.refs[0]]))),
      yaml(written('single', (item) => (item.en.prompt = 3))),
      yaml(written('single', (item) => (item.type = 'quiz'))),
      yaml(written('single', (item) => (item.as_of = 'May'))),
      yaml(written('single', (item) => (item.formulas = { '1': 'x', y: 'y' }))),
      '- id: a\n  en: a: b\n',
    ];
    const tables = ['id,id\n', 'a b\n', 'id,topic\na,b,c\n', 'id,topic\n"a'];
    const said = [
      ...[...hostile.map(([, bytes]) => bytes), ...more].flatMap((bytes) => read(bytes).troubles),
      ...tables.flatMap((text) => read(text, 'a.csv').troubles),
    ];
    expect(said.length).toBeGreaterThan(60);
    for (const { message } of said) expect(troubleText(message, 'zh'), message).toMatch(/\p{Script=Han}/u);
  });
});
