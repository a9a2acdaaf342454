import { describe, expect, test } from 'vitest';
import { checkItem } from '../../src/bank/check-item.ts';
import type { ItemType } from '../../src/bank/schema.ts';
import { formulaProblem } from '../../src/pictures/formulas.ts';
import { fixtureBank, readItems, writtenItem } from './fixtures/items.ts';

/** What the checker says of an item of the type with one thing changed: errors as ✗, warnings as !. */
function findingsOf(type: ItemType, spoil: (item: ReturnType<typeof writtenItem>) => void): string[] {
  const item = writtenItem(type);
  spoil(item);
  const { entries, problems } = readItems(item);
  expect(problems).toEqual([]);
  return checkItem(entries[0]!, fixtureBank.points, formulaProblem).map(
    ({ severity, field, message }) => `${severity === 'error' ? '✗' : '!'} ${field}: ${message}`,
  );
}

test.each([...fixtureBank.items.values()])(
  'nothing is said of the good item $id',
  ({ topic: _, ...item }) => {
    const { entries } = readItems(item);
    expect(
      checkItem(entries[0]!, fixtureBank.points, formulaProblem).filter(
        ({ severity }) => severity === 'error',
      ),
    ).toEqual([]);
  },
);

test('a finding names file, line, item and field', () => {
  const item = writtenItem('single');
  item.covers = ['001-01', '999-99'];
  const { entries } = readItems(item);
  expect(checkItem(entries[0]!, fixtureBank.points, formulaProblem)).toEqual([
    {
      severity: 'error',
      file: 'attention.yaml',
      line: 6,
      item: 'scale-variance',
      field: 'covers[1]',
      message: '999-99 is no point of points.yaml',
    },
  ]);
});

test('an umbrella names its parts', () => {
  expect(findingsOf('single', (item) => (item.covers = ['002-01']))).toEqual([
    '✗ covers[0]: 002-01 is no point of points.yaml; name its parts: 002-01-a, 002-01-b',
  ]);
});

describe('languages', () => {
  test('an English text has no Chinese', () => {
    expect(findingsOf('open', (item) => (item.en.explanation = 'It is 方差.'))).toEqual([
      '✗ en.explanation: has Chinese characters or full-width signs',
    ]);
  });

  test('an English text may quote Chinese, with a warning', () => {
    expect(findingsOf('open', (item) => (item.en.prompt = 'Why is `方差` here?'))).toEqual([
      '! en.prompt: quotes Chinese characters; are they needed?',
    ]);
  });

  test('a Chinese prompt has Chinese in it', () => {
    expect(findingsOf('open', (item) => (item.zh.prompt = 'Derive it.'))).toEqual([
      '✗ zh.prompt: has no Chinese in it',
    ]);
  });

  test('a Chinese option may be a term', () => {
    expect(findingsOf('multiple', () => {})).toEqual([]);
  });

  test('a rubric point in Chinese without Chinese is looked at again', () => {
    expect(findingsOf('open', (item) => (item.rubric[1].zh = 'Var = d_k'))).toEqual([
      '! rubric[1].zh: has no Chinese in it',
    ]);
  });
});

describe('formulas', () => {
  test('a text shows defined formulas only', () => {
    expect(findingsOf('single', (item) => (item.en.why.a = 'See {{scale}}.'))).toEqual([
      '✗ en.why.a: shows {{scale}}, which formulas do not define',
    ]);
  });

  test('a formula that no text shows is named', () => {
    expect(findingsOf('open', (item) => (item.formulas = { loss: 'x' }))).toEqual([
      '✗ formulas.loss: is not used: no text has {{loss}}',
    ]);
  });

  test('a formula that one language leaves out is looked at again', () => {
    expect(findingsOf('single', (item) => (item.zh.prompt = '为什么要缩放？'))).toEqual([
      '! formulas.scores: is not used in zh',
    ]);
  });

  test.each([
    ['\\frac{a}{b', 'Missing close brace'],
    ['a}{b', 'Extra close brace or missing open brace'],
    ['\\sotfmax(x)', 'Undefined control sequence \\sotfmax'],
    ['\\sum_{i=1}^{n} x_i + '.repeat(20), 'is 74 em wide, and a card has room for 43'],
  ])('a formula that the typesetter refuses is named: %s', (tex, problem) => {
    expect(findingsOf('single', (item) => (item.formulas.scores = tex))).toEqual([
      `✗ formulas.scores: can't be typeset: ${problem}`,
    ]);
  });

  test.each(['\\{a', '\\frac{a}{b}', '\\text{损失} = -\\sum_i \\log p_i'])('%s is typeset', (tex) => {
    expect(findingsOf('single', (item) => (item.formulas.scores = tex))).toEqual([]);
  });

  test('a lone {{ is named', () => {
    expect(findingsOf('open', (item) => (item.en.prompt = 'What is {{scale?'))).toEqual([
      '✗ en.prompt: has a {{ or }} that stands alone',
    ]);
  });
});

