import KeyvRedis from '@keyv/redis';
import { type DeserializedData, Keyv } from 'keyv';
import { type DocumentTexts, openCollection } from './collection.ts';
import { checkedSet } from './ordered-set.ts';
import type { OrderedSet, Scored, Store, StoreOptions } from './port.ts';
import { connectRedis, type RedisConnection } from './redis-connection.ts';
import { CLAIM, COMMIT, FINISH, LEASE, RANK, RELEASE, SET_ASIDE } from './redis-scripts.ts';

/**
 * The store on a Redis server (6.2 or newer). Keys are `koan:<collection>:<key>` for documents, `koan:set:<name>` for
 * ordered sets, `koan:lease:<name>`, and `koan:aside:<collection>:<key>:<n>` for what was set aside,
 * of which `koan:asides` names the documents.
 * @param url `redis://` or `rediss://` (TLS)
 * @param options `prefix` stands in the place of `koan`
 * @throws {StoreUnavailable} one sentence, without the password, when the server does not answer in a few seconds
 */
export async function openRedisStore(
  url: string,
  options: StoreOptions & { readonly prefix?: string },
): Promise<Store> {
  const connection = await connectRedis(url, options.deadline);
  const prefix = options.prefix ?? 'koan';
  const texts = documentTexts(connection, prefix);
  const leaseKey = (name: string) => `${prefix}:lease:${name}`;

  return {
    collection: (definition) => openCollection(definition, texts, options),
    orderedSet: (name) => checkedSet(orderedSet(connection, setKey(prefix, name))),
    async lease(name, holder, ttl) {
      return (await connection.run(LEASE, [leaseKey(name)], [holder, `${ttl}`])) === 1;
    },
    async release(name, holder) {
      await connection.run(RELEASE, [leaseKey(name)], [holder]);
    },
    async forgetAside(part) {
      for (const document of await connection.ask(() => connection.client.sMembers(asidesKey(prefix)))) {
        await forgetAsideOf(connection, prefix, document, part);
      }
    },
    async ping() {
      await connection.ask(() => connection.client.ping());
    },
    close: connection.close,
  };
}

const asidesKey = (prefix: string): string => `${prefix}:asides`;

async function forgetAsideOf(
  { client, ask }: RedisConnection,
  prefix: string,
  document: string,
  part: string,
): Promise<void> {
  const copies: string[] = [];
  let holds = document.includes(part);
  for (;;) {
    const copy = `${prefix}:aside:${document}:${copies.length + 1}`;
    const text = await ask(() => client.get(copy));
    if (text === null) break;
    copies.push(copy);
    holds ||= text.includes(part);
  }
  if (!holds) return;
  // From the last one on: what is interrupted leaves copies that are still counted from 1.
  for (const copy of copies.reverse()) await ask(() => client.del(copy));
  await ask(() => client.sRem(asidesKey(prefix), document));
}

const setKey = (prefix: string, name: string): string => `${prefix}:set:${name}`;

/** Documents are read through Keyv; they are written by script, in the text that Keyv would write. */
function documentTexts({ client, ask, run }: RedisConnection, prefix: string): DocumentTexts {
  const documents = openKeyv(client);
  const documentKey = (collection: string, key: string) => `${prefix}:${collection}:${key}`;

  return {
    async read(collection, keys) {
      const texts = await ask(() =>
        documents.getMany<string>(keys.map((key) => documentKey(collection, key))),
      );
      return new Map(
        keys.flatMap((key, index) => {
          const text = texts[index];
          return text === undefined ? [] : [[key, text]];
        }),
      );
    },

    async commit({ collection, key, from, to, entries }) {
      const sets = [...new Set(entries.map((entry) => entry.set))];
      const keys = [documentKey(collection, key), ...sets.map((set) => setKey(prefix, set))];
      const triples = entries.flatMap(({ set, member, score }) => [
        `${sets.indexOf(set) + 2}`,
        member,
        `${score ?? ''}`,
      ]);
      return (await run(COMMIT, keys, [from ?? '', to ?? '', ...triples])) === 1;
    },

    async setAside(collection, key, text) {
      // The index first: it is in another slot, and a copy that it doesn't name could not be found again.
      await ask(() => client.sAdd(asidesKey(prefix), `${collection}:${key}`));
      const copy = `${prefix}:aside:${collection}:${key}:`;
      const keptAs = await run(SET_ASIDE, [documentKey(collection, key)], [text, copy]);
      return typeof keptAs === 'string' ? keptAs : undefined;
    },
  };
}

/**
 * Keyv over the one connection, giving texts as they are stored. Both Keyv and its adapter must be told to throw:
 * otherwise a lost connection reads as an absent document. The namespace is dropped because our keys are whole.
 */
function openKeyv(client: RedisConnection['client']): Keyv {
  const adapter = new KeyvRedis(client as ConstructorParameters<typeof KeyvRedis>[0], {
    throwOnErrors: true,
  });
  const keyv = new Keyv(adapter, {
    useKeyPrefix: false,
    throwOnErrors: true,
    deserialize: <Value>(text: string) => ({ value: text }) as DeserializedData<Value>,
  });
  keyv.namespace = undefined;
  keyv.on('error', () => {});
  return keyv;
}

function orderedSet({ client, ask, run }: RedisConnection, key: string): OrderedSet {
  return {
    async score(member) {
      return (await ask(() => client.zScore(key, member))) ?? undefined;
    },
    async rank(member) {
      const rank = await run(RANK, [key], [member]);
      return typeof rank === 'number' ? rank : undefined;
    },
    count: (min = -Infinity, max = Infinity) => ask(() => client.zCount(key, min, max)),
    top: async (offset, limit) =>
      scored(await ask(() => client.zRangeWithScores(key, offset, offset + limit - 1, { REV: true }))),
    async range(min, max, limit) {
      const page = limit === undefined ? {} : { LIMIT: { offset: 0, count: limit } };
      return scored(await ask(() => client.zRangeWithScores(key, min, max, { BY: 'SCORE', ...page })));
    },
    async put(member, score) {
      await ask(() => client.zAdd(key, { value: member, score }));
    },
    async remove(member) {
      await ask(() => client.zRem(key, member));
    },
    async clear() {
      await ask(() => client.del(key));
    },
    async claim(now, lease, limit) {
      const token = now + lease;
      const members = (await run(CLAIM, [key], [`${now}`, `${token}`, `${limit}`])) as string[];
      return members.map((member) => ({ member, token }));
    },
    async finish(member, token, next) {
      return (await run(FINISH, [key], [member, `${token}`, `${next ?? ''}`])) === 1;
    },
  };
}

const scored = (members: readonly { value: string; score: number }[]): Scored[] =>
  members.map(({ value, score }) => ({ member: value, score }));
