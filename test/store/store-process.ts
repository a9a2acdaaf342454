/**
 * A process of its own on the store of a test: `node store-process.ts <part> <place as JSON> [argument]`.
 * It prints a line for each thing that the store has acknowledged, at once, so that a SIGKILL takes back none.
 */
import { writeSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Store } from '../../src/store/port.ts';
import { openStore } from './driver.ts';
import { Counter, countUp, FAR_AHEAD_MS, logStep, SHARED_KEYS } from './scenario.ts';

const print = (line: string) => writeSync(1, `${line}\n`);

const parts: Record<string, (store: Store, argument: string) => Promise<void>> = {
  /** As many operations as the argument says, half of them updates of shared documents, half of them jobs. */
  async share(store, argument) {
    const counters = store.collection(Counter);
    const jobs = store.orderedSet('jobs:{shared}');
    for (let i = 0; i < Number(argument) / 2; i++) {
      await countUp(counters, SHARED_KEYS[i % SHARED_KEYS.length]!);
      const [claim] = await jobs.claim(0, FAR_AHEAD_MS, 1);
      if (claim && (await jobs.finish(claim.member, claim.token, null))) print(claim.member);
    }
  },

  /** Goes on writing to the log named by the argument until it is killed; prints each step that was acknowledged. */
  async log(store, argument) {
    for (;;) print(`${await logStep(store, argument)}`);
  },

  /** Holds the lease of the tests, renewing it, until it is killed. */
  async hold(store) {
    for (;;) {
      if (!(await store.lease('active', `process ${process.pid}`, 1_500)))
        throw new Error('the lease is gone');
      print('held');
      await sleep(200);
    }
  },
};

const [part = '', place = '', argument = ''] = process.argv.slice(2);
const store = await openStore(JSON.parse(place));
await parts[part]!(store, argument);
await store.close();
