import { parentPort } from 'node:worker_threads';
import { drawFormulas } from './formulas.ts';
import { drawLeaderboard } from './leaderboard.ts';
import { drawMastery } from './mastery.ts';
import { drawMemory } from './memory.ts';
import type { Picture } from './picture.ts';
import { drawStudy } from './study.ts';
import { drawWinners } from './winners.ts';

/** The studio's thread: a picture comes in, a PNG goes out. What can't be drawn ends it, and the studio starts another. */
parentPort?.on('message', (picture: Picture) => parentPort?.postMessage(draw(picture)));

function draw(picture: Picture): Buffer {
  switch (picture.kind) {
    case 'formulas':
      return drawFormulas(picture.data);
    case 'leaderboard':
      return drawLeaderboard(picture.data, picture.language);
    case 'winners':
      return drawWinners(picture.data, picture.language);
    case 'study':
      return drawStudy(picture.data, picture.language);
    case 'mastery':
      return drawMastery(picture.data, picture.language);
    case 'memory':
      return drawMemory(picture.data, picture.language);
  }
}
