import { schedule } from 'node-cron';

/**
 * Calls `beat` once a second, and on the minute, when most jobs fall due.
 *
 * The minute is node-cron's, in UTC, where no local time is skipped. The seconds are a plain interval: it runs on the
 * monotonic clock, whereas a cron task of a second goes silent for as long as the wall clock is set back, and walks
 * through every second that it leaps ahead (a day: 86,400 warnings and 9 s of standstill).
 * @returns what stops it
 */
export function startClock(beat: () => void): () => Promise<void> {
  const seconds = setInterval(beat, 1_000);
  const minutes = schedule('* * * * *', beat, { timezone: 'Etc/UTC', suppressMissedWarning: true });
  return async () => {
    clearInterval(seconds);
    await minutes.stop();
  };
}
