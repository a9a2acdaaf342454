import { type LocalDate, type Period, periodKey, periods } from '../calendar/dates.ts';
import { setName } from '../store/keys.ts';
import type { Points } from './points.ts';

/** A person's answers that the bot marked, given without a look at the solution. */
export type Accuracy = { readonly answered: number; readonly right: number };

/** The one table of how many answers a place on an accuracy board takes. */
export const FEWEST_ANSWERS: Readonly<Record<Period, number>> = { week: 5, month: 15, season: 30, all: 50 };

/** The scores by set name that follow from dated entries. */
export function boardScores(
  guildId: string,
  byDate: Readonly<Record<LocalDate, Points & Accuracy>>,
): Record<string, number> {
  const scores: Record<string, number> = {};
  for (const period of periods) {
    const sums = new Map<string, Points & Accuracy>();
    for (const [date, { self, auto, answered, right }] of Object.entries(byDate)) {
      const key = periodKey(period, date);
      const sum = sums.get(key) ?? { self: 0, auto: 0, answered: 0, right: 0 };
      sums.set(key, {
        self: sum.self + self,
        auto: sum.auto + auto,
        answered: sum.answered + answered,
        right: sum.right + right,
      });
    }
    for (const [key, { self, auto, ...accuracy }] of sums) {
      if (self + auto > 0) scores[setName.board(guildId, key)] = self + auto;
      if (accuracy.answered >= FEWEST_ANSWERS[period]) {
        scores[setName.accuracy(guildId, key)] = scoreOfAccuracy(accuracy);
      }
    }
  }
  return scores;
}

/** Ranks by the share of right answers; of equal shares, the one of more answers is higher. */
export function scoreOfAccuracy({ answered, right }: Accuracy): number {
  return Math.round((right / answered) * SHARE) * MOST_ANSWERS + Math.min(answered, MOST_ANSWERS - 1);
}

/** The inverse of {@link scoreOfAccuracy}. */
export function readAccuracy(score: number): Accuracy {
  const answered = score % MOST_ANSWERS;
  return { answered, right: Math.round((Math.floor(score / MOST_ANSWERS) / SHARE) * answered) };
}

/** Together they stay within the integers that a score can hold, 2^53. */
const MOST_ANSWERS = 1_000_000;
const SHARE = 1_000_000_000;
