import { expect, test } from 'vitest';
import { inBatches } from '../../src/quiz/batches.ts';
import { throttled } from '../../src/quiz/throttle.ts';

/** A write that takes as long as the test wants. */
function slowWrites() {
  const batches: string[][] = [];
  const ends: (() => void)[] = [];
  const send = inBatches<string, string>(async (_, events) => {
    batches.push([...events]);
    await new Promise<void>((resolve) => ends.push(resolve));
    if (events.includes('bad')) throw new Error('refused');
    return events.map((event) => `${event}!`);
  });
  const settle = async () => {
    for (let turn = 0; turn < 5; turn++) await Promise.resolve();
  };
  const end = async () => {
    ends.shift()?.();
    await settle();
  };
  return { batches, send, end };
}

test('what comes while a write is under way shares the next one, and each gets its own result', async () => {
  const { batches, send, end } = slowWrites();
  const results = Promise.all(['a', 'b', 'c'].map((event) => send('key', event)));
  await end();
  await end();
  expect(await results).toEqual(['a!', 'b!', 'c!']);
  expect(batches).toEqual([['a'], ['b', 'c']]);
});

test('nothing is acknowledged before it is written', async () => {
  const { send, end } = slowWrites();
  let done = false;
  const sent = send('key', 'a').then(() => {
    done = true;
  });
  await Promise.resolve();
  expect(done).toBe(false);
  await end();
  await sent;
});

test('keys do not wait for each other, and a failure is the failure of its own batch', async () => {
  const { batches, send, end } = slowWrites();
  const bad = send('one', 'bad');
  const good = send('two', 'good');
  expect(batches).toEqual([['bad'], ['good']]);
  const refused = expect(bad).rejects.toThrow('refused');
  await end();
  await end();
  await refused;
  expect(await good).toBe('good!');
  const again = send('one', 'again');
  await end();
  expect(await again).toBe('again!');
});

test('a throttled act runs at once, then once more for all that was asked meanwhile', async () => {
  const times: number[] = [];
  const began = performance.now();
  const act = throttled(50, async () => void times.push(performance.now() - began));
  for (let call = 0; call < 100; call++) act('key');
  await new Promise((resolve) => setTimeout(resolve, 170));
  expect(times).toHaveLength(2);
  expect(times[1]! - times[0]!).toBeGreaterThanOrEqual(45);
  act('key');
  expect(times).toHaveLength(3);
});
