import type { OrderedSet } from './port.ts';

/** @throws RangeError for a score that no set can hold on every driver */
export function requireFinite(score: number): number {
  if (Number.isFinite(score)) return score;
  throw new RangeError(`the score of a member must be a finite number, not ${score}`);
}

/** The checks that every driver's sets have in common: finite scores, and nothing for a limit below one. */
export function checkedSet(set: OrderedSet): OrderedSet {
  return {
    ...set,
    top: async (offset, limit) => (limit < 1 ? [] : set.top(Math.max(0, offset), limit)),
    range: async (min, max, limit) => (limit !== undefined && limit < 1 ? [] : set.range(min, max, limit)),
    put: async (member, score) => set.put(member, requireFinite(score)),
    async claim(now, lease, limit) {
      requireFinite(now + lease);
      if (lease <= 0) throw new RangeError(`a lease must last some time, not ${lease} ms`);
      return limit < 1 ? [] : set.claim(now, lease, limit);
    },
    finish: async (member, token, next) =>
      set.finish(member, token, next === null ? null : requireFinite(next)),
  };
}
