import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

/** The bot, unmodified, in a process of its own. */
export interface BotProcess {
  readonly pid: number;
  /** Resolves when the bot says that it is ready; rejects if it ends before. */
  readonly ready: Promise<void>;
  readonly exited: Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  /** What it has written, line by line, on both outputs. */
  readonly lines: readonly string[];
  /** Sets its clock to the real time plus so many milliseconds; resolves once it holds, or the process has ended. */
  setClock(offsetMs: number): Promise<void>;
  /** Ends it without warning. */
  kill(): Promise<void>;
  /** Asks it to stop. */
  stop(): Promise<void>;
}

export interface BotOptions {
  /** Environment variables besides those that are needed to run at all. */
  env: Record<string, string>;
  /** Milliseconds by which its clock is ahead of the real time. */
  clock?: number;
  onLine?: (line: string) => void;
}

/** Starts what `npm start` starts. */
export function startBot({ env, clock = 0, onLine }: BotOptions): BotProcess {
  const child = spawn(
    process.execPath,
    ['--import', './src/check-node.js', '--import', './playground/shift-clock.ts', 'src/main.ts'],
    {
      cwd: fileURLToPath(new URL('..', import.meta.url)),
      env: {
        PATH: process.env.PATH,
        HOME: process.env.HOME,
        NODE_COMPILE_CACHE: fileURLToPath(new URL('../node_modules/.cache/compiled', import.meta.url)),
        ...env,
        PLAYGROUND_CLOCK: String(clock),
      },
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    },
  );
  const lines: string[] = [];
  const exited = once(child, 'exit').then(([code, signal]) => ({ code, signal }));
  const ready = new Promise<void>((resolve, reject) => {
    for (const output of [child.stdout!, child.stderr!]) {
      createInterface({ input: output }).on('line', (line) => {
        lines.push(line);
        onLine?.(line);
        if (line.includes('"msg":"ready"')) resolve();
      });
    }
    void exited.then(({ code }) =>
      reject(new Error(`the bot ended (${code}):\n${lines.slice(-5).join('\n')}`)),
    );
  });
  ready.catch(() => {});
  let waiting: { readonly offsetMs: number; readonly resolve: () => void }[] = [];
  child.on('message', ({ clock }: { clock?: number }) => {
    for (const { resolve } of waiting.filter(({ offsetMs }) => offsetMs === clock)) resolve();
    waiting = waiting.filter(({ offsetMs }) => offsetMs !== clock);
  });

  return {
    pid: child.pid!,
    ready,
    exited,
    lines,
    setClock(offsetMs) {
      const held = new Promise<void>((resolve) => waiting.push({ offsetMs, resolve }));
      // A process that has just died can still look connected; nobody misses the message then.
      if (child.connected) child.send({ clock: offsetMs }, () => {});
      return Promise.race([held, exited.then(() => {})]);
    },
    kill: () => end(child, 'SIGKILL', exited),
    stop: () => end(child, 'SIGTERM', exited),
  };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, exited: Promise<unknown>): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await exited;
}
