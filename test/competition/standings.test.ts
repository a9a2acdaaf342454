import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankAll, scoreIn, teamScore } from '../../src/competition/standings.ts';
import { heldBit } from '../../src/progress/grade.ts';
import { changePart, type Member, newMember } from '../../src/progress/member.ts';
import { deriveStreak } from '../../src/progress/streak.ts';

describe('ranks', () => {
  it('are shared by ties, and the next one counts them all', () => {
    const ranked = rankAll([10, 30, 30, 0, 10].map((score) => ({ score })));
    expect(ranked.map(({ rank, score }) => [rank, score])).toEqual([
      [1, 30],
      [1, 30],
      [3, 10],
      [3, 10],
      [5, 0],
    ]);
  });

  it('are one more than how many are better', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5 })), (scores) => {
        for (const { rank, score } of rankAll(scores.map((score) => ({ score })))) {
          expect(rank).toBe(1 + scores.filter((other) => other > score).length);
        }
      }),
    );
  });
});

describe('a team’s score', () => {
  it('is the mean of its best, so that size alone does not win', () => {
    expect(teamScore([30, 20, 10], 3)).toBe(20);
    expect(teamScore([], 3)).toBe(0);
  });

  it('counts places that nobody fills as nothing, so that one strong member alone does not win', () => {
    expect(teamScore([50], 3)).toBeLessThan(teamScore([20, 20, 20], 3));
  });
});

describe('a score', () => {
  const rule = {
    id: 'c',
    first: '2026-03-02',
    last: '2026-03-03',
    scope: 'points',
    selfGrades: true,
  } as const;
  const today = '2026-03-03';
  const score = (member: Member) =>
    scoreIn(rule)({ member, today, streak: deriveStreak({ days: [], judged: [], today }) });
  const joined: Member = { ...newMember, joined: { c: { at: 1 } } };
  const grade = (member: Member, date: string, held: number) =>
    changePart(member, `p${date}`, { date, topic: 't', level: 1 }, (part) => ({ ...part, held }));

  it('is the same however often a grade is given, and goes with it', () => {
    const graded = grade(grade(joined, '2026-03-02', heldBit(3, false)), '2026-03-02', heldBit(1, true));
    expect(score(graded)).toBe(10);
    expect(score(grade(graded, '2026-03-02', 0))).toBe(0);
  });

  it('counts what was earned before joining, but nothing outside the dates', () => {
    const before = grade(grade(newMember, '2026-03-02', 1), '2026-03-04', 1);
    expect(score({ ...before, joined: { c: { at: Number.MAX_SAFE_INTEGER } } })).toBe(10);
  });

  it('is none for who has not joined, is hidden or has left the server', () => {
    expect([newMember, { ...joined, hidden: true }, { ...joined, left: true }].map(score)).toEqual([
      null,
      null,
      null,
    ]);
  });
});
