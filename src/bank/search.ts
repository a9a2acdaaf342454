import type { Bank } from './load.ts';
import { shownId } from './own-id.ts';
import { type Item, type Language, languages } from './schema.ts';

/** {@link searchIn} a whole bank. */
export function createSearch(bank: Bank): (query: string, limit?: number) => Item[] {
  return searchIn([indexItems([...bank.items.values()], bank)]);
}

/**
 * Makes items searchable by id, prompts, options, and the labels of their topics and points, in both languages at once.
 * Case and width do not matter; words match by their beginnings, Chinese by any run of characters.
 * @param isOffered says which of the items may be found
 * @returns a function that gives the items which match most of the query's words, best first
 */
export function searchIn(
  indexes: readonly Index[],
  isOffered: (item: Item) => boolean = () => true,
): (query: string, limit?: number) => Item[] {
  const items = indexes.flatMap((index) => index.items);
  return (query, limit = 25) => {
    const terms = queryTerms(query);
    if (terms.length === 0) return items.filter(isOffered).slice(0, limit);
    const written = query.trim().toLowerCase();
    const exact = items.find(
      (item) => (item.id === written || shownId(item.id) === written) && isOffered(item),
    );
    const matches = new Uint8Array(items.length);
    const scores = new Float64Array(items.length);
    for (const term of terms) {
      scoreTerm(indexes, term, items.length).forEach((score, item) => {
        if (score > 0) matches[item]! += 1;
        scores[item]! += score;
      });
    }
    const offered = items.map((item, number) => (matches[number]! > 0 && isOffered(item) ? number : -1));
    const candidates = offered.filter((number) => number >= 0);
    const most = candidates.reduce((most, number) => Math.max(most, matches[number]!), 0);
    const found = candidates.filter((number) => matches[number] === most);
    found.sort((left, right) => scores[right]! - scores[left]! || left - right);
    const ranked = found.map((number) => items[number]!);
    return (exact ? [exact, ...ranked.filter((item) => item !== exact)] : ranked).slice(0, limit);
  };
}

/** What a choice of an autocomplete may show. */
const maxLabel = 100;

/** An item in one line of at most 100 characters: its prompt, formulas by name. */
export function labelOf(item: Item, language: Language): string {
  const line = item[language].prompt
    .replace(/\{\{([^{}]*)\}\}/g, '⟨$1⟩')
    .replace(/[`*]|\s+/g, (found) => (found.trim() ? '' : ' '))
    .trim();
  if (line.length <= maxLabel) return line;
  return `${line
    .slice(0, maxLabel - 1)
    .replace(/[\ud800-\udbff]$/, '')
    .trimEnd()}…`;
}

/** How much a match tells, by where it is. */
const weights = { id: 8, prompt: 5, label: 3, option: 2 } as const;

/** Some items, and where the terms of their texts stand. */
export type Index = {
  readonly items: readonly Item[];
  /** In code-unit order, so that the terms with a prefix stand side by side. */
  readonly terms: readonly string[];
  /** For each term, item number × 16 + weight: a number each, as there are millions in a large bank. */
  readonly postings: readonly (readonly number[])[];
};

export function indexItems(items: readonly Item[], bank: Pick<Bank, 'topics' | 'points'>): Index {
  const postings = new Map<string, number[]>();
  items.forEach((item, number) => {
    const best = new Map<string, number>();
    const add = (weight: number, ...texts: (string | undefined)[]) => {
      for (const term of texts.flatMap((text) => (text ? indexTerms(text) : [])))
        best.set(term, Math.max(best.get(term) ?? 0, weight));
    };
    const topic = bank.topics.get(item.topic);
    add(weights.id, shownId(item.id));
    add(
      weights.label,
      item.topic,
      topic?.en,
      topic?.zh,
      ...item.covers.map((id) => bank.points.get(id)?.label),
    );
    for (const language of languages) {
      add(weights.prompt, item[language].prompt);
      const texts = item[language];
      if ('options' in texts) add(weights.option, ...Object.values(texts.options));
    }
    for (const [term, weight] of best) {
      const list = postings.get(term);
      if (list) list.push(number * 16 + weight);
      else postings.set(term, [number * 16 + weight]);
    }
  });
  const terms = [...postings.keys()].sort();
  return { items, terms, postings: terms.map((term) => postings.get(term)!) };
}

/**
 * The best match of each item with one term of the query, 0 for none. Whole words tell more than beginnings, rare terms
 * more than common ones.
 */
function scoreTerm(indexes: readonly Index[], term: string, itemCount: number): Float64Array {
  const scores = new Float64Array(itemCount);
  let matched = 0;
  let first = 0;
  for (const { items, terms, postings } of indexes) {
    for (let at = firstAtLeast(terms, term); terms[at]?.startsWith(term); at += 1) {
      const whole = terms[at] === term ? 1 : 0.6;
      for (const posting of postings[at]!) {
        const item = first + (posting >>> 4);
        const score = whole * (posting & 15);
        if (scores[item] === 0) matched += 1;
        if (score > scores[item]!) scores[item] = score;
      }
    }
    first += items.length;
  }
  const rarity = Math.log(1 + itemCount / (1 + matched));
  return scores.map((score) => score * rarity);
}

function firstAtLeast(sorted: readonly string[], term: string): number {
  let first = 0;
  for (let end = sorted.length; first < end; ) {
    const middle = (first + end) >>> 1;
    if (sorted[middle]! < term) first = middle + 1;
    else end = middle;
  }
  return first;
}

const runs = /[\p{Script=Han}]+|[\p{L}\p{N}]+/gu;
const isHan = (text: string) => /^\p{Script=Han}/u.test(text);

/** `LayerNorm` gives layernorm, layer and norm; 注意力 gives 注意, 意力 and 力. */
function indexTerms(text: string): string[] {
  const parts = text.normalize('NFKC').match(runs) ?? [];
  return parts.flatMap((part) => {
    if (isHan(part)) return [...part].map((character, at, run) => `${character}${run[at + 1] ?? ''}`);
    const humps = part.split(/(?<=[a-z])(?=[A-Z])/);
    return [part, ...(humps.length > 1 ? humps : [])].map((word) => word.toLowerCase());
  });
}

/** Like {@link indexTerms}, but a word stands for itself, and a run of characters for its pairs. */
function queryTerms(text: string): string[] {
  const parts = text.normalize('NFKC').toLowerCase().match(runs) ?? [];
  const terms = parts.flatMap((part) => {
    if (!isHan(part) || part.length < 2) return [part];
    const characters = [...part];
    return characters.slice(1).map((character, at) => `${characters[at]}${character}`);
  });
  return [...new Set(terms)].slice(0, 32);
}
