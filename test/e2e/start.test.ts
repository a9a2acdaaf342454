import { execFile } from 'node:child_process';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Playground, startPlayground } from '../../playground/start.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
let playground: Playground;
let folder: string;

beforeAll(async () => {
  playground = await startPlayground();
  folder = await mkdtemp(join(tmpdir(), 'koan-start-'));
});
afterAll(async () => {
  await playground.close();
  await rm(folder, { recursive: true, force: true });
});

/** Runs a script of the project with just this environment; it is expected to end by itself. */
async function run(script: string, env: Record<string, string>, ...args: string[]) {
  const result = await promisify(execFile)(
    process.execPath,
    ['--import', './src/check-node.js', script, ...args],
    {
      cwd: root,
      env: {
        PATH: process.env.PATH,
        DISCORD_API_URL: playground.url,
        DATA_DIR: join(folder, 'data'),
        ...env,
      },
      timeout: 20_000,
    },
  ).then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    ({ code, stdout, stderr }) => ({ code: code as number, stdout: String(stdout), stderr: String(stderr) }),
  );
  return result;
}

describe('a start that cannot succeed ends with code 1 and one clear sentence', () => {
  test.each<[string, Record<string, string>, RegExp]>([
    [
      'a token that Discord refuses',
      { DISCORD_TOKEN: 'x'.repeat(60) },
      /Discord does not accept DISCORD_TOKEN/,
    ],
    [
      'a Redis that is not there',
      { DISCORD_TOKEN: 'x'.repeat(60), REDIS_URL: 'redis://user:hunter2@127.0.0.1:1' },
      /Redis/,
    ],
    [
      'a Discord that is not there',
      { DISCORD_TOKEN: 'x'.repeat(60), DISCORD_API_URL: 'http://127.0.0.1:1/api' },
      /Discord can't be reached at http:\/\/127\.0\.0\.1:1/,
    ],
  ])('%s', async (_, env, sentence) => {
    const { code, stderr } = await run('src/main.ts', env);
    expect(code).toBe(1);
    expect(stderr).toMatch(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).not.toContain('hunter2');
    expect(stderr).not.toContain('x'.repeat(60));
  });

  test('a data folder that is a file', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    await chmod(file, 0o400);
    const { code, stderr } = await run('src/main.ts', { DISCORD_TOKEN: 'x'.repeat(60), DATA_DIR: file });
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toHaveLength(1);
    expect(stderr).toContain(file);
  });

  test('an environment with several mistakes names them all, and shows no value', async () => {
    const { code, stderr } = await run('src/main.ts', {
      DISCORD_API_URL: 'ftp://secret',
      LOG_LEVEL: 'loud',
      HTTP_PORT: '70000',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /DISCORD_TOKEN is missing.*\nDISCORD_API_URL is wrong.*\nLOG_LEVEL is wrong.*\nHTTP_PORT is wrong/,
    );
    expect(stderr).not.toContain('secret');
  });

  test('a Node that is too old', async () => {
    const { stderr } = await promisify(execFile)(
      process.execPath,
      [
        '-e',
        "Object.defineProperty(process.versions, 'node', { value: '20.1.0' }); import('./src/check-node.js')",
      ],
      { cwd: root },
    ).catch((error) => error);
    expect(stderr).toMatch(/^Koan needs Node 24 and this is 20\.1\.0\. Run "npm ci"/);
  });
});

describe('deploy-commands', () => {
  test('registers by diff: the second time there is nothing to do', async () => {
    const env = { DISCORD_TOKEN: playground.token };
    expect((await run('src/deploy-commands.ts', env)).stdout).toMatch(
      /^Registered \d+ commands for all servers/,
    );
    const before = playground.requests.length;
    expect((await run('src/deploy-commands.ts', env)).stdout).toMatch(/are up to date/);
    expect(playground.requests.slice(before).map(({ method }) => method)).not.toContain('PUT');
  });

  test('registers for one server, without what is global only', async () => {
    const guild = playground.addGuild({ name: 'Test bench' });
    const env = { DISCORD_TOKEN: playground.token };
    expect((await run('src/deploy-commands.ts', env, '--guild', guild.id)).stdout).toContain(
      `server ${guild.id}`,
    );
    expect((await run('src/deploy-commands.ts', env, '--guild', guild.id)).stdout).toMatch(/are up to date/);
    expect(playground.violations).toEqual([]);
  });

  test('refuses a server id that is none', async () => {
    const { code, stderr } = await run(
      'src/deploy-commands.ts',
      { DISCORD_TOKEN: playground.token },
      '--guild',
      'abc',
    );
    expect(code).toBe(1);
    expect(stderr).toContain('--guild wants the id of a server');
  });
});
