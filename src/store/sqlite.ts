import { type DocumentTexts, openCollection } from './collection.ts';
import { checkedSet } from './ordered-set.ts';
import type { OrderedSet, Scored, SetEntry, Store, StoreOptions } from './port.ts';
import { openSqliteDatabase, type SqliteDatabase } from './sqlite-database.ts';
import { openFileLeases } from './sqlite-lease.ts';

/**
 * The store in one SQLite file, `koan.sqlite`, beside which each lease is a file of its own. What is acknowledged is
 * on disk. A lease lasts as long as its holder's process.
 * @param folder is made if there is none
 * @throws {StoreUnavailable} one sentence: what is wrong with the folder or the file
 */
export async function openSqliteStore(folder: string, options: StoreOptions): Promise<Store> {
  const sqlite = await openSqliteDatabase(folder, options.deadline);
  const leases = openFileLeases(folder);
  const sets = setStatements(sqlite);
  const texts = documentTexts(sqlite, sets);
  const forgetAside = sqlite.database.prepare(
    `DELETE FROM aside WHERE (collection, key) IN
     (SELECT collection, key FROM aside WHERE instr(key, :part) > 0 OR instr(text, :part) > 0)`,
  );
  const ping = sqlite.database.prepare('SELECT count(*) FROM sqlite_schema');

  return {
    collection: (definition) => openCollection(definition, texts, options),
    orderedSet: (name) => checkedSet(orderedSet(sqlite, sets, name)),
    lease: async (name, holder) => leases.take(name, holder),
    release: async (name, holder) => leases.release(name, holder),
    async forgetAside(part) {
      await sqlite.ask(() => forgetAside.run({ part }));
    },
    async ping() {
      await sqlite.ask(() => ping.get());
    },
    async close() {
      leases.releaseAll();
      sqlite.close();
    },
  };
}

function documentTexts({ database, ask, write }: SqliteDatabase, sets: SetStatements): DocumentTexts {
  const select = database.prepare(
    'SELECT key, text FROM documents WHERE collection = ? AND key IN (SELECT value FROM json_each(?))',
  );
  const selectText = database.prepare('SELECT text FROM documents WHERE collection = ? AND key = ?');
  const upsert = database.prepare(
    'INSERT OR REPLACE INTO documents (collection, key, text) VALUES (?, ?, ?)',
  );
  const remove = database.prepare('DELETE FROM documents WHERE collection = ? AND key = ?');
  const copyAside = database.prepare(
    `INSERT INTO aside (collection, key, n, text)
     SELECT :collection, :key, 1 + coalesce(max(n), 0), :text FROM aside WHERE collection = :collection AND key = :key
     RETURNING n`,
  );
  const currentText = (collection: string, key: string) =>
    (selectText.get(collection, key) as { text: string } | undefined)?.text;

  return {
    async read(collection, keys) {
      const rows = await ask(() => select.all(collection, JSON.stringify(keys)));
      return new Map((rows as { key: string; text: string }[]).map(({ key, text }) => [key, text]));
    },

    commit: ({ collection, key, from, to, entries }) =>
      write(() => {
        if (currentText(collection, key) !== from) return false;
        if (to === undefined) remove.run(collection, key);
        else if (to !== from) upsert.run(collection, key, to);
        entries.forEach(sets.apply);
        return true;
      }),

    setAside: (collection, key, text) =>
      write(() => {
        if (currentText(collection, key) !== text) return undefined;
        const { n } = copyAside.get({ collection, key, text }) as { n: number };
        remove.run(collection, key);
        return `aside:${collection}:${key}:${n}`;
      }),
  };
}

type SetStatements = ReturnType<typeof setStatements>;

function setStatements({ database }: SqliteDatabase) {
  const put = database.prepare('INSERT OR REPLACE INTO entries (name, member, score) VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM entries WHERE name = ? AND member = ?');
  return {
    put,
    remove,
    clear: database.prepare('DELETE FROM entries WHERE name = ?'),
    score: database.prepare('SELECT score FROM entries WHERE name = ? AND member = ?'),
    rank: database.prepare(
      `SELECT 1 + (SELECT count(*) FROM entries AS higher WHERE higher.name = own.name AND higher.score > own.score)
       AS rank FROM entries AS own WHERE name = ? AND member = ?`,
    ),
    count: database.prepare('SELECT count(*) AS count FROM entries WHERE name = ? AND score BETWEEN ? AND ?'),
    top: database.prepare(
      'SELECT member, score FROM entries WHERE name = ? ORDER BY score DESC, member DESC LIMIT ? OFFSET ?',
    ),
    range: database.prepare(
      `SELECT member, score FROM entries WHERE name = ? AND score BETWEEN ? AND ?
       ORDER BY score, member LIMIT ?`,
    ),
    moveFrom: database.prepare('UPDATE entries SET score = ? WHERE name = ? AND member = ? AND score = ?'),
    removeFrom: database.prepare('DELETE FROM entries WHERE name = ? AND member = ? AND score = ?'),
    apply({ set, member, score }: SetEntry): void {
      if (score === null) remove.run(set, member);
      else put.run(set, member, score);
    },
  };
}

/** SQLite's word for no limit. */
const UNLIMITED = -1;

function orderedSet({ ask, write }: SqliteDatabase, statements: SetStatements, name: string): OrderedSet {
  return {
    async score(member) {
      const row = await ask(() => statements.score.get(name, member));
      return (row as { score: number } | undefined)?.score;
    },
    async rank(member) {
      const row = await ask(() => statements.rank.get(name, member));
      return (row as { rank: number } | undefined)?.rank;
    },
    async count(min = -Infinity, max = Infinity) {
      const row = await ask(() => statements.count.get(name, min, max));
      return (row as { count: number }).count;
    },
    async top(offset, limit) {
      return (await ask(() => statements.top.all(name, limit, offset))).map(scored);
    },
    async range(min, max, limit = UNLIMITED) {
      return (await ask(() => statements.range.all(name, min, max, limit))).map(scored);
    },
    async put(member, score) {
      await ask(() => statements.put.run(name, member, score));
    },
    async remove(member) {
      await ask(() => statements.remove.run(name, member));
    },
    async clear() {
      await ask(() => statements.clear.run(name));
    },
    claim: (now, lease, limit) =>
      write(() => {
        const token = now + lease;
        const due = statements.range.all(name, -Infinity, now, limit).map(scored);
        for (const { member } of due) statements.put.run(name, member, token);
        return due.map(({ member }) => ({ member, token }));
      }),
    async finish(member, token, next) {
      const { changes } = await ask(() =>
        next === null
          ? statements.removeFrom.run(name, member, token)
          : statements.moveFrom.run(next, name, member, token),
      );
      return changes === 1;
    },
  };
}

const scored = (row: Record<string, unknown>): Scored => {
  const { member, score } = row as Scored;
  return { member, score };
};
