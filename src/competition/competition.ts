import { z } from 'zod';
import { addDays, daysBetween, localDateSchema } from '../calendar/dates.ts';
import { startOfDate } from '../calendar/next-time.ts';
import { type CompetitionRule, type Guild, scopes } from '../settings/guild.ts';
import { setName } from '../store/keys.ts';
import type { CollectionDefinition, SetEntry } from '../store/port.ts';

/** Some weeks in which members of a server, or teams of them, vie for points. */
export type Competition = z.output<typeof competitionSchema>;

/** What a competition says of itself unasked, each once. `open`: people can join, some time before the start. */
export const news = ['open', 'start', 'half', 'last', 'result', 'cancelled'] as const;
export type News = (typeof news)[number];

const competitionSchema = z.strictObject({
  id: z.string(),
  guildId: z.string(),
  /** Where its news go. */
  channelId: z.string(),
  /** The moderator's own text, to be escaped where it is shown; so is the prize. */
  name: z.string(),
  prize: z.string().optional(),
  /** The server's dates, both included. */
  first: localDateSchema,
  last: localDateSchema,
  scope: z.enum(scopes),
  selfGrades: z.boolean(),
  /** The roles that are the teams; empty: everyone for themselves. */
  teams: z.array(z.string()),
  /** How many of a team's members count: its best ones. */
  best: z.number().int().min(1),
  /** Whether people can join once it has begun. */
  lateJoin: z.boolean(),
  /** The role that the winners get, until another competition is decided. */
  winnersRole: z.string().optional(),
  /** Epoch milliseconds. */
  madeAt: z.number(),
  /**
   * live: to come or under way, or its last posts are still open; decided: the result is fixed, and on its way to the
   * channel; over: all is done; cancelled: on its way out.
   */
  state: z.enum(['live', 'decided', 'over', 'cancelled']),
  /** When a moderator ended it before its time, epoch milliseconds. */
  endedAt: z.number().optional(),
  told: z.array(z.enum(news)),
  /** When the last of them was told, epoch milliseconds. */
  toldAt: z.number().optional(),
  /** Its rule changed at this time (epoch milliseconds), and the standings don't follow it yet. */
  rescore: z.number().optional(),
  /** Why Discord refused its last news. */
  trouble: z.enum(['unknown-channel', 'missing-access', 'missing-permissions']).optional(),
  /** When it last refused any, epoch milliseconds. */
  troubleAt: z.number().optional(),
  result: z
    .strictObject({
      /** Epoch milliseconds. */
      at: z.number(),
      entrants: z.number().int().min(0),
      /** The best ones: people, or teams with their sizes. The id of somebody who wants to be forgotten is gone. */
      rows: z.array(
        z.strictObject({
          id: z.string().nullable(),
          rank: z.number().int(),
          score: z.number(),
          size: z.number().int().optional(),
        }),
      ),
      winners: z.array(z.string()),
    })
    .optional(),
  /** Who has the winners' role from this competition: the first `given` of them, for sure. */
  crowned: z
    .strictObject({ roleId: z.string(), userIds: z.array(z.string()), given: z.number().int().min(0) })
    .optional(),
  /** Discord does not let the bot give or take the role. */
  crownRefused: z.boolean(),
});

export const competitions: CollectionDefinition<Competition> = {
  name: 'competition',
  version: 2,
  schema: competitionSchema,
};

/** What a moderator chooses. */
export type CompetitionChoices = Pick<
  Competition,
  'channelId' | 'name' | 'first' | 'last' | 'scope' | 'selfGrades' | 'teams' | 'best' | 'lateJoin'
> &
  Partial<Pick<Competition, 'prize' | 'winnersRole'>>;

/** What the server's clock says: dates begin by it. */
export type Clock = Pick<Guild, 'zone' | 'dayStart'>;

export function ruleOf({ id, first, last, scope, selfGrades }: Competition): CompetitionRule {
  return { id, first, last, scope, selfGrades };
}

