/**
 * Lets `act` run for a key at most once in `interval` milliseconds and never twice at the same time; what is asked for
 * meanwhile is done once, after it. `act` must not reject.
 */
export function throttled(interval: number, act: (key: string) => Promise<void>): (key: string) => void {
  /** Keys at rest are absent; `true` means that it has been asked for again. */
  const busy = new Map<string, boolean>();

  async function run(key: string): Promise<void> {
    do {
      busy.set(key, false);
      const rested = new Promise((resolve) => setTimeout(resolve, interval));
      await act(key);
      await rested;
    } while (busy.get(key));
    busy.delete(key);
  }

  return (key) => {
    if (busy.has(key)) busy.set(key, true);
    else void run(key);
  };
}
