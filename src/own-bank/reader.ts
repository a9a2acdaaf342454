import { Worker } from 'node:worker_threads';
import { type Known, nothing, type Reading, type Trouble } from './read.ts';

/** What goes to the reader's thread, and what comes back of it. */
export type Task = { readonly name: string; readonly bytes: Uint8Array; readonly known: Known };
export type Report =
  | { readonly kind: 'ready' }
  | { readonly kind: 'item'; readonly done: number; readonly of: number }
  | { readonly kind: 'read'; readonly reading: Reading };

export type Reader = (task: Task, onProgress?: (done: number, of: number) => void) => Promise<Reading>;

export type ReaderOptions = {
  /** Milliseconds that the thread may take to start, one step of its work, and the whole. */
  readonly start?: number;
  readonly step?: number;
  readonly whole?: number;
  /** Megabytes. */
  readonly memory?: number;
};

/**
 * Reads files that anybody may have sent, one after the other, each in a thread of its own with an end to its time and
 * memory: whatever a file does there, it is refused, and the bot goes on meanwhile.
 */
export function createReader({
  start = 20_000,
  step = 8_000,
  whole = 30_000,
  memory = 160,
}: ReaderOptions = {}): Reader {
  let queue: Promise<unknown> = Promise.resolve();

  return (task, onProgress = () => {}) => {
    const reading = queue.then(() => readInThread(task, onProgress));
    queue = reading.catch(() => {});
    return reading;
  };

  function readInThread(task: Task, onProgress: (done: number, of: number) => void): Promise<Reading> {
    const worker = new Worker(new URL('./worker.ts', import.meta.url), {
      env: {},
      execArgv: [],
      workerData: task,
      resourceLimits: { maxOldGenerationSizeMb: memory, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 },
    });
    return new Promise<Reading>((resolve, reject) => {
      let last = 0;
      const slow = () => resolve(refused(last > 0 ? `question ${last} takes too long to check` : TOO_HARD));
      let timer = setTimeout(() => reject(new Error('the reader did not start')), start);
      const end = setTimeout(slow, start + whole);
      const stop = () => {
        clearTimeout(timer);
        clearTimeout(end);
      };
      worker.on('message', (report: Report) => {
        clearTimeout(timer);
        if (report.kind === 'read') {
          stop();
          resolve(report.reading);
          return;
        }
        timer = setTimeout(slow, step);
        if (report.kind !== 'item') return;
        last = report.done + 1;
        onProgress(report.done, report.of);
      });
      worker.on('error', (error) => {
        stop();
        if (/OUT_OF_MEMORY/.test((error as NodeJS.ErrnoException).code ?? '')) resolve(refused(TOO_HARD));
        else if (error instanceof RangeError) resolve(refused('is nested too deep'));
        else reject(error);
      });
      worker.on('exit', () => {
        stop();
        reject(new Error('the reader ended without a word'));
      });
    }).finally(() => worker.terminate());
  }
}

function refused(message: string): Reading {
  const trouble: Trouble = { line: 0, item: '', field: '', message, severity: 'error' };
  return nothing([trouble]);
}

const TOO_HARD = 'takes too much time or memory to read';
