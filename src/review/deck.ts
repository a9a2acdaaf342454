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

/** A question and when it is due; not sure while nobody can tell whether the person is still in its server. */
export type Scheduled = Scored & { readonly isSure: boolean };

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

  /**
   * A person's questions with the times at which they are due, up to one; the longest due first. Only who is known to have
   * left a server has none of its own any more.
   * @param here the server in which they act
   */
  async function schedule(userId: string, here: string | null, until?: number): Promise<Scheduled[]> {
    const all = await everything(userId, until);
    const own = all.flatMap(({ member }) => (guildOfId(member) === undefined ? [] : [member]));
    const seen = await look(userId, own, here);
    return all.flatMap((each) => {
      if (guildOfId(each.member) === undefined) return [{ ...each, isSure: true }];
      const found = seen.get(each.member);
      return found ? [{ ...each, isSure: found.isSure }] : [];
    });
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
    const found = await look(userId, questionIds, here);
    return new Map([...found].flatMap(([id, { item, isSure }]) => (isSure ? [[id, item] as const] : [])));
  }

  /** Those of the questions that a person may see or, where nobody can tell now, might. */
  async function look(userId: string, questionIds: readonly string[], here: string | null) {
    const homes = new Map<string | undefined, { bank: Bank; isSure: boolean } | undefined>();
    for (const id of questionIds) {
      const guildId = guildOfId(id);
      if (homes.has(guildId)) continue;
      const isSeen = await maySee(userId, id, here);
      const home = { bank: (await banks.of(guildId ?? null)).bank, isSure: isSeen === true };
      homes.set(guildId, isSeen === false ? undefined : home);
    }
    return new Map(
      questionIds.flatMap((id) => {
        const home = homes.get(guildOfId(id));
        const item = home?.bank.items.get(id);
        return home && item ? [[id, { item, isSure: home.isSure }] as const] : [];
      }),
    );
  }

  /** How many are due now, and of how many of them it is not sure. */
  async function countDue(userId: string): Promise<{ readonly due: number; readonly unsure: number }> {
    const due = await schedule(userId, null, now());
    return { due: due.length, unsure: due.filter(({ isSure }) => !isSure).length };
  }

  /** What comes when. */
  async function forecast(userId: string, here: string | null): Promise<Forecast> {
    const [due, person] = await Promise.all([schedule(userId, here), readPerson(userId)]);
    return forecastOf(due, person, now());
  }

  async function outlook(userId: string, here: string | null): Promise<Outlook> {
    const [due, all, person] = await Promise.all([
      schedule(userId, here),
      readAll(userId),
      readPerson(userId),
    ]);
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
