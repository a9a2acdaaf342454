import type { Given } from '../bank/given.ts';
import { isForsaken, PACE, type Quiz } from './quiz.ts';

/** Something that happened, at a moment in epoch milliseconds. */
export type QuizEvent = { readonly at: number } & (
  | { readonly kind: 'join'; readonly userId: string; readonly name: string }
  /** The host does not want to wait. */
  | { readonly kind: 'start' }
  | {
      readonly kind: 'answer';
      readonly userId: string;
      readonly name: string;
      readonly n: number;
      readonly given: Given;
      readonly right: boolean;
    }
  | { readonly kind: 'tick' }
  | { readonly kind: 'asked'; readonly n: number; readonly messageId: string }
  | { readonly kind: 'revealed'; readonly n: number }
  | { readonly kind: 'booked'; readonly n: number }
  /** The podium is in the channel. */
  | { readonly kind: 'told' }
  | { readonly kind: 'stop' }
  /** Discord refuses the channel. */
  | { readonly kind: 'refused' }
  /** The message of the lobby is known. */
  | { readonly kind: 'shown'; readonly messageId: string }
);

/** What came of an event, for the one who caused it. */
export type Outcome =
  | 'done'
  | 'nothing'
  /** Joined before the first question, or from the next one on. */
  | 'joined'
  | 'joined-next'
  | 'in-already'
  | 'full'
  | 'taken'
  | 'changed'
  | 'answered-already'
  | 'late'
  /** The last question is being played: there is none left to join for. */
  | 'too-late'
  | 'over';

export type Step = { readonly quiz: Quiz; readonly outcome: Outcome };

/**
 * What follows from an event. An event that comes twice, late or out of place changes nothing.
 * @returns the same quiz if nothing changes
 */
export function step(before: Quiz, event: QuizEvent): Step {
  const quiz = adjust(before, event.at);
  const { phase } = quiz;
  const same = (outcome: Outcome = 'nothing'): Step => ({ quiz, outcome });
  const to = (changes: Partial<Quiz>, outcome: Outcome = 'done'): Step => ({
    quiz: { ...quiz, aliveAt: Math.max(quiz.aliveAt, event.at), ...changes },
    outcome,
  });
  if (phase.name === 'over') return same('over');

  switch (event.kind) {
    case 'join':
      return join(quiz, event.userId, event.name);
    case 'start': {
      if (phase.name !== 'lobby') return same();
      const startsAt = Math.min(phase.startsAt, event.at + PACE.countdown);
      return to({ phase: { ...phase, startsAt } });
    }
    case 'answer':
      return answer(quiz, event);
    case 'tick': {
      const next = tick(quiz, event.at);
      const turned = next.phase.name !== before.phase.name || next.resumed !== before.resumed;
      return { quiz: next, outcome: turned ? 'done' : 'nothing' };
    }
    case 'asked':
      if (phase.name !== 'asking' || event.n !== quiz.n) return same();
      if (quiz.reason) return to({ phase: { name: 'ending' }, messageId: event.messageId });
      return {
        quiz: closeIfComplete(
          {
            ...quiz,
            aliveAt: event.at,
            messageId: event.messageId,
            phase: { name: 'open', opensAt: event.at, closesAt: event.at + quiz.seconds * 1000 },
          },
          event.at,
        ),
        outcome: 'done',
      };
    case 'revealed':
      if (phase.name !== 'revealing' || event.n !== quiz.n) return same();
      return to({
        phase: {
          name: 'pause',
          closedAt: phase.closedAt,
          nextAt: Math.max(phase.nextAt, event.at + PACE.shortPause),
          booked: false,
        },
      });
    case 'booked':
      if (phase.name !== 'pause' || phase.booked || event.n !== quiz.n) return same();
      return to({ phase: { ...phase, booked: true } });
    case 'told':
      return phase.name === 'ending' ? to({ phase: { name: 'over', at: event.at } }) : same();
    case 'stop':
      return stop(quiz, event.at);
    case 'refused':
      return to({ phase: { name: 'over', at: event.at }, reason: 'refused' });
    case 'shown':
      return quiz.lobbyMessageId ? same() : to({ lobbyMessageId: event.messageId });
  }
}

function join(quiz: Quiz, userId: string, name: string): Step {
  const known = quiz.players[userId];
  if (known) return { quiz, outcome: known.from > quiz.n ? 'joined-next' : 'in-already' };
  if (quiz.phase.name === 'ending') return { quiz, outcome: 'over' };
  if (Object.keys(quiz.players).length >= MOST_PLAYERS) return { quiz, outcome: 'full' };
  const from = quiz.phase.name === 'lobby' ? 0 : quiz.n + 1;
  if (from >= quiz.questions.length) return { quiz, outcome: 'too-late' };
  const players = { ...quiz.players, [userId]: { name, from } };
  return { quiz: { ...quiz, players }, outcome: from === 0 ? 'joined' : 'joined-next' };
}

