import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';

/** That each benchmark still runs, small; its figures are for people, on a quiet machine. */
const small: Record<string, readonly string[]> = {
  'crowd.ts': ['5'],
  'imports.ts': ['70'],
  'leaderboard.ts': ['2000'],
  'pictures.ts': ['1'],
  'review.ts': ['2', '2'],
};

test.each(readdirSync('bench'))('bench/%s runs', async (file) => {
  const child = spawn(process.execPath, [`bench/${file}`, ...small[file]!]);
  let printed = '';
  let complaints = '';
  child.stdout.on('data', (chunk) => {
    printed += chunk;
  });
  child.stderr.on('data', (chunk) => {
    complaints += chunk;
  });
  const [code] = await once(child, 'close');
  expect(code, complaints).toBe(0);
  expect(printed).toMatch(/\d ms|\d s/);
});
