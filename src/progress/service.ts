import { addDays, type LocalDate, localDateAt } from '../calendar/dates.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import { type Guild, guilds, newGuild } from '../settings/guild.ts';
import { newPerson, type Person, persons, todayOf } from '../settings/person.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Scored, Store } from '../store/port.ts';
import { studyDaysOf } from './derived.ts';
import { entriesOf } from './entries.ts';
import {
  type Act,
  actKey,
  addAct,
  foldBefore,
  forgetJoined,
  hasLooked,
  type Member,
  members,
  named,
  newMember,
  noteLook,
  unfedParts,
} from './member.ts';
import { type Level, pointsOfQuizAnswer } from './points.ts';
import { deriveStreak, type Streak } from './streak.ts';

/** A person in a server, with what follows from the dates. */
export type Standing = {
  readonly member: Member;
  readonly streak: Streak;
  /** The person's own date. */
  readonly today: LocalDate;
};

/** An answer that a quiz has marked. */
export type QuizAnswer = {
  readonly question: { readonly id: string; readonly topic: string; readonly level: Level };
  readonly right: boolean;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Names the quiz and the number of the question in it. */
  readonly source: string;
  /** The person's name as last seen. */
  readonly name: string;
};

export type ProgressService = ReturnType<typeof createProgressService>;

/**
 * The one place that writes member documents, so that everything derived from them is written with them.
 * @param onUnfed is told who has parts that their cards don't know of yet
 */
