import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Quiz, quizzes } from '../../src/quiz/quiz.ts';
import { SCORES, standingsOf } from '../../src/quiz/score.ts';
import { type QuizEvent, step } from '../../src/quiz/step.ts';
import { isOver, nextEvent, playUntil, quizOf, SECONDS, start } from './game.ts';

/** Something that people, the host, time or a crash do; times are milliseconds after what came before. */
type Act = { after: number } & (
  | { kind: 'join'; who: string }
  | { kind: 'start' | 'stop' | 'host' | 'crash' | 'refused' }
  | { kind: 'answer'; who: string; right: boolean; off: number }
  | { kind: 'stray'; event: 'asked' | 'revealed' | 'booked' | 'told'; n: number }
);

const who = fc.constantFrom('host', 'alice', 'bob', 'carol', 'dora', 'emil');
const after = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 1_500 }) },
  { weight: 2, arbitrary: fc.integer({ min: 1_500, max: 30_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: 30_000, max: 4_000_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: -90_000, max: 0 }) },
);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('host' as const), after }) },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      who,
      right: fc.boolean(),
      off: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.integer({ min: -2, max: 2 })),
      after,
    }),
  },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('join' as const), who, after }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), after }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('start' as const), after }) },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('stray' as const),
      event: fc.constantFrom('asked', 'revealed', 'booked', 'told'),
      n: fc.integer({ min: 0, max: 4 }),
      after,
    }),
  },
);
const ending = fc.option(fc.record({ kind: fc.constantFrom('stop' as const, 'refused' as const), after }));
const acts = fc
  .tuple(fc.array(act, { maxLength: 60 }), ending, fc.array(act, { maxLength: 20 }))
  .map(([before, end, rest]): Act[] => [...before, ...(end ? [end] : []), ...rest]);
const settings = fc.record({ changeable: fc.boolean(), speedBonus: fc.boolean() });

/** Plays the acts on a quiz and on to its end. Each event is delivered `times` times. */
function play(list: readonly Act[], changes: Partial<Quiz>, times = 1) {
  let quiz = quizOf(3, changes);
  let at = start;
  const log: QuizEvent[] = [];
  const confirmed = new Map<string, { right: boolean; n: number; userId: string }>();
  const happen = (event: QuizEvent) => {
    log.push(event);
    for (let delivery = 0; delivery < times; delivery++) {
      const { quiz: next, outcome } = step(quiz, event);
      quiz = next;
      if (event.kind === 'answer' && (outcome === 'taken' || outcome === 'changed')) {
        const { n, userId, right } = event;
        confirmed.set(`${n} ${userId}`, { n, userId, right });
      }
    }
  };
  for (const each of list) {
    at += each.after;
    switch (each.kind) {
      case 'join':
        happen({ kind: 'join', userId: each.who, name: each.who, at });
        break;
      case 'answer': {
        const { who: userId, right } = each;
        happen({
          kind: 'answer',
          userId,
          name: userId,
          n: quiz.n + each.off,
          given: [right ? 1 : 0],
          right,
          at,
        });
        break;
      }
      case 'host':
        happen(nextEvent(quiz, at));
        break;
      case 'stray':
        happen({ kind: each.event, n: each.n, messageId: `m${each.n}`, at } as QuizEvent);
        break;
      // All that is left of a process that dies is the document.
      case 'crash':
        quiz = quizzes.schema.parse(JSON.parse(JSON.stringify(quiz)));
        break;
      default:
        happen({ kind: each.kind, at });
    }
  }
  const { quiz: end, at: endedAt } = playUntil(quiz, at, isOver, log);
  return { end, log, confirmed, playedFor: endedAt - at };
}

test('any order of joining, answering, time, stopping and crashing ends in one valid result', () => {
  fc.assert(
    fc.property(acts, settings, (list, changes) => {
      const { end, confirmed } = play(list, changes);
      expect(quizzes.schema.safeParse(end).success).toBe(true);
      for (const { n, userId, right } of confirmed.values()) {
        expect(end.questions[n]!.answers[userId]?.right, 'what was confirmed is kept').toBe(right);
      }
      const entered = end.questions.flatMap(({ answers }, n) =>
        Object.keys(answers).map((userId) => `${n} ${userId}`),
      );
      expect(entered.sort(), 'and nothing else').toEqual([...confirmed.keys()].sort());
      for (const [n, { answers }] of end.questions.entries()) {
        for (const [userId, { milliseconds }] of Object.entries(answers)) {
          expect(end.players[userId]!.from).toBeLessThanOrEqual(n);
          expect(milliseconds).toBeLessThanOrEqual(SECONDS * 1_000);
        }
      }
    }),
    { numRuns: 1_500 },
  );
});

test('the standings are what the confirmed answers to played questions come to', () => {
  fc.assert(
    fc.property(acts, settings, (list, changes) => {
      const { end, confirmed } = play(list, changes);
      const counted = [...confirmed.values()].filter(({ n, right }) => right && n < end.played);
      const standings = standingsOf(end);
      expect(standings.map(({ userId }) => userId).sort()).toEqual(Object.keys(end.players).sort());
      for (const { userId, right, score } of standings) {
        const own = counted.filter((answer) => answer.userId === userId);
        const least = own.reduce((sum, { n }) => sum + SCORES.right[end.questions[n]!.level], 0);
        expect(right).toBe(own.length);
        expect(score).toBeGreaterThanOrEqual(least);
        expect(score).toBeLessThanOrEqual(end.speedBonus ? least * 1.5 : least);
      }
      for (const [at, { score, time, place }] of standings.entries()) {
        const above = standings.filter(
          (other) => other.score > score || (other.score === score && other.time < time),
        );
        expect(place).toBe(above.length + 1);
        expect(above.length).toBeLessThanOrEqual(at);
      }
    }),
    { numRuns: 800 },
  );
});

test('replaying a log gives the same scores, also when every event is delivered twice', () => {
  fc.assert(
    fc.property(acts, settings, (list, changes) => {
      const once = play(list, changes);
      const twice = play(list, changes, 2);
      expect(standingsOf(twice.end)).toEqual(standingsOf(once.end));
      let replayed = quizOf(3, changes);
      for (const event of [...once.log, ...once.log]) replayed = step(replayed, event).quiz;
      expect(standingsOf(replayed)).toEqual(standingsOf(once.end));
    }),
    { numRuns: 800 },
  );
});

test('left to itself, a quiz is over within the time that its questions take', () => {
  fc.assert(
    fc.property(acts, settings, (list, changes) => {
      expect(play(list, changes).playedFor).toBeLessThan(3 * (SECONDS + 20) * 1_000 + 120_000);
    }),
  );
});
