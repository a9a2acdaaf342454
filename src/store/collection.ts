import { type Call, withinDeadline } from './deadline.ts';
import { decode, encode, reseal, type Stored } from './envelope.ts';
import { hashTag, requireOneTag } from './hash-tag.ts';
import { requireFinite } from './ordered-set.ts';
import {
  type Change,
  type Collection,
  type CollectionDefinition,
  type SetEntry,
  type StoreOptions,
  StoreUnavailable,
} from './port.ts';

/** What a driver does for collections. It knows documents as texts; each call ends within the deadline. */
export interface DocumentTexts {
  read(collection: string, keys: readonly string[]): Promise<Map<string, string>>;
  /** Does all that the write says, or nothing. @returns whether it did; `false` means that the text is no longer `from` */
  commit(write: Write): Promise<boolean>;
  /** Moves a document aside, if it is still this text. @returns where it is kept now; `undefined` if it changed */
  setAside(collection: string, key: string, text: string): Promise<string | undefined>;
}

/** From one text of a document to the next, with the ordered-set entries that follow; `undefined` is no document. */
export type Write = {
  readonly collection: string;
  readonly key: string;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly entries: readonly SetEntry[];
};

/** A collection over a driver's texts: validation on both ways, compare-and-set, deadlines. */
export function openCollection<T>(
  definition: CollectionDefinition<T>,
  texts: DocumentTexts,
  options: StoreOptions,
): Collection<T> {
  const collection = requireName(definition.name);
  const inTurn = queuePerKey();

  type Current = { readonly text?: string; readonly stored?: Stored; readonly data?: T };

  async function read(key: string, call: Call): Promise<Current> {
    while (!call.expired) {
      const text = (await texts.read(collection, [key])).get(key);
      if (text === undefined) return {};
      const decoded = decode(definition, key, text);
      if (decoded.fits) return { text, stored: decoded.stored, data: decoded.data };
      if (await setAside(key, text, decoded.reason)) return {};
    }
    throw new StoreUnavailable(`${collection} "${key}" could not be read in time`);
  }

  async function setAside(key: string, text: string, reason: string): Promise<boolean> {
    const keptAs = await texts.setAside(collection, key, text);
    if (keptAs !== undefined) options.onSetAside({ collection, key, keptAs, reason });
    return keptAs !== undefined;
  }

  async function readMany(keys: readonly string[], call: Call): Promise<Map<string, T>> {
    const found = new Map<string, T>();
    for (const [key, text] of await texts.read(collection, [...new Set(keys)])) {
      const decoded = decode(definition, key, text);
      const data = decoded.fits ? decoded.data : (await read(key, call)).data;
      if (data !== undefined) found.set(key, data);
    }
    return found;
  }

  async function tryUpdate<R>(
    key: string,
    change: (current: T | undefined) => Change<T, R>,
    call: Call,
  ): Promise<R> {
    while (!call.expired) {
      const { text: from, stored, data } = await read(key, call);
      if (call.expired) break;
      const { document, entries = [], result } = change(data);
      requireOneTag(key, entries);
      for (const { score } of entries) if (score !== null) requireFinite(score);

      const to = document === undefined ? textKept(from, stored, entries) : textAfter(key, stored, document);
      if (to === from && entries.length === 0) return result;
      if (await texts.commit({ collection, key, from, to, entries })) return result;
    }
    throw new StoreUnavailable(`${collection} "${key}" could not be written in time`);
  }

  function textAfter(key: string, before: Stored | undefined, document: T | null): string | undefined {
    if (document === null) return undefined;
    // One that follows a deleted document must not come to a revision that the deleted one had: count from the clock.
    return encode(definition, key, document, before ? before.revision + 1 : Date.now());
  }

  /** Entries raise the revision even of a document that stays as it is, so that they cannot land late over newer ones. */
  function textKept(text: string | undefined, stored: Stored | undefined, entries: readonly SetEntry[]) {
    return stored && entries.length > 0 ? reseal(stored) : text;
  }

  return {
    get: (key) => withinDeadline(options.deadline, async (call) => (await read(key, call)).data),
    getMany: (keys) => withinDeadline(options.deadline, (call) => readMany(keys, call)),
    async update(key, change) {
      hashTag(key);
      return withinDeadline(options.deadline, (call) => inTurn(key, () => tryUpdate(key, change, call)));
    },
  };
}

/** Names that the drivers use for other things than documents. */
const RESERVED = ['aside', 'lease', 'set'];

function requireName(name: string): string {
  if (/^[a-z][a-z-]*$/.test(name) && !RESERVED.includes(name)) return name;
  throw new Error(`"${name}" cannot be the name of a collection`);
}

/**
 * Runs the work of one key one after the other. Compare-and-set alone would do, but of many writers in this process
 * only one would win each round.
 */
function queuePerKey(): <R>(key: string, work: () => Promise<R>) => Promise<R> {
  const last = new Map<string, Promise<unknown>>();
  return (key, work) => {
    const turn = (last.get(key) ?? Promise.resolve()).then(work, work);
    last.set(key, turn);
    const leave = () => {
      if (last.get(key) === turn) last.delete(key);
    };
    turn.then(leave, leave);
    return turn;
  };
}
