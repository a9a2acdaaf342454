import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  answerOf,
  begin,
  deadlineOf,
  drop,
  end,
  finishAnswer,
  goOn,
  type Interview,
  interviews,
  judge,
  MOST_PARTS,
  overallOf,
  presentOf,
  say,
  sayFollowUp,
  settle,
  startMarking,
  takeMarks,
  tick,
} from '../../src/interview/interview.ts';

const rubric = [{ weight: 2, essential: true as const }, { weight: 1 }, { weight: 1 }, { weight: 1 }];
const T0 = Date.parse('2026-03-02T09:00:00Z');
const MINUTE = 60_000;
const at = (minutes: number) => T0 + minutes * MINUTE;

function start(minutes?: number, count = 2): Interview {
  const questions = Array.from({ length: count }, (_, index) => ({ id: `q${index}`, topic: 'attention' }));
  return begin({ id: 'i1', questions, ...(minutes ? { minutes } : {}) }, T0);
}

describe('an answer', () => {
  test('grows by modals, up to the most that there can be', () => {
    let interview = start();
    for (let part = 0; part < MOST_PARTS + 2; part++)
      interview = say(interview, 0, part, `part ${part}`, at(1));
    expect(answerOf(presentOf(interview))).toBe('part 0\n\npart 1\n\npart 2');
  });

  test('that is delivered twice counts once', () => {
    const once = say(start(), 0, 0, 'words', at(1));
    expect(say(once, 0, 0, 'words', at(1))).toEqual(once);
  });

  test('is given up where nothing was written: it scores nothing and is not ticked', () => {
    const asked = presentOf(finishAnswer(start(), 0, at(1)));
    expect(asked).toMatchObject({ stage: 'done', score: { value: 0, at: at(1) } });
    expect(asked.followUp).toBeUndefined();
  });

  test('is ticked before it is scored', () => {
    const ticking = finishAnswer(say(start(), 0, 0, 'words', at(1)), 0, at(2));
    expect(presentOf(ticking)).toMatchObject({ stage: 'ticking', milliseconds: 2 * MINUTE });
    expect(presentOf(ticking).score).toBeUndefined();
    expect(goOn(ticking, 0, at(3))).toEqual(ticking);
  });
});

const answered = (minutes?: number) => finishAnswer(say(start(minutes), 0, 0, 'words', at(1)), 0, at(2));

describe('the ticks', () => {
  test('are what the person says last', () => {
    const ticked = tick(tick(answered(), 0, [2, 0], at(3)), 0, [1], at(4));
    expect(presentOf(ticked).ticks).toEqual([1]);
  });

  test('make the score, and the most important point missed makes the follow-up', () => {
    const settled = settle(tick(answered(), 0, [1], at(3)), 0, rubric, at(4));
    expect(presentOf(settled)).toMatchObject({
      stage: 'followUp',
      score: { value: 20 },
      followUp: { point: 0 },
    });
  });

  test('leave no follow-up where nothing was missed', () => {
    const settled = settle(tick(answered(), 0, [0, 1, 2, 3], at(3)), 0, rubric, at(4));
    expect(presentOf(settled)).toMatchObject({ stage: 'done', score: { value: 100 } });
  });

  test('can’t be changed once they are scored', () => {
    const settled = settle(answered(), 0, rubric, at(4));
    expect(tick(settled, 0, [0, 1, 2, 3], at(5))).toEqual(settled);
    expect(settle(settled, 0, rubric, at(6))).toEqual(settled);
  });

  test('of a rubric that has become shorter meanwhile fall away', () => {
    const settled = settle(tick(answered(), 0, [0, 7], at(3)), 0, rubric, at(4));
    expect(presentOf(settled).ticks).toEqual([0]);
  });
});

describe('marks of the model', () => {
  test('are added to the ticks, and can be taken away again', () => {
    const marked = takeMarks(tick(answered(), 0, [3], at(3)), 0, [{ point: 0, quote: 'words' }], at(4));
    expect(presentOf(marked).ticks).toEqual([0, 3]);
    expect(presentOf(tick(marked, 0, [3], at(5))).ticks).toEqual([3]);
  });

  test('are asked for once at a time, and again when they were lost', () => {
    const first = startMarking(answered(), 0, at(3), MINUTE);
    expect(presentOf(first).markingSince).toBe(at(3));
    expect(startMarking(first, 0, at(3) + 1, MINUTE)).toEqual(first);
    expect(presentOf(startMarking(first, 0, at(5), MINUTE)).markingSince).toBe(at(5));
  });

  test('that failed may be asked for again at once', () => {
    const failed = takeMarks(startMarking(answered(), 0, at(3), MINUTE), 0, undefined, at(3));
    expect(presentOf(failed).markingSince).toBeUndefined();
    expect(presentOf(failed).marks).toBeUndefined();
  });

  test('that come after the score change nothing', () => {
    const settled = settle(startMarking(answered(), 0, at(3), MINUTE), 0, rubric, at(4));
    expect(takeMarks(settled, 0, [{ point: 0, quote: 'words' }], at(5))).toEqual(settled);
  });
});

