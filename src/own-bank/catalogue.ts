import { slotOf } from '../bank/own-id.ts';
import type { Item, Topic } from '../bank/schema.ts';
import { MOST_ITEMS, MOST_TOPICS, type Upload } from './read.ts';

/** All that a server has of its own: pure rules of what follows from an import, a removal, a switch. */
export type Catalogue = {
  /** By `slotOf`. */
  readonly entries: ReadonlyMap<string, Entry>;
  readonly topics: readonly Topic[];
  /** Slugs of shared topics that are switched off. */
  readonly off: readonly string[];
};

/** `removedAt`: epoch milliseconds; the question is kept a while for what is under way with it. */
export type Entry = { readonly item: Item; readonly removedAt?: number | undefined };

export const emptyCatalogue: Catalogue = { entries: new Map(), topics: [], off: [] };

/** What an import would do, in questions. */
export type Effect = {
  readonly added: number;
  readonly changed: number;
  readonly same: number;
  /** Topics of the server's own that get another name. */
  readonly renamed: number;
  /** How many the server has then. */
  readonly total: number;
};

/** The server's questions would be too many, or too much text. */
export class CatalogueFull extends Error {
  override readonly name = 'CatalogueFull';
  readonly reason: 'items' | 'removed' | 'text' | 'topics';
  constructor(reason: CatalogueFull['reason']) {
    super(`the server's bank is full: ${reason}`);
    this.reason = reason;
  }
}

/**
 * Replaces questions of the same id and adds the others, all or nothing.
 * @throws {CatalogueFull}
 */
export function takeUpload(
  catalogue: Catalogue,
  { items, topics }: Upload,
  now: number,
): { catalogue: Catalogue; effect: Effect } {
  const entries = new Map(catalogue.entries);
  const present = new Map(itemsOf(catalogue).map((item) => [item.id, item]));
  let changed = 0;
  let same = 0;
  for (const item of items) {
    const before = present.get(item.id);
    if (before && isSame(before, item)) {
      same += 1;
      continue;
    }
    if (before) changed += 1;
    if (before && slotOf(before) !== slotOf(item))
      entries.set(slotOf(before), { item: before, removedAt: now });
    entries.set(slotOf(item), { item });
  }
  const names = new Map([...catalogue.topics, ...topics].map((topic) => [topic.slug, topic]));
  const next = tidy({ ...catalogue, entries, topics: [...names.values()] }, now);
  requireRoom(next);
  const added = items.length - changed - same;
  const renamed = next.topics.filter((topic) => isRenamed(topic, catalogue.topics)).length;
  return { catalogue: next, effect: { added, changed, same, renamed, total: itemsOf(next).length } };
}

/** Removes questions by their authors' ids. */
export function removeItems(catalogue: Catalogue, ids: ReadonlySet<string> | 'all', now: number): Catalogue {
  const entries = new Map(catalogue.entries);
  for (const item of itemsOf(catalogue))
    if (ids === 'all' || ids.has(item.id)) entries.set(slotOf(item), { item, removedAt: now });
  const next = tidy({ ...catalogue, entries }, now);
  if (next.entries.size > MOST_ENTRIES) throw new CatalogueFull('removed');
  return next;
}

/** The questions that there are. */
export function itemsOf({ entries }: Catalogue): Item[] {
  return [...entries.values()].flatMap(({ item, removedAt }) => (removedAt === undefined ? [item] : []));
}

/** Lets go of what was removed long ago, and of topics that nothing is left of. */
function tidy(catalogue: Catalogue, now: number): Catalogue {
  const entries = new Map(
    [...catalogue.entries].filter(([, { removedAt }]) => removedAt === undefined || removedAt > now - KEPT),
  );
  const used = new Set([...entries.values()].map(({ item }) => item.topic));
  return { ...catalogue, entries, topics: catalogue.topics.filter(({ slug }) => used.has(slug)) };
}

function requireRoom(catalogue: Catalogue): void {
  const items = itemsOf(catalogue);
  if (items.length > MOST_ITEMS) throw new CatalogueFull('items');
  if (catalogue.entries.size > MOST_ENTRIES) throw new CatalogueFull('removed');
  if (catalogue.topics.length > MOST_TOPICS) throw new CatalogueFull('topics');
  if (sizeOfAll(items) > MOST_TEXT) throw new CatalogueFull('text');
  const all = [...catalogue.entries.values()].map(({ item }) => item);
  if (sizeOfAll(all) > MOST_KEPT_TEXT) throw new CatalogueFull('removed');
}

function sizeOfAll(items: readonly Item[]): number {
  return items.reduce((sum, item) => sum + sizeOf(item), 0);
}

function isRenamed({ slug, en, zh }: Topic, before: readonly Topic[]): boolean {
  const known = before.find((topic) => topic.slug === slug);
  return known !== undefined && (known.en !== en || known.zh !== zh);
}

function isSame(left: Item, right: Item): boolean {
  return canonical(left) === canonical(right);
}

/** The item as text, the same however its fields were ordered. */
function canonical(item: Item): string {
  return JSON.stringify(item, (_, value) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

const sizes = new WeakMap<Item, number>();

/** Characters of an item; remembered, as measuring 2,000 takes a while. */
export function sizeOf(item: Item): number {
  const known = sizes.get(item);
  if (known !== undefined) return known;
  const size = JSON.stringify(item).length;
  sizes.set(item, size);
  return size;
}

/** Milliseconds for which a removed question can still be answered under the posts that asked it. */
const KEPT = 30 * 86_400_000;

/** With those removed lately. */
const MOST_ENTRIES = 2 * MOST_ITEMS;

/** Characters of all questions together. */
const MOST_TEXT = 8_000_000;

/** With those removed lately. */
const MOST_KEPT_TEXT = 2 * MOST_TEXT;
