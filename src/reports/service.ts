import { z } from 'zod';
import type { IsMember } from '../bank/banks.ts';
import { guildOfId } from '../bank/own-id.ts';
import { ChannelRefused } from '../daily/channels.ts';
import type { JobHandler } from '../jobs/ticker.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import { languageSchema } from '../settings/language.ts';
import type { SettingsService } from '../settings/service.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { CollectionDefinition, SetEntry, Store } from '../store/port.ts';

/** A mistake in a question that somebody reports to the moderators of a server. */
export type Report = z.output<typeof reportSchema>;

const reportSchema = z.strictObject({
  /** Names the report in its message. */
  key: z.string(),
  /** Whose moderators read it. */
  guildId: z.string(),
  userId: z.string(),
  /** Of the person, as it was seen. */
  name: z.string(),
  questionId: z.string(),
  /** In which language they saw the question. */
  language: languageSchema,
  text: z.string(),
  /** Epoch milliseconds. */
  at: z.number(),
});

const reports: CollectionDefinition<Report> = { name: 'report', version: 1, schema: reportSchema };

/** When a person's last reports were made, by key, epoch milliseconds. */
const recentSchema = z.strictObject({ made: z.record(z.string(), z.number()) });

const recents: CollectionDefinition<z.output<typeof recentSchema>> = {
  name: 'reporter',
  version: 1,
  schema: recentSchema,
};

/** Shows a report in a channel, once for each key however often it is called. @throws {ChannelRefused} */
export type TellModerators = (report: Report, channelId: string, signal: AbortSignal) => Promise<void>;

export type Outcome =
  /** The moderators have it. */
  | { readonly kind: 'sent' }
  /** Their channel is closed or gone; it comes as soon as one is open. */
  | { readonly kind: 'kept' }
  /** No server takes it: `isOwn` says whether the question is a server's own. */
  | { readonly kind: 'nowhere'; readonly isOwn: boolean }
  /** The person has made too many; the next one is possible then, epoch milliseconds. */
  | { readonly kind: 'too-many'; readonly until: number };

export type ReportsService = ReturnType<typeof createReportsService>;

