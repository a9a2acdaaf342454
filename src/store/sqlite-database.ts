import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { StoreUnavailable } from './port.ts';

export type SqliteDatabase = {
  readonly database: DatabaseSync;
  /**
   * Does some work on the database, all of it or nothing, as soon as no other program is writing.
   * @throws {StoreUnavailable} when the others do not let go within the deadline, or the file fails
   */
  write<T>(work: () => T): Promise<T>;
  /** As `write`, for a single statement: it needs no transaction. */
  ask<T>(work: () => T): Promise<T>;
  close(): void;
};

/** Raised when the tables change; a file with a higher number was written by a newer version of the program. */
const LAYOUT = 1;

const TABLES = `
  CREATE TABLE IF NOT EXISTS documents (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (collection, key)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS aside (
    collection TEXT NOT NULL,
    key TEXT NOT NULL,
    n INTEGER NOT NULL,
    text TEXT NOT NULL,
    PRIMARY KEY (collection, key, n)
  ) STRICT;
  CREATE TABLE IF NOT EXISTS entries (
    name TEXT NOT NULL,
    member TEXT NOT NULL,
    score REAL NOT NULL,
    PRIMARY KEY (name, member)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entries_by_score ON entries (name, score, member);
  PRAGMA user_version = ${LAYOUT};
`;

/** Longest pause before a locked file is tried again. */
const LONGEST_PAUSE_MS = 16;

/**
 * Opens `koan.sqlite` in a folder, which is made if there is none.
 * @param deadline milliseconds to wait for other programs that write to the file
 * @throws {StoreUnavailable} one sentence: what is wrong with the folder or the file
 */
export async function openSqliteDatabase(folder: string, deadline: number): Promise<SqliteDatabase> {
  makeFolder(folder);
  const file = join(folder, 'koan.sqlite');
  const database = orUnavailable(file, () => new DatabaseSync(file));

  /**
   * Waits here, not in SQLite's own `busy_timeout`: that would stop the whole process, and the deadlines of the calls
   * that come behind.
   */
  async function ask<T>(work: () => T): Promise<T> {
    const patience = performance.now() + deadline;
    for (let pause = 1; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
      try {
        return work();
      } catch (error) {
        if (!isBusy(error) || performance.now() + pause > patience) throw unavailable(file, error);
      }
      await sleep(pause);
    }
  }

  const write = <T>(work: () => T) => ask(() => inTransaction(database, work));

  try {
    await ask(() => database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'));
    await write(() => {
      const { user_version: layout } = database.prepare('PRAGMA user_version').get() as {
        user_version: number;
      };
      if (layout > LAYOUT) {
        throw new StoreUnavailable(`${file} was written by a newer version of the program`);
      }
      database.exec(TABLES);
    });
  } catch (error) {
    database.close();
    throw error;
  }
  return {
    database,
    ask,
    write,
    close: () => {
      if (database.isOpen) database.close();
    },
  };
}

/** Does what may fail for reasons of the file, such as opening it. @throws {StoreUnavailable} */
export function orUnavailable<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw unavailable(file, error);
  }
}

export const isBusy = (error: unknown): boolean => [SQLITE_BUSY, SQLITE_LOCKED].includes(resultCode(error));

function inTransaction<T>(database: DatabaseSync, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    // SQLite has rolled back by itself after the worst errors.
    if (database.isTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const trouble = code === 'EEXIST' || code === 'ENOTDIR' ? 'is not a folder' : `cannot be made (${code})`;
    throw new StoreUnavailable(`the data folder ${folder} ${trouble}`, { cause: error });
  }
}

/** SQLite's primary result codes, https://www.sqlite.org/rescode.html */
const SQLITE_BUSY = 5;
const SQLITE_LOCKED = 6;
const TROUBLE: Readonly<Record<number, string>> = {
  [SQLITE_BUSY]: 'is locked by another program',
  [SQLITE_LOCKED]: 'is locked by another program',
  8: 'is not writable',
  10: 'cannot be read or written: the disk reports an error',
  11: 'is damaged',
  13: 'cannot grow: the disk is full',
  14: 'cannot be opened: is its folder writable?',
  26: 'is not a database',
};

function unavailable(file: string, error: unknown): unknown {
  const code = resultCode(error);
  if (code !== 0) {
    return new StoreUnavailable(`${file} ${TROUBLE[code] ?? `failed with ${String(error)}`}`, {
      cause: error,
    });
  }
  if ((error as NodeJS.ErrnoException).code === 'ERR_INVALID_STATE') {
    return new StoreUnavailable('the store is closed', { cause: error });
  }
  return error;
}

/** The primary result code of an error of SQLite's, without the extension in its higher bytes; else 0. */
function resultCode(error: unknown): number {
  const { code, errcode } = error as { code?: string; errcode?: number };
  return code === 'ERR_SQLITE_ERROR' ? (errcode ?? 0) & 0xff : 0;
}
