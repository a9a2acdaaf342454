import { describe, expect, test } from 'vitest';
import { daysOf, studyDaysOf, topicsOf } from '../../src/progress/derived.ts';
import { entriesOf, readScore, scoreOfPart } from '../../src/progress/entries.ts';
import { heldBit } from '../../src/progress/grade.ts';
import {
  type Act,
  actKey,
  addAct,
  cardGradeOf,
  changePart,
  foldBefore,
  forgetJoined,
  hasLooked,
  type Member,
  markFed,
  members,
  newMember,
  noteLook,
  type Part,
  unfedParts,
} from '../../src/progress/member.ts';
import { deriveStreak } from '../../src/progress/streak.ts';
import type { CompetitionRule } from '../../src/settings/guild.ts';

const facts = { date: '2026-03-02', topic: 'attention', level: 2 as const };
const streak = deriveStreak({ days: ['2026-03-02'], judged: [], today: '2026-03-02' });

function graded(member: Member, key: string, date = facts.date): Member {
  return changePart(member, key, { ...facts, date }, (part) => ({ ...part, held: heldBit(3, false) }));
}

test('a post counts once, whatever the grade and however it was taken part in', () => {
  const both = changePart(graded(newMember, 'p'), 'p', facts, (part) => ({
    ...part,
    answer: { right: true },
  }));
  expect(daysOf(both)).toEqual({
    '2026-03-02': { acts: 1, self: 10, auto: 10, quiz: 0, answered: 1, right: 1 },
  });
});

test('a right answer earns no bonus, and counts in no accuracy, once the solution was looked at', () => {
  const looked = changePart(newMember, 'p', facts, (part) => ({
    ...part,
    revealedFirst: true,
    answer: { right: true },
  }));
  expect(daysOf(looked)['2026-03-02']).toEqual({
    acts: 1,
    self: 10,
    auto: 0,
    quiz: 0,
    answered: 0,
    right: 0,
  });
});

test('looking alone is no study', () => {
  const looked = changePart(newMember, 'p', facts, (part) => ({ ...part, revealedFirst: true }));
  expect(daysOf(looked)).toEqual({});
  expect(scoreOfPart(looked.parts.p)).toBeNull();
});

test('a withdrawn grade leaves nothing behind', () => {
  const withdrawn = changePart(graded(newMember, 'p'), 'p', facts, (part) => ({ ...part, held: 0 }));
  expect(withdrawn).toEqual(newMember);
});

test('a change that changes nothing returns the same member', () => {
  expect(changePart(newMember, 'p', facts, (part) => ({ ...part, held: 0 }))).toBe(newMember);
  const member = graded(newMember, 'p');
  expect(changePart(member, 'p', facts, (part) => part)).toBe(member);
});

test('folding old posts changes nothing that is derived', () => {
  const member = graded(graded(graded(newMember, 'a'), 'b'), 'c', '2026-03-05');
  const folded = foldBefore(member, '2026-03-05');
  expect(Object.keys(folded.parts)).toEqual(['c']);
  expect(daysOf(folded)).toEqual(daysOf(member));
  expect(topicsOf(folded)).toEqual(topicsOf(member));
  expect(foldBefore(folded, '2026-03-05')).toBe(folded);
});

test('boards of the week, the month, the season and all time follow, and go when the points go', () => {
  const member = graded(newMember, 'p');
  const boards = (before: Member | undefined, after: Member) =>
    entriesOf('g', 'u', before, after, streak, [])
      .filter(({ set }) => set.startsWith('board:'))
      .map(({ set, score }) => [set, score]);
  const sets = ['board:{g}:2026-W10', 'board:{g}:2026-03', 'board:{g}:2026-Q1', 'board:{g}:all'];
  expect(boards(undefined, member)).toEqual(sets.map((set) => [set, 10]));
  expect(boards(member, member)).toEqual([]);
  expect(boards(member, newMember)).toEqual(sets.map((set) => [set, null]));
  expect(boards(member, { ...member, hidden: true })).toEqual(sets.map((set) => [set, null]));
  expect(boards({ ...member, left: true }, member)).toEqual(sets.map((set) => [set, 10]));
});

test('the grades set keeps reactions and answers apart', () => {
  const part = { ...facts, held: heldBit(2, true), answer: { right: true }, revealedFirst: false };
  expect(readScore(scoreOfPart(part)!)).toEqual({ held: heldBit(2, true), answer: { right: true } });
  expect(readScore(scoreOfPart({ ...part, held: 0, answer: { right: false } })!)).toEqual({
    held: 0,
    answer: { right: false },
  });
});

