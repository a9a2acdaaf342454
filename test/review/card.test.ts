import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Card, cardEntries, dueOf, type Entry, enterReview } from '../../src/review/card.ts';
import { outlookOf } from '../../src/review/outlook.ts';
import { newPerson } from '../../src/settings/person.ts';

const at = Date.parse('2026-03-02T21:30:00Z');
const entry = (grade: Entry['grade'], kind: Entry['kind'] = 'daily', when = at): Entry => ({
  at: when,
  grade,
  kind,
});
const shanghai = { ...newPerson, zone: 'Asia/Shanghai', dayStart: 240 };

describe('a card', () => {
  test('keeps one entry a source: told twice is told once, and the last word counts', () => {
    const once = enterReview(undefined, 'q', 'post', entry(3));
    expect(enterReview(once!, 'q', 'post', entry(3))).toEqual(once);
    expect(enterReview(once!, 'q', 'post', entry(1))?.log).toEqual({ post: entry(1) });
  });

  test('forgets what is withdrawn, and goes with the last of it', () => {
    const both = enterReview(
      enterReview(undefined, 'q', 'post', entry(3))!,
      'q',
      'other',
      entry(2, 'quiz', at + 1),
    )!;
    expect(enterReview(both, 'q', 'post', undefined)?.log).toEqual({ other: entry(2, 'quiz', at + 1) });
    expect(enterReview(enterReview(undefined, 'q', 'post', entry(3))!, 'q', 'post', undefined)).toBeNull();
    expect(enterReview(undefined, 'q', 'post', undefined)).toBeNull();
  });

  test('comes to the same whatever the order in which its sources speak', () => {
    const sources = fc.array(
      fc.record({ source: fc.constantFrom('a', 'b', 'c'), grade: fc.constantFrom(1, 2, 3, 4, undefined) }),
      { maxLength: 20 },
    );
    fc.assert(
      fc.property(sources, (words) => {
        let card: Card | null = null;
        const last = new Map<string, Entry>();
        for (const { source, grade } of words) {
          const said = grade && entry(grade as Entry['grade'], 'daily', at + source.charCodeAt(0));
          card = enterReview(card ?? undefined, 'q', source, said || undefined);
          if (said) last.set(source, said);
          else last.delete(source);
        }
        expect(card?.log ?? {}).toEqual(Object.fromEntries(last));
      }),
    );
  });

  test('that rests for days is due when the person’s day begins; a step of minutes, at its minute', () => {
    const known: Card = { questionId: 'q', log: { p: entry(3) } };
    expect(new Date(dueOf(known, newPerson)).toISOString()).toBe('2026-03-04T00:00:00.000Z');
    expect(new Date(dueOf(known, shanghai)).toISOString()).toBe('2026-03-04T20:00:00.000Z');
    expect(dueOf({ questionId: 'q', log: { p: entry(1) } }, shanghai)).toBe(at + 600_000);
  });

  test('that reviews have introduced counts as new on that day; one from a daily does not', () => {
    const introduced = (card: Card | null) => cardEntries('u', 'q', card, newPerson)[1]?.score;
    expect(introduced({ questionId: 'q', log: { r: entry(3, 'review') } })).toBe(at);
    expect(introduced({ questionId: 'q', log: { r: entry(3, 'review', at + 1), p: entry(3) } })).toBeNull();
    expect(introduced(null)).toBeNull();
  });
});

test('an outlook puts what is overdue on today, and counts by the person’s own days', () => {
  const now = Date.parse('2026-03-02T21:30:00Z');
  const schedule = [-5, 0.05, 1, 29, 31].map((days, index) => ({
    member: `q${index}`,
    score: now + days * 86_400_000,
  }));
  const { dueNow, next, days } = outlookOf([], schedule, shanghai, now);
  expect({ dueNow, next }).toEqual({ dueNow: 1, next: schedule[1]!.score });
  expect(days).toHaveLength(30);
  expect(days.filter(({ due }) => due > 0)).toEqual([
    { date: '2026-03-03', due: 2 },
    { date: '2026-03-04', due: 1 },
    { date: '2026-04-01', due: 1 },
  ]);
});

test('the hardest questions are those forgotten most often', () => {
  const DAY = 86_400_000;
  const card = (questionId: string, grades: Entry['grade'][]): Card => ({
    questionId,
    log: Object.fromEntries(grades.map((grade, i) => [`s${i}`, entry(grade, 'review', at + i * 9 * DAY)])),
  });
  const cards = [card('easy', [3, 3]), card('hard', [3, 1, 3, 1]), card('once', [3, 1])];
  expect(outlookOf(cards, [], newPerson, at + 40 * DAY).hardest).toEqual([
    { questionId: 'hard', lapses: 2 },
    { questionId: 'once', lapses: 1 },
  ]);
});
