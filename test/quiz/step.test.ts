import { describe, expect, test } from 'vitest';
import { dueAt, overBy, PACE, type Quiz } from '../../src/quiz/quiz.ts';
import { standingsOf } from '../../src/quiz/score.ts';
import { step } from '../../src/quiz/step.ts';
import { answer, isOpen, isOver, join, playUntil, quizOf, SECONDS, start } from './game.ts';

/** A quiz with `alice` and `bob`, whose first question is open. */
function opened(changes: Partial<Quiz> = {}): { quiz: Quiz; at: number } {
  const lobby = join(join(quizOf(3, changes), 'alice').quiz, 'bob').quiz;
  return playUntil(lobby, start, isOpen);
}

const phaseOf = ({ phase }: Quiz) => phase.name;

describe('the lobby', () => {
  test('starts by itself, and sooner if the host wants', () => {
    expect(dueAt(quizOf())).toBe(start + PACE.lobby);
    const { quiz } = step(quizOf(), { kind: 'start', at: start + 1_000 });
    expect(dueAt(quiz)).toBe(start + 1_000 + PACE.countdown);
    expect(step(quiz, { kind: 'start', at: start + 3_000 }).quiz.phase).toEqual(quiz.phase);
  });

  test('takes each person once', () => {
    const { quiz, outcome } = join(quizOf(), 'alice');
    expect(outcome).toBe('joined');
    expect(join(quiz, 'alice')).toEqual({ quiz, outcome: 'in-already' });
  });

  test('that is stopped is over, with nothing to tell', () => {
    expect(phaseOf(step(quizOf(), { kind: 'stop', at: start }).quiz)).toBe('over');
  });
});

describe('a question', () => {
  test('takes one answer a person', () => {
    const { quiz, at } = opened();
    const first = answer(quiz, 'alice', at + 1_000, false);
    expect(first.outcome).toBe('taken');
    const second = answer(first.quiz, 'alice', at + 2_000, true);
    expect(second.outcome).toBe('answered-already');
    expect(second.quiz.questions).toEqual(first.quiz.questions);
  });

  test('takes another answer where the host allows it, and the last one counts', () => {
    const { quiz, at } = opened({ changeable: true });
    const { quiz: changed, outcome } = answer(
      answer(quiz, 'alice', at + 1_000, false).quiz,
      'alice',
      at + 1_900,
    );
    expect(outcome).toBe('changed');
    expect(changed.questions[0]!.answers.alice).toEqual({ given: [1], right: true, milliseconds: 1_900 });
  });

  test('closes at once when everybody has answered, but not while answers may change', () => {
    const all = ({ quiz, at }: { quiz: Quiz; at: number }) =>
      ['host', 'alice', 'bob'].reduce((now, name) => answer(now, name, at + 100).quiz, quiz);
    const game = opened();
    expect(dueAt(all(game))).toBe(game.at + 100 + PACE.grace);
    const changeable = opened({ changeable: true });
    expect(all(changeable).phase).toMatchObject({ closesAt: changeable.at + SECONDS * 1_000 });
  });

  test('takes an answer at the last moment, and none a moment later', () => {
    const { quiz, at } = opened();
    let now = quiz;
    const end = at + SECONDS * 1_000;
    for (let beat = at; beat <= end; beat += PACE.beat) now = step(now, { kind: 'tick', at: beat }).quiz;
    expect(answer(now, 'alice', end).outcome).toBe('taken');
    expect(answer(now, 'alice', end + 1).outcome).toBe('late');
  });

  test('takes no answer to another question', () => {
    const { quiz, at } = opened();
    for (const n of [1, 2, 7, -1]) expect(answer(quiz, 'alice', at, true, n).outcome).toBe('late');
  });

  test('lets whoever comes late play from the next one on', () => {
    const { quiz, at } = opened();
    const { quiz: joined, outcome } = answer(quiz, 'carol', at + 1_000);
    expect(outcome).toBe('joined-next');
    expect(joined.questions[0]!.answers).toEqual({});
    expect(answer(joined, 'carol', at + 1_500).outcome).toBe('joined-next');
    const next = playUntil(joined, at, (each) => isOpen(each) && each.n === 1);
    expect(answer(next.quiz, 'carol', next.at + 500).outcome).toBe('taken');
    const last = playUntil(next.quiz, next.at, (each) => isOpen(each) && each.n === 2);
    expect(join(last.quiz, 'dora', last.at).outcome).toBe('too-late');
  });

  test('that was interrupted keeps the time that it had left', () => {
    const { quiz, at } = opened();
    const before = step(quiz, { kind: 'tick', at: at + 1_000 }).quiz;
    const back = at + 60_000;
    const { quiz: resumed } = step(before, { kind: 'tick', at: back });
    expect(resumed.resumed).toBe(true);
    expect(resumed.phase).toMatchObject({ closesAt: back + SECONDS * 1_000 - 1_000 });
    const { quiz: answered } = answer(resumed, 'alice', back + 500);
    expect(answered.questions[0]!.answers.alice?.milliseconds).toBe(1_500);
  });

  test('that was interrupted takes an answer even before anything else happens', () => {
    const { quiz, at } = opened();
    expect(answer(quiz, 'alice', at + 120_000).outcome).toBe('taken');
  });

  test('goes on without a break after less than two seconds', () => {
    const { quiz, at } = opened();
    const { quiz: later } = step(quiz, { kind: 'tick', at: at + PACE.gap });
    expect(later.phase).toEqual(quiz.phase);
  });

  test('does not stay open for an hour because the clock was set back by one', () => {
    const { quiz, at } = opened();
    const back = at - 3_600_000;
    const { quiz: moved } = step(quiz, { kind: 'tick', at: back });
    expect(moved.phase).toMatchObject({ closesAt: back + SECONDS * 1_000 });
    expect(dueAt(moved)).toBe(back + PACE.beat);
  });
});

