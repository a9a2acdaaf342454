import type { Bank } from './load.ts';
import type { Item } from './schema.ts';
import { createSearch } from './search.ts';

/** A bank with its search. */
export type Library = { readonly bank: Bank; readonly search: (query: string, limit?: number) => Item[] };

/** Which questions there are for whom. */
export type Banks = {
  /** What a server may be asked; without a server, what everyone may. */
  readonly of: (guildId: string | null) => Promise<Library>;
  /** A question by its id, wherever it is at home. */
  readonly find: (questionId: string) => Promise<Item | undefined>;
};

export function createBanks(shared: Bank): Banks {
  const library = { bank: shared, search: createSearch(shared) };
  return {
    of: async () => library,
    find: async (questionId) => shared.items.get(questionId),
  };
}
