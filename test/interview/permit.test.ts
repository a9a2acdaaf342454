import { expect, test } from 'vitest';
import { spend } from '../../src/interview/permit.ts';

test('a budget is spent one by one, and is whole again on another date', () => {
  const first = spend(undefined, '2026-03-02', 2);
  expect(first).toEqual({ date: '2026-03-02', used: 1 });
  const second = spend(first, '2026-03-02', 2);
  expect(spend(second, '2026-03-02', 2)).toBeUndefined();
  expect(spend(second, '2026-03-03', 2)).toEqual({ date: '2026-03-03', used: 1 });
});
