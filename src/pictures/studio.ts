import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Picture, pictureUrl } from './picture.ts';

export type Studio = {
  /** @returns a PNG; rejects if the picture can't be drawn */
  readonly draw: (picture: Picture) => Promise<Buffer>;
  /** Forgets what was drawn: it can show somebody who wants to be forgotten. */
  readonly clear: () => void;
  readonly close: () => Promise<void>;
};

export type StudioOptions = {
  /** Bytes of pictures to keep. */
  readonly memory?: number;
  /** Milliseconds that one picture may take. */
  readonly longest?: number;
};

/**
 * Draws pictures one after the other in a thread of its own, so that nothing else waits for them, and keeps those drawn
 * last, by content. Nothing is kept on disk: a picture can show people's names, and a formula is typeset in milliseconds.
 */
export function createStudio({ memory = 32_000_000, longest = 10_000 }: StudioOptions = {}): Studio {
  /** Promised or drawn, by content; the one asked for last is the last. */
  const kept = new Map<string, { png: Promise<Buffer>; size: number }>();
  let total = 0;
  let worker: Worker | undefined;
  let queue: Promise<unknown> = Promise.resolve();

  function draw(picture: Picture): Promise<Buffer> {
    const key = pictureUrl(picture);
    const known = kept.get(key);
    if (known) {
      kept.delete(key);
      kept.set(key, known);
      return known.png;
    }
    const png = queue.then(() => drawInThread(picture));
    queue = png.catch(() => {});
    const entry = { png, size: 0 };
    kept.set(key, entry);
    png.then(
      ({ length }) => {
        if (kept.get(key) !== entry) return;
        entry.size = length;
        total += length;
        forgetOldest();
      },
      () => kept.get(key) === entry && kept.delete(key),
    );
    return png;
  }

  function forgetOldest(): void {
    for (const [key, { size }] of kept) {
      if (total <= memory) return;
      if (size === 0) continue;
      kept.delete(key);
      total -= size;
    }
  }

  function clear(): void {
    kept.clear();
    total = 0;
  }

  async function drawInThread(picture: Picture): Promise<Buffer> {
    worker ??= startWorker();
    const painter = worker;
    painter.ref();
    painter.postMessage(picture);
    try {
      const [png] = (await once(painter, 'message', { signal: AbortSignal.timeout(longest) })) as [
        Uint8Array,
      ];
      painter.unref();
      return Buffer.from(png.buffer, png.byteOffset, png.byteLength);
    } catch (error) {
      // It failed or hangs: the next picture gets a new thread.
      await close();
      throw error;
    }
  }

  async function close(): Promise<void> {
    const last = worker;
    worker = undefined;
    await last?.terminate();
  }

  return { draw, clear, close };
}

/** It gets no environment: no secret is at hand where texts from outside are typeset. */
function startWorker(): Worker {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    env: {},
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: 256 },
  });
  // Whoever waits for a picture hears of it; one that dies idle is noticed at the next picture.
  worker.on('error', () => {});
  return worker;
}
