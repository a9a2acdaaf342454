import type { Logger } from 'pino';
import type { JobHandler } from '../jobs/ticker.ts';
import { setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import type { GuildData, Holding, PersonalData, PersonalKind } from './registry.ts';

export type DeletionService = ReturnType<typeof createDeletionService>;

/**
 * What is kept of people and of servers, whole: to be read, and to be deleted. A deletion is a job, so that one that is
 * interrupted goes on; whoever asks for it need not wait for the job.
 * @param personal in the order in which it is deleted, and so is `ofGuild`
 */
export function createDeletionService(
  store: Store,
  personal: readonly PersonalData[],
  ofGuild: readonly GuildData[],
  now: () => number,
  log: Logger,
) {
  const jobs = store.orderedSet(setName.jobs);
  const underWay = new Map<string, Promise<void>>();

  /** All that is kept of a person, by kind. */
  async function read(userId: string): Promise<ReadonlyMap<PersonalKind, Holding>> {
    const found = new Map<PersonalKind, Holding>();
    for (const { shown } of personal) {
      const holding = await shown?.read(userId);
      if (shown && holding) found.set(shown.kind, holding);
    }
    return found;
  }

  /** Deletes all that is kept of a person. @returns whether it is done; else it will be, soon */
  function forget(userId: string): Promise<boolean> {
    return atOnce(`forget:${userId}`, () => forgetPerson(userId));
  }

  /** Deletes all that is kept of a server. @returns whether it is done; else it will be, soon */
  function purge(guildId: string): Promise<boolean> {
    return atOnce(`purge:${guildId}`, () => purgeGuild(guildId));
  }

  /** Does a job at once; what fails or dies in the middle, the ticker takes up. Rejects if it could not even be noted. */
  async function atOnce(job: string, work: () => Promise<void>): Promise<boolean> {
    await jobs.put(job, now() + UNTIL_RESUMED);
    try {
      await once(job, work);
      await jobs.remove(job);
      return true;
    } catch (error) {
      log.warn({ err: error }, 'a deletion was interrupted; it goes on soon');
      return false;
    }
  }

  function once(job: string, work: () => Promise<void>): Promise<void> {
    const running = underWay.get(job) ?? work().finally(() => underWay.delete(job));
    underWay.set(job, running);
    return running;
  }

  async function forgetPerson(userId: string): Promise<void> {
    for (const each of personal) await each.delete(userId);
  }

  async function purgeGuild(guildId: string): Promise<void> {
    for (const each of ofGuild) await each.delete?.(guildId);
    const people = store.orderedSet(setName.peopleOf(guildId));
    for (;;) {
      const some = await people.top(0, AT_ONCE);
      if (some.length === 0) return;
      for (const { member: userId } of some) {
        for (const each of ofGuild) await each.deleteOf?.(guildId, userId);
        await people.remove(userId);
      }
    }
  }

  const resumeForgetting: JobHandler = async (userId) => {
    await once(`forget:${userId}`, () => forgetPerson(userId));
    return null;
  };

  const resumePurging: JobHandler = async (guildId) => {
    await once(`purge:${guildId}`, () => purgeGuild(guildId));
    return null;
  };

  return { read, forget, purge, handlers: { forget: resumeForgetting, purge: resumePurging } };
}

/** Milliseconds after which the ticker looks after a deletion. One that is still under way is waited for. */
const UNTIL_RESUMED = 10_000;

/** People read at a time. */
const AT_ONCE = 100;
