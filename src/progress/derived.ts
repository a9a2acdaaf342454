import type { LocalDate } from '../calendar/dates.ts';
import type { Accuracy } from './boards.ts';
import { type Grade, gradeOf } from './grade.ts';
import type { Day, Member, Part, Tally } from './member.ts';
import { type Points, pointsOf, pointsOfQuizAnswer } from './points.ts';

/** Every date on which the person studied or points of theirs count, with what it came to. */
export function daysOf(member: Member): Record<LocalDate, Day> {
  const days = { ...member.days };
  const add = (
    date: LocalDate,
    { acts = 0, self = 0, auto = 0, quiz = 0, answered = 0, right = 0 }: Partial<Day>,
  ) => {
    const day = days[date] ?? { acts: 0, self: 0, auto: 0, quiz: 0, answered: 0, right: 0 };
    days[date] = {
      acts: day.acts + acts,
      self: day.self + self,
      auto: day.auto + auto,
      quiz: day.quiz + quiz,
      answered: day.answered + answered,
      right: day.right + right,
    };
  };
  for (const part of Object.values(member.parts)) {
    if (tookPart(part)) {
      add(part.date, { acts: 1, ...pointsOfPart(part), ...answerOf(part.answer, part.revealedFirst) });
    }
  }
  for (const { day, date, marked } of Object.values(member.acts)) {
    add(day, { acts: 1 });
    if (!marked || marked.lookedFirst) continue;
    const points = pointsOfQuizAnswer(marked);
    add(date, { auto: points, quiz: points, ...answerOf(marked, false) });
  }
  return days;
}

/** What an answer is to a date's accuracy. */
function answerOf(answer: { readonly right: boolean } | undefined, aided: boolean): Accuracy {
  const counts = answer !== undefined && !aided;
  return { answered: counts ? 1 : 0, right: counts && answer.right ? 1 : 0 };
}

/** What a quiz has earned. @param source what the sources of its answers begin with */
export function pointsFrom(member: Member, source: string): number {
  return Object.values(member.acts).reduce(
    (sum, { marked }) => sum + (marked?.source.startsWith(source) ? pointsOfQuizAnswer(marked) : 0),
    0,
  );
}

/** The dates on which the person studied. */
export function studyDaysOf(member: Member): LocalDate[] {
  return Object.entries(daysOf(member)).flatMap(([date, { acts }]) => (acts > 0 ? [date] : []));
}

export function topicsOf(member: Member): Record<string, Tally> {
  const topics = { ...member.topics };
  const add = (topic: string, answer: { right: boolean } | undefined, grade?: Grade) => {
    const tally = topics[topic] ?? { answered: 0, right: 0, grades: [0, 0, 0, 0] };
    topics[topic] = {
      answered: tally.answered + (answer ? 1 : 0),
      right: tally.right + (answer?.right ? 1 : 0),
      grades: grade ? addGrade(tally.grades, grade) : tally.grades,
    };
  };
  for (const part of Object.values(member.parts)) {
    if (tookPart(part)) add(part.topic, part.answer, gradeOf(part.held));
  }
  for (const { marked } of Object.values(member.acts)) if (marked) add(marked.topic, marked);
  return topics;
}

/** A graded or answered post; one that was only looked at is none. */
export function tookPart(part: Part): boolean {
  return gradeOf(part.held) !== undefined || part.answer !== undefined;
}

/** What a part in a post is worth. */
export function pointsOfPart(part: Part): Points {
  return pointsOf({
    level: part.level,
    graded: gradeOf(part.held) !== undefined,
    answer: part.answer,
    revealedFirst: part.revealedFirst,
  });
}

function addGrade(grades: Tally['grades'], grade: Grade): Tally['grades'] {
  return grades.map((n, index) => (index === grade - 1 ? n + 1 : n)) as Tally['grades'];
}
