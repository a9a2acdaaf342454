import { z } from 'zod';
import { type LocalDate, localDateSchema } from '../calendar/dates.ts';
import type { CompetitionRule } from '../settings/guild.ts';
import type { CollectionDefinition } from '../store/port.ts';
import { daysOf, topicsOf } from './derived.ts';
import { type Grade, gradeOf, gradeOfAnswer, gradeSchema, NOTHING_HELD } from './grade.ts';

/** What a person did with one post. */
export type Part = z.output<typeof partSchema>;

/** What a person did for their studies outside the posts. */
export type Act = z.output<typeof actSchema>;

/** A person in a server. All that is shown of them is derived from the dated entries in here. */
export type Member = z.output<typeof memberSchema>;

const count = z.number().int().min(0);
const levelSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const partSchema = z.strictObject({
  /** The post's own date, on which its points and its study day count. */
  date: localDateSchema,
  topic: z.string(),
  level: levelSchema,
  /** Absent in parts from before there were decks. */
  questionId: z.string().optional(),
  /** When the person first did anything with the post, epoch milliseconds. */
  at: z.number().optional(),
  held: z.number().int().min(0).max(255),
  /** `milliseconds` since the post opened. */
  answer: z.strictObject({ right: z.boolean(), milliseconds: z.number().optional() }).optional(),
  /** Looked at the answer before giving one. */
  revealedFirst: z.boolean(),
  /** The grade that the person's card has been told; the part is unfed while it should be another. */
  fed: gradeSchema.optional(),
});

const actSchema = z.strictObject({
  kind: z.enum(['quiz', 'review', 'interview']),
  /** The server's date, on which its points count. */
  date: localDateSchema,
  /** The person's own date, which it makes a study day. */
  day: localDateSchema,
  /** Of a quiz answer: what its points follow from. `source` names the quiz and the number of the question. */
  marked: z
    .strictObject({
      topic: z.string(),
      level: levelSchema,
      right: z.boolean(),
      lookedFirst: z.boolean(),
      source: z.string(),
    })
    .optional(),
});

/**
 * `quiz` is the part of `auto` that quizzes earned; `answered` and `right` are the marked answers that were given
 * without a look at the solution. A date without acts is no study day.
 */
const daySchema = z.strictObject({
  acts: count,
  self: count,
  auto: count,
  quiz: count,
  answered: count,
  right: count,
});

/** By topic: marked answers, and self-grades from Again to Easy. */
const tallySchema = z.strictObject({
  answered: count,
  right: count,
  grades: z.tuple([count, count, count, count]),
});

const memberSchema = z.strictObject({
  /** As last seen; Discord's own text, to be escaped where it is shown. */
  name: z.string().optional(),
  /** By choice, off the boards. */
  hidden: z.boolean(),
  /** Was found to have left the server: off the boards until they act again. */
  left: z.boolean(),
  /** By post key: the posts of the last weeks. */
  parts: z.record(z.string(), partSchema),
  /** By {@link actKey}: the acts of the last weeks. */
  acts: z.record(z.string(), actSchema),
  /** The questions whose solution the person has seen on the last of the server's dates on which they saw any. */
  looked: z.strictObject({ date: localDateSchema, questions: z.array(z.string()) }).optional(),
  /** What older posts and acts came to, by date. */
  days: z.record(localDateSchema, daySchema),
  /** What older posts and acts came to, by topic. */
  topics: z.record(z.string(), tallySchema),
  /** By competition: when they joined it, epoch milliseconds, and the role whose team they are in. */
  joined: z.record(z.string(), z.strictObject({ at: z.number(), team: z.string().optional() })),
});

export const members: CollectionDefinition<Member> = {
  name: 'member',
  // Version 4 adds what feeds cards: absent from older parts, which feed none.
  version: 4,
  schema: memberSchema,
  migrate: (data, version) => {
    const withActs = version < 2 ? addActs(data) : data;
    return version < 3 ? addCompetitions(withActs) : withActs;
  },
};

/** Version 1 knew posts only. */
function addActs(data: unknown): unknown {
  const member = data as { days: Record<LocalDate, object> };
  const days = Object.entries(member.days).map(([date, day]) => [date, { ...day, quiz: 0 }]);
  return { ...member, acts: {}, days: Object.fromEntries(days) };
}

/** Version 2 knew no competitions, and kept nothing of the answers on dates that were added up. */
function addCompetitions(data: unknown): unknown {
  const member = data as { days: Record<LocalDate, object> };
  const days = Object.entries(member.days).map(([date, day]) => [date, { ...day, answered: 0, right: 0 }]);
  return { ...member, days: Object.fromEntries(days), joined: {} };
}

export const newMember: Member = {
  hidden: false,
  left: false,
  parts: {},
  acts: {},
  days: {},
  topics: {},
  joined: {},
};

export type Day = z.output<typeof daySchema>;
export type Tally = z.output<typeof tallySchema>;

/** The facts of a post that a member's part in it keeps. */
export type PostFacts = Pick<Part, 'date' | 'topic' | 'level' | 'questionId' | 'at'>;

