import { expect, test } from 'vitest';
import { everyPoint, playDaysWithKills } from './kills.ts';

test('on SQLite, a bot that is killed at any step doubles nothing, misses nothing and loses nothing', async () => {
  const report = await playDaysWithKills('sqlite', everyPoint(40, 9));
  process.stdout.write(`e2e: ${report}\n`);
  expect(Number(/(\d+) kills/.exec(report)?.[1])).toBeGreaterThanOrEqual(100);
}, 1_200_000);
