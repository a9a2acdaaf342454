import type { Entry } from './load.ts';
import { type Language, languages } from './schema.ts';

/** Two prompts and how alike they are: the Jaccard index of their shingles, 1 for the same text. */
export type Pair = {
  readonly entry: Entry;
  readonly earlier: Entry;
  readonly language: Language;
  readonly likeness: number;
};

/**
 * Finds prompts that say nearly the same, in either language; each pair once, with its greater likeness.
 * Shingling after A. Broder, “On the resemblance and containment of documents”, 1997.
 */
export function findNearDuplicates(entries: readonly Entry[], threshold: number): Pair[] {
  const found = new Map<string, Pair>();
  for (const language of languages) {
    const shingles = entries.map((entry) => shinglesOf(entry.item[language].prompt, language));
    const holders = new Map<string, number[]>();
    shingles.forEach((own, index) => {
      const shared = new Map<number, number>();
      for (const shingle of own) {
        const earlier = holders.get(shingle) ?? [];
        for (const other of earlier) shared.set(other, (shared.get(other) ?? 0) + 1);
        holders.set(shingle, [...earlier, index]);
      }
      for (const [other, both] of shared) {
        const likeness = both / (own.size + shingles[other]!.size - both);
        const pair = { entry: entries[index]!, earlier: entries[other]!, language, likeness };
        const key = `${index} ${other}`;
        if (likeness >= threshold && likeness > (found.get(key)?.likeness ?? 0)) found.set(key, pair);
      }
    });
  }
  return [...found.values()];
}

/** Chinese says in three characters what English says in about a word and a half. */
const shingleLength: Record<Language, number> = { en: 7, zh: 3 };

function shinglesOf(text: string, language: Language): Set<string> {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
  const length = Math.min(shingleLength[language], folded.length);
  return new Set(
    Array.from({ length: folded.length - length + 1 }, (_, at) => folded.slice(at, at + length)),
  );
}
