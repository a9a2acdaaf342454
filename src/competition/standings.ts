import { daysOf } from '../progress/derived.ts';
import { isShown } from '../progress/entries.ts';
import { pointsCounted } from '../progress/points.ts';
import type { ProgressService, Standing } from '../progress/service.ts';
import type { CompetitionRule } from '../settings/guild.ts';
import { setName } from '../store/keys.ts';
import type { OrderedSet, Scored, Store } from '../store/port.ts';
import type { Competition } from './competition.ts';
import { type InStep, rankPage } from './in-step.ts';

/** A person or a team. */
export type StandingRow = {
  /** Of the user or the role; `null` for somebody who wants to be forgotten. */
  readonly id: string | null;
  /** Of a person: Discord's own text, to be escaped where it is shown. */
  readonly name: string | undefined;
  /** Ties share a rank. */
  readonly rank: number;
  readonly score: number;
  /** Of a team: how many have joined it. */
  readonly size?: number | undefined;
};

/** A page of a competition's standings: all that a card, a picture or a text says of them. */
export type Standings = {
  readonly rows: readonly StandingRow[];
  readonly entrants: number;
  readonly page: number;
  readonly pages: number;
  /** The person who looks: their place, and their team. */
  readonly own:
    | { readonly rank: number; readonly score: number; readonly team?: string | undefined }
    | undefined;
};

export type TeamScore = { readonly id: string; readonly score: number; readonly size: number };

/**
 * A team's score: the mean of its best members. A place that nobody fills counts as nothing, so that neither size nor
 * a single strong member alone wins.
 * @param best the points of the best ones, at most `counted` of them
 */
export function teamScore(best: readonly number[], counted: number): number {
  return best.reduce((sum, points) => sum + points, 0) / counted;
}

/** Best first; equal scores share a rank, and the rank after them counts them all. */
export function rankAll<T extends { readonly score: number }>(
  all: readonly T[],
): (T & { readonly rank: number })[] {
  const sorted = [...all].sort((a, b) => b.score - a.score);
  return sorted.map((each) => ({ ...each, rank: 1 + sorted.findIndex(({ score }) => score === each.score) }));
}

/** What a person's place in a competition follows from; `null`: they are not in it. */
export function scoreIn(rule: CompetitionRule): (standing: Standing) => number | null {
  return ({ member }) =>
    isShown(member) && member.joined[rule.id] ? pointsCounted(daysOf(member), rule) : null;
}

export type StandingsReader = ReturnType<typeof createStandingsReader>;

