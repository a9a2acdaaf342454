import { createHash } from 'node:crypto';
import type { RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import { z } from 'zod';
import type { JobHandler } from '../jobs/ticker.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { CollectionDefinition, SetEntry, Store } from '../store/port.ts';

/** What is known of an announcement. */
export type Entry = z.output<typeof entrySchema>;

const entrySchema = z.strictObject({
  channelId: z.string(),
  /** Absent for a direct message. */
  guildId: z.string().optional(),
  /** The whole body; gone once it is known to be sent. */
  body: z.record(z.string(), z.unknown()).optional(),
  claimedAt: z.number(),
  /** When it was last tried, epoch milliseconds. */
  triedAt: z.number(),
  messageId: z.string().optional(),
});

const announcements: CollectionDefinition<Entry> = { name: 'announcement', version: 1, schema: entrySchema };

export type Ledger = ReturnType<typeof createLedger>;

/**
 * What was announced, so that it is announced once. An entry guards for as long as somebody may ask for its message
 * again: until a job that died between the sending and its own note of it has come back, and for news that Discord
 * refuses a week. Entries go ten days after they were last tried, and not within the first hour of a process, in which
 * such jobs come back even after a long outage.
 */
export function createLedger(store: Store, now: () => number) {
  const entryOf = store.collection(announcements);

  /** Claims an announcement, or tries it again. @returns it, and as it was before; one that was sent stays as it is */
  function claim(
    key: string,
    place: Pick<Entry, 'channelId' | 'guildId'>,
    body: RESTPostAPIChannelMessageJSONBody,
  ): Promise<{ entry: Entry; before: Entry | undefined }> {
    const at = now();
    return entryOf.update(documentKey.announcement(key), (before) => {
      if (before?.messageId) return { result: { entry: before, before } };
      const entry: Entry = before
        ? { ...before, triedAt: at }
        : { ...place, body: { ...body }, claimedAt: at, triedAt: at };
      return { document: entry, entries: entriesOf(key, entry), result: { entry, before } };
    });
  }

  /** Enters that it was sent, unless it was removed meanwhile: then nobody asks for it again. */
  async function settle(key: string, messageId: string): Promise<void> {
    await entryOf.update(documentKey.announcement(key), (current) => {
      if (!current) return { result: undefined };
      const { body: _, ...sent } = current;
      const document = { ...sent, messageId };
      return { document, entries: entriesOf(key, document), result: undefined };
    });
  }

  async function remove(key: string): Promise<void> {
    await entryOf.update(documentKey.announcement(key), (current) => ({
      document: null,
      entries: noEntries(key, current?.guildId),
      result: undefined,
    }));
  }

  /** The server's announcements that are not known to be sent. */
  async function unsentOf(guildId: string): Promise<Entry[]> {
    const unsent = await store.orderedSet(setName.unsent).range(0, Number.MAX_SAFE_INTEGER, MOST_UNSENT);
    const found = await entryOf.getMany(unsent.map(({ member }) => documentKey.announcement(member)));
    return [...found.values()].filter((entry) => entry.guildId === guildId);
  }

  /** `tidy:ledger`: what guards nothing any more goes, some at a time. */
  const tidy: JobHandler = async () => {
    const old = await store.orderedSet(setName.announcements).range(0, now() - GUARDS, AT_ONCE);
    for (const { member } of old) await remove(member);
    return now() + (old.length < AT_ONCE ? BETWEEN : 1_000);
  };

  /** Plans the tidying. Once, at the start. */
  async function load(): Promise<void> {
    await store.orderedSet(setName.jobs).put('tidy:ledger', now() + BETWEEN);
  }

  const personal: PersonalData = {
    /**
     * What is on its way at this moment may name them: if it has to be sent again, its sender words it anew. Reminders
     * are kept under a hash of person and date.
     */
    async delete(userId) {
      const unsent = await store.orderedSet(setName.unsent).range(0, Number.MAX_SAFE_INTEGER);
      for (const { member: key } of unsent) {
        await entryOf.update(documentKey.announcement(key), (current) => {
          if (!current?.body) return { result: undefined };
          const { body: _, ...document } = current;
          return { document, result: undefined };
        });
      }
      for (let date = now() - GUARDS - DAY; date <= now() + DAY; date += DAY) {
        await remove(reminderKey(userId, new Date(date).toISOString().slice(0, 10)));
      }
    },
  };

  const ofGuild: GuildData = {
    async delete(guildId) {
      const all = store.orderedSet(setName.announcementsOf(guildId));
      for (const { member } of await all.range(0, Number.MAX_SAFE_INTEGER)) await remove(member);
    },
  };

  return { claim, settle, remove, unsentOf, load, personal, ofGuild, handlers: { tidy } };
}

/** Names the reminder of a person on a date; their id can't be read from it. */
export function reminderKey(userId: string, date: string): string {
  return createHash('sha256').update(`${userId} ${date}`).digest('base64url').slice(0, 24);
}

function entriesOf(key: string, { guildId, triedAt, messageId }: Entry): SetEntry[] {
  return [
    { set: setName.announcements, member: key, score: triedAt },
    { set: setName.unsent, member: key, score: messageId ? null : triedAt },
    ...(guildId ? [{ set: setName.announcementsOf(guildId), member: key, score: triedAt }] : []),
  ];
}

function noEntries(key: string, guildId: string | undefined): SetEntry[] {
  const sets = [
    setName.announcements,
    setName.unsent,
    ...(guildId ? [setName.announcementsOf(guildId)] : []),
  ];
  return sets.map((set) => ({ set, member: key, score: null }));
}

const DAY = 24 * 3_600_000;

/** Milliseconds for which an entry guards: longer than the week for which a result is tried. */
const GUARDS = 10 * DAY;

/** Milliseconds between two looks, and from the start to the first. */
const BETWEEN = 3_600_000;

const AT_ONCE = 200;

const MOST_UNSENT = 1_000;