export function createReportsService(
  store: Store,
  settings: SettingsService,
  tell: TellModerators,
  isMember: IsMember,
  now: () => number,
) {
  const reportOf = store.collection(reports);
  const recentOf = store.collection(recents);
  /** What is being told at this moment, with whose it is. */
  const underWay = new Map<Promise<boolean>, string>();

  /** When a person can make the next report, if not now. */
  async function fullUntil(userId: string): Promise<number | undefined> {
    const { made = {} } = (await recentOf.get(documentKey.reporter(userId))) ?? {};
    return untilOf(Object.values(made), now());
  }

  /**
   * Brings a report to the server that the question belongs to, else to the one in which it is made. It is kept until it is there.
   * @param place the server in which the person acts
   */
  async function submit(
    report: Omit<Report, 'guildId' | 'at'>,
    place: string | null,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const home = guildOfId(report.questionId);
    const nowhere: Outcome = { kind: 'nowhere', isOwn: home !== undefined };
    const guildId = home ?? place;
    if (!guildId || !(await settings.guild(guildId)).reports) return nowhere;
    if (guildId !== place && !(await isMember(guildId, report.userId))) return nowhere;
    const until = await take(report.userId, report.key);
    if (until !== undefined) return { kind: 'too-many', until };
    const kept: Report = { ...report, guildId, at: now() };
    await reportOf.update(documentKey.report(report.key), (current) => ({
      document: current ?? kept,
      entries: entriesOf(kept, kept.at, now() + WHILE_TRIED),
      result: undefined,
    }));
    // From here on the due index brings it, whatever happens to this try.
    const isThere = await deliver(kept, signal).catch(() => false);
    return { kind: isThere ? 'sent' : 'kept' };
  }

  /** Notes one more report of a person. @returns when it is possible, if not now */
  function take(userId: string, key: string): Promise<number | undefined> {
    return recentOf.update(documentKey.reporter(userId), (current) => {
      const young = Object.entries(current?.made ?? {}).filter(([, at]) => at > now() - PERIOD);
      const made = Object.fromEntries(young);
      if (key in made) return { result: undefined };
      const until = untilOf(Object.values(made), now());
      if (until !== undefined) return { result: until };
      return { document: { made: { ...made, [key]: now() } }, result: undefined };
    });
  }

  /** @returns whether nothing is left to do for it */
  async function deliver(report: Report, signal: AbortSignal): Promise<boolean> {
    const work = tellAndDrop(report, signal);
    underWay.set(work, report.userId);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  }

  async function tellAndDrop(report: Report, signal: AbortSignal): Promise<boolean> {
    const channelId = (await settings.guild(report.guildId)).reports;
    if (channelId) {
      try {
        await tell(report, channelId, signal);
      } catch (error) {
        if (error instanceof ChannelRefused) return false;
        throw error;
      }
    }
    await drop(report);
    return true;
  }

  /** `report:<key>`: brings a report that could not be brought at once. */
  const bring: JobHandler = async (key, signal) => {
    const report = await reportOf.get(documentKey.report(key));
    if (!report) return null;
    if (await deliver(report, signal)) return undefined;
    if (report.at > now() - LONGEST_KEPT) return now() + BETWEEN_TRIES;
    await drop(report);
    return undefined;
  };

  function drop(report: Report): Promise<void> {
    return reportOf.update(documentKey.report(report.key), () => ({
      document: null,
      entries: entriesOf(report, null, null),
      result: undefined,
    }));
  }

  async function dropAllOf(ownerId: string): Promise<void> {
    for (const report of await reportsOf(ownerId)) await drop(report);
  }

  /** The reports of a person, or to a server, that are still to be brought. */
  async function reportsOf(ownerId: string): Promise<Report[]> {
    const keys = await store.orderedSet(setName.reports(ownerId)).range(0, Number.MAX_SAFE_INTEGER);
    const found = await reportOf.getMany(keys.map(({ member }) => documentKey.report(member)));
    return [...found.values()];
  }

  const personal: PersonalData = {
    async delete(userId) {
      await dropAllOf(userId);
      await Promise.allSettled([...underWay].filter(([, owner]) => owner === userId).map(([work]) => work));
      await recentOf.update(documentKey.reporter(userId), () => ({ document: null, result: undefined }));
    },
    shown: {
      kind: 'reports',
      async read(userId) {
        const recent = await recentOf.get(documentKey.reporter(userId));
        const waiting = await reportsOf(userId);
        const made = Object.keys(recent?.made ?? {}).length;
        return recent || waiting.length > 0
          ? { counts: { made, waiting: waiting.length }, data: { ...recent, waiting } }
          : undefined;
      },
    },
  };

  const ofGuild: GuildData = { delete: dropAllOf };

  return { fullUntil, submit, personal, ofGuild, handlers: { report: bring } };
}

/** Where a report is found: among those of its person and of its server, and in the due index. */
function entriesOf({ key, userId, guildId }: Report, at: number | null, dueAt: number | null): SetEntry[] {
  return [
    { set: setName.reports(userId), member: key, score: at },
    { set: setName.reports(guildId), member: key, score: at },
    { set: setName.jobs, member: `report:${key}`, score: dueAt },
  ];
}

function untilOf(made: readonly number[], now: number): number | undefined {
  const young = made.filter((at) => at > now - PERIOD).sort((a, b) => a - b);
  return young.length < MOST_REPORTS ? undefined : young[young.length - MOST_REPORTS]! + PERIOD;
}

/** Reports of one person within a period of milliseconds. */
const MOST_REPORTS = 5;
const PERIOD = 3_600_000;

/** Milliseconds for which the first try has the report to itself. */
const WHILE_TRIED = 120_000;

/** Milliseconds. A channel that was closed opens by the hand of a moderator. */
const BETWEEN_TRIES = 3_600_000;
const LONGEST_KEPT = 30 * 86_400_000;
