import type { z } from 'zod';

/**
 * What the rooms may ask of a store. Two drivers keep this contract: `redis.ts` and `sqlite.ts`;
 * one suite (`test/store/contract.ts`) runs on both.
 *
 * Every call either settles within the store's deadline or rejects with {@link StoreUnavailable}. A call that was
 * rejected may still take effect later, exactly as it would have: so each write is safe to land late or twice.
 *
 * A key or set name holds at most one hash tag, `{…}`. All that one `update` touches carries the same tag, so that
 * Redis Cluster keeps it on one node; both drivers reject an update that mixes tags. Names without any tag go together
 * on a single server.
 */
export interface Store {
  collection<T>(definition: CollectionDefinition<T>): Collection<T>;
  orderedSet(name: string): OrderedSet;
  /**
   * Takes the named lease for `holder`, or renews it if `holder` has it.
   * @param ttl milliseconds until the lease lapses by itself (a driver whose lease dies with the process ignores it)
   * @returns whether `holder` has the lease now
   */
  lease(name: string, holder: string, ttl: number): Promise<boolean>;
  /** Gives the lease back if `holder` has it. */
  release(name: string, holder: string): Promise<void>;
  /** Deletes what was set aside of each document of which the key or a text set aside holds `part`. */
  forgetAside(part: string): Promise<void>;
  /** Resolves when the store answers. */
  ping(): Promise<void>;
  close(): Promise<void>;
}

export type CollectionDefinition<T> = {
  readonly name: string;
  /** Version of the schema, stored with each document; starts at 1. */
  readonly version: number;
  readonly schema: z.ZodType<T>;
  /** Brings the data of an older version to the present one, before validation. */
  readonly migrate?: (data: unknown, version: number) => unknown;
};

/** All that reads, `update` too, throws {@link DocumentTooNew} for a document of a newer version. */
export interface Collection<T> {
  get(key: string): Promise<T | undefined>;
  /** The documents that exist, by key. */
  getMany(keys: readonly string[]): Promise<Map<string, T>>;
  /**
   * Reads a document, lets `change` say what follows, and commits the new document together with its ordered-set
   * entries, or nothing at all. `change` is pure: it runs again when another writer came first.
   * @throws Error when the new document does not fit its schema, and whatever `change` throws; nothing is written then
   */
  update<R>(key: string, change: (current: T | undefined) => Change<T, R>): Promise<R>;
}

export type Change<T, R> = {
  /** The new document; `null` deletes it; absent leaves it as it is. */
  readonly document?: T | null;
  readonly entries?: readonly SetEntry[];
  readonly result: R;
};

/** One member of an ordered set that follows from a document. A score of `null` removes the member. */
export type SetEntry = { readonly set: string; readonly member: string; readonly score: number | null };

export type Scored = { readonly member: string; readonly score: number };

/** A claimed member; `token` is its new score. */
export type Claim = { readonly member: string; readonly token: number };

/**
 * Members with finite scores (others are a RangeError); among equal scores, the order is that of the members' bytes.
 */
export interface OrderedSet {
  score(member: string): Promise<number | undefined>;
  /** 1 + how many members have a higher score, so that ties share a rank. */
  rank(member: string): Promise<number | undefined>;
  /** How many members have a score within [min, max]. */
  count(min?: number, max?: number): Promise<number>;
  /** Highest score first; equal scores by member, descending. */
  top(offset: number, limit: number): Promise<Scored[]>;
  /** Scores within [min, max], lowest first; equal scores by member, ascending. */
  range(min: number, max: number, limit?: number): Promise<Scored[]>;
  put(member: string, score: number): Promise<void>;
  remove(member: string): Promise<void>;
  /** Removes the whole set. */
  clear(): Promise<void>;
  /**
   * Takes up to `limit` members with a score ≤ `now`, lowest first, and moves each to `now + lease` in the same step,
   * so that no other caller gets it before then.
   * @param now epoch milliseconds
   * @param lease milliseconds; with a fraction, as in 120,000.5, no due time of whole milliseconds that is set meanwhile
   *   can happen to equal the token
   */
  claim(now: number, lease: number, limit: number): Promise<Claim[]>;
  /**
   * Ends a claim: moves the member to `next`, or removes it (`null`), but only while its score still equals `token`.
   * @returns whether it did; `false` means that somebody else moved or removed the member meanwhile, and that wins.
   */
  finish(member: string, token: number, next: number | null): Promise<boolean>;
}

/** The store did not answer in time, or refused: what was asked may or may not have happened. */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** A stored document was written by a newer version of the program; it is left as it is. */
export class DocumentTooNew extends Error {
  override readonly name = 'DocumentTooNew';
}

/** A stored document that does not fit its schema was moved aside, whole, and counts as absent. */
export type SetAside = {
  readonly collection: string;
  readonly key: string;
  /** Where the text is kept now, in the driver's own terms. */
  readonly keptAs: string;
  readonly reason: string;
};

export type StoreOptions = {
  /** Milliseconds that a call may take. */
  readonly deadline: number;
  readonly onSetAside: (event: SetAside) => void;
};