describe('stopping', () => {
  test('cuts an open question short: it counts for nobody', () => {
    const { quiz, at } = opened();
    const { quiz: stopped } = step(answer(quiz, 'alice', at + 500).quiz, { kind: 'stop', at: at + 900 });
    expect(phaseOf(stopped)).toBe('ending');
    expect(standingsOf(stopped).every(({ score }) => score === 0)).toBe(true);
    expect(phaseOf(step(stopped, { kind: 'told', at: at + 1_000 }).quiz)).toBe('over');
  });

  test('waits for a message that is on its way', () => {
    const { quiz, at } = playUntil(quizOf(), start, ({ phase }) => phase.name === 'asking');
    const { quiz: stopping } = step(quiz, { kind: 'stop', at });
    expect(phaseOf(step(stopping, { kind: 'asked', n: 0, messageId: 'm', at: at + 10 }).quiz)).toBe('ending');
  });

  test('after the time is over leaves the solution and what it earned', () => {
    const { quiz, at } = opened();
    const revealing = playUntil(
      answer(quiz, 'alice', at + 500).quiz,
      at,
      (each) => phaseOf(each) === 'revealing',
    );
    const { quiz: stopped } = step(revealing.quiz, { kind: 'stop', at: revealing.at });
    expect(phaseOf(stopped)).toBe('revealing');
    const { quiz: ended } = playUntil(stopped, revealing.at, isOver);
    expect(ended.questions[1]!.answers).toEqual({});
    expect(standingsOf(ended)[0]).toMatchObject({ userId: 'alice', right: 1 });
    expect(ended.reason).toBe('stopped');
  });
});

test('a quiz that nobody could play for half an hour ends and says why', () => {
  const { quiz, at } = opened();
  const { quiz: late } = step(quiz, { kind: 'tick', at: at + PACE.forsaken + 1 });
  expect([phaseOf(late), late.reason]).toEqual(['ending', 'interrupted']);
});

test('a channel that refuses ends the quiz at once', () => {
  const { quiz, at } = opened();
  const { quiz: refused } = step(quiz, { kind: 'refused', at });
  expect([phaseOf(refused), refused.reason]).toEqual(['over', 'refused']);
  expect(answer(refused, 'alice', at).outcome).toBe('over');
});

test('the time by which it is over at the latest is not too early', () => {
  const promised = overBy(quizOf(20));
  expect(playUntil(quizOf(20), start, isOver).at).toBeLessThanOrEqual(promised);
});
