/**
 * Brings events to `write` in batches, one batch of a key at a time: what comes while one is under way waits and shares
 * the next. A hundred clicks within a moment are two or three writes, and none is acknowledged before it is stored.
 * @param write returns a result for each event of the batch, in its order; where it rejects, each event does
 * @returns what takes an event and resolves to its result
 */
export function inBatches<Event, Result>(
  write: (key: string, events: readonly Event[]) => Promise<readonly Result[]>,
): (key: string, event: Event) => Promise<Result> {
  const waiting = new Map<string, Waiting<Event, Result>[]>();

  async function work(key: string): Promise<void> {
    for (let batch = waiting.get(key); batch && batch.length > 0; batch = waiting.get(key)) {
      waiting.set(key, []);
      try {
        const results = await write(
          key,
          batch.map(({ event }) => event),
        );
        for (const [at, { resolve }] of batch.entries()) resolve(results[at]!);
      } catch (error) {
        for (const { reject } of batch) reject(error);
      }
    }
    waiting.delete(key);
  }

  return (key, event) =>
    new Promise((resolve, reject) => {
      const queue = waiting.get(key);
      if (queue) queue.push({ event, resolve, reject });
      else {
        waiting.set(key, [{ event, resolve, reject }]);
        void work(key);
      }
    });
}

type Waiting<Event, Result> = {
  readonly event: Event;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
};
