import { expect, test } from 'vitest';
import { playQuizWithKills } from './quiz-kills.ts';

test('on Redis, a quiz of a hundred people survives a kill in each of its states', async () => {
  const tally = await playQuizWithKills('redis');
  process.stdout.write(
    `e2e: quiz: redis: ${tally.kills} kills, at least one in each state: ${tally.players} players, ${tally.answers} answers confirmed (0 lost, 0 counted twice), every message once\n`,
  );
  expect(tally.kills).toBe(10);
}, 180_000);
