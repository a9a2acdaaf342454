import type { Banks, IsMember } from '../bank/banks.ts';
import type { Bank } from '../bank/load.ts';
import { guildOfId } from '../bank/own-id.ts';
import type { Item } from '../bank/schema.ts';
import type { JobHandler } from '../jobs/ticker.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import { gradeOfAnswer } from '../progress/grade.ts';
import { newPerson, type Person, persons } from '../settings/person.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Scored, Store } from '../store/port.ts';
import { type Card, cardEntries, cards, type Entry, enterReview } from './card.ts';
import { type Forecast, forecastOf, type Outlook, outlookOf } from './outlook.ts';

/** An answer that was marked elsewhere. */
export type Answered = {
  readonly right: boolean;
  /** How long the person took, where that is known. */
  readonly milliseconds?: number | undefined;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Names the answer: `<kind>:<session>.<number>`, the same each time that it is told. */
  readonly source: `${'quiz' | 'interview'}:${string}`;
};

export type DeckService = ReturnType<typeof createDeckService>;

/** People's decks: one a person, wherever they study. The one place that writes cards. */
export function createDeckService(
  store: Store,
  banks: Banks,
  now: () => number,
  isMember: IsMember = async () => false,
) {
  const cardOf = store.collection(cards);
  const personOf = store.collection(persons);

  /** Enters what a source says of how well a person knows a question; `undefined` withdraws it. Twice is once. */
  async function enter(
    userId: string,
    questionId: string,
    source: string,
    entry: Entry | undefined,
  ): Promise<void> {
    const person = await readPerson(userId);
    await cardOf.update(documentKey.card(userId, questionId), (before) => {
      const card = enterReview(before, questionId, source, entry);
      return { document: card, entries: cardEntries(userId, questionId, card, person), result: undefined };
    });
  }

  /** Enters a marked answer. The first word on a source counts: it can't be answered again. */
  async function onAnswered(userId: string, questionId: string, answered: Answered): Promise<void> {
    const item = await banks.find(questionId);
    const { source, at } = answered;
    if (!item || (await read(userId, questionId))?.log[source]) return;
    const kind = source.slice(0, source.indexOf(':')) as 'quiz' | 'interview';
    await enter(userId, questionId, source, { at, kind, grade: gradeOfAnswer(answered, item.level) });
  }

  function read(userId: string, questionId: string): Promise<Card | undefined> {
    return cardOf.get(documentKey.card(userId, questionId));
  }

  /** Every card of a person. */
  async function readAll(userId: string): Promise<Card[]> {
    const keys = (await everything(userId)).map(({ member }) => documentKey.card(userId, member));
    return keys.length > 0 ? [...(await cardOf.getMany(keys)).values()] : [];
  }

  /** The ids of a person's questions with the times at which they are due, up to one; the longest due first. */
  async function schedule(userId: string, until?: number): Promise<Scored[]> {
    const all = await everything(userId, until);
    const own = all.filter(({ member }) => guildOfId(member) !== undefined);
    if (own.length === 0) return all;
    const seen = await itemsFor(
      userId,
      own.map(({ member }) => member),
    );
    return all.filter(({ member }) => guildOfId(member) === undefined || seen.has(member));
  }

  function everything(userId: string, until = Number.MAX_SAFE_INTEGER): Promise<Scored[]> {
    return store.orderedSet(setName.due(userId)).range(0, until);
  }

  /**
   * Whether a person may see a question at all: of a server's own, while they are in it. `undefined`: nobody can tell now.
   * @param here the server in which they act: they are in it for sure
   */
  async function maySee(
    userId: string,
    questionId: string,
    here: string | null,
  ): Promise<boolean | undefined> {
    const guildId = guildOfId(questionId);
    return guildId === undefined || guildId === here || isMember(guildId, userId);
  }

  /**
   * Those of the questions that a person may see: of a server's own, what it still asks, while they are in it.
   * @param here the server in which they act: they are in it for sure
   */
  async function itemsFor(
    userId: string,
    questionIds: readonly string[],
    here: string | null = null,
  ): Promise<Map<string, Item>> {
    const { bank: shared } = await banks.of(null);
    const byGuild = new Map<string | undefined, Bank | undefined>([[undefined, shared]]);
    for (const guildId of new Set(questionIds.flatMap((id) => guildOfId(id) ?? [])))
      if (guildId === here || (await isMember(guildId, userId)))
        byGuild.set(guildId, (await banks.of(guildId)).bank);
    return new Map(
      questionIds.flatMap((id) => {
        const item = byGuild.get(guildOfId(id))?.items.get(id);
        return item ? [[id, item] as const] : [];
      }),
    );
  }

  async function countDue(userId: string): Promise<number> {
    return (await schedule(userId, now())).length;
  }

  /** What comes when. */
  async function forecast(userId: string): Promise<Forecast> {
    const [due, person] = await Promise.all([schedule(userId), readPerson(userId)]);
    return forecastOf(due, person, now());
  }

  async function outlook(userId: string): Promise<Outlook> {
    const [due, all, person] = await Promise.all([schedule(userId), readAll(userId), readPerson(userId)]);
    return outlookOf(all, due, person, now());
  }

  /** How many questions reviews have introduced to a person since a moment. */
  function countIntroduced(userId: string, since: number): Promise<number> {
    return store.orderedSet(setName.introduced(userId)).count(since);
  }

  /** A person's settings have changed: when their cards are due follows from them, and is looked at soon. */
  async function refreshSoon(userId: string): Promise<void> {
    if ((await everything(userId)).length > 0)
      await store.orderedSet(setName.jobs).put(`deck:${userId}`, now());
  }

  /** `deck:<user>`: brings in step when each card is due. */
  const refresh: JobHandler = async (userId) => {
    const person = await readPerson(userId);
    for (const { member: questionId } of await everything(userId)) {
      await cardOf.update(documentKey.card(userId, questionId), (card) => ({
        entries: cardEntries(userId, questionId, card ?? null, person),
        result: undefined,
      }));
    }
    return null;
  };

  /** Deletes those of a person's cards that are meant, and all that names them. */
  async function remove(userId: string, isMeant: (questionId: string) => boolean): Promise<void> {
    const meant = (await everything(userId)).filter(({ member }) => isMeant(member));
    for (let start = 0; start < meant.length; start += AT_ONCE) {
      await Promise.all(
        meant.slice(start, start + AT_ONCE).map(({ member: questionId }) =>
          cardOf.update(documentKey.card(userId, questionId), () => ({
            document: null,
            entries: cardEntries(userId, questionId, null, newPerson),
            result: undefined,
          })),
        ),
      );
    }
  }

  const ofGuild: GuildData = {
    /** Cards of the server's own questions, which go with it. */
    deleteOf: (guildId, userId) => remove(userId, (questionId) => guildOfId(questionId) === guildId),
  };

  const personal: PersonalData = {
    async delete(userId) {
      await store.orderedSet(setName.jobs).remove(`deck:${userId}`);
      await remove(userId, () => true);
    },
    shown: {
      kind: 'cards',
      async read(userId) {
        const all = await readAll(userId);
        const reviews = all.reduce((sum, { log }) => sum + Object.keys(log).length, 0);
        return all.length > 0 ? { counts: { cards: all.length, reviews }, data: all } : undefined;
      },
    },
  };

  async function readPerson(userId: string): Promise<Person> {
    return (await personOf.get(documentKey.person(userId))) ?? newPerson;
  }

  return {
    enter,
    onAnswered,
    read,
    readAll,
    schedule,
    maySee,
    itemsFor,
    countDue,
    forecast,
    outlook,
    countIntroduced,
    refreshSoon,
    personal,
    ofGuild,
    handlers: { deck: refresh },
  };
}

/** Cards deleted at a time. */
const AT_ONCE = 32;
