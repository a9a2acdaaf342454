import { checkItem, type Finding } from './check-item.ts';
import type { Draft } from './load.ts';

export type Report = { readonly findings: readonly Finding[] };

/** Every rule that a bank can be held to without a reader, on what its files hold. */
export function checkBank(draft: Draft): Report {
  const points = new Map(draft.points.map((point) => [point.id, point]));
  return {
    findings: [
      ...draft.problems.map((problem) => ({ severity: 'error' as const, ...problem })),
      ...draft.entries.flatMap((entry) => checkItem(entry, points)),
    ].sort((a, b) => (a.file === b.file ? a.line - b.line : a.file < b.file ? -1 : 1)),
  };
}
