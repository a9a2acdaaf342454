import type { JobHandler } from '../jobs/ticker.ts';
import { setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import type { DeletionService } from './deletion.ts';

export type Departures = ReturnType<typeof createDepartures>;

/**
 * Servers that the bot has left: their timed work rests, and 30 days later all of theirs goes. Coming back within that
 * time undoes it.
 * @param isIn whether the bot is in a server at this moment
 * @param setResting lets the timed work of a server rest, or go on
 */
export function createDepartures(
  store: Store,
  deletion: DeletionService,
  isIn: (guildId: string) => boolean,
  setResting: (guildId: string, rests: boolean) => Promise<void>,
  now: () => number,
) {
  const servers = store.orderedSet(setName.servers);
  const jobs = store.orderedSet(setName.jobs);

  /** The bot was removed from a server. Told again, it changes nothing. */
  async function left(guildId: string): Promise<void> {
    const at = (await servers.score(guildId)) || now();
    await jobs.put(jobOf(guildId), at + KEPT);
    await servers.put(guildId, at);
    await setResting(guildId, true);
  }

  /** The bot is in a server. */
  async function entered(guildId: string): Promise<void> {
    const at = await servers.score(guildId);
    if (at === 0) return;
    if (at !== undefined) {
      await setResting(guildId, false);
      await jobs.remove(jobOf(guildId));
    }
    await servers.put(guildId, 0);
  }

  /**
   * Compares with all the servers that the bot is in: it may have come and gone while nobody listened.
   * @param isMeant which servers the list is about: a shard knows its own
   */
  async function compare(present: ReadonlySet<string>, isMeant: (guildId: string) => boolean): Promise<void> {
    const known = new Map(
      (await servers.range(0, Number.MAX_SAFE_INTEGER)).map(({ member, score }) => [member, score]),
    );
    for (const guildId of present) if (known.get(guildId) !== 0) await entered(guildId);
    for (const guildId of known.keys()) if (isMeant(guildId) && !present.has(guildId)) await left(guildId);
  }

  /** `departed:<guild>`: the time is over. */
  const departed: JobHandler = async (guildId) => {
    if (isIn(guildId)) {
      await entered(guildId);
      return null;
    }
    await jobs.put(`swept:${guildId}`, now() + UNTIL_SWEPT);
    await purge(guildId);
    await servers.remove(guildId);
    return null;
  };

  /** `swept:<guild>`: whatever was under way as all was deleted has ended, and what it left goes too. */
  const swept: JobHandler = async (guildId) => {
    if (!isIn(guildId)) await purge(guildId);
    return null;
  };

  async function purge(guildId: string): Promise<void> {
    if (!(await deletion.purge(guildId))) throw new Error('the data of a server could not be deleted');
  }

  return { left, entered, compare, handlers: { departed, swept } };
}

function jobOf(guildId: string): string {
  return `departed:${guildId}`;
}

/** Milliseconds: 30 days. */
const KEPT = 30 * 24 * 3_600_000;

/** Milliseconds: longer than a job may take. */
const UNTIL_SWEPT = 300_000;
