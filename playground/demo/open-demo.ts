import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { serveSite } from '../page/site.ts';
import type { Playground } from '../start.ts';
import { HOUSE_METHODS, openHouse } from './house.ts';
import { listen, type Opened } from './listen.ts';
import { readSaved, writeSaved } from './saved-world.ts';

export interface DemoOptions {
  /** Where all state is kept: a second start goes on there. */
  readonly folder: string;
  /** Forgets that state first. */
  readonly fresh: boolean;
  /** 0, or taken: a free one. */
  readonly port: number;
  /** What the clock of a demo that starts over shows, epoch milliseconds. Default: the real time. */
  readonly at?: number;
  /** Switches the bot's rate limits off. Default: on, as on Discord. */
  readonly rateLimits?: boolean;
  /** Environment variables for the bot besides those that it needs here. */
  readonly env?: Readonly<Record<string, string>>;
}

export interface Demo extends Opened {
  readonly playground: Playground;
}

/** Starts the local Discord, the page on it, and the bot. */
export async function openDemo({
  folder,
  fresh,
  port,
  at = Date.now(),
  rateLimits = true,
  env = {},
}: DemoOptions): Promise<Demo> {
  await refuseSecond(folder);
  if (fresh) await rm(folder, { recursive: true, force: true });
  const file = join(folder, 'world.bin');
  const saved = await readSaved(file);
  let lead = saved?.clock ?? at - Date.now();
  const playground = await listen(port, {
    now: () => Date.now() + lead,
    rateLimits,
    ...(saved ? { saved } : {}),
  });
  if (!saved) populate(playground);
  const address = playground.url.replace(/\/api$/, '/');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: process.pid, address }));

  const setLead = (milliseconds: number) => {
    lead = milliseconds;
  };
  const live = serveSite(playground, () => firstPerson(playground));
  const house = openHouse({
    playground,
    folder: join(folder, 'bot'),
    env,
    clock: { get: () => lead, set: setLead },
    onChange: (view) => {
      live.showHouse(view);
      save();
    },
  });
  playground.extend('house', house, HOUSE_METHODS);

  let saving: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    saving = undefined;
    writing = writing.then(() => writeSaved(file, playground, lead));
  };
  const save = () => {
    saving ??= setTimeout(write, SAVE_MS);
  };
  playground.onChange(save);
  save();
  house.start();

  return {
    address,
    playground,
    async close() {
      await house.close();
      clearTimeout(saving);
      write();
      await writing;
      live.close();
      await playground.close();
      await rm(join(folder, 'running.json'), { force: true });
    },
  };
}

/** A study group: one who may set things up, and three who study. */
function populate(playground: Playground): void {
  const [mona, alice, bob, ming] = ['mona', 'alice', 'bob', '小明'].map((name) =>
    playground.addUser({ name }),
  );
  const guild = playground.addGuild({ name: 'LLM interview group', ownerId: mona!.id, systemChannel: true });
  playground.addChannel(guild.id, { name: 'daily' });
  playground.addChannel(guild.id, { name: 'quiz' });
  playground.addRole(guild.id, { name: 'Moderator', permissions: MANAGE_GUILD });
  playground.addRole(guild.id, { name: 'Study group', mentionable: true });
  for (const { id } of [alice!, bob!, ming!]) playground.addMember(guild.id, id);
  playground.setLocale(ming!.id, 'zh-CN');
}

function firstPerson({ world }: Playground): string {
  return [...world.users.values()].find(({ bot }) => !bot)!.id;
}

/** @throws Error when another process has the folder's state in its hands. */
async function refuseSecond(folder: string): Promise<void> {
  const written = await readFile(join(folder, 'running.json'), 'utf8').catch(() => undefined);
  if (!written) return;
  const { pid, address } = JSON.parse(written) as { pid: number; address: string };
  if (!isAlive(pid)) return;
  throw new Error(`A demo runs on ${folder} already: ${address}. Use it, or end it (process ${pid}) first.`);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return pid !== process.pid;
  } catch {
    return false;
  }
}

const MANAGE_GUILD = 0x20n;

/** Milliseconds after a change until it is on disk. */
const SAVE_MS = 300;
