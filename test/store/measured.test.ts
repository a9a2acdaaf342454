import { expect, test } from 'vitest';
import { z } from 'zod';
import { measureStore } from '../../src/store/measured.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

test('every call is told with its outcome, and answers as it did', async () => {
  const folder = temporaryFolder();
  const told: string[] = [];
  const store = measureStore(
    await openSqliteStore(folder.path, { deadline: 2_000, onSetAside: () => {} }),
    (operation, outcome) => told.push(`${operation} ${outcome}`),
  );
  const counts = store.collection({ name: 'count', version: 1, schema: z.number() });
  expect(await counts.update('a', (n = 0) => ({ document: n + 1, result: n }))).toBe(0);
  expect(await counts.get('a')).toBe(1);
  const failing = counts.update('a', () => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await store.orderedSet('s').put('m', 1);
  expect(await store.orderedSet('s').top(0, 1)).toEqual([{ member: 'm', score: 1 }]);
  expect(told).toEqual(['update ok', 'get ok', 'update error', 'put ok', 'top ok']);
  await store.close();
  folder.remove();
});
