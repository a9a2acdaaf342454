import type { Question } from '../../src/quiz/question.ts';
import { dueAt, newQuiz, PACE, type Quiz } from '../../src/quiz/quiz.ts';
import { type QuizEvent, type Step, step } from '../../src/quiz/step.ts';

export const start = Date.parse('2026-03-02T09:00Z');
export const SECONDS = 20;

export function question(n: number, level: 1 | 2 | 3 = 1): Question {
  return { questionId: `q${n}`, topic: 'attention', level, order: ['b', 'a', 'c'] };
}

export function quizOf(count = 3, changes: Partial<Quiz> = {}): Quiz {
  const facts = {
    id: 'z1',
    guildId: '1',
    channelId: '2',
    language: 'en' as const,
    host: { userId: 'host', name: 'Host' },
    seconds: SECONDS,
    speedBonus: true,
    changeable: false,
  };
  const questions = Array.from({ length: count }, (_, n) => question(n, ((n % 3) + 1) as 1 | 2 | 3));
  return { ...newQuiz(facts, questions, start), ...changes };
}

/** Does what a host does next, at that moment: lets time pass, or says that a message is out. */
export function nextEvent(quiz: Quiz, at: number): QuizEvent {
  const { n, phase } = quiz;
  switch (phase.name) {
    case 'asking':
      return quiz.reason ? { kind: 'tick', at } : { kind: 'asked', n, messageId: `m${n}`, at };
    case 'revealing':
      return { kind: 'revealed', n, at };
    case 'pause':
      return phase.booked ? { kind: 'tick', at } : { kind: 'booked', n, at };
    case 'ending':
      return { kind: 'told', at };
    default:
      return { kind: 'tick', at };
  }
}

/**
 * Plays on without anybody doing anything, until `holds`. Throws if that takes longer than any quiz may.
 * @param log is given every event
 */
export function playUntil(
  quiz: Quiz,
  from: number,
  holds: (quiz: Quiz) => boolean,
  log: QuizEvent[] = [],
): { quiz: Quiz; at: number } {
  let at = from;
  for (let turn = 0; !holds(quiz); turn++) {
    if (turn > MOST_TURNS) throw new Error(`it hangs in ${quiz.phase.name}`);
    at = Math.max(at, Math.min(dueAt(quiz), at + PACE.lobby));
    const event = nextEvent(quiz, at);
    log.push(event);
    quiz = step(quiz, event).quiz;
  }
  return { quiz, at };
}

/** Twenty questions of two minutes, looked after every second. */
const MOST_TURNS = 20 * 150;

export const isOpen = ({ phase }: Quiz) => phase.name === 'open';
export const isOver = ({ phase }: Quiz) => phase.name === 'over';

export function answer(quiz: Quiz, userId: string, at: number, right = true, n = quiz.n): Step {
  const given = [right ? 1 : 0];
  return step(quiz, { kind: 'answer', userId, name: userId, n, given, right, at });
}

export function join(quiz: Quiz, userId: string, at = start): Step {
  return step(quiz, { kind: 'join', userId, name: userId, at });
}
