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
  /** Nothing, or little, is left to ask that was not asked before. */
  | { readonly kind: 'repeats'; readonly check: ScheduleCheck };

/** What is wrong, the worst first. */
export function findingsOf({ latency, schedules, competitions, at }: Checkup): Finding[] {
  if (latency === undefined) return [{ kind: 'store-away' }];
  return [
    ...(schedules === undefined || competitions === undefined ? [{ kind: 'unreadable' as const }] : []),
    ...(latency > SLOW ? [{ kind: 'store-slow' as const, milliseconds: latency }] : []),
    ...(schedules ?? []).flatMap((check) => findingsOfSchedule(check, at)),
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
  if (!paused && supply.unseen < days.length * WEEKS_AHEAD) findings.push({ kind: 'repeats', check });
  return findings;
}

/** Milliseconds: half of what a call may take before it is given up. */
const SLOW = 500;

/** Milliseconds: what posting may take in a crowded minute, and to be tried again. */
const POSTING_TAKES = 180_000;

/** Enough time to add questions or to widen the choice. */
const WEEKS_AHEAD = 2;