export function createProgressService(
  store: Store,
  now: () => number,
  onUnfed: (guildId: string, userId: string) => void = () => {},
) {
  const memberOf = store.collection(members);
  const guildOf = store.collection(guilds);
  const personOf = store.collection(persons);

  /**
   * Applies `change` to a person's document in a server, and brings every ordered set that follows from it in step.
   * `change` returns the same member to change nothing but what time has changed.
   */
  async function update(
    guildId: string,
    userId: string,
    change: (member: Member) => Member,
  ): Promise<Standing> {
    const person = await readPerson(userId);
    // The index first: a document that it doesn't name could be neither exported nor deleted.
    if (!(await memberOf.get(documentKey.member(guildId, userId)))) {
      if (change(newMember) === newMember) return read(guildId, userId);
      await enlist(guildId, userId);
    }
    let guild = await readGuild(guildId);
    for (;;) {
      const { made, ...standing } = await updateOnce(guildId, userId, guild, person, change);
      // A deletion that ran meanwhile has cleared the index.
      if (made) await enlist(guildId, userId);
      if (unfedParts(standing.member).length > 0) onUnfed(guildId, userId);
      // A daily may have closed or a competition's rule have changed meanwhile; what did so has looked at this member
      // before or after us, so we look again.
      const latest = await readGuild(guildId);
      if (decidesAlike(latest, guild)) return standing;
      guild = latest;
    }
  }

  function updateOnce(
    guildId: string,
    userId: string,
    guild: Guild,
    person: Person,
    change: (member: Member) => Member,
  ): Promise<Standing & { made: boolean }> {
    const today = todayOf(person, guild, now());
    return memberOf.update(documentKey.member(guildId, userId), (before) => {
      const changed = change(before ?? newMember);
      if (!before && changed === newMember) {
        return {
          result: { member: newMember, streak: streakOf(newMember, guild, today), today, made: false },
        };
      }
      const folded = foldBefore({ ...changed, hidden: person.hidden }, addDays(today, -DAYS_UNTIL_FOLDED));
      const member = forgetJoined(folded, guild.competitions, now() - LONGEST_UPDATE);
      const streak = streakOf(member, guild, today);
      return {
        document: member,
        entries: entriesOf(guildId, userId, before, member, streak, guild.competitions),
        result: { member, streak, today, made: before === undefined },
      };
    });
  }

  /** Notes that something is kept of a person that names a server: before it is, so that it can always be found. */
  async function enlist(guildId: string, userId: string): Promise<void> {
    await store.orderedSet(setName.guildsOf(userId)).put(guildId, 1);
    await store.orderedSet(setName.peopleOf(guildId)).put(userId, 1);
  }

  /**
   * Enters a quiz answer: its points on the server's date, a study day on the person's own. The first answer to a
   * question on a date is the one that counts, so that it may be delivered twice.
   * @returns the points that it earned
   */
  async function enterQuizAnswer(guildId: string, userId: string, answer: QuizAnswer): Promise<number> {
    const { question, right, at, source, name } = answer;
    const [guild, person] = await Promise.all([readGuild(guildId), readPerson(userId)]);
    const date = localDateAt(at, guild.zone, guild.dayStart);
    const act = { kind: 'quiz' as const, date, day: todayOf(person, guild, at) };
    const key = actKey(act, question.id);
    const { member } = await update(guildId, userId, (member) => {
      const { topic, level } = question;
      const lookedFirst = hasLooked(member, date, question.id);
      return addAct(named(member, name), key, {
        ...act,
        marked: { topic, level, right, lookedFirst, source },
      });
    });
    const counted = member.acts[key]?.marked;
    return counted?.source === source ? pointsOfQuizAnswer(counted) : 0;
  }

  /**
   * Makes the person's date a study day, for an act that earns no points: in the server where it was done, and for one
   * outside of servers in each in which the person has a document. Once a day is enough.
   */
  async function enterStudy(guildId: string | null, userId: string, kind: Act['kind']): Promise<void> {
    for (const each of guildId ? [guildId] : await guildsOf(userId)) {
      const [guild, { member, today }] = await Promise.all([readGuild(each), read(each, userId)]);
      const act = { kind, date: localDateAt(now(), guild.zone, guild.dayStart), day: today };
      const key = actKey(act, today);
      if (!member.acts[key]) await update(each, userId, (member) => addAct(member, key, act));
    }
  }

  /** Notes that a person has seen the solution of a question: today it earns no quiz points any more. */
  async function enterLook(guildId: string, userId: string, questionId: string): Promise<void> {
    const guild = await readGuild(guildId);
    const date = localDateAt(now(), guild.zone, guild.dayStart);
    const member = (await memberOf.get(documentKey.member(guildId, userId))) ?? newMember;
    if (noteLook(member, date, questionId) === member) return;
    await update(guildId, userId, (current) => noteLook(current, date, questionId));
  }

  /** Where a person stands in a server at this moment; somebody new stands at the start. */
  async function read(guildId: string, userId: string): Promise<Standing> {
    const [guild, person, member] = await Promise.all([
      readGuild(guildId),
      readPerson(userId),
      memberOf.get(documentKey.member(guildId, userId)),
    ]);
    const today = todayOf(person, guild, now());
    return { member: member ?? newMember, streak: streakOf(member ?? newMember, guild, today), today };
  }

  /** Where many people stand in a server at this moment, by user id; those who have no document are absent. */
  async function readMany(guildId: string, userIds: readonly string[]): Promise<Map<string, Standing>> {
    const [guild, found, chosen] = await Promise.all([
      readGuild(guildId),
      memberOf.getMany(userIds.map((userId) => documentKey.member(guildId, userId))),
      personOf.getMany(userIds.map(documentKey.person)),
    ]);
    return new Map(
      userIds.flatMap((userId) => {
        const member = found.get(documentKey.member(guildId, userId));
        const today = todayOf(chosen.get(documentKey.person(userId)) ?? newPerson, guild, now());
        return member ? [[userId, { member, today, streak: streakOf(member, guild, today) }] as const] : [];
      }),
    );
  }

  /**
   * Brings in step all of whom a set shows something else than what follows from their documents at this moment.
   * @returns how many these were
   */
  async function correct(
    guildId: string,
    shown: readonly Scored[],
    derive: (standing: Standing) => number | null,
  ): Promise<number> {
    let corrected = 0;
    for (let start = 0; start < shown.length; start += READ_AT_ONCE) {
      const chunk = shown.slice(start, start + READ_AT_ONCE);
      const standings = await readMany(
        guildId,
        chunk.map(({ member }) => member),
      );
      const different = chunk.filter(({ member: userId, score }) => {
        const standing = standings.get(userId);
        return standing && derive(standing) !== score;
      });
      await Promise.all(different.map(({ member }) => update(guildId, member, (same) => same)));
      corrected += different.length;
    }
    return corrected;
  }

  /** Brings the streaks in step that the closing of `date` can end or cost a freeze. */
  async function judgeStreaks(guildId: string, dayNumber: number): Promise<void> {
    const breaks = store.orderedSet(setName.breaks(guildId));
    for (const { member: userId } of await breaks.range(Number.NEGATIVE_INFINITY, dayNumber)) {
      await update(guildId, userId, (member) => member);
    }
  }

  /** Brings a person's documents in step with settings that have changed. */
  async function refresh(userId: string): Promise<void> {
    for (const guildId of await guildsOf(userId)) await update(guildId, userId, (member) => member);
  }

  /** The servers in which anything is kept of a person. */
  async function guildsOf(userId: string): Promise<string[]> {
    const found = await store.orderedSet(setName.guildsOf(userId)).range(1, 1);
    return found.map(({ member }) => member);
  }

  /** Deletes a person's document in a server, with all that follows from it. */
  async function remove(guildId: string, userId: string): Promise<void> {
    await memberOf.update(documentKey.member(guildId, userId), (before) => ({
      document: null,
      entries: entriesOf(guildId, userId, before, newMember, NO_STREAK, []),
      result: undefined,
    }));
  }

  const personal: PersonalData = {
    async delete(userId) {
      for (const guildId of await guildsOf(userId)) {
        await remove(guildId, userId);
        await store.orderedSet(setName.peopleOf(guildId)).remove(userId);
      }
    },
    shown: {
      kind: 'servers',
      async read(userId) {
        const guildIds = await guildsOf(userId);
        const keys = guildIds.map((guildId) => documentKey.member(guildId, userId));
        const found = keys.length > 0 ? await memberOf.getMany(keys) : new Map<string, Member>();
        if (found.size === 0) return undefined;
        const kept = [...found.values()];
        const sum = (count: (member: Member) => number) =>
          kept.reduce((total, member) => total + count(member), 0);
        return {
          counts: {
            servers: found.size,
            posts: sum(({ parts }) => Object.keys(parts).length),
            days: sum((member) => studyDaysOf(member).length),
            competitions: sum(({ joined }) => Object.keys(joined).length),
          },
          data: guildIds.map((guildId, index) => ({ guildId, ...found.get(keys[index]!) })),
        };
      },
    },
  };

  /** What names a person's servers: deleted last, because everything else is found by it. */
  const personalIndex: PersonalData = {
    async delete(userId) {
      for (const guildId of await guildsOf(userId)) {
        if (await memberOf.get(documentKey.member(guildId, userId))) continue;
        await store.orderedSet(setName.guildsOf(userId)).remove(guildId);
      }
    },
  };

  /** The members themselves: whoever calls this takes them off the server's own index at the end. */
  const ofGuild: GuildData = {
    async deleteOf(guildId, userId) {
      await store.orderedSet(setName.guildsOf(userId)).remove(guildId);
      await remove(guildId, userId);
    },
  };

  async function readGuild(guildId: string): Promise<Guild> {
    return (await guildOf.get(documentKey.guild(guildId))) ?? newGuild;
  }

  async function readPerson(userId: string): Promise<Person> {
    return (await personOf.get(documentKey.person(userId))) ?? newPerson;
  }

  return {
    update,
    correct,
    enterQuizAnswer,
    enterStudy,
    enterLook,
    read,
    readMany,
    judgeStreaks,
    refresh,
    guildsOf,
    enlist,
    personal,
    personalIndex,
    ofGuild,
  };
}

