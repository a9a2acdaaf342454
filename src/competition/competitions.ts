import { localDateAt } from '../calendar/dates.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import { named } from '../progress/member.ts';
import type { ProgressService } from '../progress/service.ts';
import { type Guild, guilds, newGuild } from '../settings/guild.ts';
import { persons } from '../settings/person.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Change, Store } from '../store/port.ts';
import {
  type Competition,
  type CompetitionChoices,
  canJoin,
  competitions,
  dueEntry,
  endOf,
  goneEntries,
  listEntries,
  ruleOf,
  withoutPerson,
} from './competition.ts';

/** What comes of wanting to join. `team`: they have none of the roles; `choose`: they have several. */
export type Joining =
  | { readonly kind: 'joined' | 'already'; readonly team: string | undefined }
  | { readonly kind: 'closed' | 'hidden' | 'team' }
  | { readonly kind: 'choose'; readonly teams: readonly string[] };

export type CompetitionsService = ReturnType<typeof createCompetitionsService>;

/** The competitions of a server. Whatever changes one also makes it due: the herald sees to all that follows. */
export function createCompetitionsService(store: Store, progress: ProgressService, now: () => number) {
  const competitionOf = store.collection(competitions);
  const guildOf = store.collection(guilds);
  const personOf = store.collection(persons);

  /** @param id a new one; adding the same twice adds it once */
  async function add(guildId: string, id: string, choices: CompetitionChoices): Promise<Competition> {
    const competition = await competitionOf.update(documentKey.competition(id), (current) => {
      const made: Competition = {
        ...choices,
        id,
        guildId,
        madeAt: now(),
        state: 'live',
        told: [],
        crownRefused: false,
      };
      return current ? { result: current } : withEntries(made);
    });
    await enterRule(competition);
    return competition;
  }

  /** Those to come and under way, in the order in which they were made. */
  async function list(guildId: string): Promise<Competition[]> {
    return (await ahead(guildId)).filter(({ state }) => state !== 'cancelled');
  }

  /** All of which the herald still has something to do. */
  async function ahead(guildId: string): Promise<Competition[]> {
    return read(await store.orderedSet(setName.competitions(guildId)).range(0, Number.MAX_SAFE_INTEGER));
  }

  /** Those that are over, the last one first. */
  async function past(guildId: string, most: number): Promise<Competition[]> {
    return read(await store.orderedSet(setName.pastCompetitions(guildId)).top(0, most));
  }

  async function read(listed: readonly { member: string }[]): Promise<Competition[]> {
    const keys = listed.map(({ member }) => documentKey.competition(member));
    const found = await competitionOf.getMany(keys);
    return keys.flatMap((key) => found.get(key) ?? []);
  }

  /** A competition, if the server has it. */
  async function find(guildId: string, id: string): Promise<Competition | undefined> {
    const competition = await competitionOf.get(documentKey.competition(id));
    return competition?.guildId === guildId && competition.state !== 'cancelled' ? competition : undefined;
  }

  /**
   * Changes one; `undefined` if that is too late. Once it has ended, only what its result says and where can be changed.
   */
  async function edit(
    guildId: string,
    id: string,
    choices: Partial<Omit<CompetitionChoices, 'teams'>>,
  ): Promise<Competition | undefined> {
    const guild = await readGuild(guildId);
    const edited = await change(guildId, id, (competition) => {
      const isEnded = competition.state === 'decided' || now() >= endOf(competition, guild);
      if (isEnded && Object.keys(choices).some((choice) => !CHANGED_ANY_TIME.includes(choice)))
        return undefined;
      const { trouble: _, ...changed } = { ...competition, ...choices };
      const counts = JSON.stringify(ruleOf(changed)) !== JSON.stringify(ruleOf(competition));
      return counts ? { ...changed, rescore: now() } : changed;
    });
    if (edited?.state === 'live') await enterRule(edited);
    return edited;
  }

  /** Ends one now: what is dated today still counts. `undefined` if it is not under way. */
  async function end(guildId: string, id: string): Promise<Competition | undefined> {
    const guild = await readGuild(guildId);
    const at = now();
    const today = localDateAt(at, guild.zone, guild.dayStart);
    const ended = await change(guildId, id, (competition) =>
      competition.first > today || competition.state === 'decided' || at >= endOf(competition, guild)
        ? undefined
        : {
            ...competition,
            endedAt: at,
            ...(today < competition.last ? { last: today, rescore: at } : {}),
          },
    );
    if (ended) await enterRule(ended);
    return ended;
  }

  function cancel(guildId: string, id: string): Promise<Competition | undefined> {
    return change(guildId, id, (competition) =>
      competition.state === 'live' ? { ...competition, state: 'cancelled' } : undefined,
    );
  }

  /** @param roleIds the person's roles at this moment, which say their team for all of the competition */
  async function join(
    { guildId, id }: Competition,
    { userId, name, roleIds, team }: Entrant,
  ): Promise<Joining> {
    const [competition, guild, person] = await Promise.all([
      competitionOf.get(documentKey.competition(id)),
      readGuild(guildId),
      personOf.get(documentKey.person(userId)),
    ]);
    if (!competition || !canJoin(competition, guild, now())) return { kind: 'closed' };
    if (person?.hidden) return { kind: 'hidden' };
    const known = (await progress.read(guildId, userId)).member.joined[id];
    if (known) return { kind: 'already', team: known.team };
    const teams = competition.teams.filter((roleId) => roleIds.includes(roleId));
    if (competition.teams.length > 0 && teams.length === 0) return { kind: 'team' };
    const chosen = teams.length > 1 ? teams.find((roleId) => roleId === team) : teams[0];
    if (teams.length > 1 && chosen === undefined) return { kind: 'choose', teams };

    await enterRule(competition);
    const at = now();
    const { member } = await progress.update(guildId, userId, (member) =>
      member.joined[id]
        ? member
        : {
            ...named(member, name),
            left: false,
            joined: { ...member.joined, [id]: { at, ...(chosen === undefined ? {} : { team: chosen }) } },
          },
    );
    return { kind: 'joined', team: member.joined[id]?.team };
  }

  /** @returns whether the person was in it */
  async function leave({ guildId, id }: Competition, userId: string): Promise<boolean> {
    if (!(await progress.read(guildId, userId)).member.joined[id]) return false;
    await progress.update(guildId, userId, (member) => {
      const { [id]: entry, ...others } = member.joined;
      return entry ? { ...member, joined: others } : member;
    });
    return true;
  }

  /** Lets everything be planned anew, after the server's clock was changed. */
  async function replan(guildId: string): Promise<void> {
    for (const { id } of await list(guildId)) await change(guildId, id, (competition) => competition);
  }

  /** Lets all of a server's rest, or plans it anew, while the bot has left it or when it has come back. */
  async function setResting(guildId: string, rests: boolean): Promise<void> {
    for (const { id } of await ahead(guildId)) {
      await competitionOf.update(documentKey.competition(id), (current) =>
        current && current.state !== 'over'
          ? { entries: [dueEntry(current, rests ? null : now())], result: undefined }
          : { result: undefined },
      );
    }
  }

  async function decided(guildId: string): Promise<Competition[]> {
    const all = [...(await ahead(guildId)), ...(await past(guildId, Number.MAX_SAFE_INTEGER))];
    return all.filter(({ result }) => result !== undefined);
  }

  /** Forgets who somebody was in competitions that are decided; standings follow from the member's document. */
  async function forget(guildId: string, userId: string): Promise<void> {
    for (const { id } of await decided(guildId)) {
      await competitionOf.update(documentKey.competition(id), (current) =>
        current ? { document: withoutPerson(current, userId), result: undefined } : { result: undefined },
      );
    }
  }

  const personal: PersonalData = {
    async delete(userId) {
      for (const guildId of await progress.guildsOf(userId)) await forget(guildId, userId);
    },
    shown: {
      kind: 'results',
      async read(userId) {
        const data: object[] = [];
        for (const guildId of await progress.guildsOf(userId)) {
          for (const { id, name, result, crowned } of await decided(guildId)) {
            const row = result?.rows.find((row) => row.id === userId);
            const hasWon = result?.winners.includes(userId);
            const hasRole = crowned?.userIds.includes(userId);
            if (row || hasWon || hasRole) data.push({ guildId, id, name, row, hasWon, hasRole });
          }
        }
        return data.length > 0 ? { counts: { results: data.length }, data } : undefined;
      },
    },
  };

  const ofGuild: GuildData = {
    async delete(guildId) {
      const all = [...(await ahead(guildId)), ...(await past(guildId, Number.MAX_SAFE_INTEGER))];
      for (const { id, teams } of all) {
        for (const team of [undefined, ...teams]) {
          await store.orderedSet(setName.competition(guildId, id, team)).clear();
        }
        await competitionOf.update(documentKey.competition(id), (current) =>
          current
            ? { document: null, entries: goneEntries(current), result: undefined }
            : { result: undefined },
        );
      }
    },
  };

  /** Has the server's document say what the competition counts: from there, every member's place follows. */
  async function enterRule(competition: Competition): Promise<void> {
    await guildOf.update(documentKey.guild(competition.guildId), (current) => {
      const guild = current ?? newGuild;
      const rule = ruleOf(competition);
      const index = guild.competitions.findIndex(({ id }) => id === competition.id);
      if (JSON.stringify(guild.competitions[index]) === JSON.stringify(rule)) return { result: undefined };
      const rules = index < 0 ? [...guild.competitions, rule] : guild.competitions.with(index, rule);
      return { document: { ...guild, competitions: rules }, result: undefined };
    });
  }

  async function dropRule({ guildId, id }: Competition): Promise<void> {
    await guildOf.update(documentKey.guild(guildId), (guild) =>
      guild?.competitions.some((rule) => rule.id === id)
        ? {
            document: { ...guild, competitions: guild.competitions.filter((rule) => rule.id !== id) },
            result: undefined,
          }
        : { result: undefined },
    );
  }

  /** Changes one that is not over, and makes it due now. */
  function change(
    guildId: string,
    id: string,
    edit: (competition: Competition) => Competition | undefined,
  ): Promise<Competition | undefined> {
    return competitionOf.update(documentKey.competition(id), (current) => {
      const isAhead = current?.state === 'live' || current?.state === 'decided';
      const edited = isAhead && current.guildId === guildId ? edit(current) : undefined;
      return edited ? withEntries(edited) : { result: undefined };
    });
  }

  function withEntries(competition: Competition): Change<Competition, Competition> {
    return {
      document: competition,
      entries: [...listEntries(competition), dueEntry(competition, now())],
      result: competition,
    };
  }

  async function readGuild(guildId: string): Promise<Guild> {
    return (await guildOf.get(documentKey.guild(guildId))) ?? newGuild;
  }

  return {
    add,
    list,
    past,
    find,
    edit,
    end,
    cancel,
    join,
    leave,
    replan,
    setResting,
    forget,
    enterRule,
    dropRule,
    personal,
    ofGuild,
  };
}

export type Entrant = {
  readonly userId: string;
  readonly name: string;
  readonly roleIds: readonly string[];
  /** The team that they chose, where they could be in several. */
  readonly team?: string | undefined;
};

/** What can be mended when the result is on its way. */
const CHANGED_ANY_TIME = ['channelId', 'name', 'prize', 'winnersRole'];