/** Standings at this moment, from the sets that follow from the members; of a decided competition, as decided. */
export function createStandingsReader(store: Store, progress: ProgressService, inStep: InStep) {
  async function read(competition: Competition, wanted = 1, viewerId?: string): Promise<Standings> {
    if (competition.result) return readResult(competition, competition.result, wanted);
    const all = everyone(competition);
    const [listed, own] = await Promise.all([
      competition.teams.length > 0 ? readTeams(competition) : readPeople(competition, wanted),
      viewerId === undefined ? undefined : readOwn(competition, viewerId),
    ]);
    return { ...listed, own, entrants: await all.count() };
  }

  async function readPeople(competition: Competition, wanted: number) {
    const all = everyone(competition);
    let pages = 1;
    let page = 1;
    const shown = await inStep(competition.guildId, async () => {
      pages = Math.max(1, Math.ceil((await all.count()) / PAGE));
      page = Math.min(wanted, pages);
      return all.top((page - 1) * PAGE, PAGE);
    });
    const ranked = await rankPage(all, (page - 1) * PAGE, shown);
    const rows = ranked.map(({ member, ...place }) => ({ id: member, ...place }));
    return { rows, page, pages };
  }

  async function readTeams(competition: Competition) {
    const rows = rankAll(await readTeamScores(competition)).map((team) => ({ ...team, name: undefined }));
    return { rows, page: 1, pages: 1 };
  }

  function readTeamScores(competition: Competition): Promise<TeamScore[]> {
    return Promise.all(
      competition.teams.map(async (id) => {
        const team = teamOf(competition, id);
        const best = await inStep(competition.guildId, () => team.top(0, competition.best));
        const points = best.map(({ score }) => score);
        return { id, score: teamScore(points, competition.best), size: await team.count() };
      }),
    );
  }

  async function readOwn(competition: Competition, userId: string): Promise<Standings['own']> {
    const all = everyone(competition);
    const [rank, score, { member }] = await Promise.all([
      all.rank(userId),
      all.score(userId),
      progress.read(competition.guildId, userId),
    ]);
    if (rank === undefined || score === undefined) return undefined;
    return { rank, score, team: member.joined[competition.id]?.team };
  }

  async function readResult(
    { guildId, teams }: Competition,
    { rows: decided, entrants }: NonNullable<Competition['result']>,
    wanted: number,
  ): Promise<Standings> {
    const pages = Math.max(1, Math.ceil(decided.length / PAGE));
    const page = Math.min(wanted, pages);
    const rows = decided.slice((page - 1) * PAGE, page * PAGE);
    const userIds = teams.length > 0 ? [] : rows.flatMap(({ id }) => id ?? []);
    const known = await progress.readMany(guildId, userIds);
    const named = rows.map((row) => ({ ...row, name: known.get(row.id ?? '')?.member.name }));
    return { rows: named, entrants, page, pages, own: undefined };
  }

  /** The final standings, derived afresh from every member's document, and who has won. */
  async function decide(competition: Competition, rule: CompetitionRule) {
    const all = everyone(competition);
    await progress.correct(competition.guildId, await everybodyIn(all), scoreIn(rule));
    const isOfTeams = competition.teams.length > 0;
    const rows = isOfTeams ? rankAll(await readTeamScores(competition)) : await readBest(competition);
    const first = rows.filter(({ rank, score }) => rank === 1 && score > 0).map(({ id }) => id);
    const winners = isOfTeams ? await membersOf(competition, first) : first;
    return { entrants: await all.count(), rows, winners };
  }

  async function readBest(competition: Competition) {
    const all = everyone(competition);
    const best = await inStep(competition.guildId, () => all.top(0, MOST_KEPT));
    return rankAll(best).map(({ member, score, rank }) => ({ id: member, score, rank }));
  }

  /** Who has earned anything for these teams. */
  async function membersOf(competition: Competition, teamIds: readonly string[]): Promise<string[]> {
    const found = await Promise.all(
      teamIds.map((id) => teamOf(competition, id).range(Number.MIN_VALUE, Number.MAX_SAFE_INTEGER)),
    );
    return found.flat().map(({ member }) => member);
  }

  /** Whom a result names though nothing is kept of them any more. */
  async function deleted({ guildId, teams, result }: Competition): Promise<string[]> {
    const places = teams.length > 0 ? [] : (result?.rows.flatMap(({ id }) => id ?? []) ?? []);
    const named = [...new Set([...places, ...(result?.winners ?? [])])];
    const gone: string[] = [];
    for (let start = 0; start < named.length; start += READ_AT_ONCE) {
      const some = named.slice(start, start + READ_AT_ONCE);
      const known = await progress.readMany(guildId, some);
      gone.push(...some.filter((userId) => !known.has(userId)));
    }
    return gone;
  }

  /** Brings everyone's place in step with a rule that has changed. */
  async function rescore(competition: Competition, rule: CompetitionRule): Promise<void> {
    await progress.correct(competition.guildId, await everybodyIn(everyone(competition)), scoreIn(rule));
  }

  async function clear(competition: Competition): Promise<void> {
    await everyone(competition).clear();
    for (const team of competition.teams) await teamOf(competition, team).clear();
  }

  function everyone({ guildId, id }: Competition): OrderedSet {
    return store.orderedSet(setName.competition(guildId, id));
  }

  function teamOf({ guildId, id }: Competition, teamId: string): OrderedSet {
    return store.orderedSet(setName.competition(guildId, id, teamId));
  }

  return { read, decide, deleted, rescore, clear };
}

function everybodyIn(set: OrderedSet): Promise<Scored[]> {
  return set.range(0, Number.MAX_SAFE_INTEGER);
}

const PAGE = 10;

/** Members whose documents are held in memory together. */
const READ_AT_ONCE = 50;

/** Rows that stay of a competition that is over. */
const MOST_KEPT = 50;
