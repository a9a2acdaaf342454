import { z } from 'zod';
import { type LocalDate, localDateSchema } from '../calendar/dates.ts';
import type { CollectionDefinition } from '../store/port.ts';
import { languageSchema } from './language.ts';

/** What a server has settled, and which of its days count for streaks. */
export type Guild = z.output<typeof guildSchema>;

/** What a competition counts, for as long as it is not decided: see `pointsCounted`. */
export type CompetitionRule = z.output<typeof ruleSchema>;

/** `daily`: posts; `quiz`: quizzes; `points`: all. */
export const scopes = ['points', 'quiz', 'daily'] as const;
export type Scope = (typeof scopes)[number];

const ruleSchema = z.strictObject({
  id: z.string(),
  /** The server's dates, both included. */
  first: localDateSchema,
  last: localDateSchema,
  scope: z.enum(scopes),
  /** Whether points for taking part count, or only those that the bot has marked. */
  selfGrades: z.boolean(),
});

const guildSchema = z.strictObject({
  language: languageSchema,
  /** IANA name. */
  zone: z.string(),
  /** Minutes after midnight at which a day starts. */
  dayStart: z.number().int().min(0).max(720),
  /** Dates on which a daily was posted and has closed: a day missed there counts. Ascending. */
  judged: z.array(localDateSchema),
  /** When the server had no schedule, so that every past day counted: [from, until), open at the ends. */
  unscheduled: z.array(
    z.strictObject({ from: localDateSchema.optional(), until: localDateSchema.optional() }),
  ),
  /** Of the competitions to come and under way. */
  competitions: z.array(ruleSchema),
  /** The channel in which moderators read of mistakes. */
  reports: z.string().optional(),
});

export const guilds: CollectionDefinition<Guild> = {
  name: 'guild',
  version: 3,
  schema: guildSchema,
  /** Version 1 knew no competitions, version 2 no reports. */
  migrate: (data, version) => (version === 1 ? { ...(data as object), competitions: [] } : data),
};

export const newGuild: Guild = {
  language: 'en',
  zone: 'UTC',
  dayStart: 0,
  judged: [],
  unscheduled: [{}],
  competitions: [],
};

/** A daily dated `date` was posted and has closed. */
export function judge(guild: Guild, date: LocalDate): Guild {
  if (guild.judged.includes(date)) return guild;
  return { ...guild, judged: [...guild.judged, date].sort() };
}

/** The server has its first schedule from `date` on: from then, only days with a daily count. */
export function startSchedules(guild: Guild, date: LocalDate): Guild {
  const last = guild.unscheduled.at(-1);
  if (!last || last.until !== undefined) return guild;
  return { ...guild, unscheduled: [...guild.unscheduled.slice(0, -1), { ...last, until: date }] };
}

/** The server's last schedule went away on `date`: from the next day on, every day counts again. */
export function endSchedules(guild: Guild, date: LocalDate): Guild {
  if (guild.unscheduled.at(-1)?.until === undefined && guild.unscheduled.length > 0) return guild;
  return { ...guild, unscheduled: [...guild.unscheduled, { from: date }] };
}
