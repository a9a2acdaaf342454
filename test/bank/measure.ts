/**
 * How long loading and searching take, with a bank of 900 and of 9,000 items made of the shipped ones.
 *
 *   npx node test/bank/measure.ts
 */
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadBank } from '../../src/bank/load.ts';
import { createSearch } from '../../src/bank/search.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const queries = [
  'a',
  'attention',
  'kv cache',
  'why does the',
  '注意力',
  '显存 带宽',
  '为什么',
  'ＬｏＲＡ 秩',
  'rope-',
];

for (const size of [900, 9_000]) {
  const folder = temporaryFolder();
  const bytes = writeBank(folder.path, size);
  const loads = [
    await timed(() => loadBank(folder.path)),
    await timed(() => loadBank(folder.path)),
    await timed(() => loadBank(folder.path)),
  ];
  const bank = await loadBank(folder.path);
  const indexing = await timed(() => createSearch(bank));
  const search = createSearch(bank);
  for (const query of queries) search(query);
  const times: number[] = [];
  for (let round = 0; round < 20; round += 1)
    for (const query of queries) times.push(await timed(() => search(query)));
  times.sort((left, right) => left - right);
  const at = (share: number) => times[Math.floor((times.length - 1) * share)]!.toFixed(2);
  process.stdout.write(
    `${bank.items.size} items (${(bytes / 1e6).toFixed(1)} MB): load ${loads.map((ms) => ms.toFixed(0)).join(', ')} ms; ` +
      `index ${indexing.toFixed(0)} ms; search median ${at(0.5)}, 99 % ${at(0.99)} ms\n`,
  );
  folder.remove();
}

/** Copies the shipped questions, each time under other ids, until there are as many as wanted. */
function writeBank(folder: string, size: number): number {
  const shipped = readdirSync('questions', { recursive: true, encoding: 'utf8' })
    .filter((path) => /[\\/].*\.yaml$/.test(path))
    .map((path) => ({ path, text: readFileSync(join('questions', path), 'utf8') }));
  for (const name of ['topics.yaml', 'points.yaml']) cpSync(join('questions', name), join(folder, name));
  let items = 0;
  let bytes = 0;
  for (let copy = 0; items < size; copy += 1)
    for (const { path, text } of shipped) {
      if (items >= size) break;
      items += text.match(/^- id:/gm)?.length ?? 0;
      const renamed = text.replace(/^- id: */gm, (found) => `${found}copy${copy}-`);
      const file = join(folder, path.replace(/\.yaml$/, `-${copy}.yaml`));
      mkdirSync(join(file, '..'), { recursive: true });
      writeFileSync(file, renamed);
      bytes += Buffer.byteLength(renamed);
    }
  return bytes;
}

/** Milliseconds that it took. */
async function timed(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