const quizzed: Act = {
  kind: 'quiz',
  date: '2026-03-02',
  day: '2026-03-03',
  marked: { topic: 'attention', level: 3, right: true, lookedFirst: false, source: 's-0' },
};

test('a quiz answer earns points on the server’s date and makes a study day of the person’s own', () => {
  const member = addAct(newMember, actKey(quizzed, 'q'), quizzed);
  expect(daysOf(member)).toEqual({
    '2026-03-02': { acts: 0, self: 0, auto: 15, quiz: 15, answered: 1, right: 1 },
    '2026-03-03': { acts: 1, self: 0, auto: 0, quiz: 0, answered: 0, right: 0 },
  });
  expect(studyDaysOf(member)).toEqual(['2026-03-03']);
  expect(topicsOf(member)).toEqual({ attention: { answered: 1, right: 1, grades: [0, 0, 0, 0] } });
});

test('a quiz question counts once a day, with its first answer', () => {
  const wrong = { ...quizzed, marked: { ...quizzed.marked!, right: false } };
  const member = addAct(newMember, actKey(wrong, 'q'), wrong);
  expect(addAct(member, actKey(quizzed, 'q'), quizzed)).toBe(member);
  const tomorrow = { ...quizzed, date: '2026-03-03' };
  expect(daysOf(addAct(member, actKey(tomorrow, 'q'), tomorrow))['2026-03-03']?.quiz).toBe(15);
});

test('a solution that was seen on the same date costs the points, not the study day', () => {
  const looked = { ...quizzed, marked: { ...quizzed.marked!, lookedFirst: true } };
  const member = addAct(newMember, actKey(looked, 'q'), looked);
  expect(daysOf(member)).toEqual({
    '2026-03-03': { acts: 1, self: 0, auto: 0, quiz: 0, answered: 0, right: 0 },
  });
});

test('looks are remembered for their own date, and a late one changes nothing', () => {
  const monday = noteLook(newMember, '2026-03-02', 'q');
  expect(hasLooked(monday, '2026-03-02', 'q')).toBe(true);
  expect(noteLook(monday, '2026-03-02', 'q')).toBe(monday);
  const tuesday = noteLook(monday, '2026-03-03', 'r');
  expect(tuesday.looked).toEqual({ date: '2026-03-03', questions: ['r'] });
  expect(noteLook(tuesday, '2026-03-02', 's')).toBe(tuesday);
});

test('folding old acts changes nothing that is derived', () => {
  const member = addAct(graded(newMember, 'a'), actKey(quizzed, 'q'), quizzed);
  const folded = foldBefore(member, '2026-03-04');
  expect([folded.parts, folded.acts]).toEqual([{}, {}]);
  expect(daysOf(folded)).toEqual(daysOf(member));
  expect(topicsOf(folded)).toEqual(topicsOf(member));
  expect(foldBefore(member, '2026-03-03').acts, 'its study day is not over').toEqual(member.acts);
});

test('a document of version 1 reads as one without acts', () => {
  const { acts: _, ...old } = graded(newMember, 'p');
  const stored = { ...old, days: { '2026-01-01': { acts: 1, self: 10, auto: 5 } } };
  const member = members.schema.parse(members.migrate?.(stored, 1));
  expect(member.acts).toEqual({});
  expect(daysOf(member)['2026-01-01']).toEqual({
    acts: 1,
    self: 10,
    auto: 5,
    quiz: 0,
    answered: 0,
    right: 0,
  });
});

