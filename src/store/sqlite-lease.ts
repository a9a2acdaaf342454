import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { isBusy, orUnavailable } from './sqlite-database.ts';

export type FileLeases = {
  take(name: string, holder: string): boolean;
  release(name: string, holder: string): void;
  releaseAll(): void;
};

/**
 * Leases as exclusive locks on files `<name>.lock`. The operating system drops such a lock with the process that
 * holds it, whatever ends it. Nothing else in the process may open the file: closing it again would drop the lock too.
 */
export function openFileLeases(folder: string): FileLeases {
  const held = new Map<string, { readonly holder: string; readonly lock: DatabaseSync }>();

  return {
    take(name, holder) {
      const mine = held.get(name);
      if (mine) return mine.holder === holder;
      const lock = lockFile(join(folder, `${encodeURIComponent(name)}.lock`));
      if (lock) held.set(name, { holder, lock });
      return lock !== undefined;
    },
    release(name, holder) {
      const mine = held.get(name);
      if (mine?.holder !== holder) return;
      held.delete(name);
      mine.lock.close();
    },
    releaseAll() {
      for (const { lock } of held.values()) lock.close();
      held.clear();
    },
  };
}

/** @returns what holds the lock until it is closed; `undefined` when somebody else has it */
function lockFile(file: string): DatabaseSync | undefined {
  return orUnavailable(file, () => {
    const database = new DatabaseSync(file);
    try {
      database.exec('BEGIN EXCLUSIVE');
      return database;
    } catch (error) {
      database.close();
      if (isBusy(error)) return undefined;
      throw error;
    }
  });
}