describe('references', () => {
  test.each([
    'https://arxiv.org/abs/17062.03762',
    'https://arxiv.org/abs/1713.03762',
    'https://arxiv.org/1706.03762',
    'https://arxiv.org/abs/170603762',
  ])('%s is no arXiv address', (url) => {
    expect(findingsOf('open', (item) => (item.refs[0].url = url))[0]).toMatch(
      /^✗ refs\[0\]\.url: is no arXiv/,
    );
  });

  test.each([
    'https://arxiv.org/abs/1706.03762v7',
    'https://arxiv.org/pdf/1706.03762.pdf',
    'https://arxiv.org/abs/cs/0001001',
    'https://arxiv.org/abs/0704.0001',
    'https://pytorch.org/docs/2.9/generated/torch.nn.LayerNorm.html',
  ])('%s is well-formed', (url) => {
    expect(findingsOf('open', (item) => (item.refs[0].url = url))).toEqual([]);
  });

  test('the same place twice is named', () => {
    expect(findingsOf('open', (item) => item.refs.push({ ...item.refs[0] }))).toContain(
      '✗ refs[1]: stands here twice',
    );
  });
});

describe('forbidden forms', () => {
  test.each(['All of the above', 'None of the above.', 'Both of the above', 'all of these'])(
    'option “%s”',
    (text) => {
      expect(findingsOf('single', (item) => (item.en.options.c = text))).toEqual([
        '✗ en.options.c: stands for the other options',
      ]);
    },
  );

  test.each(['以上都是', '以上都不对', '上述选项均正确', '以上全部正确', '以上皆非'])(
    'option “%s”',
    (text) => {
      expect(findingsOf('single', (item) => (item.zh.options.c = text))).toEqual([
        '✗ zh.options.c: stands for the other options',
      ]);
    },
  );

  test.each([
    'Which of these is NOT a benefit of scaling?',
    'All help, EXCEPT which one?',
    'Which of the following statements is false?',
    'Which statement about scaling is incorrect?',
  ])('stem “%s”', (text) => {
    expect(findingsOf('single', (item) => (item.en.prompt = `${text} {{scores}}`))).toEqual([
      '✗ en.prompt: asks for the wrong one; ask for the right one',
    ]);
  });

  test.each([
    '关于 {{scores}}，下列说法错误的是？',
    '关于 {{scores}} 的描述中不正确的是',
    '哪一项不属于 {{scores}} 的好处？',
    '{{scores}} 除了以下哪项之外都成立？',
  ])('stem “%s”', (text) => {
    expect(findingsOf('single', (item) => (item.zh.prompt = text))).toEqual([
      '✗ zh.prompt: asks for the wrong one; ask for the right one',
    ]);
  });

  test.each([
    ['en', 'Which of these explains why the gradient of {{scores}} is not finite?'],
    ['en', 'Why must {{scores}} not be computed in FP16 without scaling?'],
    ['en', 'What is wrong with a model that drops the scale in {{scores}}?'],
    ['zh', '{{scores}} 不缩放时，训练为什么会不稳定？'],
    ['zh', '哪种做法能修正 {{scores}} 中错误的缩放？'],
  ])('a plain question is no negative stem (%s: %s)', (language, text) => {
    expect(findingsOf('single', (item) => (item[language].prompt = text))).toEqual([]);
  });

  test('a boolean statement may be negative', () => {
    expect(findingsOf('boolean', (item) => (item.en.prompt = 'Which mask is used is NOT relevant.'))).toEqual(
      [],
    );
  });

  test('an absolute word in wrong options only is looked at again', () => {
    expect(
      findingsOf('single', (item) => (item.en.options.a = 'It always makes weights sum to one')),
    ).toEqual(['! en.options.a: “always” stands in wrong options only, and gives them away']);
  });

  test('an absolute word in the key as well gives nothing away', () => {
    const findings = findingsOf('single', (item) => {
      item.en.options.a = 'It always makes weights sum to one';
      item.en.options.b = 'It always keeps the variance near one';
    });
    expect(findings).toEqual([]);
  });

  test('an absolute position is no absolute word', () => {
    expect(findingsOf('single', (item) => (item.zh.options.a = '它编码绝对位置'))).toEqual([]);
  });
});

test('a lone backtick is named', () => {
  expect(findingsOf('open', (item) => (item.en.prompt = 'What does `eps do?'))).toEqual([
    '✗ en.prompt: has a ` that stands alone',
  ]);
});

describe('options', () => {
  test('two that say the same are named', () => {
    expect(findingsOf('multiple', (item) => (item.en.options.c = 'bert '))).toEqual([
      '✗ en.options.c: says the same as b',
    ]);
  });

  test('a key that is far longer than the others is looked at again', () => {
    const long =
      'It keeps the variance of the scores near one, so that softmax does not saturate at the start';
    expect(findingsOf('single', (item) => (item.en.options.b = long))).toEqual([
      `! en.options.b: the key has ${long.length} characters, the next longest 41`,
    ]);
  });

  test('a multiple item in which all is right is looked at again', () => {
    expect(findingsOf('multiple', (item) => (item.answer = ['a', 'b', 'c', 'd']))).toEqual([
      '! answer: makes every option right',
    ]);
  });
});

describe('answers', () => {
  test('a short answer in its prompt is looked at again', () => {
    expect(findingsOf('short', (item) => (item.en.prompt = 'What does LoRA train?'))).toEqual([
      '! answer.accept.en[1]: stands in the prompt',
    ]);
  });

  test('a fraction with tolerance 0 is looked at again', () => {
    expect(findingsOf('number', (item) => (item.answer = { value: 1.5, unit: '', tolerance: 0 }))).toEqual([
      '! answer.tolerance: is 0, so that a rounded answer is wrong',
    ]);
  });

  test('a rubric without an essential point is looked at again', () => {
    expect(findingsOf('open', (item) => delete item.rubric[0].essential)).toEqual([
      '! rubric: marks no point as essential',
    ]);
  });
});
