import type { Entry } from './load.ts';
import { type ItemType, itemTypes, type Level, type Point, type Topic } from './schema.ts';
import { tally } from './tally.ts';

/** Something that the bank has to reach as a whole, and how far it is. */
export type Goal = { readonly label: string; readonly met: boolean };

/** What is still missing for one study point (an earlier point and those that ask the same thing are one). */
export type Gap = {
  readonly point: Point;
  readonly missing: readonly ('item' | 'auto-marked item' | 'open item')[];
};

const wanted = { items: 900, inTopic: 8, open: 160, extra: 30 } as const;

/** Shares in per cent, and by how many points they may be off. */
const typeMix: Record<ItemType, number> = {
  single: 45,
  multiple: 12,
  boolean: 8,
  number: 9,
  short: 5,
  order: 5,
  open: 16,
};
const levelMix: Record<Level, number> = { 1: 35, 2: 45, 3: 20 };
const mixTolerance = 3;

/** What a complete bank fulfils. */
export function measureGoals(
  entries: readonly Entry[],
  topics: readonly Topic[],
  points: readonly Point[],
): Goal[] {
  const { items, types, levels, truths, singles } = tally(entries);
  const gaps = findGaps(entries, points);
  const without = (kind: Gap['missing'][number]) => gaps.filter((gap) => gap.missing.includes(kind)).length;
  const thin = topics.filter(
    ({ slug }) => entries.filter(({ item }) => item.topic === slug).length < wanted.inTopic,
  );
  const extra = entries.filter(({ item }) => item.origin === 'extra').length;
  const none = (missing: number, label: string): Goal => ({
    label: `${missing} ${label}`,
    met: missing === 0,
  });
  const atLeast = (have: number, want: number, label: string): Goal => ({
    label: `${have} of ${want} ${label}`,
    met: have >= want,
  });
  const share = (have: number, of: number, percent: number, tolerance: number, label: string): Goal => {
    const actual = of === 0 ? 0 : (have / of) * 100;
    return {
      label: `${actual.toFixed(0)} % ${label} (${percent} ± ${tolerance})`,
      met: Math.abs(actual - percent) <= tolerance,
    };
  };
  return [
    atLeast(items, wanted.items, 'items'),
    none(thin.length, `topics with fewer than ${wanted.inTopic} items`),
    none(without('item'), 'points without an item'),
    none(without('auto-marked item'), 'points without an auto-marked item'),
    none(without('open item'), 'derivation or design points without an open item'),
    atLeast(types.open, wanted.open, 'open items'),
    atLeast(extra, wanted.extra, 'items beyond the lists (origin: extra)'),
    ...itemTypes.map((type) => share(types[type], items, typeMix[type], mixTolerance, type)),
    ...([1, 2, 3] as const).map((level) =>
      share(levels[level], items, levelMix[level], mixTolerance, `level ${level}`),
    ),
    share(truths, types.boolean, 50, 15, 'of the boolean items true'),
    ...(['en', 'zh'] as const).map((language) => ({
      label: `key longest in ${singles.keyLongest[language].length} of ${types.single} single items (${language}; a third at most)`,
      met: singles.keyLongest[language].length <= types.single / 3,
    })),
  ];
}

/** The points that still miss something, in the order of points.yaml. */
export function findGaps(entries: readonly Entry[], points: readonly Point[]): Gap[] {
  const root = new Map(points.map((point) => [point.id, point.dup_of ?? point.id]));
  const covered = new Set(entries.flatMap(({ item }) => item.covers));
  const rootsOf = (chosen: readonly Entry[]) =>
    new Set(chosen.flatMap(({ item }) => item.covers.map((id) => root.get(id) ?? id)));
  const open = rootsOf(entries.filter(({ item }) => item.type === 'open'));
  const autoMarked = rootsOf(entries.filter(({ item }) => item.type !== 'open'));
  return points.flatMap((point) => {
    const missing: Gap['missing'][number][] = [];
    if (!covered.has(point.id)) missing.push('item');
    if (!point.dup_of) {
      if (point.kind !== 'behavioural' && !autoMarked.has(point.id)) missing.push('auto-marked item');
      if ((point.kind === 'derivation' || point.kind === 'design') && !open.has(point.id))
        missing.push('open item');
    }
    return missing.length > 0 ? [{ point, missing }] : [];
  });
}
