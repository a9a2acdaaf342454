import type { Logger } from 'pino';
import { ChannelRefused } from '../daily/channels.ts';
import { type Post, posts } from '../daily/post.ts';
import { schedules } from '../daily/schedule.ts';
import type { JobHandler } from '../jobs/ticker.ts';
import { type Guild, guilds, newGuild } from '../settings/guild.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import type { CompetitionChannels } from './channels.ts';
import {
  type Competition,
  competitions,
  dueEntry,
  endOf,
  goneEntries,
  listEntries,
  type News,
  planAt,
  ruleOf,
  withoutPerson,
} from './competition.ts';
import type { CompetitionsService } from './competitions.ts';
import { createCrowns } from './crowns.ts';
import type { StandingsReader } from './standings.ts';

/** Sees to all that a competition does by itself: its news, its result, its winners' role. Each step may run twice. */
export function createHerald(
  store: Store,
  service: CompetitionsService,
  standings: StandingsReader,
  channels: CompetitionChannels,
  now: () => number,
  log: Logger,
) {
  const competitionOf = store.collection(competitions);
  const guildOf = store.collection(guilds);
  const postOf = store.collection(posts);
  const scheduleOf = store.collection(schedules);
  const crown = createCrowns(store, service, channels);

  const underWay = new Map<string, Promise<unknown>>();

  /** `compete:<competition>`: whatever is due of it. An edit makes it due at once, but what is being told is told first. */
  const compete: JobHandler = (id, signal) => {
    const turn = (underWay.get(id) ?? Promise.resolve()).catch(() => {}).then(() => seeTo(id, signal));
    underWay.set(id, turn);
    return turn.finally(() => {
      if (underWay.get(id) === turn) underWay.delete(id);
    });
  };

  const seeTo: JobHandler = async (id, signal) => {
    const competition = await competitionOf.get(documentKey.competition(id));
    if (!competition || competition.state === 'over') return null;
    if (!channels.knows(competition.guildId)) return now() + UNTIL_GUILD_RETURNS;
    switch (competition.state) {
      case 'live':
        return goOn(competition, signal);
      case 'decided':
        return conclude(competition, signal);
      case 'cancelled':
        return callOff(competition, signal);
    }
  };

  async function goOn(competition: Competition, signal: AbortSignal): Promise<number | undefined> {
    await service.enterRule(competition);
    if (competition.rescore !== undefined) await rescore(competition);
    const guild = (await guildOf.get(documentKey.guild(competition.guildId))) ?? newGuild;
    const plan = planAt(competition, guild, now());
    if (plan.kind === 'go on') {
      const told = plan.say === undefined || (await tell(competition, plan.say, signal));
      return told ? plan.next : Math.min(plan.next, now() + UNTIL_TOLD_AGAIN);
    }
    const open = await stillOpen(competition, guild);
    if (open !== undefined) return open;
    const decided = await decide(competition);
    return decided && conclude(decided, signal);
  }

  async function rescore(competition: Competition): Promise<void> {
    await standings.rescore(competition, ruleOf(competition));
    await update(competition, (current) => {
      const { rescore, ...inStep } = current;
      return rescore === competition.rescore ? inStep : current;
    });
  }

  /** When to look again because points within the competition's dates can still change; `undefined`: they can't. */
  async function stillOpen(competition: Competition, guild: Guild): Promise<number | undefined> {
    const { guildId, first, last, endedAt } = competition;
    const settled = endOf(competition, guild) + UNTIL_SETTLED;
    if (now() < settled) return settled;
    const closing = (await openPosts(guildId)).filter(({ date }) => date >= first && date <= last);
    if (closing.length > 0) {
      return Math.max(now() + SHORTEST_WAIT, ...closing.map(({ closesAt }) => closesAt + CLOSES_BEHIND));
    }
    // A schedule in a zone of its own can still have a post to come that is dated within the competition.
    const coming =
      endedAt === undefined ? (await activeSchedules(guildId)).filter(({ next }) => next.date <= last) : [];
    if (coming.length === 0) return undefined;
    return Math.max(now() + SHORTEST_WAIT, ...coming.map(({ next }) => next.at + CLOSES_BEHIND));
  }

  async function openPosts(guildId: string): Promise<Post[]> {
    const open = await store.orderedSet(setName.openPosts).range(0, Number.MAX_SAFE_INTEGER);
    const found: Post[] = [];
    for (let start = 0; start < open.length; start += READ_AT_ONCE) {
      const keys = open.slice(start, start + READ_AT_ONCE).map(({ member }) => documentKey.post(member));
      const some = await postOf.getMany(keys);
      found.push(...[...some.values()].filter((post) => post.guildId === guildId && post.state !== 'closed'));
    }
    return found;
  }

  async function activeSchedules(guildId: string) {
    const ids = await store.orderedSet(setName.schedules(guildId)).range(0, Number.MAX_SAFE_INTEGER);
    const found = await scheduleOf.getMany(ids.map(({ member }) => documentKey.schedule(member)));
    return [...found.values()].filter(({ paused, suspended }) => !paused && !suspended);
  }

  /** Fixes the result, unless an edit has moved the end meanwhile. */
  async function decide(competition: Competition): Promise<Competition | undefined> {
    const rule = ruleOf(competition);
    const result = { at: now(), ...(await standings.decide(competition, rule)) };
    return competitionOf.update(documentKey.competition(competition.id), (current) => {
      if (current?.state !== 'live') return { result: undefined };
      const isSame =
        JSON.stringify(ruleOf(current)) === JSON.stringify(rule) && current.endedAt === competition.endedAt;
      if (!isSame) return { result: undefined };
      const decided: Competition = { ...current, state: 'decided', result };
      return { document: decided, entries: listEntries(decided), result: decided };
    });
  }

  async function conclude(found: Competition, signal: AbortSignal): Promise<number | undefined> {
    const competition = await withoutTheGone(found);
    const told = competition.told.includes('result') || (await tell(competition, 'result', signal));
    if (!told && now() < competition.result!.at + LONGEST_TRY) return now() + UNTIL_TOLD_AGAIN;
    await crown(competition, signal);
    await service.dropRule(competition);
    await standings.clear(competition);
    await competitionOf.update(documentKey.competition(competition.id), (current) => {
      if (!current) return { result: undefined };
      const over: Competition = { ...current, state: 'over' };
      return { document: over, entries: [...listEntries(over), dueEntry(over, null)], result: undefined };
    });
    return undefined;
  }

  /** Somebody may have been deleted while the result was found: it names nobody of whom there is no document. */
  async function withoutTheGone(competition: Competition): Promise<Competition> {
    const gone = await standings.deleted(competition);
    for (const userId of gone) await service.forget(competition.guildId, userId);
    return gone.reduce(withoutPerson, competition);
  }

  /** A cancelled competition leaves no trace but this last news. */
  async function callOff(competition: Competition, signal: AbortSignal): Promise<undefined> {
    await tell(competition, 'cancelled', signal);
    await service.dropRule(competition);
    await standings.clear(competition);
    await competitionOf.update(documentKey.competition(competition.id), () => ({
      document: null,
      entries: goneEntries(competition),
      result: undefined,
    }));
  }

  /** @returns whether it was told; if Discord refuses the channel, the reason is kept for the moderators */
  async function tell(competition: Competition, news: News, signal: AbortSignal): Promise<boolean> {
    const { id, guildId, channelId } = competition;
    let trouble: Competition['trouble'];
    if (!channels.mayLookBack(guildId, channelId)) trouble = 'missing-permissions';
    else {
      try {
        await channels.tell(competition, news, await standings.read(competition), signal);
      } catch (error) {
        if (!(error instanceof ChannelRefused)) throw error;
        trouble = error.reason;
      }
    }
    if (trouble) log.warn({ competition: id, channel: channelId, news, trouble }, 'news could not be told');
    await update(competition, (current) => {
      const { trouble: _, ...known } = current;
      if (trouble) return { ...known, trouble, troubleAt: now() };
      const told = known.told.includes(news) ? known.told : [...known.told, news];
      return { ...known, told, toldAt: now() };
    });
    return trouble === undefined;
  }

  /** Enters facts that move nothing in time. */
  async function update({ id }: Competition, change: (current: Competition) => Competition): Promise<void> {
    await competitionOf.update(documentKey.competition(id), (current) =>
      current ? { document: change(current), result: undefined } : { result: undefined },
    );
  }

  return { handlers: { compete } };
}

/** Milliseconds until a job whose server is away looks again. */
const UNTIL_GUILD_RETURNS = 60_000;

/** Milliseconds until news that Discord refused are tried again: a permission may have been granted. */
const UNTIL_TOLD_AGAIN = 3_600_000;

/** Milliseconds for which a result is tried. */
const LONGEST_TRY = 7 * 24 * 3_600_000;

/** Milliseconds after the end in which a post that was under way can still open: longer than the lease of a job. */
const UNTIL_SETTLED = 180_000;

/** Milliseconds by which posts close behind their time, and a little more. */
const CLOSES_BEHIND = 35_000;

/** Milliseconds until it looks again for a post that should have closed. */
const SHORTEST_WAIT = 10_000;

const READ_AT_ONCE = 500;
