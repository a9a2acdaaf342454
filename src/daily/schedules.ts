import { localDateAt } from '../calendar/dates.ts';
import type { GuildData } from '../privacy/registry.ts';
import { endSchedules, type Guild, guilds, newGuild, startSchedules } from '../settings/guild.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import {
  following,
  goneEntries,
  listEntry,
  planNext,
  type Schedule,
  scheduleEntries,
  scheduleKey,
  schedules,
} from './schedule.ts';

/** What a person chooses about a schedule. */
export type Choices = Pick<Schedule, 'channelId' | 'time' | 'zone' | 'days' | 'topics' | 'language'> &
  Partial<Pick<Schedule, 'level' | 'roleId'>>;

export type SchedulesService = ReturnType<typeof createSchedulesService>;

/** The schedules of a server. Whatever changes one also moves its place in the due index. */
export function createSchedulesService(store: Store, now: () => number) {
  const scheduleOf = store.collection(schedules);
  const guildOf = store.collection(guilds);

  async function add(guildId: string, id: string, choices: Choices): Promise<Schedule> {
    const at = now();
    const schedule: Schedule = {
      ...choices,
      id,
      guildId,
      paused: false,
      next: planNext(choices, at),
      posted: 0,
      queue: [],
    };
    await changeGuild(guildId, (guild) => startSchedules(guild, localDateAt(at, guild.zone, guild.dayStart)));
    return scheduleOf.update(scheduleKey(id), (current) =>
      current
        ? { result: current }
        : {
            document: schedule,
            entries: [...scheduleEntries(schedule), listEntry(schedule, at)],
            result: schedule,
          },
    );
  }

  /** The schedules of a server, in the order in which they were made. */
  async function list(guildId: string): Promise<Schedule[]> {
    const ids = await store.orderedSet(setName.schedules(guildId)).range(0, Number.MAX_SAFE_INTEGER);
    const keys = ids.map(({ member }) => scheduleKey(member));
    const found = await scheduleOf.getMany(keys);
    return keys.flatMap((key) => found.get(key) ?? []);
  }

  /** A schedule, if the server has it. */
  async function find(guildId: string, id: string): Promise<Schedule | undefined> {
    const schedule = await scheduleOf.get(scheduleKey(id));
    return schedule?.guildId === guildId ? schedule : undefined;
  }

  /** Changes a schedule; where that moves it in time, its next post is planned anew from now. */
  function edit(guildId: string, id: string, choices: Partial<Choices>): Promise<Schedule | undefined> {
    return change(guildId, id, (schedule) => {
      const { suspended: _, ...edited } = { ...schedule, ...choices };
      return choices.time === undefined && choices.zone === undefined && choices.days === undefined
        ? edited
        : { ...edited, next: planNext(edited, now()) };
    });
  }

  function pause(guildId: string, id: string): Promise<Schedule | undefined> {
    return change(guildId, id, (schedule) => ({ ...schedule, paused: true }));
  }

  /** Wakes a paused or suspended schedule; what it missed meanwhile stays missed. */
  function resume(guildId: string, id: string): Promise<Schedule | undefined> {
    return change(guildId, id, ({ suspended: _, ...schedule }) => ({
      ...schedule,
      paused: false,
      next: planNext(schedule, now()),
    }));
  }

  /** Leaves out the coming post. */
  function skip(guildId: string, id: string): Promise<Schedule | undefined> {
    return change(guildId, id, (schedule) => ({ ...schedule, next: following(schedule, schedule.next) }));
  }

  /** Puts a question at the head of those to be asked next. */
  function enqueue(guildId: string, id: string, questionId: string): Promise<Schedule | undefined> {
    return change(guildId, id, (schedule) => ({
      ...schedule,
      queue: [questionId, ...schedule.queue.filter((queued) => queued !== questionId)].slice(
        0,
        LONGEST_QUEUE,
      ),
    }));
  }

  async function remove(guildId: string, id: string): Promise<Schedule | undefined> {
    const removed = await scheduleOf.update(scheduleKey(id), (schedule) =>
      schedule?.guildId === guildId
        ? {
            document: null,
            entries: goneEntries(schedule),
            result: schedule,
          }
        : { result: undefined },
    );
    if (removed && (await list(guildId)).length === 0) {
      await changeGuild(guildId, (guild) =>
        endSchedules(guild, localDateAt(now(), guild.zone, guild.dayStart)),
      );
    }
    return removed;
  }

  /** Lets all of a server's rest while the bot has left it, or wakes those that do so. */
  async function setResting(guildId: string, rests: boolean): Promise<void> {
    for (const { id, suspended } of await list(guildId)) {
      if (!rests && suspended?.reason === 'left-server') await resting(guildId, id, undefined);
      if (rests && !suspended) await resting(guildId, id, { reason: 'left-server', at: now() });
    }
  }

  async function resting(guildId: string, id: string, suspended: Schedule['suspended']): Promise<void> {
    await change(guildId, id, ({ suspended: _, ...schedule }) =>
      suspended ? { ...schedule, suspended } : { ...schedule, next: planNext(schedule, now()) },
    );
  }

  const ofGuild: GuildData = {
    async delete(guildId) {
      for (const { id } of await list(guildId)) await remove(guildId, id);
    },
  };

  function change(
    guildId: string,
    id: string,
    edit: (schedule: Schedule) => Schedule,
  ): Promise<Schedule | undefined> {
    return scheduleOf.update(scheduleKey(id), (current) => {
      if (current?.guildId !== guildId) return { result: undefined };
      const schedule = edit(current);
      return { document: schedule, entries: scheduleEntries(schedule), result: schedule };
    });
  }

  async function changeGuild(guildId: string, edit: (guild: Guild) => Guild): Promise<void> {
    await guildOf.update(documentKey.guild(guildId), (guild) => ({
      document: edit(guild ?? newGuild),
      result: undefined,
    }));
  }

  return { add, list, find, edit, pause, resume, skip, enqueue, remove, setResting, ofGuild };
}

/** A month of daily questions planned ahead. */
const LONGEST_QUEUE = 31;
