import type { Competition } from '../competition/competition.ts';
import type { CompetitionsService } from '../competition/competitions.ts';
import type { DrawsService, Supply } from '../daily/draws.ts';
import type { Schedule } from '../daily/schedule.ts';
import type { SchedulesService } from '../daily/schedules.ts';
import type { SettingsService } from '../settings/service.ts';
import { setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';

/** What is known of the process itself. */
export type About = {
  readonly version: string;
  /** What the store is called. */
  readonly driver: string;
  /** Epoch milliseconds. */
  readonly startedAt: number;
};

/** How a server is served at this moment. What could not be read is absent. */
export type Checkup = {
  readonly about: About;
  /** Epoch milliseconds. */
  readonly at: number;
  /** How long the store took to answer, in milliseconds; `undefined`: it did not. */
  readonly latency: number | undefined;
  readonly schedules?: readonly ScheduleCheck[] | undefined;
  readonly competitions?: readonly Competition[] | undefined;
  readonly unsent?: readonly Unsent[] | undefined;
  /** The channel to which reports of mistakes go. */
  readonly reports?: string | undefined;
};

/** A message that is not known to be in its channel. Times are epoch milliseconds. */
export type Unsent = {
  readonly channelId: string;
  readonly claimedAt: number;
  readonly triedAt: number;
};

export type ScheduleCheck = {
  readonly schedule: Schedule;
  readonly supply: Supply;
  /** When a post of it should have closed that is still open, epoch milliseconds. */
  readonly unclosed: number | undefined;
};

export type Doctor = { readonly examine: (guildId: string) => Promise<Checkup> };

/** Looks at all that a server's moderators can mend. Never rejects: a store that is away is a finding, too. */
export function createDoctor(
  store: Store,
  schedules: SchedulesService,
  competitions: CompetitionsService,
  draws: DrawsService,
  settings: SettingsService,
  unsentOf: (guildId: string) => Promise<readonly Unsent[]>,
  about: About,
  now: () => number,
): Doctor {
  async function examine(guildId: string): Promise<Checkup> {
    const latency = await measure();
    const known = { about, at: now(), latency };
    if (latency === undefined) return known;
    return {
      ...known,
      schedules: await checkSchedules(guildId).catch(() => undefined),
      competitions: await competitions.list(guildId).catch(() => undefined),
      unsent: await unsentOf(guildId).catch(() => undefined),
      reports: (await settings.guild(guildId).catch(() => undefined))?.reports,
    };
  }

  async function measure(): Promise<number | undefined> {
    const began = performance.now();
    return store.ping().then(
      () => performance.now() - began,
      () => undefined,
    );
  }

  async function checkSchedules(guildId: string): Promise<ScheduleCheck[]> {
    const all = await schedules.list(guildId);
    const supplies = await draws.supplies(guildId, all);
    const open = await store.orderedSet(setName.openPosts).range(0, now() - CLOSING_TAKES, MOST_UNCLOSED);
    return all.map((schedule, index) => ({
      schedule,
      supply: supplies[index]!,
      unclosed: open.find(({ member }) => member.startsWith(`${schedule.id}-`))?.score,
    }));
  }

  return { examine };
}

/** Milliseconds: what a closing may take in a crowded minute, and to be tried again. */
const CLOSING_TAKES = 600_000;

const MOST_UNCLOSED = 1_000;
