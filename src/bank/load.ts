import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { z } from 'zod';
import { explainIssue } from './explain-issue.ts';
import { type Item, itemSchema, type Point, pointSchema, type Topic, topicSchema } from './schema.ts';
import { formatPath, formatProblem, type Path, type Problem, parseList } from './source.ts';

/** All the questions there are. Frozen through and through. */
export type Bank = {
  readonly items: ReadonlyMap<string, Item>;
  /** Every topic has its entry, in the order of topics.yaml. */
  readonly byTopic: ReadonlyMap<string, readonly Item[]>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly points: ReadonlyMap<string, Point>;
};

/** An item and where it was written. */
export type Entry = {
  readonly item: Item;
  readonly file: string;
  readonly line: number;
  /** The line of a field, or of the nearest thing that is there. */
  readonly lineOf: (path: Path) => number;
};

/** What the files of a bank hold, right or wrong: what the checker works on. */
export type Draft = {
  readonly folder: string;
  readonly entries: readonly Entry[];
  readonly topics: readonly Topic[];
  readonly points: readonly Point[];
  readonly problems: readonly Problem[];
};

/** The bank has mistakes; the message lists them, one a line. */
export class BankError extends Error {
  override readonly name = 'BankError';
}

/**
 * Reads `topics.yaml`, `points.yaml` and every question file of a folder.
 * @throws {BankError} if any of them has a mistake
 */
export async function loadBank(folder: string): Promise<Bank> {
  const draft = await readDraft(folder);
  if (draft.problems.length > 0) throw new BankError(draft.problems.map(formatProblem).join('\n'));
  return createBank(draft);
}

/** Puts together the items of a draft, whatever its problems. */
export function createBank({ entries, topics, points }: Pick<Draft, 'entries' | 'topics' | 'points'>): Bank {
  const items = entries.map((entry) => entry.item);
  return deepFreeze({
    items: new Map(items.map((item) => [item.id, item])),
    byTopic: new Map(topics.map(({ slug }) => [slug, items.filter((item) => item.topic === slug)])),
    topics: new Map(topics.map((topic) => [topic.slug, topic])),
    points: new Map(points.map((point) => [point.id, point])),
  });
}

/** Reads a folder as far as it can be read. File names in the result start with the folder as given. */
export async function readDraft(folder: string): Promise<Draft> {
  const readRecords = async <T>(name: string, schema: z.ZodType<T>) => {
    const file = join(folder, name);
    const { records, problems } = parseRecords(await readFile(file, 'utf8'), file, schema);
    return { values: records.map(({ value }) => value), problems };
  };
  const topics = await readRecords('topics.yaml', topicSchema);
  const points = await readRecords('points.yaml', pointSchema);
  const problems = [...topics.problems, ...points.problems];
  const slugs = new Set(topics.values.map(({ slug }) => slug));
  const entries = new Map<string, Entry>();
  for (const { file, topic } of await questionFiles(folder)) {
    const parsed = parseItems(await readFile(file, 'utf8'), file, topic);
    if (!slugs.has(topic))
      problems.push({ file, line: 1, item: '', field: '', message: `${topic} is no topic of topics.yaml` });
    problems.push(...parsed.problems);
    for (const entry of parsed.entries) {
      const first = entries.get(entry.item.id);
      if (first)
        problems.push({ ...place(entry, ['id']), message: `is taken by ${first.file}:${first.line}` });
      else entries.set(entry.item.id, entry);
    }
  }
  return { folder, entries: [...entries.values()], topics: topics.values, points: points.values, problems };
}

/** Parses the text of one question file. Items with a mistake are left out and stand in `problems`. */
export function parseItems(
  text: string,
  file: string,
  topic: string,
): { entries: Entry[]; problems: Problem[] } {
  const { records, problems } = parseRecords(text, file, itemSchema);
  return {
    entries: records.map(({ value, ...where }) => ({ item: { ...value, topic }, file, ...where })),
    problems,
  };
}

/** Where a field of an item stands, for a {@link Problem}. */
export const place = (entry: Entry, path: Path) => ({
  file: entry.file,
  line: entry.lineOf(path),
  item: entry.item.id,
  field: formatPath(path),
});

/** A topic's questions stand in `<topic>.yaml`, in `<topic>/*.yaml`, or both. */
async function questionFiles(folder: string): Promise<{ file: string; topic: string }[]> {
  const paths = (await readdir(folder, { recursive: true })).map((path) => path.split(/[\\/]/));
  return paths
    .filter(([, name, ...deeper]) => deeper.length === 0 && (name === undefined || name.endsWith('.yaml')))
    .filter(([top = '', name]) => name || (top.endsWith('.yaml') && !/^(topics|points)\.yaml$/.test(top)))
    .map((path) => ({ file: join(folder, ...path), topic: basename(path[0]!, '.yaml') }))
    .sort((left, right) => (left.file < right.file ? -1 : 1));
}

function parseRecords<T>(text: string, file: string, schema: z.ZodType<T>) {
  const source = parseList(text, file);
  const records: { value: T; line: number; lineOf: (path: Path) => number }[] = [];
  const problems = [...source.problems];
  source.values.forEach((value, index) => {
    const lineOf = (path: Path) => source.lineOf([index, ...path]);
    const parsed = schema.safeParse(value, { reportInput: true });
    if (parsed.success) {
      records.push({ value: parsed.data, line: lineOf([]), lineOf });
      return;
    }
    const item = nameOf(value) ?? `#${index + 1}`;
    for (const { path, message } of parsed.error.issues.flatMap(explainIssue))
      problems.push({ file, line: lineOf(path), item, field: formatPath(path), message });
  });
  return { records, problems };
}

function nameOf(value: unknown): string | undefined {
  const { id, slug } = (value ?? {}) as { id?: unknown; slug?: unknown };
  return [id, slug].find((name) => typeof name === 'string');
}

/** Freezes a value and all that is in it. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(each);
  return value;
}
