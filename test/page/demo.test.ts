import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { HouseView } from '../../playground/page/protocol.ts';
import { until } from '../e2e/stage.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

/** `npm run demo` without npm, and the address that it prints. */
async function runDemo(...args: string[]) {
  const child = spawn(process.execPath, ['playground/demo.ts', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const complaints: string[] = [];
  child.stderr.on('data', (chunk) => complaints.push(String(chunk)));
  for await (const line of createInterface(child.stdout)) {
    const address = /^Open (\S+)$/.exec(line)?.[1];
    if (address) return { child, address, complaints };
  }
  throw new Error(`the demo ended: ${complaints.join('')}`);
}

async function stateOf(address: string) {
  const response = await fetch(`${address}control/state`);
  return (await response.json()) as {
    connections: number;
    channels: { id: string; name: string; messageCount: number }[];
    users: { id: string; name: string }[];
  };
}

async function call<T = unknown>(address: string, path: string, ...args: unknown[]): Promise<T> {
  const response = await fetch(`${address}control/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(args),
  });
  return (await response.json()) as T;
}

/** The bot's process, once it is connected. */
async function botOf(address: string): Promise<number> {
  await until('the bot is connected', async () => (await stateOf(address)).connections === 1);
  return (await call<HouseView>(address, 'house/view')).pid!;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

test('the demo goes on where it was, takes a free port, refuses a second one, and leaves no process behind', async () => {
  const data = join(folder.path, 'data');
  const blocker = createServer().listen(0, '127.0.0.1');
  await once(blocker, 'listening');
  const taken = String((blocker.address() as AddressInfo).port);

  const first = await runDemo('--data', data, '--port', taken);
  expect(new URL(first.address).port).not.toBe(taken);
  const bot = await botOf(first.address);
  const { channels, users } = await stateOf(first.address);
  const alice = users.find(({ name }) => name === 'alice')!;
  const daily = channels.find(({ name }) => name === 'daily')!;
  await call(first.address, `as/${alice.id}/post`, daily.id, 'hello');
  await expect(runDemo('--data', data)).rejects.toThrow(`A demo runs on ${data} already: ${first.address}`);

  first.child.kill('SIGINT');
  expect(await once(first.child, 'exit')).toEqual([0, null]);
  expect(isAlive(bot)).toBe(false);

  const second = await runDemo('--data', data, '--port', '0');
  const again = (await stateOf(second.address)).channels.find(({ id }) => id === daily.id);
  expect(again).toMatchObject({ messageCount: 1 });
  const orphan = await botOf(second.address);
  second.child.kill('SIGKILL');
  await until('the bot has ended with its demo', () => !isAlive(orphan));
  blocker.close();
}, 60_000);

test('the demo starts over when it is told to', async () => {
  const first = await runDemo('--data', folder.path, '--port', '0');
  const [before] = (await stateOf(first.address)).channels;
  first.child.kill('SIGTERM');
  await once(first.child, 'exit');
  const second = await runDemo('--data', folder.path, '--port', '0', '--fresh');
  expect((await stateOf(second.address)).channels[0]!.id).not.toBe(before!.id);
  second.child.kill('SIGTERM');
  expect(await once(second.child, 'exit')).toEqual([0, null]);
});
