import { addDays, daysBetween, type LocalDate, localDateAt } from '../calendar/dates.ts';
import type { Person } from '../settings/person.ts';
import type { Scored } from '../store/port.ts';
import { type Card, retentionOf } from './card.ts';
import { type Recall, type Review, recallOf, replay } from './memory.ts';

/** What comes when. */
export type Forecast = {
  /** Cards that are due now. */
  readonly dueNow: number;
  /** When the next one falls due, epoch milliseconds. */
  readonly next: number | undefined;
  /** How many cards fall due on each of the coming 30 days; the first is today, with all that is due now. */
  readonly days: readonly { readonly date: LocalDate; readonly due: number }[];
};

/** How a deck stands. */
export type Outlook = Forecast & {
  readonly cards: number;
  /** Over the last 30 days, of questions that had rested for a day. */
  readonly recall: Recall;
  /** The last weeks, oldest first, each with the date on which it ends. */
  readonly weeks: readonly ({ readonly date: LocalDate } & Recall)[];
  /** The share of due questions that the person wants to know. */
  readonly target: number;
  /** What was forgotten most often, the hardest first. */
  readonly hardest: readonly { readonly questionId: string; readonly lapses: number }[];
};

/**
 * @param schedule the cards with the times at which they are due, the longest due first
 * @param now epoch milliseconds
 */
export function forecastOf(
  schedule: readonly Scored[],
  { zone = 'UTC', dayStart = 0 }: Person,
  now: number,
): Forecast {
  const today = localDateAt(now, zone, dayStart);
  const days = Array.from({ length: DAYS }, (_, index) => ({ date: addDays(today, index), due: 0 }));
  for (const { score } of schedule) {
    const ahead = score <= now ? 0 : daysBetween(today, localDateAt(score, zone, dayStart));
    if (days[ahead]) days[ahead].due++;
  }
  const coming = schedule.filter(({ score }) => score > now);
  return { dueNow: schedule.length - coming.length, next: coming[0]?.score, days };
}

export function outlookOf(
  cards: readonly Card[],
  schedule: readonly Scored[],
  person: Person,
  now: number,
): Outlook {
  const target = retentionOf(person);
  const logs = cards.map(({ log }) => Object.values(log));
  return {
    ...forecastOf(schedule, person, now),
    cards: cards.length,
    recall: recallOf(logs, now - DAYS * DAY),
    weeks: weeksOf(logs, person, now),
    target,
    hardest: hardestOf(cards, target),
  };
}

function weeksOf(
  logs: readonly (readonly Review[])[],
  { zone = 'UTC', dayStart = 0 }: Person,
  now: number,
): Outlook['weeks'] {
  return Array.from({ length: WEEKS }, (_, index) => {
    const end = now - (WEEKS - 1 - index) * 7 * DAY;
    // The last week holds this very moment, too.
    const until = index === WEEKS - 1 ? undefined : end;
    return { date: localDateAt(end, zone, dayStart), ...recallOf(logs, end - 7 * DAY, until) };
  });
}

function hardestOf(cards: readonly Card[], retention: number): Outlook['hardest'] {
  return cards
    .map(({ questionId, log }) => ({ questionId, ...replay(Object.values(log), retention)! }))
    .filter(({ lapses }) => lapses > 0)
    .sort((a, b) => b.lapses - a.lapses || b.difficulty - a.difficulty)
    .slice(0, MOST_HARDEST)
    .map(({ questionId, lapses }) => ({ questionId, lapses }));
}

const DAYS = 30;
const WEEKS = 12;
const MOST_HARDEST = 5;

/** Milliseconds. */
const DAY = 86_400_000;
