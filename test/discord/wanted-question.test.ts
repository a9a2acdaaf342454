import { expect, test } from 'vitest';
import { createBanks, type OwnBank } from '../../src/bank/banks.ts';
import { loadBank } from '../../src/bank/load.ts';
import { UserError } from '../../src/discord/user-error.ts';
import { wantedQuestion } from '../../src/discord/wanted-question.ts';
import { wordsOf } from '../../src/discord/words/of.ts';
import { StoreUnavailable } from '../../src/store/port.ts';

const shared = await loadBank('test/bank/fixtures/bank');
const [item] = [...shared.items.values()];
// Its words are those of a shared question, so that a search for them would find that one.
const own = { ...item!, id: `own.7.${item!.id}.t` };
const owned = (...items: (typeof own)[]): OwnBank => ({
  items: new Map(items.map((each) => [each.id, each])),
  removed: new Map(),
  topics: [],
  off: new Set(),
  indexes: [],
});

/** Looks in server 7 with the library that was last known there, while the store says `now`. */
async function want(wanted: string, known: OwnBank, now: () => OwnBank, place: string | null = '7') {
  const banks = createBanks(shared, { of: async () => now(), lastKnown: () => known });
  return wantedQuestion({ banks, ...banks.lastKnown(place) }, place, wanted);
}

test('a question comes by its id and by its words', async () => {
  const found = [own.id, ` ${own.id} `].map((id) => want(id, owned(own), () => owned(own)));
  expect(await Promise.all(found)).toEqual([own, own]);
  expect(await want(item!.id, owned(), owned)).toBe(item);
  expect(await want(item!.en.prompt.slice(0, 60), owned(), owned)).toBe(item);
});

test('one that was just removed is said to be missing, by the id that people read', async () => {
  const error = await want(own.id, owned(), owned).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(UserError);
  const text = (error as UserError).say(wordsOf('en'), 'en');
  expect(text).toContain('I found no question');
  expect(text).not.toContain('own.7');
});

test('one of another server is not there', async () => {
  await expect(want(own.id, owned(), owned, null)).rejects.toBeInstanceOf(UserError);
});

test('what the store would say is not guessed while it is away', async () => {
  const away = () => {
    throw new StoreUnavailable('away');
  };
  await expect(want(own.id, owned(), away)).rejects.toBeInstanceOf(StoreUnavailable);
  expect(await want(own.id, owned(), () => owned(own))).toBe(own);
});
