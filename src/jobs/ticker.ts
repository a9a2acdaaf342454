import type { Logger } from 'pino';
import { setName } from '../store/keys.ts';
import type { Claim, Store } from '../store/port.ts';

/**
 * Does one job.
 * @param id what follows the kind in the job's name
 * @param signal aborts before the lease ends: what is not sent by then must not be sent
 * @returns when the job is due next (epoch milliseconds); `null` when it is done for good; `undefined` when the
 *   handler has moved or removed it itself, in the document from which the job follows
 */
export type JobHandler = (id: string, signal: AbortSignal) => Promise<number | null | undefined>;

export type Ticker = {
  /** Claims what is due and starts it, as far as there is room. Called once a second, and safe to call at any time. */
  readonly tick: () => Promise<void>;
  /** Takes no new jobs and waits for those under way. */
  readonly drain: () => Promise<void>;
  /** Milliseconds by which the last job claimed was late. */
  readonly lag: () => number;
};

/**
 * Milliseconds. Long enough for a job to wait its turn in Discord's rate limits; a job whose process died comes back
 * after it. The half keeps a claim's token apart from every time that an edit can name.
 */
const LEASE = 120_000.5;

/** Leaves the last seconds of a lease to an answer that is on its way. */
const ABORT_AFTER = 100_000;

/** Milliseconds. */
const RETRY_AFTER_FAILURE = 20_000;

/** Discord takes 50 requests a second in all: more jobs at once would only wait, and their leases would run. */
const SLOTS = 40;

/** Plays the due index: jobs are named `<kind>:<id>` and come in the order in which they are due. */
export function createTicker(
  store: Store,
  handlers: Readonly<Record<string, JobHandler>>,
  now: () => number,
  log: Logger,
): Ticker {
  const jobs = store.orderedSet(setName.jobs);
  const running = new Set<Promise<void>>();
  let claiming = false;
  let draining = false;
  let lag = 0;

  async function tick(): Promise<void> {
    if (claiming || draining) return;
    claiming = true;
    try {
      while (!draining && running.size < SLOTS) {
        const [earliest] = await jobs.range(Number.NEGATIVE_INFINITY, now(), 1);
        lag = earliest ? Math.max(0, now() - earliest.score) : 0;
        if (!earliest) return;
        for (const claim of await jobs.claim(now(), LEASE, SLOTS - running.size)) start(claim);
      }
    } catch (error) {
      log.warn({ err: error }, 'the due index could not be read; trying again');
    } finally {
      claiming = false;
    }
  }

  function start(claim: Claim): void {
    const job = run(claim).finally(() => {
      running.delete(job);
      void tick();
    });
    running.add(job);
  }

  async function run({ member, token }: Claim): Promise<void> {
    const separator = member.indexOf(':');
    const handler = handlers[member.slice(0, separator)];
    if (!handler) {
      log.error({ job: member }, 'nobody handles this kind of job; it is left alone');
      return;
    }
    try {
      const next = await handler(member.slice(separator + 1), AbortSignal.timeout(ABORT_AFTER));
      if (next !== undefined) await jobs.finish(member, token, next);
    } catch (error) {
      log.error({ err: error, job: member }, 'a job failed; it is tried again soon');
      // Where even this fails, the lease brings the job back.
      await jobs.finish(member, token, now() + RETRY_AFTER_FAILURE).catch(() => {});
    }
  }

  async function drain(): Promise<void> {
    draining = true;
    await Promise.allSettled(running);
  }

  return { tick, drain, lag: () => lag };
}
