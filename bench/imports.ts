/**
 * What do files of a server's own questions cost the bot? `node bench/imports.ts [questions]`. For each piece of work, how
 * long it takes, and the longest time for which the bot's thread did nothing else: its own processor time between two
 * turns of the event loop, so that a busy machine does not count.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createBanks } from '../src/bank/banks.ts';
import { loadBank } from '../src/bank/load.ts';
import type { Item } from '../src/bank/schema.ts';
import { itemsOf } from '../src/own-bank/catalogue.ts';
import { createReader } from '../src/own-bank/reader.ts';
import { createOwnBankService } from '../src/own-bank/service.ts';
import { writeFiles } from '../src/own-bank/write.ts';
import { openSqliteStore } from '../src/store/sqlite.ts';

const GUILD = '1';
const count = Number(process.argv[2] ?? 2_000);
const shared = await loadBank('questions');
const folder = await mkdtemp(join(tmpdir(), 'koan-bench-'));
const store = await openSqliteStore(folder, { deadline: 5_000, onSetAside: () => {} });
const own = createOwnBankService(store, shared, Date.now);
const banks = createBanks(shared, own.banks);
const reader = createReader();
const known = {
  topics: [...shared.topics.values()],
  own: [],
  points: [...shared.points.values()],
};

const all = [...shared.items.values()];
const copies = (length: number): Item[] =>
  Array.from({ length }, (_, at) => ({ ...all[at % all.length]!, id: `own-question-${at}` }));
const files = await writeFiles(copies(count), []);
const perFile = Math.ceil(count / files.length);

print(`${'what'.padEnd(44)}${'takes'.padStart(10)}${'longest turn'.padStart(16)}`);
await read('a file of 10 questions', Buffer.from((await writeFiles(copies(10), []))[0]!));
await read(`a file of ${perFile} questions`, Buffer.from(files[0]!));
await read('deep nesting', Buffer.from('['.repeat(9_000)));
await read('an alias bomb', Buffer.from('a: &a [1]\nb: &b [*a, *a]\nquestions: [*b, *b]\n'));
await read('40,000 brackets in nested rows', Buffer.from(`${'['.repeat(19_000)}\n`.repeat(2)));
await read('40,000 quotation marks', Buffer.from(`${'"'.repeat(19_000)}\n`.repeat(2)));
await read('40,000 items that are none', Buffer.from('- \n'.repeat(39_000)));
await read('40,000 anchors', Buffer.from('- &a x\n'.repeat(39_000)));
await read('a line of 1 MB', Buffer.from(`- ${'a'.repeat(990_000)}`));
await read('a table of 39,000 rows', Buffer.from(`id,topic\n${'a,b\n'.repeat(39_000)}`), 'a.csv');

for (let first = 0; first < count; first += perFile) {
  const items = copies(count).slice(first, first + perFile);
  await measure(`storing a file’s ${items.length}, after ${first}`, () =>
    own.take(GUILD, { items, topics: [] }),
  );
}
const edited = copies(perFile).map((item) => ({ ...item, level: item.level === 1 ? 2 : 1 }) as Item);
await measure(`storing ${perFile} that have changed`, () => own.take(GUILD, { items: edited, topics: [] }));
await measure('the server’s bank, known', () => banks.of(GUILD));
const fresh = createBanks(shared, createOwnBankService(store, shared, Date.now).banks);
await measure('the server’s bank, read anew', () => fresh.of(GUILD));
const { search } = await fresh.of(GUILD);
await measure('a search in it', async () => search('why does attention scale'));
await measure('writing it as YAML', async () => writeFiles(itemsOf(await own.find(GUILD)), []));
await measure('removing one question', () => own.remove(GUILD, new Set(['own-question-7'])));
print(`\n${files.length} files, ${Math.round(process.memoryUsage().rss / 1e6)} MB in all at the end`);
await store.close();
await rm(folder, { recursive: true });

async function read(name: string, bytes: Uint8Array, file = 'a.yaml'): Promise<void> {
  await measure(name, () => reader({ name: file, bytes, known }));
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  let longest = 0;
  let before = process.threadCpuUsage();
  let running = true;
  const turn = () => {
    const { user, system } = process.threadCpuUsage(before);
    longest = Math.max(longest, (user + system) / 1000);
    before = process.threadCpuUsage();
    if (running) setImmediate(turn);
  };
  turn();
  const began = performance.now();
  await work();
  const took = performance.now() - began;
  running = false;
  await new Promise(setImmediate);
  print(
    `${name.padEnd(44)}${`${took.toFixed(0)} ms`.padStart(10)}${`${longest.toFixed(1)} ms`.padStart(16)}`,
  );
}
