import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { unpackDebianRedis } from './debian-redis.ts';

export type RedisServer = {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  /** Its data folder: give it to the next server to go on with the same data. */
  readonly dir: string;
  /** Ends the server in order, and removes its data folder if it made that itself. */
  stop(): Promise<void>;
  /** Ends the server as a crash does, with SIGKILL; its data folder stays. */
  kill(): Promise<void>;
};

export type RedisServerOptions = {
  /** Every write is on disk before it is acknowledged (`appendfsync always`); otherwise nothing is kept. */
  readonly appendonly?: boolean;
  readonly port?: number;
  readonly dir?: string;
  /** More of the server's own options, as in `['--requirepass', 'secret']`. */
  readonly args?: readonly string[];
};

/** Starts a real Redis server on 127.0.0.1; resolves when it takes connections. */
export async function startRedisServer(options: RedisServerOptions = {}): Promise<RedisServer> {
  const program = await findRedisServer();
  const port = options.port ?? (await freePort());
  const dir = options.dir ?? mkdtempSync(join(tmpdir(), 'koan-redis-'));
  const persistence = options.appendonly ? ['yes', '--appendfsync', 'always'] : ['no'];
  const child = spawn(
    program,
    [
      '--bind',
      '127.0.0.1',
      '--port',
      `${port}`,
      '--dir',
      dir,
      '--save',
      '',
      '--appendonly',
      ...persistence,
      ...(options.args ?? []),
    ],
    // It says all on standard output. With our standard error in hand, one that outlived a killed worker would keep vitest waiting.
    { stdio: ['ignore', 'pipe', 'ignore'] },
  );
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const exited = once(child, 'exit').finally(() => process.off('exit', killWithUs));
  await becomesReady(child);

  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal);
    await exited;
  };
  return {
    url: `redis://127.0.0.1:${port}`,
    port,
    pid: child.pid!,
    dir,
    async stop() {
      await end('SIGTERM');
      if (!options.dir) rmSync(dir, { recursive: true, force: true });
    },
    kill: () => end('SIGKILL'),
  };
}

/**
 * The Redis server to test with: `REDIS_SERVER`, or the one on PATH, or Debian's package unpacked into `.cache/redis`.
 * @throws one sentence that says how to get one
 */
export async function findRedisServer(env: NodeJS.ProcessEnv = process.env): Promise<string> {
  const named = env.REDIS_SERVER;
  if (named) {
    if (isProgram(named)) return named;
    throw new Error(`REDIS_SERVER names ${named}, which is no program that can be run.`);
  }
  const onPath = (env.PATH ?? '').split(delimiter).map((folder) => join(folder, 'redis-server'));
  const found = onPath.find(isProgram);
  if (found) return found;
  try {
    return unpackDebianRedis(join(import.meta.dirname, '..', '..', '.cache', 'redis'));
  } catch {
    throw new Error(
      'The tests need a Redis server and found none: install one (`apt install redis-server`, `brew install redis`), ' +
        'or set REDIS_SERVER to the path of a redis-server program.',
    );
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return (address as { port: number }).port;
}

function becomesReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
      if (output.includes('Ready to accept connections')) resolve();
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`redis-server ended with ${code}:\n${output}`)));
  });
}