describe('competitions', () => {
  const rule = {
    id: 'c',
    first: '2026-03-02',
    last: '2026-03-03',
    scope: 'points',
    selfGrades: true,
  } as const;
  const joined = (member: Member, team?: string): Member => ({
    ...member,
    joined: { c: { at: 1, ...(team ? { team } : {}) } },
  });
  const scores = (before: Member | undefined, after: Member, rules: readonly CompetitionRule[] = [rule]) =>
    entriesOf('g', 'u', before, after, streak, rules)
      .filter(({ set }) => set.startsWith('competition:'))
      .map(({ set, score }) => [set, score]);

  test('rank who has joined, with nothing too', () => {
    expect(scores(undefined, joined(newMember))).toEqual([['competition:{g}:c', 0]]);
    expect(scores(undefined, newMember)).toEqual([]);
  });

  test('count what was earned within their dates, and no more once it is withdrawn', () => {
    const member = joined(graded(graded(graded(newMember, 'a'), 'b', '2026-03-03'), 'c', '2026-03-04'));
    const withdrawn = changePart(member, 'a', facts, (part) => ({ ...part, held: 0 }));
    expect(scores(undefined, member)).toEqual([['competition:{g}:c', 20]]);
    expect(scores(member, withdrawn)).toEqual([['competition:{g}:c', 10]]);
  });

  test('keep a member in the set of their team, and in no other', () => {
    const red = joined(graded(newMember, 'a'), 'red');
    const sets = new Map(
      scores(red, joined(graded(newMember, 'a'), 'blue')).map(([set, score]) => [set, score]),
    );
    expect(Object.fromEntries(sets)).toEqual({
      'competition:{g}:c:red': null,
      'competition:{g}:c': 10,
      'competition:{g}:c:blue': 10,
    });
  });

  test('show nobody who has left the competition, the server or the boards', () => {
    const red = joined(graded(newMember, 'a'), 'red');
    const gone = [
      ['competition:{g}:c', null],
      ['competition:{g}:c:red', null],
    ];
    expect(scores(red, graded(newMember, 'a'))).toEqual(gone);
    expect(scores(red, { ...red, left: true })).toEqual(gone);
    expect(scores(red, { ...red, hidden: true })).toEqual(gone);
  });

  test('stay as they are for somebody who writes with older rules', () => {
    expect(scores(joined(newMember), joined(graded(newMember, 'a')), [])).toEqual([]);
  });

  test('are forgotten once they are decided, but not by somebody with older rules', () => {
    const member = joined(newMember);
    expect(forgetJoined(member, [rule], 2)).toBe(member);
    expect(forgetJoined(member, [], 1)).toBe(member);
    expect(forgetJoined(member, [], 2).joined).toEqual({});
  });
});

test('documents of older versions are brought to the present one', () => {
  const { acts: _, joined: __, ...first } = newMember;
  const old = { ...first, days: { '2025-11-22': { acts: 1, self: 10, auto: 5 } } };
  const day = { acts: 1, self: 10, auto: 5, quiz: 0, answered: 0, right: 0 };
  expect(members.migrate?.(old, 1)).toEqual({ ...newMember, days: { '2025-11-22': day } });
});

describe('what a part tells the person’s card', () => {
  const asked = { ...facts, questionId: 'q', at: 1 };
  const part = (change: Partial<Part>) =>
    changePart(newMember, 'p', asked, (empty) => ({ ...empty, ...change })).parts.p!;
  const told = (member: Member) => unfedParts(member).map(([key]) => key);

  test.each([
    ['the reaction, whatever was answered', { held: heldBit(2, false), answer: { right: true } }, 2],
    ['a wrong answer as missed', { answer: { right: false } }, 1],
    ['a right answer as known', { answer: { right: true, milliseconds: 60_000 } }, 3],
    ['a right answer at once as such', { answer: { right: true, milliseconds: 9_000 } }, 4],
    ['nothing of a right answer after a look', { answer: { right: true }, revealedFirst: true }, undefined],
    ['a wrong answer even after a look', { answer: { right: false }, revealedFirst: true }, 1],
    ['nothing of a look alone', { revealedFirst: true }, undefined],
  ] as const)('is %s', (_, change, grade) => {
    expect(cardGradeOf(part(change))).toBe(grade);
  });

  test('is due until it was told, and again when it changes', () => {
    const once = changePart(newMember, 'p', asked, (p) => ({ ...p, held: heldBit(3, false) }));
    expect(told(once)).toEqual(['p']);
    const fed = markFed(once, 'p', 3);
    expect(told(fed)).toEqual([]);
    expect(told(changePart(fed, 'p', asked, (p) => ({ ...p, held: heldBit(4, false) })))).toEqual(['p']);
  });

  test('is due of a withdrawn grade too, and then nothing is left of the part', () => {
    const fed = markFed(
      changePart(newMember, 'p', asked, (p) => ({ ...p, held: heldBit(3, false) })),
      'p',
      3,
    );
    const withdrawn = changePart(fed, 'p', asked, (p) => ({ ...p, held: 0 }));
    expect(told(withdrawn)).toEqual(['p']);
    expect(daysOf(withdrawn)).toEqual({});
    expect(markFed(withdrawn, 'p', undefined).parts).toEqual({});
  });

  test('keeps a part from being added up until it was told', () => {
    const once = changePart(newMember, 'p', asked, (p) => ({ ...p, held: heldBit(3, false) }));
    expect(Object.keys(foldBefore(once, '2026-05-01').parts)).toEqual(['p']);
    expect(foldBefore(markFed(once, 'p', 3), '2026-05-01').parts).toEqual({});
  });

  test('is no act: it brings nobody back who has left', () => {
    const once = changePart(newMember, 'p', asked, (p) => ({ ...p, held: heldBit(3, false) }));
    expect(markFed({ ...once, left: true }, 'p', 3).left).toBe(true);
  });

  test('is nothing of parts from before there were decks', () => {
    expect(told(graded(newMember, 'p'))).toEqual([]);
  });
});
