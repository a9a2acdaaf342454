import { type Failure, isFailing } from '../daily/schedule.ts';
import type { Checkup, ScheduleCheck } from './checkup.ts';

/** Something to mend in what a checkup has read. Times are epoch milliseconds. */
export type Finding =
  | { readonly kind: 'store-away' }
  | { readonly kind: 'store-slow'; readonly milliseconds: number }
  /** The store answers, but what it holds could not be read. */
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'suspended'; readonly check: ScheduleCheck }
  /** Its question should be in the channel by now. */
  | {
      readonly kind: 'late';
      readonly check: ScheduleCheck;
      readonly since: number;
      readonly failure: Failure | undefined;
    }
  | { readonly kind: 'missed'; readonly check: ScheduleCheck; readonly at: number }
  | { readonly kind: 'unclosed'; readonly check: ScheduleCheck; readonly since: number }
  /** A message that Discord does not take, and that is being tried. */
  | { readonly kind: 'unsent'; readonly channelId: string; readonly since: number }
  /** No question fits its topics and level, so that it asks others. */
  | { readonly kind: 'wider'; readonly check: ScheduleCheck }
  /** Nothing, or little, is left to ask that was not asked before. */
  | { readonly kind: 'repeats'; readonly check: ScheduleCheck };

/** What is wrong, the worst first. */
export function findingsOf({ latency, schedules, competitions, unsent, at }: Checkup): Finding[] {
  if (latency === undefined) return [{ kind: 'store-away' }];
  const isRead = schedules && competitions && unsent;
  const ofSchedules = (schedules ?? []).flatMap((check) => findingsOfSchedule(check, at));
  const late = ofSchedules.flatMap((each) => (each.kind === 'late' ? [each.check.schedule.channelId] : []));
  const stuck = (unsent ?? []).filter(
    ({ channelId, claimedAt, triedAt }) =>
      !late.includes(channelId) && claimedAt < at - POSTING_TAKES && triedAt > at - STILL_TRIED,
  );
  return [
    ...(isRead ? [] : [{ kind: 'unreadable' as const }]),
    ...(latency > SLOW ? [{ kind: 'store-slow' as const, milliseconds: latency }] : []),
    ...ofSchedules,
    ...stuck.map(({ channelId, claimedAt }) => ({ kind: 'unsent' as const, channelId, since: claimedAt })),
  ];
}

function findingsOfSchedule(check: ScheduleCheck, now: number): Finding[] {
  const { schedule, supply, unclosed } = check;
  const { suspended, paused, next, days } = schedule;
  const failure = isFailing(schedule) ? schedule.failure : undefined;
  const findings: Finding[] = [];
  if (suspended) findings.push({ kind: 'suspended', check });
  else if (!paused && next.at < now - POSTING_TAKES) {
    findings.push({ kind: 'late', check, since: next.at, failure });
  } else if (!paused && failure?.reason === 'missed') {
    findings.push({ kind: 'missed', check, at: failure.at });
  }
  if (unclosed !== undefined) findings.push({ kind: 'unclosed', check, since: unclosed });
  if (!paused && supply.isWider) findings.push({ kind: 'wider', check });
  if (!paused && supply.unseen < days.length * WEEKS_AHEAD) findings.push({ kind: 'repeats', check });
  return findings;
}

/** Milliseconds: half of what a call may take before it is given up. */
const SLOW = 500;

/** Milliseconds: what posting may take in a crowded minute, and to be tried again. */
const POSTING_TAKES = 180_000;

/** Milliseconds in which what is being tried was tried: longer than the lease of a job. */
const STILL_TRIED = 300_000;

/** Enough time to add questions or to widen the choice. */
const WEEKS_AHEAD = 2;