/** Epoch milliseconds. */
export function beginOf({ first }: Pick<Competition, 'first'>, { zone, dayStart }: Clock): number {
  return startOfDate(first, zone, dayStart);
}

/** When nothing more can be earned, epoch milliseconds. */
export function endOf({ last, endedAt }: Competition, { zone, dayStart }: Clock): number {
  return endedAt ?? startOfDate(addDays(last, 1), zone, dayStart);
}

export function canJoin(competition: Competition, clock: Clock, now: number): boolean {
  return (
    competition.state === 'live' &&
    now < endOf(competition, clock) &&
    (competition.lateJoin || now < beginOf(competition, clock))
  );
}

/** The news before the result, in order. One day has no last day, and only from four days on there is a half-time. */
export function momentsOf(
  competition: Competition,
  clock: Clock,
): { readonly news: News; readonly at: number }[] {
  const { first, last, madeAt } = competition;
  const days = daysBetween(first, last) + 1;
  const begin = beginOf(competition, clock);
  const startOf = (date: string) => startOfDate(date, clock.zone, clock.dayStart);
  return [
    ...(madeAt < begin ? [{ news: 'open' as const, at: madeAt }] : []),
    { news: 'start', at: begin },
    ...(days >= FEWEST_DAYS_WITH_HALF
      ? [{ news: 'half' as const, at: startOf(addDays(first, Math.floor(days / 2))) }]
      : []),
    ...(days > 1 ? [{ news: 'last' as const, at: startOf(last) }] : []),
  ];
}

export type Plan =
  | { readonly kind: 'end' }
  /** `say`: what is to be told now, if anything; `next`: when to look again, epoch milliseconds. */
  | { readonly kind: 'go on'; readonly say: News | undefined; readonly next: number };

/** What is due: of all moments that have passed, only the latest is told, and that one once. */
export function planAt(competition: Competition, clock: Clock, now: number): Plan {
  const end = endOf(competition, clock);
  if (now >= end) return { kind: 'end' };
  const moments = momentsOf(competition, clock);
  const latest = moments.findLast(({ at }) => at <= now);
  return {
    kind: 'go on',
    say: latest && !competition.told.includes(latest.news) ? latest.news : undefined,
    next: moments.find(({ at }) => at > now)?.at ?? end,
  };
}

/** Where a competition stands in its server's lists. */
export function listEntries(competition: Competition): SetEntry[] {
  const { id, guildId, state, madeAt, result } = competition;
  const isAhead = state !== 'over';
  return [
    { set: setName.competitions(guildId), member: id, score: isAhead ? madeAt : null },
    { set: setName.pastCompetitions(guildId), member: id, score: state === 'over' ? result!.at : null },
  ];
}

export function dueEntry({ id }: Competition, at: number | null): SetEntry {
  return { set: setName.jobs, member: `compete:${id}`, score: at };
}

/** What is left of one that goes: nothing. */
export function goneEntries(competition: Competition): SetEntry[] {
  return [
    ...listEntries(competition).map((entry) => ({ ...entry, score: null })),
    dueEntry(competition, null),
  ];
}

/** The competition with somebody's place in its result left nameless; the winners' role goes on with the others. */
export function withoutPerson(competition: Competition, userId: string): Competition {
  const { result, crowned } = competition;
  const isOther = (id: string) => id !== userId;
  return {
    ...competition,
    ...(result && {
      result: {
        ...result,
        rows: result.rows.map((row) => (row.id === userId ? { ...row, id: null } : row)),
        winners: result.winners.filter(isOther),
      },
    }),
    ...(crowned && {
      crowned: {
        ...crowned,
        userIds: crowned.userIds.filter(isOther),
        given: crowned.userIds.slice(0, crowned.given).filter(isOther).length,
      },
    }),
  };
}

const FEWEST_DAYS_WITH_HALF = 4;
