import type { Banks } from '../bank/banks.ts';
import { guildOfId } from '../bank/own-id.ts';
import { seededRandom } from '../bank/pick.ts';
import type { Item } from '../bank/schema.ts';
import { shuffled } from '../bank/shuffle.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import type { Grade } from '../progress/grade.ts';
import type { ProgressService } from '../progress/service.ts';
import { newPerson, persons } from '../settings/person.ts';
import { documentKey } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { DEFAULT_NEW_PER_DAY, retentionOf, startOfDay } from './card.ts';
import type { DeckService } from './deck.ts';
import { preview } from './memory.ts';
import { advance, type Candidates, leftOf, nextOf, type Session, sessions, sourceOf } from './session.ts';

/** Where a session stands. */
export type Turn = {
  readonly session: Session;
  /** What is asked now; absent at the end. */
  readonly item: Item | undefined;
  readonly left: { readonly due: number; readonly fresh: number };
};

export type ReviewsService = ReturnType<typeof createReviewsService>;

/**
 * Review sessions. A grade goes to its card first and to the session then, both by the number of the review: a click
 * that is interrupted or doubled is made good by the next one.
 * @param openQuestions what open posts of these servers ask: a review must not give it away
 */
export function createReviewsService(
  store: Store,
  banks: Banks,
  deck: DeckService,
  progress: ProgressService,
  openQuestions: (guildIds: readonly string[]) => ReadonlySet<string>,
  now: () => number,
) {
  const sessionOf = store.collection(sessions);
  const personOf = store.collection(persons);

  /** Begins a session, in the place of the one before. `id` names it, so that beginning twice is beginning once. */
  async function begin(
    userId: string,
    guildId: string | null,
    id: string,
    { topic, count }: { topic?: string | undefined; count: number },
  ): Promise<Turn> {
    const fresh: Session = { id, ...(topic ? { topic } : {}), count, done: [] };
    const found = await candidates(userId, guildId, fresh);
    const session = await sessionOf.update(documentKey.review(userId), (current) => {
      if (current?.id === id) return { result: current };
      const begun = advance(fresh, nextOf(fresh, found));
      return { document: begun, result: begun };
    });
    return turnOf(userId, guildId, session, found);
  }

  /** The session as it stands; `undefined` if the person has begun another one since. */
  async function find(userId: string, guildId: string | null, id: string): Promise<Turn | undefined> {
    const session = await sessionOf.get(documentKey.review(userId));
    if (session?.id !== id) return undefined;
    const found = await candidates(userId, guildId, session);
    const turn = await turnOf(userId, guildId, session, found);
    if (turn.item || session.current === undefined) return turn;
    // The question is in no bank any more.
    const next = await change(userId, session, (latest) => advance(latest, nextOf(latest, found)));
    return turnOf(userId, guildId, next, found);
  }

  /** When each grade would bring the present question back, epoch milliseconds. */
  async function previews(userId: string, { current }: Session): Promise<Record<Grade, number>> {
    const card = current === undefined ? undefined : await deck.read(userId, current);
    const person = (await personOf.get(documentKey.person(userId))) ?? newPerson;
    return preview(Object.values(card?.log ?? {}), retentionOf(person), now());
  }

  /** Grades the n-th question of a session (from 0). One that is graded already is left alone. */
  async function grade(
    userId: string,
    guildId: string | null,
    id: string,
    number: number,
    grade: Grade,
  ): Promise<Turn | undefined> {
    const session = await sessionOf.get(documentKey.review(userId));
    if (session?.id !== id) return undefined;
    const { current } = session;
    if (number === session.done.length && current !== undefined) {
      const source = sourceOf(session, number);
      await deck.enter(userId, current, source, { at: now(), grade, kind: 'review' });
      await progress.enterStudy(guildId, userId, 'review');
      const done = [...session.done, { questionId: current, grade }];
      const found = await candidates(userId, guildId, { ...session, done });
      const graded = await change(userId, session, (latest) =>
        advance({ ...latest, done }, nextOf({ ...latest, done }, found)),
      );
      return turnOf(userId, guildId, graded, found);
    }
    return find(userId, guildId, id);
  }

  /** Takes back the n-th grade of a session (from 0), which must be its last, and asks that question again. */
  async function undo(
    userId: string,
    guildId: string | null,
    id: string,
    number: number,
  ): Promise<Turn | undefined> {
    const session = await sessionOf.get(documentKey.review(userId));
    if (session?.id !== id) return undefined;
    // The session first: should this end half-way, the same click ends it, and so does another grade.
    const last = session.done[number];
    if (last && session.done.length === number + 1) {
      await change(userId, session, (latest) => {
        return advance({ ...latest, done: latest.done.slice(0, number) }, last.questionId);
      });
    }
    const latest = await sessionOf.get(documentKey.review(userId));
    if (latest?.id === id && latest.done.length === number && latest.current !== undefined) {
      await deck.enter(userId, latest.current, sourceOf(latest, number), undefined);
    }
    return find(userId, guildId, id);
  }

  /** Changes the session unless another click has come first. */
  function change(userId: string, from: Session, to: (session: Session) => Session): Promise<Session> {
    return sessionOf.update(documentKey.review(userId), (current = from) => {
      if (current.id !== from.id || current.done.length !== from.done.length) return { result: current };
      const changed = to(current);
      return { document: changed, result: changed };
    });
  }

  async function turnOf(
    userId: string,
    guildId: string | null,
    session: Session,
    found: Candidates,
  ): Promise<Turn> {
    const { current } = session;
    const item =
      current === undefined ? undefined : (await deck.itemsFor(userId, [current], guildId)).get(current);
    return { session, item, left: leftOf(session, found) };
  }

  async function candidates(userId: string, guildId: string | null, session: Session): Promise<Candidates> {
    const guildIds = await progress.guildsOf(userId);
    const open = openQuestions(guildId ? [...guildIds, guildId] : guildIds);
    const isAskable = (item: Item | undefined): item is Item =>
      item !== undefined && !open.has(item.id) && (!session.topic || item.topic === session.topic);

    const cards = await deck.schedule(userId, guildId);
    const dueIds = cards.filter(({ score }) => score <= now()).map(({ member }) => member);
    const dueItems = await deck.itemsFor(userId, dueIds, guildId);
    const due = dueIds.filter((id) => isAskable(dueItems.get(id)));

    const person = (await personOf.get(documentKey.person(userId))) ?? newPerson;
    const begun = await deck.countIntroduced(userId, startOfDay(now(), person));
    const room = Math.max(0, (person.newPerDay ?? DEFAULT_NEW_PER_DAY) - begun);
    const known = new Set(cards.map(({ member }) => member));
    const { bank } = await banks.of(guildId);
    const fresh = [...bank.items.values()].filter((item) => !known.has(item.id) && isAskable(item));
    const order = shuffled(fresh, seededRandom(`${session.id} ${session.done.length}`));
    return { due, fresh: order.slice(0, room).map(({ id }) => id) };
  }

  const personal: PersonalData = {
    async delete(userId) {
      await sessionOf.update(documentKey.review(userId), () => ({ document: null, result: undefined }));
    },
    shown: {
      kind: 'review',
      async read(userId) {
        const session = await sessionOf.get(documentKey.review(userId));
        return session && { counts: { done: session.done.length }, data: session };
      },
    },
  };

  const ofGuild: GuildData = {
    async deleteOf(guildId, userId) {
      await sessionOf.update(documentKey.review(userId), (session) => {
        const asked = session ? [session.current ?? '', ...session.done.map((each) => each.questionId)] : [];
        const names = asked.some((questionId) => guildOfId(questionId) === guildId);
        return names ? { document: null, result: undefined } : { result: undefined };
      });
    },
  };

  return { begin, find, previews, grade, undo, personal, ofGuild };
}
