import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Collection, CollectionDefinition, Store } from '../../src/store/port.ts';
import type { Place } from './driver.ts';

export const Counter: CollectionDefinition<{ n: number }> = {
  name: 'counter',
  version: 1,
  schema: z.object({ n: z.int() }),
};

export const SHARED_KEYS = ['{shared}:a', '{shared}:b', '{shared}:c', '{shared}:d', '{shared}:e'];
export const FAR_AHEAD_MS = 3_600_000;

/** Adds one to a counter, and notes its new value in the board that goes with it. */
export function countUp(counters: Collection<{ n: number }>, key: string): Promise<number> {
  return counters.update(key, (current) => {
    const n = (current?.n ?? 0) + 1;
    return { document: { n }, entries: [{ set: 'board:{shared}', member: key, score: n }], result: n };
  });
}

/**
 * One more step in the log `{name}`: a counter whose every value is a member of one set by the same update, and of
 * another by a write of its own.
 * @returns the step, once all of it is acknowledged
 */
export async function logStep(store: Store, name: string): Promise<number> {
  const step = await store.collection(Counter).update(`{${name}}`, (current) => {
    const n = (current?.n ?? 0) + 1;
    return { document: { n }, entries: [{ set: `steps:{${name}}`, member: `${n}`, score: n }], result: n };
  });
  await store.orderedSet(`told:{${name}}`).put(`${step}`, step);
  return step;
}

/** How many of the acknowledged steps of a log are missing in the document or in one of the sets. */
export async function stepsLost(
  store: Store,
  name: string,
  acknowledged: readonly number[],
): Promise<number> {
  const kept = await lastStep(store, name);
  const [steps, told] = [await scores(store, `steps:{${name}}`), await scores(store, `told:{${name}}`)];
  return acknowledged.filter((step) => step > kept || !steps.has(step) || !told.has(step)).length;
}

/** How many steps of a log, at rest, stand in the document alone or in its set alone. */
export async function stepsTorn(store: Store, name: string): Promise<number> {
  return Math.abs((await lastStep(store, name)) - (await scores(store, `steps:{${name}}`)).size);
}

const lastStep = async (store: Store, name: string): Promise<number> =>
  (await store.collection(Counter).get(`{${name}}`))?.n ?? 0;

const scores = async (store: Store, set: string): Promise<Set<number>> =>
  new Set((await store.orderedSet(set).range(-Infinity, Infinity)).map(({ score }) => score));

export type StoreProcess = {
  readonly child: ChildProcessByStdio<null, Readable, null>;
  /** All that it has printed so far. */
  lines(): string[];
  /** Resolves with its exit code. */
  readonly ended: Promise<number | null>;
  kill(): Promise<void>;
};

/** Starts `store-process.ts`, and resolves when it has printed its first line or ended. */
export async function startStoreProcess(part: string, place: Place, argument = ''): Promise<StoreProcess> {
  const script = join(import.meta.dirname, 'store-process.ts');
  const child = spawn(process.execPath, [script, part, JSON.stringify(place), argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk;
  });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  await Promise.race([once(child.stdout, 'data'), ended]);
  return {
    child,
    ended,
    lines: () =>
      output
        .slice(0, output.lastIndexOf('\n') + 1)
        .split('\n')
        .slice(0, -1),
    async kill() {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** Tells a count that a test has measured, past the reporter. */
export const tell = (line: string): void => {
  process.stdout.write(`store: ${line}\n`);
};
