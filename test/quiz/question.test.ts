import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { seededRandom } from '../../src/bank/pick.ts';
import { drawQuestions, playable } from '../../src/quiz/question.ts';

const bank = await loadBank(new URL('../bank/fixtures/bank', import.meta.url).pathname);
const items = playable(bank.items.values(), {});

test('open questions are not played, and topic, level and type narrow', () => {
  expect(items.map(({ type }) => type)).not.toContain('open');
  expect(playable(bank.items.values(), { topic: 'peft-lora' })).toHaveLength(2);
  expect(playable(bank.items.values(), { level: 1, type: 'order' }).map(({ id }) => id)).toEqual([
    'attention-steps',
  ]);
  expect(playable(bank.items.values(), { topic: 'peft-lora', type: 'order' })).toEqual([]);
});

test('a question is drawn once, and those of the last quiz only if the others do not suffice', () => {
  const avoided = new Set(items.slice(0, 4).map(({ id }) => id));
  for (let seed = 0; seed < 50; seed++) {
    const drawn = drawQuestions(items, 3, avoided, seededRandom(String(seed))).map(
      ({ questionId }) => questionId,
    );
    expect(new Set(drawn).size).toBe(3);
    expect(drawn.filter((id) => avoided.has(id))).toHaveLength(1);
  }
  expect(drawQuestions(items, 20, avoided, seededRandom('x'))).toHaveLength(items.length);
});

test('the key stands in every position about as often', () => {
  const single = items.filter(({ type }) => type === 'single');
  const random = seededRandom('positions');
  const counts = [0, 0, 0];
  for (let round = 0; round < 3_000; round++) {
    const [question] = drawQuestions(single, 1, new Set(), random);
    counts[question!.order.indexOf('b')]! += 1;
  }
  for (const count of counts) expect(Math.abs(count - 1_000)).toBeLessThan(120);
});
