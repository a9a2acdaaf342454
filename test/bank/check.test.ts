import { describe, expect, test } from 'vitest';
import { checkBank } from '../../src/bank/check.ts';
import { findGaps, measureGoals } from '../../src/bank/goals.ts';
import { type Draft, readDraft } from '../../src/bank/load.ts';
import { findNearDuplicates } from '../../src/bank/near-duplicates.ts';
import { formulaProblem } from '../../src/pictures/formulas.ts';
import { fixtureFolder, readItems, writtenItem } from './fixtures/items.ts';

const fixtureDraft = await readDraft(fixtureFolder);

/** The fixture bank with these items in the place of its own. */
function draftOf(items: unknown[]): Draft {
  const { entries, problems } = readItems(...items);
  return { ...fixtureDraft, entries, problems };
}

/** Single items with unlike prompts; the key of item n stands at `positions[n]`, and is `key` long (others: 10). */
function singles(positions: readonly number[], key = (_: number) => 10) {
  return positions.map((position, index) => {
    const item = writtenItem('single');
    const ids = ['a', 'b', 'c', 'd'];
    item.id = `item-${index}`;
    item.answer = ids[position]!;
    for (const language of ['en', 'zh']) {
      const letter =
        language === 'en' ? String.fromCharCode(97 + index) : String.fromCodePoint(0x4e00 + index);
      item[language].prompt = `{{scores}} ${letter.repeat(20)}`;
      item[language].options = Object.fromEntries(
        ids.map((id, at) => [id, String(at).repeat(at === position ? key(index) : 10)]),
      );
      item[language].why = Object.fromEntries(ids.map((id) => [id, `${letter}${id}`]));
    }
    return item;
  });
}

const even = Array.from({ length: 20 }, (_, index) => index % 4);
const errorsOf = (draft: Draft) =>
  checkBank(draft, formulaProblem).flatMap(({ severity, line, message }) =>
    severity === 'error' && line === 0 ? [message] : [],
  );

describe('balance of a topic', () => {
  test('even keys of even length are fine', () => {
    expect(errorsOf(draftOf(singles(even)))).toEqual([]);
  });

  test('a third of the keys may be the longest option', () => {
    expect(errorsOf(draftOf(singles(even, (index) => (index < 6 ? 12 : 10))))).toEqual([]);
  });

  test('one more is too many, and the worst are named', () => {
    const errors = errorsOf(draftOf(singles(even, (index) => (index < 7 ? 12 + index : 10))));
    expect(errors[0]).toBe(
      'the key is the longest option (en) in 7 of 20 single items, 6 at most: item-6 (+8), item-5 (+7), item-4 (+6), item-3 (+5), item-2 (+4), item-1 (+3), item-0 (+2)',
    );
    expect(errors).toHaveLength(2);
  });

  test('a key as long as another option is not the longest', () => {
    expect(errorsOf(draftOf(singles(even, () => 9)))).toEqual([]);
  });

  test('keys that crowd in one position are too many', () => {
    const crowded = even.map((position, index) => (index < 12 ? 1 : position));
    expect(errorsOf(draftOf(singles(crowded)))).toEqual([
      'keys of single items stand first to fourth 2, 14, 2, 2 times; even would be 5, 5, 5, 5',
    ]);
  });

  test('fewer than 20 single items are not judged yet', () => {
    expect(errorsOf(draftOf(singles(even.slice(1), () => 20)))).toEqual([]);
  });
});

