import { z } from 'zod';
import type { Language } from '../bank/schema.ts';
import { type LocalDate, localDateSchema, type Weekday } from '../calendar/dates.ts';
import { nextOccurrence } from '../calendar/next-time.ts';
import type { JobHandler } from '../jobs/ticker.ts';
import type { PersonalData } from '../privacy/registry.ts';
import type { ProgressService } from '../progress/service.ts';
import { guilds, newGuild } from '../settings/guild.ts';
import { languageSchema } from '../settings/language.ts';
import { newPerson, persons } from '../settings/person.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { CollectionDefinition, SetEntry, Store } from '../store/port.ts';
import type { DeckService } from './deck.ts';

/** A person's wish to be reminded of their studies at an hour of their day. */
export type Reminder = z.output<typeof reminderSchema>;

const reminderSchema = z.strictObject({
  /** Minutes after local midnight. */
  time: z.number().int().min(0).max(1439),
  /** The person's own zone, else that of the server in which they asked for it. */
  zone: z.string(),
  language: languageSchema,
  next: z.strictObject({ date: localDateSchema, at: z.number() }),
  /** When it turned out that the person takes no messages from the bot, epoch milliseconds; nothing is sent since. */
  stopped: z.number().optional(),
});

const reminders: CollectionDefinition<Reminder> = { name: 'reminder', version: 1, schema: reminderSchema };

/** What a reminder says. */
export type Reasons = {
  readonly due: number;
  /** Days of the longest streak that ends with this day. */
  readonly streak: number | undefined;
};

/**
 * Sends a reminder, once for each person and date however often it is called.
 * @returns `refused` if the person takes no messages from the bot
 */
export type Remind = (
  userId: string,
  date: LocalDate,
  language: Language,
  reasons: Reasons,
  signal: AbortSignal,
) => Promise<'sent' | 'refused'>;

export type RemindersService = ReturnType<typeof createRemindersService>;

/** @param isDailyOpen whether a daily of the server that counts for a date can still be taken part in */
export function createRemindersService(
  store: Store,
  deck: Pick<DeckService, 'countDue'>,
  progress: ProgressService,
  remind: Remind,
  isDailyOpen: (guildId: string, date: LocalDate) => boolean,
  now: () => number,
) {
  const reminderOf = store.collection(reminders);
  const guildOf = store.collection(guilds);
  const personOf = store.collection(persons);

  function find(userId: string): Promise<Reminder | undefined> {
    return reminderOf.get(documentKey.reminder(userId));
  }

  /** Reminds the person every day at a time; one that had stopped begins again. */
  function set(userId: string, { time, zone, language }: Pick<Reminder, 'time' | 'zone' | 'language'>) {
    const reminder = { time, zone, language, next: following({ time, zone }) };
    return reminderOf.update(documentKey.reminder(userId), () => ({
      document: reminder,
      entries: [dueEntry(userId, reminder.next.at)],
      result: undefined,
    }));
  }

  function remove(userId: string): Promise<void> {
    return reminderOf.update(documentKey.reminder(userId), () => ({
      document: null,
      entries: [dueEntry(userId, null)],
      result: undefined,
    }));
  }

  /** The person's settings have changed: the hour is one of their own zone. */
  async function refresh(userId: string): Promise<void> {
    const { zone, language } = (await personOf.get(documentKey.person(userId))) ?? newPerson;
    await reminderOf.update(documentKey.reminder(userId), (current) => {
      if (!current) return { result: undefined };
      const moved = { ...current, zone: zone ?? current.zone, language: language ?? current.language };
      if (moved.zone !== current.zone) moved.next = following(moved);
      return {
        document: moved,
        entries: [dueEntry(userId, moved.stopped ? null : moved.next.at)],
        result: undefined,
      };
    });
  }

  /** `remind:<user>`: reminds, where there is reason to, and plans the next day. */
  const remindIfNeeded: JobHandler = async (userId, signal) => {
    const reminder = await find(userId);
    if (!reminder || reminder.stopped) return null;
    const due = inTime(reminder);
    if (due.at > now()) return plan(userId, reminder, due);
    const [{ due: cards, unsure }, streak] = await Promise.all([deck.countDue(userId), endangered(userId)]);
    if (!streak && cards > 0 && cards === unsure) return now() + UNTIL_SURE;
    const reasons = cards > 0 || streak ? { due: cards, streak } : undefined;
    const outcome = reasons && (await remind(userId, due.date, reminder.language, reasons, signal));
    return plan(userId, reminder, following(reminder, due.date), outcome === 'refused');
  };

  /** The coming reminder; after an outage, the first one for which it is not too late. */
  function inTime({ next, time, zone }: Reminder): Reminder['next'] {
    const after = now() - LATEST;
    return next.at > after
      ? next
      : nextOccurrence({ time, zone, days: EVERY_DAY, after, afterDate: next.date });
  }

  /** Plans the next reminder, unless an edit meanwhile has planned otherwise: that wins. */
  function plan(
    userId: string,
    { next: planned }: Reminder,
    next: Reminder['next'],
    stop = false,
  ): Promise<undefined> {
    return reminderOf.update(documentKey.reminder(userId), (current) => {
      if (current?.next.at !== planned.at) return { result: undefined };
      return stop
        ? {
            document: { ...current, next, stopped: now() },
            entries: [dueEntry(userId, null)],
            result: undefined,
          }
        : { document: { ...current, next }, entries: [dueEntry(userId, next.at)], result: undefined };
    });
  }

  /** The days of the longest streak that this day would end. */
  async function endangered(userId: string): Promise<number | undefined> {
    const guildIds = await progress.guildsOf(userId);
    return Math.max(...(await Promise.all(guildIds.map((id) => endangeredIn(id, userId)))), 0) || undefined;
  }

  /** The days of a streak that this day would end, if nothing is studied: it counts, and there is no freeze. */
  async function endangeredIn(guildId: string, userId: string): Promise<number> {
    const { streak, today } = await progress.read(guildId, userId);
    if (streak.studiedToday || streak.freezes > 0) return 0;
    const { judged, unscheduled } = (await guildOf.get(documentKey.guild(guildId))) ?? newGuild;
    const hasSchedule = unscheduled.at(-1)?.until !== undefined;
    const counts = !hasSchedule || judged.includes(today) || isDailyOpen(guildId, today);
    return counts ? streak.current : 0;
  }

  function following(
    { time, zone }: { time: number; zone: string },
    afterDate?: LocalDate,
  ): Reminder['next'] {
    return nextOccurrence({ time, zone, days: EVERY_DAY, after: now(), afterDate });
  }

  const personal: PersonalData = {
    delete: remove,
    shown: {
      kind: 'reminder',
      async read(userId) {
        const reminder = await find(userId);
        return reminder && { counts: { reminders: 1 }, data: reminder };
      },
    },
  };

  return { find, set, remove, refresh, personal, handlers: { remind: remindIfNeeded } };
}

function dueEntry(userId: string, at: number | null): SetEntry {
  return { set: setName.jobs, member: `remind:${userId}`, score: at };
}

const EVERY_DAY: ReadonlySet<Weekday> = new Set<Weekday>([1, 2, 3, 4, 5, 6, 7]);

/** Milliseconds until another look, when nobody can tell whether anything is due. */
const UNTIL_SURE = 60_000;

/** Milliseconds: a reminder that is much later than the hour chosen is none. */
const LATEST = 2 * 3_600_000;
