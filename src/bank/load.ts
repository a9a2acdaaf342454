import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { isMap, isPair, isScalar, isSeq, LineCounter, type Node, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import {
  type Item,
  itemSchema,
  itemTypes,
  type Point,
  pointSchema,
  type Topic,
  topicSchema,
} from './schema.ts';

/** All the questions there are. Frozen through and through. */
export type Bank = {
  readonly items: ReadonlyMap<string, Item>;
  /** Every topic has its entry, in the order of topics.yaml. */
  readonly byTopic: ReadonlyMap<string, readonly Item[]>;
  readonly topics: ReadonlyMap<string, Topic>;
  readonly points: ReadonlyMap<string, Point>;
};

/** Something wrong in a file, and where; `item` and `field` are empty where there is none. */
export type Problem = {
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  readonly item: string;
  readonly field: string;
  readonly message: string;
};

export type Path = readonly (string | number)[];

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
  const topics = new Map(draft.topics.map((topic) => [topic.slug, topic]));
  const items = draft.entries.map((entry) => entry.item);
  return deepFreeze({
    items: new Map(items.map((item) => [item.id, item])),
    byTopic: new Map([...topics.keys()].map((slug) => [slug, items.filter((item) => item.topic === slug)])),
    topics,
    points: new Map(draft.points.map((point) => [point.id, point])),
  });
}

/** Reads a folder as far as it can be read; mistakes are in `problems`. File names start with the folder as given. */
export async function readDraft(folder: string): Promise<Draft> {
  const topics = parseRecords(
    await readFile(join(folder, 'topics.yaml'), 'utf8'),
    join(folder, 'topics.yaml'),
    topicSchema,
  );
  const points = parseRecords(
    await readFile(join(folder, 'points.yaml'), 'utf8'),
    join(folder, 'points.yaml'),
    pointSchema,
  );
  const entries: Entry[] = [];
  const problems = [...topics.problems, ...points.problems];
  const slugs = new Set(topics.records.map((topic) => topic.slug));
  const ids = new Map<string, Entry>();
  for (const { path, topic } of await questionFiles(folder)) {
    if (!slugs.has(topic)) {
      problems.push({
        file: path,
        line: 1,
        item: '',
        field: '',
        message: `${topic} is no topic of topics.yaml`,
      });
      continue;
    }
    const parsed = parseItems(await readFile(path, 'utf8'), path, topic);
    problems.push(...parsed.problems);
    for (const entry of parsed.entries) {
      const first = ids.get(entry.item.id);
      if (first) {
        const message = `is taken by ${first.file}:${first.line}`;
        problems.push({ ...place(entry, ['id']), message });
      } else {
        ids.set(entry.item.id, entry);
        entries.push(entry);
      }
    }
  }
  return { entries, topics: topics.records, points: points.records, problems };
}

/** Parses the text of one question file. Items with a mistake are left out and stand in `problems`. */
export function parseItems(
  text: string,
  file: string,
  topic: string,
): { entries: Entry[]; problems: Problem[] } {
  const source = parseList(text, file);
  const entries: Entry[] = [];
  const problems = [...source.problems];
  source.values.forEach((value, index) => {
    const lineOf = (path: Path) => source.lineOf([index, ...path]);
    const parsed = itemSchema.safeParse(value, { reportInput: true });
    if (parsed.success) {
      entries.push({ item: { ...parsed.data, topic }, file, line: lineOf([]), lineOf });
      return;
    }
    const item = nameOf(value) ?? `#${index + 1}`;
    for (const { path, message } of parsed.error.issues.flatMap(explainIssue))
      problems.push({ file, line: lineOf(path), item, field: formatPath(path), message });
  });
  return { entries, problems };
}

/** `file:line item field: message` */
export const formatProblem = ({ file, line, item, field, message }: Problem) =>
  `${[`${file}:${line}`, item, field].filter(Boolean).join(' ')}: ${message}`;

/** Where a field of an item stands, for a {@link Problem}. */
export const place = (entry: Entry, path: Path) => ({
  file: entry.file,
  line: entry.lineOf(path),
  item: entry.item.id,
  field: formatPath(path),
});

/** `refs[0].url` */
const formatPath = (path: Path) =>
  path.map((key, index) => (typeof key === 'number' ? `[${key}]` : index > 0 ? `.${key}` : key)).join('');

/** A topic's questions stand in `<topic>.yaml`, in `<topic>/*.yaml`, or both. */
async function questionFiles(folder: string): Promise<{ path: string; topic: string }[]> {
  const files: { path: string; topic: string }[] = [];
  for (const entry of (await readdir(folder, { withFileTypes: true })).sort((a, b) =>
    a.name < b.name ? -1 : 1,
  )) {
    if (entry.isDirectory()) {
      const names = (await readdir(join(folder, entry.name))).filter((name) => name.endsWith('.yaml')).sort();
      files.push(...names.map((name) => ({ path: join(folder, entry.name, name), topic: entry.name })));
    } else if (entry.name.endsWith('.yaml') && entry.name !== 'topics.yaml' && entry.name !== 'points.yaml') {
      files.push({ path: join(folder, entry.name), topic: basename(entry.name, '.yaml') });
    }
  }
  return files;
}

