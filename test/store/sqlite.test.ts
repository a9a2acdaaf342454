import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Store, StoreUnavailable } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { storeContract } from './contract.ts';
import type { Driver } from './driver.ts';
import { Counter } from './scenario.ts';

storeContract('SQLite', async () => {
  const folder = temporaryFolder();
  const read = (sql: string, ...values: (string | number)[]) => {
    using database = new DatabaseSync(join(folder.path, 'koan.sqlite'));
    return database.prepare(sql).get(...values)?.text as string | undefined;
  };
  return {
    place: { folder: folder.path },
    async plant(collection, key, text) {
      using database = new DatabaseSync(join(folder.path, 'koan.sqlite'));
      database.prepare('INSERT OR REPLACE INTO documents VALUES (?, ?, ?)').run(collection, key, text);
    },
    textOf: async (collection, key) =>
      read('SELECT text FROM documents WHERE collection = ? AND key = ?', collection, key),
    async textAside(keptAs) {
      const [, collection, key, n] = /^aside:([^:]+):(.+):(\d+)$/.exec(keptAs) ?? [];
      return read(
        'SELECT text FROM aside WHERE collection = ? AND key = ? AND n = ?',
        collection ?? '',
        key ?? '',
        Number(n),
      );
    },
    remove: async () => folder.remove(),
  } satisfies Driver;
});

describe('an SQLite file', () => {
  let folder: ReturnType<typeof temporaryFolder>;
  let file: string;
  let opened: Store[];

  beforeEach(() => {
    folder = temporaryFolder();
    file = join(folder.path, 'koan.sqlite');
    opened = [];
  });
  afterEach(async () => {
    await Promise.all(opened.map((store) => store.close()));
    folder.remove();
  });

  const open = async (path: string = folder.path, deadline = 200) => {
    const store = await openSqliteStore(path, { deadline, onSetAside: () => {} });
    opened.push(store);
    return store;
  };
  const lock = () => {
    const database = new DatabaseSync(file);
    database.exec('BEGIN IMMEDIATE');
    return database;
  };
  const countUp = (store: Store) =>
    store
      .collection(Counter)
      .update('{a}', (current) => ({ document: { n: (current?.n ?? 0) + 1 }, result: 0 }));

  it('is made together with its folder', async () => {
    const store = await open(join(folder.path, 'deep', 'er'));
    await store.ping();
  });

  it('keeps a write-ahead log', async () => {
    await open();
    using database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA journal_mode').get()).toEqual({ journal_mode: 'wal' });
  });

  it('cannot lie in a file: the sentence says that this is no folder', async () => {
    writeFileSync(file, '');
    const sentence = `the data folder ${file} is not a folder`;
    await expect(open(file)).rejects.toThrow(new StoreUnavailable(sentence));
    await expect(open(join(file, 'within'))).rejects.toThrow(/is not a folder/);
  });

  it('cannot be made where we may not write: the sentence says so', async () => {
    chmodSync(folder.path, 0o555);
    await asNobody(async () => {
      await expect(open()).rejects.toThrow(
        new StoreUnavailable(`${file} cannot be opened: is its folder writable?`),
      );
      await expect(open(join(folder.path, 'new'))).rejects.toThrow(
        /^the data folder .* cannot be made \(EACCES\)$/,
      );
    });
  });

  it('that is no database is named and left alone', async () => {
    const text = 'a letter to my mother\n'.repeat(100);
    writeFileSync(file, text);
    await expect(open()).rejects.toThrow(new StoreUnavailable(`${file} is not a database`));
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('of a newer version of the program is left alone', async () => {
    await (await open()).close();
    {
      using database = new DatabaseSync(file);
      database.exec('PRAGMA user_version = 99');
    }
    await expect(open()).rejects.toThrow(`${file} was written by a newer version of the program`);
  });

  it('that another program keeps locked cannot be opened for the first time', async () => {
    using _other = lock();
    await expect(open()).rejects.toThrow(new StoreUnavailable(`${file} is locked by another program`));
  });

  it('that another program has locked refuses each write within the deadline, and stops nothing else', async () => {
    const store = await open();
    await countUp(store);
    const other = lock();
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 10);
    const startedAt = performance.now();
    const writes = await Promise.allSettled([
      ...Array.from({ length: 5 }, () => store.orderedSet('board').put('alice', 1)),
      store.orderedSet('board').claim(0, 1, 1),
      countUp(store),
    ]);
    const waited = performance.now() - startedAt;
    clearInterval(ticking);
    expect(await store.collection(Counter).get('{a}')).toEqual({ n: 1 });
    other.close();

    for (const write of writes) expect(write).toMatchObject({ reason: expect.any(StoreUnavailable) });
    expect(waited).toBeLessThan(500);
    expect(ticks).toBeGreaterThan(5);
    await countUp(store);
    expect(await store.collection(Counter).get('{a}')).toEqual({ n: 2 });
  });

  it('waits for another program that lets go in time', async () => {
    const store = await open(folder.path, 5_000);
    const other = lock();
    setTimeout(() => other.close(), 50);
    await countUp(store);
    expect(await store.collection(Counter).get('{a}')).toEqual({ n: 1 });
  });
});

/** Root may write anywhere; what must fail for want of a permission is tried as somebody else. */
async function asNobody(work: () => Promise<void>): Promise<void> {
  const NOBODY = 65_534;
  if (process.getuid?.() !== 0) return work();
  process.seteuid?.(NOBODY);
  try {
    await work();
  } finally {
    process.seteuid?.(0);
  }
}
