import { createEmptyCard, type FSRS, fsrs, State, type Card as Trace } from 'ts-fsrs';
import type { Grade } from '../progress/grade.ts';

/** One time that a person showed how well they know a question; `at` is epoch milliseconds. */
export type Review = { readonly at: number; readonly grade: Grade };

/** What the reviews of a question come to, by FSRS-6 with its published parameters. */
export type Memory = {
  /** When it should be asked again, epoch milliseconds. */
  readonly due: number;
  /** Whether that is days away from the last review; else it is a step of some minutes. */
  readonly inDays: boolean;
  /** From 1 to 10. */
  readonly difficulty: number;
  /** How often it was forgotten once it had been learnt. */
  readonly lapses: number;
};

/**
 * Replays reviews, in any order.
 * @param retention the share of due questions that the person wants to know, 0.80–0.97
 * @returns `undefined` without any review
 */
export function replay(reviews: Iterable<Review>, retention: number): Memory | undefined {
  const trace = traceOf(reviews, retention);
  return trace && memoryOf(trace);
}

/** When each grade, given now, would bring the question back: epoch milliseconds, from missed to at once. */
export function preview(reviews: Iterable<Review>, retention: number, now: number): Record<Grade, number> {
  const trace = traceOf(reviews, retention) ?? createEmptyCard<Trace>(now);
  const after = (grade: Grade) => step(trace, { at: now, grade }, retention).due.getTime();
  return { 1: after(1), 2: after(2), 3: after(3), 4: after(4) };
}

/** Reviews of questions that had rested for a day: how many there were, and how many were known. */
export type Recall = { readonly asked: number; readonly known: number };

/** The reviews from `since` on and before `until`, epoch milliseconds. */
export function recallOf(
  decks: Iterable<Iterable<Review>>,
  since: number,
  until = Number.POSITIVE_INFINITY,
): Recall {
  let asked = 0;
  let known = 0;
  for (const reviews of decks) {
    const ordered = inOrder(reviews);
    ordered.forEach(({ at, grade }, index) => {
      const before = ordered[index - 1];
      if (!before || at < since || at >= until || at - before.at < RESTED) return;
      asked++;
      if (grade > 1) known++;
    });
  }
  return { asked, known };
}

function traceOf(reviews: Iterable<Review>, retention: number): Trace | undefined {
  let trace: Trace | undefined;
  for (const review of inOrder(reviews)) {
    trace = step(trace ?? createEmptyCard<Trace>(review.at), review, retention);
  }
  return trace;
}

/** FSRS refuses a review that predates the last one; clocks may differ, so it counts as simultaneous. */
function step(trace: Trace, { at, grade }: Review, retention: number): Trace {
  return schedulerFor(retention).next(trace, Math.max(at, trace.last_review?.getTime() ?? at), grade).card;
}

function memoryOf({ due, state, difficulty, lapses }: Trace): Memory {
  return { due: due.getTime(), inDays: state === State.Review, difficulty, lapses };
}

function inOrder(reviews: Iterable<Review>): Review[] {
  return [...reviews].sort((a, b) => a.at - b.at);
}

/** No fuzz: a replay must come to the same whenever it is done. */
function schedulerFor(retention: number): FSRS {
  let scheduler = schedulers.get(retention);
  if (!scheduler) {
    scheduler = fsrs({
      request_retention: retention,
      enable_fuzz: false,
      learning_steps: ['10m'],
      relearning_steps: ['10m'],
    });
    schedulers.set(retention, scheduler);
  }
  return scheduler;
}

/** One for each retention that somebody has chosen: whole percents, so there are few. */
const schedulers = new Map<number, FSRS>();

/** Milliseconds: most of a day, as people do not study at the same minute every day. */
const RESTED = 20 * 3_600_000;
