import { addDays, type LocalDate } from '../calendar/dates.ts';

export type StreakInput = {
  /** Dates on which the person studied; one after `today` counts as today (a daily can be dated ahead of them). */
  readonly days: Iterable<LocalDate>;
  /** Dates whose daily was posted and has closed; in a server without schedules, every day that is over. */
  readonly judged: Iterable<LocalDate> | 'every-past-day';
  /** The person's own date. */
  readonly today: LocalDate;
};

export type Streak = {
  readonly current: number;
  readonly longest: number;
  /** Freezes in hand. */
  readonly freezes: number;
  /** The missing dates on which a freeze was spent, in all of the history, in order. */
  readonly frozen: readonly LocalDate[];
  readonly studiedToday: boolean;
  /** The first date whose closing could spend a freeze or end the streak; `undefined` without a streak. */
  readonly nextBreak: LocalDate | undefined;
};

/**
 * Derives a streak from its dates: each study day adds one, each multiple of 7 earns a freeze. A missing day counts
 * only once it is judged: it spends a freeze, or else ends the streak. All other days are free.
 */
export function deriveStreak({ days, judged, today }: StreakInput): Streak {
  const recorded = new Set(days);
  const studied = new Set([...recorded].map((date) => (date > today ? today : date)));
  const judgedDates = judged === 'every-past-day' ? pastDays(studied, today) : new Set(judged);
  const missed = [...judgedDates].filter((date) => date <= today && !studied.has(date));

  let current = 0;
  let longest = 0;
  let freezes = 0;
  let began = today;
  const frozen: LocalDate[] = [];
  for (const date of [...studied, ...missed].sort()) {
    if (studied.has(date)) {
      if (current === 0) began = date;
      current++;
      longest = Math.max(longest, current);
      if (current % DAYS_PER_FREEZE === 0) freezes = Math.min(freezes + 1, MOST_FREEZES);
    } else if (freezes > 0) {
      freezes--;
      frozen.push(date);
    } else {
      current = 0;
    }
  }

  const nextBreak = () => {
    let date = addDays(today, -DAYS_UNTIL_JUDGED);
    while (date <= began || recorded.has(date) || judgedDates.has(date)) date = addDays(date, 1);
    return date;
  };
  return {
    current,
    longest,
    freezes,
    frozen,
    studiedToday: studied.has(today),
    nextBreak: current > 0 ? nextBreak() : undefined,
  };
}

/** The first number of days after `current` that is worth a word. */
export function nextMilestone(current: number): number {
  const listed = MILESTONES.find((days) => days > current);
  return listed ?? Math.min(...RECURRING_MILESTONES.map((days) => (Math.floor(current / days) + 1) * days));
}

function pastDays(studied: ReadonlySet<LocalDate>, today: LocalDate): Set<LocalDate> {
  const past = new Set<LocalDate>();
  const [first = today] = [...studied].sort();
  for (let date = first; date < today; date = addDays(date, 1)) past.add(date);
  return past;
}

const DAYS_PER_FREEZE = 7;
const MOST_FREEZES = 2;

/** A daily closes within a day of its time, in a zone up to a day away: an older date is never judged any more. */
const DAYS_UNTIL_JUDGED = 3;

const MILESTONES = [3, 7, 14, 30, 50, 100, 150, 200, 365];

/** After the list: each hundred days and each year. */
const RECURRING_MILESTONES = [100, 365];
