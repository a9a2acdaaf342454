import type { Store, StoreOptions } from '../../src/store/port.ts';
import { openRedisStore } from '../../src/store/redis.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';

/** Where the data of a test lie, in words that a second process understands too. */
export type Place = { readonly url: string; readonly prefix: string } | { readonly folder: string };

/** One driver, on data of its own: what the contract needs besides the port. */
export type Driver = {
  readonly place: Place;
  /** Stores a text as a document, past the store. */
  plant(collection: string, key: string, text: string): Promise<void>;
  /** The text of a document, past the store. */
  textOf(collection: string, key: string): Promise<string | undefined>;
  /** The text of what was set aside, past the store. */
  textAside(keptAs: string): Promise<string | undefined>;
  remove(): Promise<void>;
};

/** Generous, because the machine that runs the tests may be busy. */
const DEADLINE_MS = 5_000;

export function openStore(place: Place, options: Partial<StoreOptions> = {}): Promise<Store> {
  const whole = { deadline: DEADLINE_MS, onSetAside: () => {}, ...options };
  return 'url' in place
    ? openRedisStore(place.url, { ...whole, prefix: place.prefix })
    : openSqliteStore(place.folder, whole);
}