/**
 * Lets `change` say what the person did with a post; a part in which nothing is left goes.
 * @returns the same member if nothing changes
 */
export function changePart(
  member: Member,
  postKey: string,
  facts: PostFacts,
  change: (part: Part) => Part,
): Member {
  const { [postKey]: current, ...others } = member.parts;
  const part = change(current ?? { ...facts, held: NOTHING_HELD, revealedFirst: false });
  if (part === current || (!current && isEmpty(part))) return member;
  return { ...member, left: false, parts: isEmpty(part) ? others : { ...others, [postKey]: part } };
}

/** Names an act by what may count only once: a kind, on one of the server's dates, of one thing. */
export function actKey({ kind, date }: Pick<Act, 'kind' | 'date'>, of: string): string {
  return `${kind}:${date}:${of}`;
}

/**
 * Enters an act under its key, unless there is one already.
 * @returns the same member if nothing changes
 */
export function addAct(member: Member, key: string, act: Act): Member {
  if (member.acts[key]) return member;
  return { ...member, left: false, acts: { ...member.acts, [key]: act } };
}

/**
 * Notes that the person has seen the solution of a question on one of the server's dates. Only the last date is kept,
 * and nothing for a question that they have answered in a quiz on that date: it can't count again anyway.
 * @returns the same member if nothing changes
 */
export function noteLook(member: Member, date: LocalDate, questionId: string): Member {
  const { looked, acts } = member;
  if (acts[actKey({ kind: 'quiz', date }, questionId)]) return member;
  if (looked && (looked.date > date || hasLooked(member, date, questionId))) return member;
  const questions = looked?.date === date ? looked.questions : [];
  return { ...member, looked: { date, questions: [...questions, questionId] } };
}

export function hasLooked({ looked }: Member, date: LocalDate, questionId: string): boolean {
  return looked?.date === date && looked.questions.includes(questionId);
}

/** The member under the name as last seen; the same member if it has not changed. */
export function named(member: Member, name: string): Member {
  return member.name === name ? member : { ...member, name };
}

/** The grade that a part gives the person's card: that of the reaction, else that of an answer given unaided. */
export function cardGradeOf({ held, answer, level, revealedFirst }: Part): Grade | undefined {
  if (gradeOf(held) || !answer) return gradeOf(held);
  return answer.right && revealedFirst ? undefined : gradeOfAnswer(answer, level);
}

/** The parts whose cards are still to be told, by post key. */
export function unfedParts(member: Member): [postKey: string, part: Part & { questionId: string }][] {
  return Object.entries(member.parts).flatMap(([key, part]) =>
    isUnfed(part) ? [[key, { ...part, questionId: part.questionId! }]] : [],
  );
}

/** Enters what the card of a part was told. This is no act of the person. */
export function markFed(member: Member, postKey: string, grade: Grade | undefined): Member {
  const { [postKey]: current, ...others } = member.parts;
  if (!current) return member;
  const { fed: _, ...part } = current;
  const told = grade ? { ...part, fed: grade } : part;
  return { ...member, parts: isEmpty(told) ? others : { ...others, [postKey]: told } };
}

function isUnfed(part: Part): boolean {
  return part.questionId !== undefined && cardGradeOf(part) !== part.fed;
}

/** Adds posts and acts dated before `date` up into days and topics: nothing about them can change any more. */
export function foldBefore(member: Member, date: LocalDate): Member {
  const [oldParts, parts] = split(member.parts, (part) => part.date < date && !isUnfed(part));
  const [oldActs, acts] = split(member.acts, (act) => act.date < date && act.day < date);
  if (Object.keys(oldParts).length + Object.keys(oldActs).length === 0) return member;
  const settled = { ...member, parts: oldParts, acts: oldActs };
  return { ...member, parts, acts, days: daysOf(settled), topics: topicsOf(settled) };
}

/**
 * Forgets the competitions that are decided. A rule that is absent may only be newer than the rules given: `before`
 * says, in epoch milliseconds, who joined long enough ago for that to be out of the question.
 */
export function forgetJoined(member: Member, rules: readonly CompetitionRule[], before: number): Member {
  const isDecided = (id: string) => !rules.some((rule) => rule.id === id);
  const kept = Object.entries(member.joined).filter(([id, { at }]) => at >= before || !isDecided(id));
  if (kept.length === Object.keys(member.joined).length) return member;
  return { ...member, joined: Object.fromEntries(kept) };
}

/** Two records: the entries for which `isIn` holds, and the others. */
function split<T>(
  record: Readonly<Record<string, T>>,
  isIn: (value: T) => boolean,
): [Record<string, T>, Record<string, T>] {
  const within: Record<string, T> = {};
  const others: Record<string, T> = {};
  for (const [key, value] of Object.entries(record)) (isIn(value) ? within : others)[key] = value;
  return [within, others];
}

function isEmpty(part: Part): boolean {
  return part.held === NOTHING_HELD && !part.answer && !part.revealedFirst && !part.fed;
}
