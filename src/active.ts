import { setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Store } from './store/port.ts';

/** A process whose host dies is replaced within this time and a look more. */
const LEASE_TTL = 10_000;

/** Three chances to renew before the lease lapses. */
const RENEW_EVERY = 3_000;

const LOOK_EVERY = 1_000;

/**
 * Waits until no other process is active on the store, and keeps others waiting from then on.
 * @param onLost called when another process has taken over, after this one was away for too long
 * @returns what gives the place back
 */
export async function becomeActive(
  store: Store,
  holder: string,
  log: Logger,
  onLost: () => void,
): Promise<() => Promise<void>> {
  let waited = false;
  while (!(await store.lease(NAME, holder, LEASE_TTL).catch(() => false))) {
    if (!waited) log.info('another process is active on this store; waiting to take over');
    waited = true;
    await sleep(LOOK_EVERY);
  }
  const timer = setInterval(() => {
    store.lease(NAME, holder, LEASE_TTL).then(
      (held) => held || onLost(),
      (error) => log.warn({ err: error }, 'the lease could not be renewed; trying again'),
    );
  }, RENEW_EVERY);
  return async () => {
    clearInterval(timer);
    await store.release(NAME, holder);
  };
}

const NAME = 'active';
