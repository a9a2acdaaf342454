import { join } from 'node:path';
import { checkItem, type Finding, type FormulaCheck } from './check-item.ts';
import { type Draft, type Entry, place } from './load.ts';
import { findNearDuplicates } from './near-duplicates.ts';
import { languages } from './schema.ts';
import { tally } from './tally.ts';

/** Every rule that a bank can be held to without a reader, on what its files hold; by file and line. */
export function checkBank(draft: Draft, formulaProblem: FormulaCheck): Finding[] {
  const points = new Map(draft.points.map((point) => [point.id, point]));
  const findings = [
    ...draft.problems.map((problem): Finding => ({ severity: 'error', ...problem })),
    ...checkPoints(draft),
    ...draft.entries.flatMap((entry) => checkItem(entry, points, formulaProblem)),
    ...checkLikeness(draft.entries),
    ...draft.topics.flatMap(({ slug }) =>
      checkBalance(
        join(draft.folder, slug),
        draft.entries.filter(({ item }) => item.topic === slug),
      ),
    ),
  ];
  return findings.sort((left, right) =>
    left.file === right.file ? left.line - right.line : left.file < right.file ? -1 : 1,
  );
}

function checkPoints({ folder, points, topics }: Draft): Finding[] {
  const ids = new Set<string>();
  const slugs = new Set(topics.map(({ slug }) => slug));
  return points.flatMap(({ id, topic, dup_of }) => {
    const messages: [field: string, message: string][] = [];
    if (ids.has(id)) messages.push(['id', 'stands here twice']);
    if (!slugs.has(topic)) messages.push(['topic', `${topic} is no topic of topics.yaml`]);
    if (dup_of && !ids.has(dup_of)) messages.push(['dup_of', `${dup_of} is no earlier point`]);
    ids.add(id);
    return messages.map(([field, message]) => ({
      severity: 'error' as const,
      file: join(folder, 'points.yaml'),
      line: 0,
      item: id,
      field,
      message,
    }));
  });
}

/** Likeness of two prompts from which they are looked at again, and from which one has to go. */
const likeness = { warning: 0.5, error: 0.8 } as const;

function checkLikeness(entries: readonly Entry[]): Finding[] {
  return findNearDuplicates(entries, likeness.warning).map((pair) => ({
    severity: pair.likeness >= likeness.error ? 'error' : 'warning',
    ...place(pair.entry, [pair.language, 'prompt']),
    message: `is ${Math.round(pair.likeness * 100)} % the prompt of ${pair.earlier.item.id} (${pair.earlier.file}:${pair.earlier.line})`,
  }));
}

/** From so many single items on, a topic's keys have to be balanced. */
const enoughToBalance = 20;
/** How far from chance the number of keys in a position may be. */
const positionShare = { least: 0.5, most: 1.6 } as const;

function checkBalance(folder: string, entries: readonly Entry[]): Finding[] {
  const { singles, types } = tally(entries);
  if (types.single < enoughToBalance) return [];
  const messages: string[] = [];
  const most = Math.floor(types.single / 3);
  for (const language of languages) {
    const long = singles.keyLongest[language];
    if (long.length <= most) continue;
    const worst = long.slice(0, 8).map(({ entry, excess }) => `${entry.item.id} (+${excess})`);
    messages.push(
      `the key is the longest option (${language}) in ${long.length} of ${types.single} single items, ${most} at most: ${worst.join(', ')}${long.length > worst.length ? ', …' : ''}`,
    );
  }
  const off = singles.positions.some((count, at) => {
    const expected = singles.expected[at]!;
    return (
      count < Math.floor(expected * positionShare.least) || count > Math.ceil(expected * positionShare.most)
    );
  });
  if (off)
    messages.push(
      `keys of single items stand first to fourth ${singles.positions.join(', ')} times; even would be ${singles.expected.map(Math.round).join(', ')}`,
    );
  return messages.map((message) => ({
    severity: 'error',
    file: folder,
    line: 0,
    item: '',
    field: '',
    message,
  }));
}
