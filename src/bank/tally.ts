import type { Entry } from './load.ts';
import { type ItemType, itemTypes, type Language, type Level } from './schema.ts';

/** How many items of which sort there are, and where their keys stand. */
export type Tally = {
  readonly items: number;
  readonly types: Readonly<Record<ItemType, number>>;
  readonly levels: Readonly<Record<Level, number>>;
  /** Boolean items whose answer is true. */
  readonly truths: number;
  readonly singles: {
    /** Those whose key is longer than each other option. */
    readonly keyLongest: Readonly<Record<Language, readonly LongKey[]>>;
    /** How many keys stand first, second, third, fourth. */
    readonly positions: readonly number[];
    /** How many would stand there by chance, given how many options each item has. */
    readonly expected: readonly number[];
  };
};

type LongKey = { readonly entry: Entry; readonly excess: number };

export function tally(entries: readonly Entry[]): Tally {
  const items = entries.map((entry) => entry.item);
  const positions = [0, 0, 0, 0];
  const expected = [0, 0, 0, 0];
  for (const item of items) {
    if (item.type !== 'single') continue;
    const ids = Object.keys(item.en.options);
    positions[ids.indexOf(item.answer)]! += 1;
    ids.forEach((_, at) => {
      expected[at]! += 1 / ids.length;
    });
  }
  const count = <T>(values: readonly T[], value: T) => values.filter((each) => each === value).length;
  const types = items.map((item) => item.type);
  const levels = items.map((item) => item.level);
  return {
    items: items.length,
    types: Object.fromEntries(itemTypes.map((type) => [type, count(types, type)])) as Tally['types'],
    levels: { 1: count(levels, 1), 2: count(levels, 2), 3: count(levels, 3) },
    truths: items.filter((item) => item.type === 'boolean' && item.answer).length,
    singles: {
      keyLongest: { en: withLongestKey(entries, 'en'), zh: withLongestKey(entries, 'zh') },
      positions,
      expected,
    },
  };
}

function withLongestKey(entries: readonly Entry[], language: Language): LongKey[] {
  return entries
    .flatMap((entry) => {
      const excess = keyExcess(entry, language);
      return excess > 0 ? [{ entry, excess }] : [];
    })
    .sort((left, right) => right.excess - left.excess);
}

/** By how many characters a single item's key is longer than the longest other option. */
function keyExcess({ item }: Entry, language: Language): number {
  if (item.type !== 'single') return 0;
  const { [item.answer]: key = '', ...others } = item[language].options;
  return key.length - Math.max(...Object.values(others).map((text) => text.length));
}
