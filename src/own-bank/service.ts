import { setImmediate as breathe } from 'node:timers/promises';
import type { OwnBank, OwnBanks } from '../bank/banks.ts';
import { type Bank, deepFreeze } from '../bank/load.ts';
import { ownId, slotOf } from '../bank/own-id.ts';
import type { Item, Topic } from '../bank/schema.ts';
import { type Index, indexItems } from '../bank/search.ts';
import type { GuildData } from '../privacy/registry.ts';
import { documentKey, setName } from '../store/keys.ts';
import { type Store, StoreUnavailable } from '../store/port.ts';
import {
  type Catalogue,
  type Effect,
  type Entry,
  emptyCatalogue,
  itemsOf,
  removeItems,
  sizeOf,
  takeUpload,
} from './catalogue.ts';
import { nameOfShelf, type Register, readEntries, registers, shelfOf, shelves } from './documents.ts';
import type { Upload } from './read.ts';

export type OwnBankService = ReturnType<typeof createOwnBankService>;

/**
 * The questions of each server, kept in memory as they were last read. Every use reads the server's register first, a small
 * document, and then only the shelves that have changed, whoever changed them. Work on many questions lets other work
 * come between.
 */
export function createOwnBankService(
  store: Store,
  shared: Pick<Bank, 'topics' | 'points'>,
  now: () => number,
) {
  const registerOf = store.collection(registers);
  const shelfAt = store.collection(shelves);
  /** By server; the one used last is the last. */
  const kept = new Map<string, Kept>();
  const loading = new Map<string, Promise<Kept>>();

  const banks: OwnBanks = {
    of: async (guildId) => (await present(guildId)).bank,
    lastKnown: (guildId) => kept.get(guildId)?.bank,
  };

  /** What a server has, as an author sees it. */
  async function find(guildId: string): Promise<Catalogue> {
    return (await present(guildId)).catalogue;
  }

  /** What an import would do. @throws {CatalogueFull} */
  async function preview(guildId: string, upload: Upload): Promise<Effect> {
    return takeUpload(await find(guildId), upload, now()).effect;
  }

  /** Replaces questions of the same id and adds the others, all or nothing. @throws {CatalogueFull} */
  function take(guildId: string, upload: Upload): Promise<Effect> {
    return change(guildId, (catalogue) => {
      const { catalogue: next, effect } = takeUpload(catalogue, upload, now());
      return { next, result: effect };
    });
  }

  /** Removes questions by their authors' ids. @returns how many there were of them */
  function remove(guildId: string, ids: ReadonlySet<string> | 'all'): Promise<number> {
    return change(guildId, (catalogue) => {
      const next = removeItems(catalogue, ids, now());
      return { next, result: itemsOf(catalogue).length - itemsOf(next).length };
    });
  }

  /** Says which shared topics are off in a server, in the place of what was said before. */
  function switchOff(guildId: string, off: readonly string[]): Promise<void> {
    return change(guildId, (catalogue) => ({ next: { ...catalogue, off: [...off] }, result: undefined }));
  }

  const ofGuild: GuildData = {
    async delete(guildId) {
      await registerOf.update(documentKey.ownBank(guildId), () => ({ document: null, result: undefined }));
      for (const { member } of await store.orderedSet(setName.ownShelves(guildId)).range(0, ALL))
        await deleteShelf(guildId, member, Number.POSITIVE_INFINITY);
      kept.delete(guildId);
    },
  };

  async function present(guildId: string): Promise<Kept> {
    for (let attempt = 1; ; attempt += 1) {
      const register = await registerOf.get(documentKey.ownBank(guildId));
      const stamp = stampOf(register);
      const known = kept.get(guildId);
      if (known?.stamp === stamp) return remember(guildId, known);
      if (!register) {
        kept.delete(guildId);
        return NOTHING;
      }
      const key = `${guildId} ${stamp}`;
      const load = loading.get(key) ?? read(guildId, register, known, attempt === ATTEMPTS);
      loading.set(key, load);
      try {
        return remember(guildId, await load);
      } catch (error) {
        // A change came between, and swept the shelf away.
        if (!(error instanceof ShelfMissing)) throw error;
      } finally {
        loading.delete(key);
      }
    }
  }

  /** @param regardless reads what there is, where a shelf is missing for good */
  async function read(
    guildId: string,
    register: Register,
    known: Kept | undefined,
    regardless: boolean,
  ): Promise<Kept> {
    const sameTopics = JSON.stringify(known?.register?.topics) === JSON.stringify(register.topics);
    const topics = new Map([
      ...register.topics.map((topic) => [topic.slug, topic] as const),
      ...shared.topics,
    ]);
    const byNumber = new Map<string, ReadShelf>();
    for (const [number, name] of Object.entries(register.shelves)) {
      const same = sameTopics ? known?.shelves.get(number) : undefined;
      const shelf = same?.name === name ? same : await readShelf(guildId, name, topics);
      if (shelf) byNumber.set(number, shelf);
      else if (!regardless) throw new ShelfMissing(`own questions of ${guildId}: shelf ${name} is missing`);
    }
    return {
      stamp: stampOf(register),
      register,
      shelves: byNumber,
      catalogue: {
        entries: new Map([...byNumber.values()].flatMap((shelf) => shelf.entries)),
        topics: register.topics,
        off: register.off,
      },
      bank: {
        items: new Map([...byNumber.values()].flatMap((shelf) => shelf.items)),
        removed: new Map([...byNumber.values()].flatMap((shelf) => shelf.removed)),
        topics: register.topics,
        off: new Set(register.off),
        indexes: [...byNumber.values()].map(({ index }) => index),
      },
    };
  }

  async function readShelf(
    guildId: string,
    name: string,
    topics: ReadonlyMap<string, Topic>,
  ): Promise<ReadShelf | undefined> {
    const shelf = await shelfAt.get(documentKey.ownShelf(guildId, name));
    if (!shelf) return undefined;
    await breathe();
    const entries = deepFreeze(readEntries(shelf));
    // Measured a shelf at a time: a change asks for the size of all.
    for (const { item } of entries) sizeOf(item);
    const named = (those: readonly Entry[]) =>
      those.map(({ item }) => {
        const id = ownId(guildId, item);
        return [id, Object.freeze({ ...item, id })] as const;
      });
    const items = named(entries.filter(({ removedAt }) => removedAt === undefined));
    return {
      name,
      entries: entries.map((entry) => [slotOf(entry.item), entry] as const),
      items,
      removed: named(entries.filter(({ removedAt }) => removedAt !== undefined)),
      index: indexItems(
        items.map(([, item]) => item),
        { topics, points: shared.points },
      ),
    };
  }

  function remember(guildId: string, found: Kept): Kept {
    kept.delete(guildId);
    kept.set(guildId, found);
    let total = 0;
    for (const { catalogue } of kept.values()) total += catalogue.entries.size;
    for (const [oldest, { catalogue }] of kept) {
      if (total <= MOST_KEPT || oldest === guildId) break;
      kept.delete(oldest);
      total -= catalogue.entries.size;
    }
    return found;
  }

  /** Commits by the register alone: shelves are written before it, and swept after it. */
  async function change<R>(
    guildId: string,
    edit: (catalogue: Catalogue) => { next: Catalogue; result: R },
  ): Promise<R> {
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const before = await present(guildId);
      const { next, result } = edit(before.catalogue);
      const register = await writeShelves(guildId, before, next);
      const isEmpty = Object.keys(register.shelves).length + register.off.length === 0;
      const done = await registerOf.update(documentKey.ownBank(guildId), (current) =>
        stampOf(current) === before.stamp
          ? { document: isEmpty ? null : register, result: true }
          : { result: false },
      );
      if (!done) continue;
      await sweep(guildId, register);
      return result;
    }
    throw new StoreUnavailable(`the own questions of ${guildId} are being changed by others`);
  }

  async function writeShelves(
    guildId: string,
    before: Kept,
    { entries, topics, off }: Catalogue,
  ): Promise<Register> {
    const byNumber = new Map<string, Entry[]>();
    for (const entry of entries.values()) {
      const number = shelfOf(entry.item.id);
      const shelf = byNumber.get(number);
      if (shelf) shelf.push(entry);
      else byNumber.set(number, [entry]);
    }
    const names: Record<string, string> = {};
    for (const [number, shelf] of byNumber) {
      const old = before.shelves.get(number);
      const isSame =
        old?.entries.length === shelf.length && old.entries.every(([, entry], at) => entry === shelf[at]);
      names[number] = isSame ? old.name : await writeShelf(guildId, number, shelf);
    }
    return { shelves: names, topics: [...topics], off: [...off] };
  }

  async function writeShelf(guildId: string, number: string, entries: readonly Entry[]): Promise<string> {
    await breathe();
    const name = nameOfShelf(number, entries);
    const at = now();
    await shelfAt.update(documentKey.ownShelf(guildId, name), () => ({
      document: { at, entries: [...entries] },
      entries: [{ set: setName.ownShelves(guildId), member: name, score: at }],
      result: undefined,
    }));
    return name;
  }

  /** Deletes shelves that are listed no more, but none that somebody may be about to list. */
  async function sweep(guildId: string, register: Register): Promise<void> {
    const listed = new Set(Object.values(register.shelves));
    const all = await store.orderedSet(setName.ownShelves(guildId)).range(0, now() - UNLISTED);
    for (const { member } of all)
      if (!listed.has(member)) await deleteShelf(guildId, member, now() - UNLISTED);
  }

  async function deleteShelf(guildId: string, name: string, before: number): Promise<void> {
    await breathe();
    return shelfAt.update(documentKey.ownShelf(guildId, name), (shelf) =>
      shelf && shelf.at > before
        ? { result: undefined }
        : {
            document: null,
            entries: [{ set: setName.ownShelves(guildId), member: name, score: null }],
            result: undefined,
          },
    );
  }

  return { banks, find, preview, take, remove, switchOff, ofGuild };
}

