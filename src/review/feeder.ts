import type { Logger } from 'pino';
import type { PersonalData } from '../privacy/registry.ts';
import { cardGradeOf, markFed, unfedParts } from '../progress/member.ts';
import type { ProgressService } from '../progress/service.ts';
import { setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import type { DeckService } from './deck.ts';

export type Feeder = ReturnType<typeof createFeeder>;

/**
 * Tells people's cards how their dailies went. A member's document and a card can't be written in one step, so the
 * document itself says which of its parts a card is still to be told (`fed`), and `unfed` names whose documents do:
 * whatever interrupts the telling, it is done later, and doing it twice is doing it once.
 */
export function createFeeder(store: Store, deck: DeckService, progress: ProgressService, log: Logger) {
  /** The last telling of each member: one at a time. */
  const lastOf = new Map<string, Promise<void>>();
  /** Servers in which a telling has failed. */
  const behind = new Set<string>();
  let recovering = false;

  /** Never rejects: what fails is done again. */
  function feed(guildId: string, userId: string): Promise<void> {
    const key = `${guildId} ${userId}`;
    const job = (lastOf.get(key) ?? Promise.resolve())
      .then(() => tell(guildId, userId))
      .catch((error) => {
        behind.add(guildId);
        log.warn(
          { err: error, guild: guildId, user: userId },
          'a card could not be told of a daily; trying again',
        );
      })
      .finally(() => {
        if (lastOf.get(key) === job) lastOf.delete(key);
      });
    lastOf.set(key, job);
    return job;
  }

  async function tell(guildId: string, userId: string): Promise<void> {
    const { member } = await progress.read(guildId, userId);
    for (const [postKey, part] of unfedParts(member)) {
      const grade = cardGradeOf(part);
      const entry = grade && { at: part.at ?? Date.parse(part.date), grade, kind: 'daily' as const };
      await deck.enter(userId, part.questionId, postKey, entry);
      await progress.update(guildId, userId, (member) => markFed(member, postKey, grade));
    }
  }

  /** Tells all that is untold in these servers, after a start or when a post has closed. Never rejects. */
  async function sweep(guildIds: Iterable<string>): Promise<void> {
    for (const guildId of guildIds) {
      try {
        const unfed = await store.orderedSet(setName.unfed(guildId)).range(1, Number.MAX_SAFE_INTEGER);
        for (const { member: userId } of unfed) await feed(guildId, userId);
      } catch (error) {
        behind.add(guildId);
        log.warn({ err: error, guild: guildId }, 'what cards are to be told could not be read; trying again');
      }
    }
  }

  /** Tells again what could not be told, once the store answers. Called every second; never rejects. */
  async function recover(): Promise<void> {
    if (recovering || behind.size === 0) return;
    recovering = true;
    const guildIds = [...behind];
    try {
      await store.ping();
      behind.clear();
      await sweep(guildIds);
    } catch (error) {
      log.debug({ err: error }, 'the store is still away');
    } finally {
      recovering = false;
    }
  }

  /** What is being told of somebody is told, so that their cards can go. */
  const personal: PersonalData = {
    async delete(userId) {
      await Promise.all([...lastOf].flatMap(([key, job]) => (key.endsWith(` ${userId}`) ? [job] : [])));
    },
  };

  return { feed: (guildId: string, userId: string) => void feed(guildId, userId), sweep, recover, personal };
}
