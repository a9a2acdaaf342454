import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PickFrom, pickQuestion, seededRandom } from '../../src/bank/pick.ts';

const now = Date.parse('2026-03-01T09:00:00Z');
const day = 86_400_000;

/** A group that has just started, with six questions in two topics. */
const start: PickFrom = {
  items: ['a1', 'a2', 'a3', 'b1', 'b2', 'b3'].map((id) => ({ id, topic: id[0]! })),
  seen: {},
  cards: {},
  recent: [],
  lastTopics: [],
  now,
  random: () => 0,
};

const bad = (due: number) => ({ due, bad: true });
const threeNew = { recent: ['new', 'new', 'new'] as const };
const seenAll = {
  a1: '2026-01-03',
  a2: '2026-01-02',
  a3: '2026-01-01',
  b1: '2026-01-01',
  b2: '2026-01-05',
  b3: '2026-01-06',
};

describe('a repeat', () => {
  const group = { ...start, ...threeNew, seen: { a1: '2026-01-01', b1: '2026-01-02' } };

  test('comes when one is due that went badly, after three new ones', () => {
    expect(pickQuestion({ ...group, cards: { a1: bad(now) } })).toEqual({ id: 'a1', kind: 'repeat' });
  });

  test('is the one that has been due longest', () => {
    const cards = { a1: bad(now - day), b1: bad(now - 2 * day) };
    expect(pickQuestion({ ...group, cards })?.id).toBe('b1');
  });

  test('does not come before it is due', () => {
    expect(pickQuestion({ ...group, cards: { a1: bad(now + 1) } })?.kind).toBe('new');
  });

  test('does not come when it went well', () => {
    expect(pickQuestion({ ...group, cards: { a1: { due: now - day, bad: false } } })?.kind).toBe('new');
  });

  test('does not come from outside the items that may be asked', () => {
    expect(pickQuestion({ ...group, seen: { c1: '2026-01-01' }, cards: { c1: bad(now) } })?.kind).toBe('new');
  });

  test.each([[[]], [['new', 'new']], [['repeat', 'new', 'new']], [['new', 'new', 'repeat']]] as const)(
    'does not come after %j',
    (recent) => {
      expect(pickQuestion({ ...group, recent, cards: { a1: bad(now) } })?.kind).toBe('new');
    },
  );

  test('is never more than one of four posts in a row, however much is due', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const random = seededRandom(seed);
        const seen: Record<string, string> = { a1: '2026-01-01', b1: '2026-01-02' };
        const recent: ('new' | 'repeat')[] = [];
        for (let post = 0; post < 20; post += 1) {
          const pick = pickQuestion({ ...start, seen, cards: { a1: bad(0), b1: bad(1) }, recent, random })!;
          recent.push(pick.kind);
          seen[pick.id] = `2026-02-${String(post + 1).padStart(2, '0')}`;
        }
        for (let from = 0; from + 4 <= recent.length; from += 1)
          expect(recent.slice(from, from + 4).filter((kind) => kind === 'repeat').length).toBeLessThanOrEqual(
            1,
          );
      }),
    );
  });
});

describe('a new one', () => {
  test('is not one that the group has seen', () => {
    const { a2: _, ...seen } = seenAll;
    expect(pickQuestion({ ...start, seen })).toEqual({ id: 'a2', kind: 'new' });
  });

  test('avoids the topic of the last post', () => {
    expect(pickQuestion({ ...start, lastTopics: ['b', 'a'] })?.id).toBe('b1');
  });

  test('stays in the topic when there is no other', () => {
    const items = start.items.filter(({ topic }) => topic === 'a');
    expect(pickQuestion({ ...start, items, lastTopics: ['a'] })?.id).toBe('a1');
  });

  test('may be any of them', () => {
    const random = seededRandom('guild 1');
    const ids = new Set(Array.from({ length: 200 }, () => pickQuestion({ ...start, random })?.id));
    expect([...ids].sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
  });

  test('is the last of them for the greatest random number', () => {
    expect(pickQuestion({ ...start, random: () => 1 - Number.EPSILON })?.id).toBe('b3');
  });
});

describe('when all have been seen', () => {
  test('the one asked longest ago begins a new round', () => {
    const seen = { ...seenAll, b1: '2026-01-04' };
    expect(pickQuestion({ ...start, seen })).toEqual({ id: 'a3', kind: 'new' });
  });

  test('among those of the same date, the topic of the last post is avoided', () => {
    expect(pickQuestion({ ...start, seen: seenAll, lastTopics: ['a'] })?.id).toBe('b1');
  });

  test('every question comes once in a round', () => {
    const seen: Record<string, string> = { ...seenAll };
    const round = start.items.map((_, post) => {
      const { id } = pickQuestion({ ...start, seen })!;
      seen[id] = `2026-02-0${post + 1}`;
      return id;
    });
    expect(round.sort()).toEqual(['a1', 'a2', 'a3', 'b1', 'b2', 'b3']);
  });
});

test('nothing can be asked where there are no items', () => {
  expect(pickQuestion({ ...start, items: [] })).toBeUndefined();
});

describe('seededRandom', () => {
  const take = (seed: string, count: number) => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, random);
  };

  test('gives the same numbers for the same seed', () => {
    expect(take('guild 1, 2026-03-01', 5)).toEqual(take('guild 1, 2026-03-01', 5));
  });

  test('gives the same numbers in every version', () => {
    expect(take('公案', 3).map((value) => value.toFixed(6))).toMatchInlineSnapshot(`
      [
        "0.340830",
        "0.830745",
        "0.780437",
      ]
    `);
  });

  test('gives other numbers for a seed that differs by a character', () => {
    expect(take('guild 1', 1)).not.toEqual(take('guild 2', 1));
  });

  test('spreads evenly', () => {
    const buckets = [0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    for (const value of take('even', 10_000)) buckets[Math.floor(value * 10)]! += 1;
    expect(Math.min(...buckets)).toBeGreaterThan(900);
    expect(Math.max(...buckets)).toBeLessThan(1100);
  });
});
