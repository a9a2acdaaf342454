import { expect, test } from 'vitest';
import { playCompetitionsWithKills } from './competition-kills.ts';

test('on SQLite, a competition is told once and right, however often the bot is killed over it', async () => {
  const kills = await playCompetitionsWithKills('sqlite');
  process.stdout.write(
    `e2e: competition: sqlite: ${kills} kills, 0 news doubled, 0 missing, every result right\n`,
  );
  expect(kills).toBe(24);
}, 240_000);
