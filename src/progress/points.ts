import type { DateRange, LocalDate } from '../calendar/dates.ts';
import type { CompetitionRule, Scope } from '../settings/guild.ts';

export type Level = 1 | 2 | 3;

/** Points by where they come from: `self` for taking part, `auto` for a right answer that the bot marked. */
export type Points = { readonly self: number; readonly auto: number };

/** What a person did with one post. */
export type PostEntry = {
  readonly level: Level;
  /** Whether a grade reaction stands. */
  readonly graded: boolean;
  /** The first answer to an auto-marked item. */
  readonly answer?: { readonly right: boolean } | undefined;
  /** Whether the person looked at the answer before giving one. */
  readonly revealedFirst: boolean;
};

/** An answer that a quiz marked. */
export type QuizEntry = {
  readonly level: Level;
  readonly right: boolean;
  /** Whether the person had seen the solution on the same date. */
  readonly lookedFirst: boolean;
};

/**
 * The one table of points. A post earns both columns, a quiz only the second. A quiz question counts once a day for
 * each person in each server, with its first answer, and not on a date on which the person had seen its solution: so
 * points can't be had by playing the same questions again.
 */
export const POINTS: { readonly takingPart: number; readonly rightAnswer: Readonly<Record<Level, number>> } =
  {
    takingPart: 10,
    rightAnswer: { 1: 5, 2: 10, 3: 15 },
  };

/** The points of one post: the same for every self-grade, so that honesty costs nothing. */
export function pointsOf({ level, graded, answer, revealedFirst }: PostEntry): Points {
  return {
    self: graded || answer ? POINTS.takingPart : 0,
    auto: answer?.right && !revealedFirst ? POINTS.rightAnswer[level] : 0,
  };
}

/** The points of a quiz answer, all of them auto-marked. */
export function pointsOfQuizAnswer({ level, right, lookedFirst }: QuizEntry): number {
  return right && !lookedFirst ? POINTS.rightAnswer[level] : 0;
}

/** Adds up the dates within `range`, its ends included; without one, all of them. */
export function sumPoints(byDate: Readonly<Record<LocalDate, Points>>, range?: DateRange): Points {
  let self = 0;
  let auto = 0;
  for (const [date, points] of Object.entries(byDate)) {
    if (range && (date < range.first || date > range.last)) continue;
    self += points.self;
    auto += points.auto;
  }
  return { self, auto };
}

/** The points of a date; `quiz` is the part of `auto` that quizzes earned. */
type DayPoints = Points & { readonly quiz: number };

/** The one table of what a competition's scope takes of a date. */
const COUNTED: Readonly<Record<Scope, (day: DayPoints) => Points>> = {
  points: ({ self, auto }) => ({ self, auto }),
  quiz: ({ quiz }) => ({ self: 0, auto: quiz }),
  daily: ({ self, auto, quiz }) => ({ self, auto: auto - quiz }),
};

/** What the dates come to by a competition's rule. */
export function pointsCounted(
  byDate: Readonly<Record<LocalDate, DayPoints>>,
  { first, last, scope, selfGrades }: CompetitionRule,
): number {
  let sum = 0;
  for (const [date, day] of Object.entries(byDate)) {
    if (date < first || date > last) continue;
    const { self, auto } = COUNTED[scope](day);
    sum += auto + (selfGrades ? self : 0);
  }
  return sum;
}
