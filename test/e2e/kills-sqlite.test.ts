import { expect, test } from 'vitest';
import { everyPoint, playDaysWithKills } from './kills.ts';

test('on SQLite, a bot that is killed at any step doubles nothing, misses nothing and loses nothing', async () => {
  const points = everyPoint(REQUESTS, REACTIONS);
  const { kills, days, posts, grades } = await playDaysWithKills('sqlite', points);
  process.stdout.write(
    `e2e: sqlite: ${kills} kills at different points over ${days} days: ${posts} posts (0 doubled, 0 missing), ${grades} grades and every answer as on Discord, streaks and boards as computed from scratch\n`,
  );
  expect(kills).toBeGreaterThanOrEqual(100);
}, 1_200_000);

/** About what the bot makes on a day; a point past the day's last request kills nobody and is not counted. */
const REQUESTS = 36;
const REACTIONS = 9;
