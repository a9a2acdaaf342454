import type { Command } from '../src/discord/command.ts';
import { bank } from './bank.ts';
import { competition } from './competition.ts';
import { daily } from './daily.ts';
import { doctor } from './doctor.ts';
import { help } from './help.ts';
import { interview } from './interview.ts';
import { leaderboard } from './leaderboard.ts';
import { privacy } from './privacy.ts';
import { progress } from './progress.ts';
import { question } from './question.ts';
import { quiz } from './quiz.ts';
import { review } from './review.ts';
import { settings } from './settings.ts';

/** Every command there is: what is registered at Discord and what interactions are brought to. */
export const commands: readonly Command[] = [
  daily,
  progress,
  leaderboard,
  competition,
  question,
  quiz,
  review,
  interview,
  bank,
  settings,
  privacy,
  doctor,
  help,
];
