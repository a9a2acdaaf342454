import { z } from 'zod';
import { type LocalDate, localDateSchema, type Weekday } from '../calendar/dates.ts';
import { nextOccurrence, type Occurrence } from '../calendar/next-time.ts';
import { postLanguages } from '../settings/language.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { CollectionDefinition, SetEntry } from '../store/port.ts';

/** A daily question in a channel. */
export type Schedule = z.output<typeof scheduleSchema>;

/** Why Discord refuses a channel for good. */
const refusals = ['unknown-channel', 'missing-access', 'missing-permissions'] as const;
export type SuspensionReason = (typeof refusals)[number];

/**
 * What kept a question from its channel. no-history: without it, what was sent could not be looked for; server-away:
 * Discord's own outage; missed: the bot was away for too long; failed: anything that may be better the next time.
 */
const failureReasons = [...refusals, 'no-history', 'server-away', 'missed', 'failed'] as const;
export type FailureReason = (typeof failureReasons)[number];

const failureSchema = z.strictObject({
  reason: z.enum(failureReasons),
  /** What Discord answered, if it did. */
  status: z.number().int().optional(),
  /** Epoch milliseconds. */
  at: z.number(),
});
export type Failure = z.output<typeof failureSchema>;

const weekdaySchema = z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as Weekday)));

const scheduleSchema = z.strictObject({
  id: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  /** Minutes after local midnight. */
  time: z.number().int().min(0).max(1439),
  zone: z.string(),
  days: z.array(weekdaySchema).min(1),
  /** Empty: all. */
  topics: z.array(z.string()),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]).optional(),
  roleId: z.string().optional(),
  language: z.enum(postLanguages),
  paused: z.boolean(),
  /** Why Discord refuses its posts, or that the bot left the server: nothing is posted. `at` is epoch milliseconds. */
  suspended: z
    .strictObject({
      reason: z.enum([...refusals, 'left-server']),
      at: z.number(),
    })
    .optional(),
  /** The coming post. */
  next: z.strictObject({ date: localDateSchema, at: z.number() }),
  /** The date of the last post; no post is ever dated at or before it. */
  lastDate: localDateSchema.optional(),
  /** How many scheduled posts there were. */
  posted: z.number().int().min(0),
  /** When the last of them came into the channel, epoch milliseconds. */
  postedAt: z.number().optional(),
  /** The last failure: of one that came again and again, the first since the last post. */
  failure: failureSchema.optional(),
  /** Ids of questions to be asked first. */
  queue: z.array(z.string()),
});

export const schedules: CollectionDefinition<Schedule> = {
  name: 'schedule',
  version: 3,
  schema: scheduleSchema,
};

export type Recurring = Pick<Schedule, 'time' | 'zone' | 'days'>;

/** The first occurrence after `now` that is dated after the last post. */
export function planNext(schedule: Recurring & Pick<Schedule, 'lastDate'>, now: number): Occurrence {
  const { time, zone, days, lastDate } = schedule;
  return nextOccurrence({ time, zone, days: new Set(days), after: now, afterDate: lastDate });
}

/** The occurrence after another one. */
export function following(schedule: Recurring, { date, at }: Occurrence): Occurrence {
  const { time, zone, days } = schedule;
  return nextOccurrence({ time, zone, days: new Set(days), after: at, afterDate: date });
}

export type Due =
  /** Post this occurrence now; `next` is the one after it. */
  | { readonly kind: 'post'; readonly occurrence: Occurrence; readonly next: Occurrence }
  /** Whatever was missed is too late: go on with `next`. */
  | { readonly kind: 'wait'; readonly next: Occurrence };

/**
 * What is due: of all occurrences that have passed, only the latest, and that one until 12 hours after its time or one
 * hour before the next, whichever comes first.
 */
export function whatIsDue(schedule: Schedule, now: number): Due {
  let occurrence: Occurrence = schedule.next;
  if (occurrence.at > now) return { kind: 'wait', next: occurrence };
  // Long outages are leapt over: only what lies within the last days can still be in time.
  if (occurrence.at < now - LONGEST_LATENESS) {
    const { time, zone, days } = schedule;
    occurrence = nextOccurrence({
      time,
      zone,
      days: new Set(days),
      after: now - LONGEST_LATENESS - 1,
      afterDate: occurrence.date,
    });
    if (occurrence.at > now) return { kind: 'wait', next: occurrence };
  }
  let next = following(schedule, occurrence);
  while (next.at <= now) {
    occurrence = next;
    next = following(schedule, occurrence);
  }
  const inTime = now <= Math.min(occurrence.at + LONGEST_LATENESS, next.at - SHORTEST_GAP);
  return inTime ? { kind: 'post', occurrence, next } : { kind: 'wait', next };
}

/** Whether the last failure is more recent than the last post. */
export function isFailing({ failure, postedAt }: Schedule): boolean {
  return failure !== undefined && failure.at > (postedAt ?? Number.NEGATIVE_INFINITY);
}

/** Enters a failure; the same schedule if it is one that came before and is not over. */
export function withFailure(schedule: Schedule, failure: Failure): Schedule {
  const known = schedule.failure;
  const isKnown = known?.reason === failure.reason && known.status === failure.status && isFailing(schedule);
  return isKnown ? schedule : { ...schedule, failure };
}

/** When a post closes: as the next one comes, at most a day and at least an hour after it opened. */
export function closingTime(opensAt: number, next: Occurrence): number {
  return Math.max(opensAt + SHORTEST_OPEN, Math.min(next.at, opensAt + LONGEST_OPEN));
}

/** Where a schedule stands in the due index and in its server's list. */
export function scheduleEntries(schedule: Schedule): SetEntry[] {
  const asleep = schedule.paused || schedule.suspended !== undefined;
  return [dueEntry(schedule, asleep ? null : schedule.next.at)];
}

export function listEntry(schedule: Schedule, madeAt: number | null): SetEntry {
  return { set: setName.schedules(schedule.guildId), member: schedule.id, score: madeAt };
}

export function dueEntry(schedule: Schedule, at: number | null): SetEntry {
  return { set: setName.jobs, member: `ask:${schedule.id}`, score: at };
}

/** What is left of one that goes: nothing. */
export function goneEntries(schedule: Schedule): SetEntry[] {
  return [
    dueEntry(schedule, null),
    { set: setName.jobs, member: `tell:${schedule.id}`, score: null },
    listEntry(schedule, null),
  ];
}

export const scheduleKey = documentKey.schedule;

/** Names a post of a schedule; a date has one. */
export function postKeyOf(scheduleId: string, date: LocalDate): string {
  return `${scheduleId}-${date.replaceAll('-', '')}`;
}

const HOUR = 3_600_000;
const LONGEST_LATENESS = 12 * HOUR;
const SHORTEST_GAP = HOUR;
const SHORTEST_OPEN = HOUR;
const LONGEST_OPEN = 24 * HOUR;
