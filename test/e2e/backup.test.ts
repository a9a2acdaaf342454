import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { connectRedis } from '../../src/store/redis-connection.ts';
import { type RedisServer, startRedisServer } from '../support/redis-server.ts';
import { answered, openStage, type Stage, until } from './stage.ts';

/** What docs/operating.md says of backups, step by step. */
let stage: Stage;
afterEach(() => stage.close());

const setLanguage = (language: 'en' | 'zh') =>
  stage.person('alice').slash(stage.channel.id, 'settings me', { language });
const isChinese = async () =>
  /[一-龥]/.test(await answered(stage.person('alice').slash(stage.channel.id, 'progress')));

describe('a backup of SQLite', () => {
  const backup = async (target: string | undefined, env: Record<string, string> = {}) => {
    const args = ['src/backup.ts', ...(target ? [target] : [])];
    const child = spawn(process.execPath, args, { env: { ...process.env, ...stage.env(), ...env } });
    let said = '';
    for (const output of [child.stdout, child.stderr]) output.on('data', (chunk) => (said += chunk));
    const [code] = await once(child, 'close');
    return { code, said };
  };

  test('is taken while the bot runs, and brings back what was there at that moment', async () => {
    stage = await openStage({ driver: 'sqlite', rateLimits: false });
    await stage.start();
    await setLanguage('zh');
    const file = join(stage.folder, 'backup.sqlite');
    expect(await backup(file)).toMatchObject({ code: 0 });
    await setLanguage('en');
    expect(await isChinese()).toBe(false);

    await stage.bot.stop();
    const data = join(stage.folder, 'data');
    await cp(file, join(data, 'koan.sqlite'));
    for (const end of ['wal', 'shm']) await rm(join(data, `koan.sqlite-${end}`), { force: true });
    await stage.start();
    expect(await isChinese()).toBe(true);
  });

  test('says in one sentence what is wrong, and overwrites nothing', async () => {
    stage = await openStage({ driver: 'sqlite', rateLimits: false });
    const file = join(stage.folder, 'backup.sqlite');
    expect(await backup(file)).toMatchObject({
      code: 1,
      said: expect.stringMatching(/^There is no .*koan.sqlite: .*\n$/),
    });
    await stage.start();
    expect(await backup(undefined)).toMatchObject({ code: 1, said: 'Where to? npm run backup -- FILE\n' });
    expect(await backup(file)).toMatchObject({ code: 0 });
    expect(await backup(file)).toMatchObject({ code: 1, said: expect.stringContaining('is there already') });
    expect(await backup(`${file}2`, { REDIS_URL: 'redis://127.0.0.1:1' })).toMatchObject({
      code: 1,
      said: expect.stringContaining('docs/operating.md'),
    });
  });
});

test('a backup of Redis is its dump, which becomes an append-only file again before the bot starts on it', async () => {
  stage = await openStage({ driver: 'redis', rateLimits: false });
  const servers: RedisServer[] = [];
  const start = async (dir: string, appendonly: boolean) => {
    const server = await startRedisServer({ dir, appendonly });
    servers.push(server);
    const { client, close } = await connectRedis(server.url, 5_000);
    return { server, ask: (...words: string[]) => client.sendCommand(words), close };
  };
  try {
    await stage.start();
    await setLanguage('zh');
    const { client, close } = await connectRedis(stage.redis!.url, 5_000);
    const ask = (...words: string[]) => client.sendCommand(words);
    const before = await ask('LASTSAVE');
    await ask('BGSAVE');
    await until('the dump is written', async () =>
      /rdb_bgsave_in_progress:0/.test(String(await ask('INFO', 'persistence'))),
    );
    expect(await ask('LASTSAVE')).toBeGreaterThanOrEqual(Number(before));
    await close();
    const folder = join(stage.folder, 'restored');
    await mkdir(folder);
    await cp(join(stage.folder, 'dump.rdb'), join(folder, 'dump.rdb'));
    await stage.bot.stop();

    const first = await start(folder, false);
    await first.ask('CONFIG', 'SET', 'appendonly', 'yes');
    await until('the append-only file is written', async () =>
      /aof_rewrite_in_progress:0/.test(String(await first.ask('INFO', 'persistence'))),
    );
    await first.close();
    await first.server.stop();
    const second = await start(folder, true);
    await second.close();
    await stage.start({ REDIS_URL: second.server.url });
    expect(await isChinese()).toBe(true);
  } finally {
    await stage.bot.stop();
    for (const server of servers) await server.kill();
  }
});
