import type { Gap, Goal } from './goals.ts';
import type { Entry } from './load.ts';
import { itemTypes, type Point, type Topic } from './schema.ts';
import { tally } from './tally.ts';

/**
 * A row for each topic and one for all: items by type and level, points covered, how often a single item's key is
 * the longest option, and where the keys stand.
 * @param entries those that are counted; points count as covered by any of `all`
 */
export function renderTable(
  topics: readonly Topic[],
  entries: readonly Entry[],
  points: readonly Point[],
  all: readonly Entry[],
): string {
  const covered = new Set(all.flatMap(({ item }) => item.covers));
  const row = (name: string, rowEntries: readonly Entry[], rowPoints: readonly Point[]) => {
    const { items, types, levels, singles } = tally(rowEntries);
    const share = (count: number) =>
      types.single === 0 ? '–' : `${Math.round((count / types.single) * 100)} %`;
    return [
      name,
      items,
      ...itemTypes.map((type) => types[type]),
      `${levels[1]}/${levels[2]}/${levels[3]}`,
      `${rowPoints.filter(({ id }) => covered.has(id)).length}/${rowPoints.length}`,
      `${share(singles.keyLongest.en.length)} ${share(singles.keyLongest.zh.length)}`,
      singles.positions.join('/'),
    ].map(String);
  };
  const slugs = new Set(topics.map(({ slug }) => slug));
  const rows = topics.map(({ slug }) =>
    row(
      slug,
      entries.filter(({ item }) => item.topic === slug),
      points.filter(({ topic }) => topic === slug),
    ),
  );
  const total = row(
    'all',
    entries,
    points.filter(({ topic }) => slugs.has(topic)),
  );
  const head = ['topic', 'items', ...itemTypes, 'level 1/2/3', 'points', 'key longest en zh', 'key a/b/c/d'];
  return renderColumns([head, ...rows, ...(rows.length > 1 ? [total] : [])]);
}

export const renderGoals = (goals: readonly Goal[]) =>
  ['', 'Goals of the whole bank', ...goals.map(({ label, met }) => `  ${met ? '✓' : '·'} ${label}`), ''].join(
    '\n',
  );

export const renderGaps = (gaps: readonly Gap[]) =>
  gaps.length === 0
    ? ''
    : [
        '',
        'Points that still need',
        ...gaps.map(
          ({ point, missing }) =>
            `  ${point.id}  ${missing.join(', ')}: ${point.label} (${point.dup_of ? `same as ${point.dup_of}: name both in covers` : point.kind})`,
        ),
        '',
      ].join('\n');

function renderColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!)))
        .join('  '),
    )
    .join('\n');
}