type ReadShelf = {
  readonly name: string;
  readonly entries: readonly (readonly [slot: string, Entry])[];
  readonly items: readonly (readonly [id: string, Item])[];
  readonly removed: readonly (readonly [id: string, Item])[];
  readonly index: Index;
};

/** All that is known of a server's questions while its register says `stamp`. */
type Kept = {
  readonly stamp: string;
  readonly register: Register | undefined;
  readonly shelves: ReadonlyMap<string, ReadShelf>;
  readonly catalogue: Catalogue;
  readonly bank: OwnBank | undefined;
};

const stampOf = (register: Register | undefined) => JSON.stringify(register ?? null);

const NOTHING: Kept = {
  stamp: stampOf(undefined),
  register: undefined,
  shelves: new Map(),
  catalogue: emptyCatalogue,
  bank: undefined,
};

class ShelfMissing extends Error {
  override readonly name = 'ShelfMissing';
}

/** Of changes that others come before, and of readings that a change sweeps away. */
const ATTEMPTS = 5;

/** Milliseconds: much longer than an import takes from its first shelf to the register. */
const UNLISTED = 600_000;

/** Questions in memory; some 10 kB each with their part of the search. */
const MOST_KEPT = 20_000;

const ALL = Number.MAX_SAFE_INTEGER;
