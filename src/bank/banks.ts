import type { Bank } from './load.ts';
import { guildOfId } from './own-id.ts';
import type { Item, Topic } from './schema.ts';
import { type Index, indexItems, searchIn } from './search.ts';

/** A bank with its search. */
export type Library = { readonly bank: Bank; readonly search: (query: string, limit?: number) => Item[] };

/** Which questions there are for whom. */
export type Banks = {
  /** What a server may be asked; without a server, what everyone may. */
  readonly of: (guildId: string | null) => Promise<Library>;
  /** The same as it was last known, for where there is no time or no store to ask. */
  readonly lastKnown: (guildId: string | null) => Library;
  /** A question by its id, wherever it is at home; also one that was removed lately, for what is under way with it. */
  readonly find: (questionId: string) => Promise<Item | undefined>;
};

/** What a server has added to the shared bank, and what it has switched off there. Never changed: a new one follows. */
export type OwnBank = {
  readonly items: ReadonlyMap<string, Item>;
  /** Those that were removed lately. */
  readonly removed: ReadonlyMap<string, Item>;
  readonly topics: readonly Topic[];
  /** Slugs of shared topics. */
  readonly off: ReadonlySet<string>;
  readonly indexes: readonly Index[];
};

export type OwnBanks = {
  readonly of: (guildId: string) => Promise<OwnBank | undefined>;
  readonly lastKnown: (guildId: string) => OwnBank | undefined;
};

/** Whether somebody is in a server, whose own questions are for its members only; `undefined`: nobody can tell now. */
export type IsMember = (guildId: string, userId: string) => Promise<boolean | undefined>;

/** @param own absent: nobody has questions of their own */
export function createBanks(shared: Bank, own?: OwnBanks): Banks {
  const index = indexItems([...shared.items.values()], shared);
  const everyones: Library = { bank: shared, search: searchIn([index]) };
  const libraries = new WeakMap<OwnBank, Library>();

  function libraryOf(ownBank: OwnBank | undefined): Library {
    if (!ownBank) return everyones;
    const known = libraries.get(ownBank);
    if (known) return known;
    const bank = mergeBanks(shared, ownBank);
    const search = searchIn([...ownBank.indexes, index], ({ id }) => bank.items.has(id));
    const library = { bank, search };
    libraries.set(ownBank, library);
    return library;
  }

  async function find(questionId: string): Promise<Item | undefined> {
    const guildId = guildOfId(questionId);
    if (guildId === undefined) return shared.items.get(questionId);
    const ownBank = await own?.of(guildId);
    return ownBank?.items.get(questionId) ?? ownBank?.removed.get(questionId);
  }

  return {
    of: async (guildId) => (guildId && own ? libraryOf(await own.of(guildId)) : everyones),
    lastKnown: (guildId) => (guildId && own ? libraryOf(own.lastKnown(guildId)) : everyones),
    find,
  };
}

/** Where switching off would leave no question at all, nothing is off. Topics that are off keep their names. */
function mergeBanks(shared: Bank, { items, topics, off }: OwnBank): Bank {
  const on = [...shared.items.values()].filter(({ topic }) => !off.has(topic));
  const all = [...(on.length + items.size > 0 ? on : shared.items.values()), ...items.values()];
  const names = [...shared.topics.values(), ...topics.filter(({ slug }) => !shared.topics.has(slug))];
  const byTopic = new Map<string, Item[]>(names.map(({ slug }) => [slug, []]));
  for (const item of all) byTopic.get(item.topic)?.push(item);
  return {
    items: new Map(all.map((item) => [item.id, item])),
    byTopic,
    topics: new Map(names.map((topic) => [topic.slug, topic])),
    points: shared.points,
  };
}
