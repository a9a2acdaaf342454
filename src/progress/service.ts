import { addDays, type LocalDate } from '../calendar/dates.ts';
import { type Guild, guilds, newGuild } from '../settings/guild.ts';
import { newPerson, type Person, persons, todayOf } from '../settings/person.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { daysOf, entriesOf, foldBefore, type Member, members, newMember } from './member.ts';
import { deriveStreak, type Streak } from './streak.ts';

/** A person in a server, with what follows from the dates. */
export type Standing = {
  readonly member: Member;
  readonly streak: Streak;
  /** The person's own date. */
  readonly today: LocalDate;
};

export type ProgressService = ReturnType<typeof createProgressService>;

/** The one place that writes member documents, so that everything derived from them is written with them. */
export function createProgressService(store: Store, now: () => number) {
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
    const person = (await personOf.get(documentKey.person(userId))) ?? newPerson;
    // The index first: a document that it doesn't name could be neither exported nor deleted.
    if (!(await memberOf.get(documentKey.member(guildId, userId)))) {
      if (change(newMember) === newMember) return read(guildId, userId);
      await store.orderedSet(setName.guildsOf(userId)).put(guildId, 1);
    }
    let guild = await readGuild(guildId);
    for (;;) {
      const standing = await updateOnce(guildId, userId, guild, person, change);
      // A daily may have closed meanwhile; its closing has looked at this member before or after us, so we look again.
      const latest = await readGuild(guildId);
      if (latest.judged.length === guild.judged.length) return standing;
      guild = latest;
    }
  }

  function updateOnce(
    guildId: string,
    userId: string,
    guild: Guild,
    person: Person,
    change: (member: Member) => Member,
  ): Promise<Standing> {
    const today = todayOf(person, guild, now());
    return memberOf.update(documentKey.member(guildId, userId), (before) => {
      const changed = change(before ?? newMember);
      const member = foldBefore({ ...changed, hidden: person.hidden }, addDays(today, -DAYS_UNTIL_FOLDED));
      const streak = streakOf(member, guild, today);
      return {
        document: member,
        entries: entriesOf(guildId, userId, before, member, streak),
        result: { member, streak, today },
      };
    });
  }

  /** Where a person stands in a server at this moment; somebody new stands at the start. */
  async function read(guildId: string, userId: string): Promise<Standing> {
    const [guild, person, member] = await Promise.all([
      readGuild(guildId),
      personOf.get(documentKey.person(userId)),
      memberOf.get(documentKey.member(guildId, userId)),
    ]);
    const today = todayOf(person ?? newPerson, guild, now());
    return { member: member ?? newMember, streak: streakOf(member ?? newMember, guild, today), today };
  }

  /** Members by user id; those who have no document are absent. */
  async function readMany(guildId: string, userIds: readonly string[]): Promise<Map<string, Member>> {
    const found = await memberOf.getMany(userIds.map((userId) => documentKey.member(guildId, userId)));
    return new Map(
      userIds.flatMap((userId) => {
        const member = found.get(documentKey.member(guildId, userId));
        return member ? [[userId, member] as const] : [];
      }),
    );
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

  /** The servers in which a person has a document. */
  async function guildsOf(userId: string): Promise<string[]> {
    const found = await store.orderedSet(setName.guildsOf(userId)).range(1, 1);
    return found.map(({ member }) => member);
  }

  async function readGuild(guildId: string): Promise<Guild> {
    return (await guildOf.get(documentKey.guild(guildId))) ?? newGuild;
  }

  return { update, read, readMany, judgeStreaks, refresh, guildsOf };
}

export function streakOf(member: Member, guild: Guild, today: LocalDate): Streak {
  const days = Object.keys(daysOf(member));
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

/** A post is open for a day at most; 40 days leave room for an outage and for `/progress` to name recent posts. */
const DAYS_UNTIL_FOLDED = 40;
