import { z } from 'zod';
import { localDateAt } from '../calendar/dates.ts';
import { instantOf } from '../calendar/next-time.ts';
import { gradeSchema } from '../progress/grade.ts';
import type { Person } from '../settings/person.ts';
import { setName } from '../store/keys.ts';
import type { CollectionDefinition, SetEntry } from '../store/port.ts';
import { replay } from './memory.ts';

/** All that a person has shown of one question. What they remember of it is the log replayed. */
export type Card = z.output<typeof cardSchema>;

/** One entry of a card's log. */
export type Entry = z.output<typeof entrySchema>;

const entrySchema = z.strictObject({
  /** Epoch milliseconds. */
  at: z.number(),
  grade: gradeSchema,
  kind: z.enum(['daily', 'quiz', 'review', 'interview']),
});

const cardSchema = z.strictObject({
  questionId: z.string(),
  /** By source: a post's key, or the number within a quiz, a review or an interview. */
  log: z.record(z.string(), entrySchema),
});

export const cards: CollectionDefinition<Card> = { name: 'card', version: 1, schema: cardSchema };

/**
 * The card with what a source says now; `undefined` withdraws it.
 * @returns `null` when nothing is left of the card
 */
export function enterReview(
  card: Card | undefined,
  questionId: string,
  source: string,
  entry: Entry | undefined,
): Card | null {
  const { [source]: _, ...others } = card?.log ?? {};
  const log = entry ? { ...others, [source]: entry } : others;
  return Object.keys(log).length > 0 ? { questionId, log } : null;
}

/** Where a card stands in the ordered sets that follow from it, for a person with these settings. */
export function cardEntries(
  userId: string,
  questionId: string,
  card: Card | null,
  person: Person,
): SetEntry[] {
  const entry = (set: string, score: number | undefined): SetEntry => {
    return { set, member: questionId, score: score ?? null };
  };
  return [
    entry(setName.due(userId), card ? dueOf(card, person) : undefined),
    entry(setName.introduced(userId), card ? introducedAt(card) : undefined),
  ];
}

/** When a card is due; one that rests for days is due from the beginning of the person's day. */
export function dueOf(card: Card, person: Person): number {
  const memory = replay(Object.values(card.log), retentionOf(person))!;
  return memory.inDays ? startOfDay(memory.due, person) : memory.due;
}

/** When the day began, in epoch milliseconds, that a person lives in at a moment. */
export function startOfDay(at: number, { zone = 'UTC', dayStart = 0 }: Person): number {
  return instantOf(localDateAt(at, zone, dayStart), dayStart, zone) ?? at;
}

export function retentionOf({ retention = DEFAULT_RETENTION }: Person): number {
  return retention / 100;
}

function introducedAt({ log }: Card): number | undefined {
  const first = Object.values(log).reduce((earliest, entry) => (entry.at < earliest.at ? entry : earliest));
  return first.kind === 'review' ? first.at : undefined;
}

/** Percent. */
export const DEFAULT_RETENTION = 90;

/** Questions. */
export const DEFAULT_NEW_PER_DAY = 10;
