import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createReader, type ReaderOptions } from '../../src/own-bank/reader.ts';
import { fixtureBank } from '../bank/fixtures/items.ts';

const known = { topics: [...fixtureBank.topics.values()], own: [], points: [...fixtureBank.points.values()] };
const example = readFileSync('src/own-bank/example.yaml');
const heavy = Buffer.from('- {a: [1, 2, 3]}\n'.repeat(10_000));

const read = (bytes: Uint8Array, options?: ReaderOptions) =>
  createReader(options)({ name: 'a.yaml', bytes, known });

test('a file is read in a thread of its own, formulas and all', async () => {
  const { items, troubles } = await read(example);
  expect(troubles).toEqual([]);
  expect(items.map(({ id }) => id)).toEqual(['why-scale-scores', 'gateway-of-our-service']);
});

test.each([
  ['time', { step: 1 }],
  ['memory', { memory: 12 }],
])('a file that takes too much %s is refused, and the next one is read', async (_, limits) => {
  const reader = createReader(limits);
  const { items, troubles } = await reader({ name: 'a.yaml', bytes: heavy, known });
  expect(items).toEqual([]);
  expect(troubles.map(({ message }) => message)).toEqual(['takes too much time or memory to read']);
  expect((await read(example)).items).toHaveLength(2);
});

test('files are read one after the other, each to its own end', async () => {
  const reader = createReader();
  const files = [Buffer.from('['.repeat(9_000)), example, Buffer.from('- &a x\n- *a\n'), example];
  const readings = await Promise.all(files.map((bytes) => reader({ name: 'a.yaml', bytes, known })));
  expect(readings.map(({ items }) => items.length)).toEqual([0, 2, 0, 2]);
});

test('progress is told', async () => {
  const told: [number, number][] = [];
  await createReader()({ name: 'a.yaml', bytes: example, known }, (done, of) => told.push([done, of]));
  expect(told[0]).toEqual([0, 2]);
});
