import { guildOfId, shownId } from '../bank/own-id.ts';
import type { Item } from '../bank/schema.ts';
import { plain } from './cards/markdown.ts';
import type { Context } from './command.ts';
import { UserError } from './user-error.ts';

/**
 * The question that somebody has picked from the list, or the first that fits their words. The id of a server's own
 * question is never taken for words: it comes from the list, and what it named may be gone.
 * @param place the server in which they look
 * @throws UserError if there is none
 */
export async function wantedQuestion(
  { bank, banks, search }: Pick<Context, 'bank' | 'banks' | 'search'>,
  place: string | null,
  wanted: string,
): Promise<Item> {
  const id = wanted.trim();
  // The bank at hand may be an old one, taken while the store was away: this asks the store.
  const found = async () =>
    guildOfId(id) === undefined ? search(wanted, 1)[0] : (await banks.of(place)).bank.items.get(id);
  const item = bank.items.get(id) ?? (await found());
  if (!item) throw new UserError((words) => words.errors.noQuestion(plain(shownId(id))));
  return item;
}
