import { z } from 'zod';
import { type LocalDate, localDateAt } from '../calendar/dates.ts';
import type { CollectionDefinition } from '../store/port.ts';
import type { Guild } from './guild.ts';
import { languageSchema } from './language.ts';

/** What a person has chosen, the same in every server. What is absent follows the server or Discord. */
export type Person = z.output<typeof personSchema>;

const personSchema = z.strictObject({
  language: languageSchema.optional(),
  zone: z.string().optional(),
  dayStart: z.number().int().min(0).max(720).optional(),
  /** Off every leaderboard, and `/progress` shows it to nobody else. */
  hidden: z.boolean(),
  /** Percent of due questions that the person wants to know. */
  retention: z.number().int().min(80).max(97).optional(),
  /** New questions a day in reviews. */
  newPerDay: z.number().int().min(0).max(100).optional(),
});

export const persons: CollectionDefinition<Person> = { name: 'person', version: 2, schema: personSchema };

export const newPerson: Person = { hidden: false };

/** The person's date at `now`: in their own zone, else the server's. */
export function todayOf(person: Person, guild: Guild, now: number): LocalDate {
  return localDateAt(now, person.zone ?? guild.zone, person.dayStart ?? guild.dayStart);
}
