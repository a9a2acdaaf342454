import { z } from 'zod';
import { dayNumber, type LocalDate, localDateSchema, periodKey } from '../calendar/dates.ts';
import { setName } from '../store/keys.ts';
import type { CollectionDefinition, SetEntry } from '../store/port.ts';
import { type Grade, gradeOf, type Held, NOTHING_HELD } from './grade.ts';
import { type Points, pointsOf } from './points.ts';
import type { Streak } from './streak.ts';

/** What a person did with one post. */
export type Part = z.output<typeof partSchema>;

/** A person in a server. All that is shown of them is derived from the dated entries in here. */
export type Member = z.output<typeof memberSchema>;

const count = z.number().int().min(0);
const levelSchema = z.union([z.literal(1), z.literal(2), z.literal(3)]);

const partSchema = z.strictObject({
  /** The post's own date, on which its points and its study day count. */
  date: localDateSchema,
  topic: z.string(),
  level: levelSchema,
  held: z.number().int().min(0).max(255),
  answer: z.strictObject({ right: z.boolean() }).optional(),
  /** Looked at the answer before giving one. */
  revealedFirst: z.boolean(),
});

const daySchema = z.strictObject({ acts: count, self: count, auto: count });

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
  /** What older posts came to, by date. */
  days: z.record(localDateSchema, daySchema),
  /** What older posts came to, by topic. */
  topics: z.record(z.string(), tallySchema),
});

export const members: CollectionDefinition<Member> = { name: 'member', version: 1, schema: memberSchema };

export const newMember: Member = { hidden: false, left: false, parts: {}, days: {}, topics: {} };

export type Day = z.output<typeof daySchema>;
export type Tally = z.output<typeof tallySchema>;

/** The facts of a post that a member's part in it keeps. */
export type PostFacts = Pick<Part, 'date' | 'topic' | 'level'>;

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
  const { date, topic, level } = facts;
  const part = change(current ?? { date, topic, level, held: NOTHING_HELD, revealedFirst: false });
  if (part === current || (!current && isEmpty(part))) return member;
  return { ...member, left: false, parts: isEmpty(part) ? others : { ...others, [postKey]: part } };
}

/** Adds posts dated before `date` up into days and topics: nothing about them can change any more. */
export function foldBefore(member: Member, date: LocalDate): Member {
  const old = Object.entries(member.parts).filter(([, part]) => part.date < date);
  if (old.length === 0) return member;
  const parts = { ...member.parts };
  for (const [key] of old) delete parts[key];
  const settled = { ...member, parts: Object.fromEntries(old) };
  return { ...member, parts, days: daysOf(settled), topics: topicsOf(settled) };
}

/** Every date on which the person studied, with what it came to. */
export function daysOf(member: Member): Record<LocalDate, Day> {
  const days = { ...member.days };
  for (const part of Object.values(member.parts)) {
    if (!tookPart(part)) continue;
    const { acts, self, auto } = days[part.date] ?? { acts: 0, self: 0, auto: 0 };
    const points = pointsOfPart(part);
    days[part.date] = { acts: acts + 1, self: self + points.self, auto: auto + points.auto };
  }
  return days;
}

export function topicsOf(member: Member): Record<string, Tally> {
  const topics = { ...member.topics };
  for (const part of Object.values(member.parts)) {
    if (!tookPart(part)) continue;
    const tally = topics[part.topic] ?? { answered: 0, right: 0, grades: [0, 0, 0, 0] };
    const grade = gradeOf(part.held);
    topics[part.topic] = {
      answered: tally.answered + (part.answer ? 1 : 0),
      right: tally.right + (part.answer?.right ? 1 : 0),
      grades: grade ? addGrade(tally.grades, grade) : tally.grades,
    };
  }
  return topics;
}

/** A graded or answered post; one that was only looked at is none. */
export function tookPart(part: Part): boolean {
  return gradeOf(part.held) !== undefined || part.answer !== undefined;
}

/** Where the person stands now in each ordered set that follows from the document and may have changed. */
export function entriesOf(
  guildId: string,
  userId: string,
  before: Member | undefined,
  after: Member,
  streak: Streak,
): SetEntry[] {
  const entry = (set: string, score: number | null | undefined): SetEntry => {
    return { set, member: userId, score: score || null };
  };
  const old = shownScores(before);
  const now = shownScores(after);
  const periods = Object.keys({ ...old, ...now }).filter((period) => old[period] !== now[period]);
  return [
    ...periods.map((period) => entry(setName.board(guildId, period), now[period])),
    entry(setName.streak(guildId), isShown(after) ? streak.current : null),
    entry(setName.breaks(guildId), streak.nextBreak === undefined ? null : dayNumber(streak.nextBreak)),
    ...changedParts(before, after).map((key) => {
      return entry(setName.grades(guildId, key), scoreOfPart(after.parts[key]));
    }),
  ];
}

/** What the `grades` set keeps of a part: the reactions held in bits 0–7, an answer in bits 8 (given) and 9 (right). */
export function scoreOfPart(part: Part | undefined): number | null {
  if (!part || !tookPart(part)) return null;
  return part.held | (part.answer ? ANSWERED : 0) | (part.answer?.right ? RIGHT : 0);
}

/** The inverse of {@link scoreOfPart}. */
export function readScore(score: number): { held: Held; answer: { right: boolean } | undefined } {
  return { held: score & 255, answer: score & ANSWERED ? { right: (score & RIGHT) !== 0 } : undefined };
}

const ANSWERED = 1 << 8;
const RIGHT = 1 << 9;

/** Points by period key, as the boards show them: none for a person who is off the boards. */
function shownScores(member: Member | undefined): Record<string, number> {
  const scores: Record<string, number> = {};
  if (!member || !isShown(member)) return scores;
  for (const [date, { self, auto }] of Object.entries(daysOf(member))) {
    for (const period of ['week', 'month', 'all'] as const) {
      const key = periodKey(period, date);
      scores[key] = (scores[key] ?? 0) + self + auto;
    }
  }
  return scores;
}

function isShown(member: Member): boolean {
  return !member.hidden && !member.left;
}

function changedParts(before: Member | undefined, after: Member): string[] {
  const keys = new Set([...Object.keys(before?.parts ?? {}), ...Object.keys(after.parts)]);
  return [...keys].filter((key) => before?.parts[key] !== after.parts[key]);
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

function isEmpty(part: Part): boolean {
  return part.held === NOTHING_HELD && !part.answer && !part.revealedFirst;
}

function addGrade(grades: Tally['grades'], grade: Grade): Tally['grades'] {
  return grades.map((n, index) => (index === grade - 1 ? n + 1 : n)) as Tally['grades'];
}