describe('near-duplicate prompts', () => {
  const two = (first: string, second: string) => {
    const items = [writtenItem('open'), { ...writtenItem('open'), id: 'second' }];
    items[0].en.prompt = first;
    items[1].en.prompt = second;
    items[1].zh.prompt = '换一个完全不同的题目。';
    return readItems(...items).entries;
  };
  const prompt = 'Derive the variance of a dot product of two random vectors of width d.';

  test('the same text in other signs and case is one', () => {
    const [pair] = findNearDuplicates(two(prompt, `“${prompt.toUpperCase()}”`), 0.6);
    expect(pair).toMatchObject({ likeness: 1, language: 'en', entry: { item: { id: 'second' } } });
  });

  test('a text with a word changed is near', () => {
    const [pair] = findNearDuplicates(two(prompt, prompt.replace('random', 'normal')), 0.6);
    expect(pair?.likeness).toBeGreaterThan(0.6);
  });

  test('another question of the same form is not', () => {
    expect(
      findNearDuplicates(two(prompt, 'Derive the gradient of softmax with respect to its inputs.'), 0.6),
    ).toEqual([]);
  });

  test('Chinese prompts are compared too', () => {
    const items = [writtenItem('open'), { ...writtenItem('open'), id: 'second' }];
    items[1].en.prompt = 'Something else altogether, about tokenizers.';
    const [pair] = findNearDuplicates(readItems(...items).entries, 0.6);
    expect(pair).toMatchObject({ likeness: 1, language: 'zh' });
  });

  test('the later item is told where the earlier one is', () => {
    const entries = two(prompt, prompt);
    const finding = checkBank({ ...fixtureDraft, entries }, formulaProblem).find(
      ({ field }) => field === 'en.prompt',
    );
    expect(finding).toMatchObject({
      severity: 'error',
      item: 'second',
      message: 'is 100 % the prompt of derive-variance (attention.yaml:1)',
    });
  });
});

describe('points', () => {
  test('an unknown topic, a double id and a dup_of that is nowhere are errors', () => {
    const points = [
      ...fixtureDraft.points,
      { id: '001-01', topic: 'nowhere', kind: 'concept' as const, label: 'x', dup_of: '009-99' },
    ];
    expect(errorsOf({ ...fixtureDraft, points })).toEqual([
      'stands here twice',
      'nowhere is no topic of topics.yaml',
      '009-99 is no earlier point',
    ]);
  });
});

describe('gaps', () => {
  const gapsOf = (...items: unknown[]) =>
    findGaps(draftOf(items).entries, fixtureDraft.points).map(
      ({ point, missing }) => `${point.id} ${missing.join(', ')}`,
    );

  test('with no items, every point misses what its kind asks for', () => {
    expect(gapsOf()).toEqual([
      '001-01 item, auto-marked item',
      '001-02 item, auto-marked item, open item',
      '001-03 item',
      '002-01-a item, auto-marked item',
      '002-01-b item, auto-marked item, open item',
      '003-01 item',
    ]);
  });

  test('an item on a point serves the points that ask the same, but they have to be named', () => {
    const gaps = gapsOf({ ...writtenItem('single'), covers: ['001-03'] });
    expect(gaps).toContain('001-01 item');
    expect(gaps).not.toContainEqual(expect.stringContaining('001-03'));
  });

  test('an open item does not stand in for an auto-marked one', () => {
    expect(gapsOf(writtenItem('open'))).toContain('001-02 auto-marked item');
  });
});

describe('goals', () => {
  const goals = (draft: Draft) => measureGoals(draft.entries, draft.topics, draft.points);

  test('say how far the bank is', () => {
    expect(goals(fixtureDraft).map(({ label }) => label)).toEqual(
      expect.arrayContaining([
        '7 of 900 items',
        '3 topics with fewer than 8 items',
        '2 points without an item',
      ]),
    );
  });

  test('are met by their number and no less', () => {
    const many = singles(Array.from({ length: 8 }, () => 0)).map((item) => ({ ...item, origin: 'extra' }));
    const topics = [{ slug: 'attention', zh: '', en: '' }];
    const thin = (count: number) =>
      goals({ ...draftOf(many.slice(0, count)), topics }).find(({ label }) =>
        label.includes('topics with fewer'),
      );
    expect([thin(7)?.met, thin(8)?.met]).toEqual([false, true]);
  });

  test('ask for 30 items beyond the lists', () => {
    const extras = (count: number) =>
      goals(
        draftOf(
          singles(Array.from({ length: count }, () => 0)).map((item) => ({ ...item, origin: 'extra' })),
        ),
      ).find(({ label }) => label.includes('beyond the lists'))?.met;
    expect([extras(29), extras(30)]).toEqual([false, true]);
  });

  test('hold a share within three points', () => {
    const mix = (open: number) =>
      goals(
        draftOf([
          ...singles(Array.from({ length: 100 - open }, () => 0)),
          ...Array.from({ length: open }, (_, index) => ({ ...writtenItem('open'), id: `open-${index}` })),
        ]),
      ).find(({ label }) => label.includes('% open'))?.met;
    expect([mix(12), mix(13), mix(19), mix(20)]).toEqual([false, true, true, false]);
  });
});