/** Whether the same follows for every member: dates are only ever added to those judged. */
function decidesAlike(one: Guild, other: Guild): boolean {
  return (
    one.judged.length === other.judged.length &&
    JSON.stringify(one.competitions) === JSON.stringify(other.competitions)
  );
}

export function streakOf(member: Member, guild: Guild, today: LocalDate): Streak {
  const days = studyDaysOf(member);
  return deriveStreak({ days, judged: judgedDays(guild, days, today), today });
}

/** The dates on which a missing day counts: those of closed dailies, and past ones while there was no schedule. */
function judgedDays(guild: Guild, days: readonly LocalDate[], today: LocalDate): LocalDate[] {
  const first = days.reduce((earliest, date) => (date < earliest ? date : earliest), today);
  const judged = [...guild.judged];
  for (const { from, until } of guild.unscheduled) {
    const end = until !== undefined && until < today ? until : today;
    for (let date = from !== undefined && from > first ? from : first; date < end; date = addDays(date, 1)) {
      judged.push(date);
    }
  }
  return judged;
}

/** That of somebody who is gone. */
const NO_STREAK: Streak = deriveStreak({ days: [], judged: [], today: '1970-01-01' });

/** A post is open for a day at most; 40 days leave room for an outage and for `/progress` to name recent posts. */
const DAYS_UNTIL_FOLDED = 40;

/** Members whose documents are held in memory together, and at most written side by side. */
const READ_AT_ONCE = 50;

/** Milliseconds: far longer than an update can have gone on with rules that it read at its start. */
const LONGEST_UPDATE = 3_600_000;