function parseRecords<T>(text: string, file: string, schema: z.ZodType<T>) {
  const source = parseList(text, file);
  const records: T[] = [];
  const problems = [...source.problems];
  source.values.forEach((value, index) => {
    const parsed = schema.safeParse(value, { reportInput: true });
    if (parsed.success) records.push(parsed.data);
    else
      for (const { path, message } of parsed.error.issues.flatMap(explainIssue))
        problems.push({
          file,
          line: source.lineOf([index, ...path]),
          item: nameOf(value) ?? `#${index + 1}`,
          field: formatPath(path),
          message,
        });
  });
  return { records, problems };
}

/** Parses a YAML list and remembers where things stand. Anchors' copies are refused: a few lines of them can grow without end. */
function parseList(text: string, file: string) {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineAt = (position: number) => lines.linePos(position).line;
  const problem = (position: number, message: string): Problem => ({
    file,
    line: lineAt(position),
    item: itemBefore(text, position),
    field: '',
    message,
  });
  const problems = [...document.errors, ...document.warnings].map((error) =>
    problem(error.pos[0], `YAML: ${explainYaml(error.message)}`),
  );
  visit(document, {
    Alias: (_, node) => {
      problems.push(problem(node.range?.[0] ?? 0, `YAML: *${node.source} is an alias; write the text out`));
    },
  });
  let values: unknown[] = [];
  if (problems.length === 0) {
    const data: unknown = document.toJS({ maxAliasCount: 0 });
    if (Array.isArray(data)) values = data;
    else if (data !== null) problems.push(problem(0, 'must be a list: each item starts with "- id: …"'));
  }
  return { values, problems, lineOf: (path: Path) => lineAt(positionOf(document.contents, path)) };
}

function positionOf(root: Node | null, path: Path): number {
  let node: unknown = root;
  let position = root?.range?.[0] ?? 0;
  for (const key of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (each) => isPair(each) && isScalar(each.key) && String(each.key.value) === String(key),
      );
      if (!pair) break;
      position = (pair.key as Node).range?.[0] ?? position;
      node = pair.value;
    } else if (isSeq(node)) {
      const next = node.items[Number(key)] as Node | undefined;
      if (!next) break;
      position = next.range?.[0] ?? position;
      node = next;
    } else break;
  }
  return position;
}

/** The item that a broken place most likely belongs to. */
const itemBefore = (text: string, position: number) =>
  [...text.slice(0, position + 1).matchAll(/^- id: *([a-z0-9-]+)/gm)].at(-1)?.[1] ?? '';

const nameOf = (value: unknown) => {
  const { id, slug } = (value ?? {}) as { id?: unknown; slug?: unknown };
  return typeof id === 'string' ? id : typeof slug === 'string' ? slug : undefined;
};

function explainYaml(message: string): string {
  if (message.startsWith('Nested mappings are not allowed'))
    return 'a text with ": " in it needs quotes, or a block (>-)';
  if (message.startsWith('Map keys must be unique')) return 'this field stands here twice';
  return message;
}

type Explained = { path: Path; message: string };

/** Says in an author's words what zod found. */
function explainIssue(issue: z.core.$ZodIssue): Explained[] {
  const path = issue.path as (string | number)[];
  const { input } = issue;
  const one = (message: string) => [{ path, message }];
  switch (issue.code) {
    case 'invalid_type': {
      if (input === undefined) return one('is missing');
      if (input === null) return one('is empty');
      if (issue.expected === 'string' && ['number', 'boolean'].includes(typeof input))
        return one(`must be text: put ${String(input)} in quotes`);
      const wanted = {
        record: 'a map',
        object: 'a map',
        array: 'a list',
        string: 'text',
        number: 'a number',
      };
      return one(`must be ${wanted[issue.expected as keyof typeof wanted] ?? issue.expected}`);
    }
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({
        path: [...path, key],
        message: `is no field here${key.includes(' ') ? ' (a text with a comma inside {…} needs quotes)' : ''}`,
      }));
    case 'too_big':
      if (typeof input === 'string')
        return one(`has ${input.trim().length} characters; ${issue.maximum} at most`);
      return one(`must have at most ${issue.maximum}${Array.isArray(input) ? '' : ' as its value'}`);
    case 'too_small':
      if (typeof input === 'string') return one('is empty');
      return one(
        Array.isArray(input) ? `must have at least ${issue.minimum}` : `must be at least ${issue.minimum}`,
      );
    case 'invalid_union':
      if (issue.path.at(-1) === 'type') return one(`must be one of ${itemTypes.join(', ')}`);
      return one(input === undefined ? 'is missing' : issue.message);
    case 'invalid_key':
      return one(issue.issues[0]?.message ?? issue.message);
    case 'invalid_value':
      return one(input === undefined ? 'is missing' : `must be ${issue.values.map(String).join(' or ')}`);
    default:
      return one(issue.message);
  }
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const each of value instanceof Map ? value.values() : Object.values(value)) deepFreeze(each);
  return value;
}