/** Whoever answers without having joined plays from the next question on. */
function answer(quiz: Quiz, event: QuizEvent & { kind: 'answer' }): Step {
  const { userId, name, n, given, right, at } = event;
  const { phase } = quiz;
  const player = quiz.players[userId];
  if (!player || player.from > quiz.n) return join(quiz, userId, name);
  const question = quiz.questions[n];
  const asks = (phase.name === 'asking' || phase.name === 'open') && n === quiz.n;
  const inTime = asks && !(phase.name === 'open' && at > phase.closesAt);
  const previous = question?.answers[userId];
  if (previous && !(inTime && quiz.changeable)) return { quiz, outcome: 'answered-already' };
  if (!question || !inTime) return { quiz, outcome: 'late' };
  const milliseconds = Math.min(Math.max(0, at - phase.opensAt), quiz.seconds * 1000);
  const entered = { given: typeof given === 'string' ? given : [...given], right, milliseconds };
  const questions = quiz.questions.with(n, {
    ...question,
    answers: { ...question.answers, [userId]: entered },
  });
  return {
    quiz: closeIfComplete({ ...quiz, questions }, at),
    outcome: previous ? 'changed' : 'taken',
  };
}

/** Nobody waits for the clock once everybody has answered and nobody may change. */
export function closeIfComplete(quiz: Quiz, at: number): Quiz {
  const { phase, changeable, players, n } = quiz;
  if (phase.name !== 'open' || changeable) return quiz;
  const answers = quiz.questions[n]!.answers;
  const complete = Object.entries(players).every(([userId, { from }]) => from > n || answers[userId]);
  return complete ? { ...quiz, phase: { ...phase, closesAt: Math.min(phase.closesAt, at) } } : quiz;
}

/** What time alone brings. */
function tick(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  const alive = { ...quiz, aliveAt: Math.max(quiz.aliveAt, at) };
  const forsaken: Quiz = isForsaken(quiz, at) ? { ...alive, reason: 'interrupted' } : quiz;
  if (forsaken.reason) {
    const unfinished = phase.name === 'revealing' || (phase.name === 'pause' && !phase.booked);
    return unfinished ? forsaken : { ...forsaken, phase: { name: 'ending' } };
  }
  switch (phase.name) {
    case 'lobby':
      return at < phase.startsAt ? quiz : ask(alive, 0, at);
    case 'open':
      if (at < phase.closesAt + PACE.grace) return alive;
      return {
        ...alive,
        played: quiz.n + 1,
        phase: {
          name: 'revealing',
          closedAt: phase.closesAt,
          nextAt: at + (isLast(quiz) ? PACE.shortPause : PACE.pause),
        },
      };
    case 'pause':
      if (!phase.booked || at < phase.nextAt) return quiz;
      return isLast(quiz) ? { ...alive, phase: { name: 'ending' } } : ask(alive, quiz.n + 1, at);
    default:
      return quiz;
  }
}

function ask({ messageId: _, ...quiz }: Quiz, n: number, at: number): Quiz {
  const phase = { name: 'asking' as const, opensAt: at, closesAt: at + quiz.seconds * 1000 };
  return { ...quiz, n, resumed: false, phase };
}

/** A question that is cut short counts for nobody; one whose time was over is still revealed. */
function stop(quiz: Quiz, at: number): Step {
  const stopped: Quiz = { ...quiz, reason: quiz.reason ?? 'stopped' };
  switch (quiz.phase.name) {
    case 'lobby':
      return { quiz: { ...stopped, phase: { name: 'over', at } }, outcome: 'done' };
    case 'open':
      return { quiz: { ...stopped, phase: { name: 'ending' } }, outcome: 'done' };
    default:
      return { quiz: stopped, outcome: 'done' };
  }
}

/**
 * Nobody could answer while the quiz was interrupted: an open question keeps the time that it had left. A clock that
 * was set back takes all that is still to come along.
 */
function adjust(quiz: Quiz, at: number): Quiz {
  const { phase } = quiz;
  const gap = at - quiz.aliveAt;
  if (Math.abs(gap) <= PACE.gap || (gap > 0 && phase.name !== 'open')) return quiz;
  const moved = { ...quiz, aliveAt: at };
  switch (phase.name) {
    case 'open':
      if (isForsaken(quiz, at)) return quiz;
      return {
        ...moved,
        resumed: gap > 0 || quiz.resumed,
        phase: { ...phase, opensAt: phase.opensAt + gap, closesAt: phase.closesAt + gap },
      };
    case 'lobby':
      return { ...moved, phase: { ...phase, startsAt: phase.startsAt + gap } };
    case 'revealing':
    case 'pause':
      return { ...moved, phase: { ...phase, nextAt: phase.nextAt + gap } };
    default:
      return moved;
  }
}

function isLast({ n, questions }: Quiz): boolean {
  return n === questions.length - 1;
}

/** A session is one document: so many answers to 20 questions are about half a megabyte. */
const MOST_PLAYERS = 300;
