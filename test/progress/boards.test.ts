import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { boardScores, readAccuracy, scoreOfAccuracy } from '../../src/progress/boards.ts';

const day = { self: 0, auto: 0, answered: 0, right: 0 };

describe('the boards', () => {
  it('add up the dates of each week, month and season, and all of them', () => {
    const scores = boardScores('g', {
      '2026-03-31': { ...day, self: 10 },
      '2026-04-01': { ...day, self: 10, auto: 5 },
    });
    expect(scores).toEqual({
      'board:{g}:2026-W14': 25,
      'board:{g}:2026-03': 10,
      'board:{g}:2026-04': 15,
      'board:{g}:2026-Q1': 10,
      'board:{g}:2026-Q2': 15,
      'board:{g}:all': 25,
    });
  });

  it('rank by accuracy only who has answered often enough in the period', () => {
    const scores = boardScores('g', { '2026-03-02': { ...day, answered: 15, right: 12 } });
    expect(Object.keys(scores)).toEqual(['accuracy:{g}:2026-W10', 'accuracy:{g}:2026-03']);
  });
});

describe('an accuracy', () => {
  const accuracy = fc
    .integer({ min: 1, max: 999_999 })
    .chain((answered) => fc.record({ answered: fc.constant(answered), right: fc.nat(answered) }));

  it('comes back from its score', () => {
    fc.assert(
      fc.property(accuracy, (each) => {
        expect(readAccuracy(scoreOfAccuracy(each))).toEqual(each);
      }),
    );
  });

  it('ranks by its share first, and equal shares by the number of answers', () => {
    fc.assert(
      fc.property(accuracy, accuracy, (one, other) => {
        const byShare = one.right * other.answered - other.right * one.answered;
        if (Math.abs(byShare) / (one.answered * other.answered) < 1e-8) return;
        expect(Math.sign(scoreOfAccuracy(one) - scoreOfAccuracy(other))).toBe(Math.sign(byShare));
      }),
    );
    expect(scoreOfAccuracy({ answered: 6, right: 4 })).toBeGreaterThan(
      scoreOfAccuracy({ answered: 3, right: 2 }),
    );
    expect(scoreOfAccuracy({ answered: 5, right: 0 })).toBeGreaterThan(0);
  });
});