describe('the clock', () => {
  test('stands still while one ticks and reads', () => {
    const ticking = answered(10);
    expect(deadlineOf(ticking)).toBeUndefined();
    const settled = settle(tick(ticking, 0, [0], at(3)), 0, rubric, at(60));
    expect(deadlineOf(settled)).toBe(at(60 + 10 - 2));
    const next = goOn(sayFollowUp(settled, 0, 'more', at(61)), 0, at(90));
    expect(deadlineOf(next)).toBe(at(90 + 10 - 3));
  });

  test('closes the answer that there is when time is up', () => {
    const late = judge(say(start(10), 0, 0, 'words', at(9)), at(10));
    expect(late).toMatchObject({ timeUp: true });
    expect(presentOf(late)).toMatchObject({ stage: 'ticking', milliseconds: 10 * MINUTE });
  });

  test('gives a question up that has no answer when time is up, and ends the interview with it', () => {
    const late = judge(start(10), at(11));
    expect(presentOf(late)).toMatchObject({ stage: 'done', score: { value: 0 } });
    expect(goOn(late, 0, at(12)).finishedAt).toBe(at(12));
  });

  test('keeps what came too late, unscored', () => {
    const late = say(say(start(10), 0, 0, 'in time', at(9)), 0, 1, 'too late', at(11));
    expect(presentOf(late)).toMatchObject({ stage: 'ticking', parts: ['in time'], late: 'too late' });
  });

  test('skips a follow-up when time is up', () => {
    const settled = settle(answered(3), 0, rubric, at(4));
    expect(presentOf(judge(settled, at(6)))).toMatchObject({ stage: 'done' });
    expect(presentOf(sayFollowUp(settled, 0, 'too late', at(6)))).toMatchObject({ late: 'too late' });
  });

  test('that is set back takes nothing away', () => {
    expect(presentOf(finishAnswer(start(10), 0, at(-5))).milliseconds).toBe(0);
  });
});

test('a step that names another question changes nothing', () => {
  const interview = start();
  expect(say(interview, 1, 0, 'words', at(1))).toEqual(interview);
  expect(finishAnswer(interview, 1, at(1))).toEqual(interview);
});

test('an interview that is ended leaves without a score what has none', () => {
  const ended = end(say(start(), 0, 0, 'words', at(1)), at(2));
  expect(ended.finishedAt).toBe(at(2));
  expect(overallOf(ended)).toBeUndefined();
  expect(end(ended, at(9))).toEqual(ended);
});

test('a question that the bank no longer has is left out, and only once', () => {
  const dropped = drop(start(), 0, at(1));
  expect(presentOf(dropped)).toMatchObject({ questionId: 'q1', stage: 'answering' });
  expect(drop(dropped, 0, at(2))).toEqual(dropped);
  expect(overallOf(dropped)).toBeUndefined();
});

test('any steps in any order, late, doubled or about other questions, lead to one valid interview', () => {
  const turn = fc.integer({ min: 0, max: 2 });
  const points = fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 4 });
  type Step = (interview: Interview, now: number) => Interview;
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.tuple(turn, fc.integer({ min: 0, max: 3 })).map(([n, part]): Step => {
      return (interview, now) => say(interview, n, part, 'words', now);
    }),
    turn.map(
      (n): Step =>
        (interview, now) =>
          finishAnswer(interview, n, now),
    ),
    fc.tuple(turn, points).map(
      ([n, ticks]): Step =>
        (interview, now) =>
          tick(interview, n, ticks, now),
    ),
    turn.map(
      (n): Step =>
        (interview, now) =>
          settle(interview, n, rubric, now),
    ),
    turn.map(
      (n): Step =>
        (interview, now) =>
          sayFollowUp(interview, n, 'more', now),
    ),
    turn.map(
      (n): Step =>
        (interview, now) =>
          goOn(interview, n, now),
    ),
    fc.constant<Step>(judge),
  );
  const order = ['waiting', 'answering', 'ticking', 'followUp', 'done'];
  fc.assert(
    fc.property(
      fc.array(fc.tuple(step, fc.integer({ min: 0, max: 3 * MINUTE })), { maxLength: 60 }),
      (steps) => {
        let interview = start(10, 3);
        let now = T0;
        for (const [change, passed] of steps) {
          now += passed;
          const next = change(interview, now);
          expect(interviews.schema.safeParse(next).success).toBe(true);
          next.questions.forEach(({ stage }, index) => {
            const before = interview.questions[index]!.stage;
            expect(order.indexOf(stage)).toBeGreaterThanOrEqual(order.indexOf(before));
          });
          const spent = next.questions.reduce(
            (sum, each) => sum + each.milliseconds + (each.followUp?.milliseconds ?? 0),
            0,
          );
          expect(spent).toBeLessThanOrEqual(10 * MINUTE);
          if (interview.finishedAt !== undefined) expect(next).toEqual(interview);
          interview = next;
        }
      },
    ),
  );
});
