import { checkItem, type Finding, type FormulaCheck } from '../bank/check-item.ts';
import { explainIssue } from '../bank/explain-issue.ts';
import {
  type Item,
  itemSchema,
  type Language,
  languages,
  type Point,
  type Topic,
  topicSchema,
} from '../bank/schema.ts';
import { formatPath, type Path, parseSource } from '../bank/source.ts';
import { parseTable } from './csv.ts';
import { decode, type Flaw, HIDDEN, HIDDEN_MESSAGE } from './decode.ts';

/** What a file of a server's own questions holds; ids are still their author's. */
export type Upload = { readonly items: readonly Item[]; readonly topics: readonly Topic[] };

/** What is wrong with a file; `item` and `field` are empty where there is none. */
export type Trouble = Pick<Finding, 'line' | 'item' | 'field' | 'message' | 'severity'>;

export type Reading = Upload & {
  /** Where each item starts. */
  readonly lines: readonly number[];
  readonly troubles: readonly Trouble[];
};

/** What a file is read against. */
export type Known = {
  /** Topics of the shared bank, and those that the server has already. */
  readonly topics: readonly Topic[];
  readonly own: readonly Topic[];
  readonly points: readonly Point[];
  /** The topic of questions that name none. */
  readonly fallback?: string | undefined;
};

/** Limits of one file, and of one server. */
export const MOST_BYTES = 1_000_000;
export const MOST_ITEMS = 2_000;
export const MOST_TOPICS = 25;

/** Characters of an author's id: with what names the server it still fits into a button. */
const LONGEST_ID = 50;

/** What one question may have of all that the bank's format leaves open. */
const MOST_FORMULAS = 12;
const MOST_REFS = 10;
const MOST_ACCEPTED = 50;
const MOST_SLIPS = 20;

/** Characters of an address, and of a question as it is stored. */
const LONGEST_URL = 500;
const LONGEST_ITEM = 20_000;

/**
 * Reads a file in the bank's format, or as a table; by the bank's own rules.
 * @param onItem is called before each question is checked
 */
export function readUpload(
  name: string,
  bytes: Uint8Array,
  known: Known,
  formulaProblem: FormulaCheck,
  onItem: (done: number, of: number) => void,
): Reading {
  const decoded = decode(bytes);
  if (!('text' in decoded)) return failed([decoded]);
  const source = /\.(csv|tsv)$/i.test(name) ? readTable(decoded.text) : readYaml(decoded.text);
  if (source.troubles.length > 0) return nothing(source.troubles.slice(0, MOST_TROUBLES));
  if (source.questions.length + source.topics.length === 0)
    return failed([{ line: 0, message: 'holds no question' }]);
  if (source.questions.length > MOST_ITEMS)
    return failed([{ line: 0, message: `holds over ${MOST_ITEMS} questions` }]);

  const troubles: Trouble[] = [];
  const declared = readTopics(source.topics, known, troubles);
  const slugs = new Set([...known.topics, ...known.own, ...declared].map(({ slug }) => slug));
  const points = new Map(known.points.map((point) => [point.id, point]));
  const rules = { slugs, points, fallback: known.fallback, formulaProblem };
  const items = new Map<string, { item: Item; line: number }>();
  source.questions.forEach((question, index) => {
    onItem(index, source.questions.length);
    if (troubles.length > MOST_TROUBLES) return;
    const { item, found } = readItem(question, index, rules);
    troubles.push(...found);
    if (!item) return;
    const first = items.get(item.id);
    if (first) troubles.push(error(question.lineOf(['id']), item.id, 'id', `is taken by line ${first.line}`));
    else items.set(item.id, { item, line: question.lineOf([]) });
  });
  const read = [...items.values()];
  return {
    items: read.map(({ item }) => item),
    lines: read.map(({ line }) => line),
    topics: declared,
    troubles,
  };
}

type Part = { readonly value: unknown; readonly lineOf: (path: Path) => number };
type Source = { questions: Part[]; topics: Part[]; troubles: Trouble[] };

function readYaml(text: string): Source {
  let source: ReturnType<typeof parseSource>;
  try {
    source = parseSource(text, '');
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return { questions: [], topics: [], troubles: [whole('is nested too deep')] };
  }
  const { data, problems, lineOf } = source;
  const troubles = problems.map(({ line, item, message }) => error(line, item, '', message));
  const partsAt = (list: unknown, ...path: Path): Part[] =>
    Array.isArray(list)
      ? list.map((value, index) => ({ value, lineOf: (deeper) => lineOf([...path, index, ...deeper]) }))
      : [];
  if (troubles.length > 0 || data === null) return { questions: [], topics: [], troubles };
  if (Array.isArray(data)) return { questions: partsAt(data), topics: [], troubles };
  const { questions = [], topics = [], ...others } = Object(data) as Record<string, unknown>;
  const isMap = typeof data === 'object' && Array.isArray(questions) && Array.isArray(topics);
  if (!isMap || Object.keys(others).length > 0)
    return {
      questions: [],
      topics: [],
      troubles: [whole('must be a list of questions, or topics: and questions:')],
    };
  return { questions: partsAt(questions, 'questions'), topics: partsAt(topics, 'topics'), troubles };
}

/** In a table, a topic is declared by the rows that have `topic_en` and `topic_zh`. */
function readTable(text: string): Source {
  const { rows, flaws } = parseTable(text);
  const topics = new Map<string, Part>();
  const questions = rows.map(({ value, line }): Part => {
    const { topic_en: en, topic_zh: zh, ...question } = value;
    if (en !== undefined || zh !== undefined)
      topics.set(String(value.topic), {
        value: { slug: value.topic, en: en ?? zh, zh: zh ?? en },
        lineOf: () => line,
      });
    return { value: question, lineOf: () => line };
  });
  const troubles = flaws.map(({ line, message }) => error(line, '', '', message));
  return { questions, topics: [...topics.values()], troubles };
}

function readTopics(parts: readonly Part[], known: Known, troubles: Trouble[]): Topic[] {
  const shared = new Set(known.topics.map(({ slug }) => slug));
  const found = new Map<string, Topic>();
  for (const { value, lineOf } of parts) {
    const written = isMap(value) ? { ...value, en: value.en ?? value.zh, zh: value.zh ?? value.en } : value;
    const parsed = topicSchema.safeParse(written, { reportInput: true });
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues.flatMap(explainIssue))
        troubles.push(error(lineOf(path), '', formatPath(['topics', ...path]), message));
      continue;
    }
    const topic = parsed.data;
    const say = (field: string, message: string) =>
      troubles.push(error(lineOf([field]), topic.slug.slice(0, 50), field, message));
    if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(topic.slug) || topic.slug.length > LONGEST_SLUG)
      say('slug', `must be kebab-case (a–z, 0–9, hyphens) of at most ${LONGEST_SLUG} characters`);
    if (shared.has(topic.slug)) say('slug', 'is a topic of the shared bank already; no need to declare it');
    for (const language of languages) {
      const name = topic[language];
      if (name.length > LONGEST_NAME) say(language, `has ${name.length} characters; ${LONGEST_NAME} at most`);
      if (!PLAIN_NAME.test(name))
        say(language, 'may hold letters, digits, spaces and plain punctuation only');
    }
    found.set(topic.slug, topic);
  }
  const all = new Set([...known.own.map(({ slug }) => slug), ...found.keys()]);
  if (all.size > MOST_TOPICS)
    troubles.push(whole(`makes ${all.size} topics of your own; ${MOST_TOPICS} at most`));
  return [...found.values()];
}

type Rules = {
  readonly slugs: ReadonlySet<string>;
  readonly points: ReadonlyMap<string, Point>;
  readonly fallback: string | undefined;
  readonly formulaProblem: FormulaCheck;
};

function readItem(
  { value, lineOf }: Part,
  index: number,
  { slugs, points, fallback, formulaProblem }: Rules,
): { item?: Item; found: Trouble[] } {
  if (!isMap(value)) return { found: [error(lineOf([]), `#${index + 1}`, '', 'must be a map')] };
  const name = typeof value.id === 'string' ? value.id.slice(0, 80) : `#${index + 1}`;
  const found: Trouble[] = [];
  const { topic = fallback, ...rest } = value;
  const { written, missing } = complete(rest);
  const say = (path: Path, message: string, severity: Trouble['severity'] = 'error') => {
    // What is said of the language that was left out has been said of the other one.
    if (missing && path.includes(missing)) return;
    found.push({ ...error(lineOf(path), name, formatPath(path), message), severity });
  };
  for (const { path, text } of textsWithin(rest, []))
    if (HIDDEN.test(text) || !text.isWellFormed()) say(path, HIDDEN_MESSAGE);
  if (topic === undefined) say(['topic'], 'is missing');
  else if (typeof topic !== 'string' || !slugs.has(topic))
    say(['topic'], `${String(topic).slice(0, 50)} is neither a shared topic nor declared under topics`);
  const parsed = itemSchema.safeParse(written, { reportInput: true });
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues.flatMap(explainIssue)) say(path, message);
    return { found };
  }
  const item: Item = { ...parsed.data, topic: String(topic) };
  if (item.id.length > LONGEST_ID) say(['id'], `has ${item.id.length} characters; ${LONGEST_ID} at most`);
  checkSize(item, say);
  const entry = { item, file: '', line: 0, lineOf };
  if (found.length > 0) return { found };
  for (const { line, field, message, severity } of checkItem(entry, points, formulaProblem, !missing)) {
    const isDouble = missing && field.split(/[.[\]]+/).includes(missing);
    if (!isDouble) found.push({ line, item: name, field, message, severity });
  }
  return { item, found };
}

/** An item is read whenever its shelf is, and goes wherever its cards go. */
function checkSize(item: Item, say: (path: Path, message: string) => void): void {
  const lists: [path: Path, entries: object | undefined, most: number][] = [
    [['formulas'], item.formulas, MOST_FORMULAS],
    [['refs'], item.refs, MOST_REFS],
  ];
  for (const language of languages) {
    if (item.type === 'short')
      lists.push([['answer', 'accept', language], item.answer.accept[language], MOST_ACCEPTED]);
    if (item.type === 'number') lists.push([[language, 'slips'], item[language].slips, MOST_SLIPS]);
  }
  for (const [path, entries = {}, most] of lists) {
    const { length } = Object.keys(entries);
    if (length > most) say(path, `has ${length} entries; ${most} at most`);
  }
  item.refs.slice(0, MOST_REFS).forEach(({ url }, index) => {
    if (url.length > LONGEST_URL)
      say(['refs', index, 'url'], `has ${url.length} characters; ${LONGEST_URL} at most`);
  });
  const size = JSON.stringify(item).length;
  if (size > LONGEST_ITEM) say([], `has ${size} characters in all; ${LONGEST_ITEM} at most`);
}

/**
 * Fills in what a server's authors may leave out: the points covered, and one of the two languages, which then says the
 * same as the other.
 */
function complete(rest: Record<string, unknown>): { written: Record<string, unknown>; missing?: Language } {
  const written = { ...rest, covers: rest.covers ?? [] } as Record<string, unknown>;
  if (Array.isArray(written.covers) && written.covers.length === 0) written.origin ??= 'community';
  const missing = languages.find((language) => rest[language] === undefined);
  const there = languages.find((language) => rest[language] !== undefined);
  if (!missing || !there) return { written };
  const both = (value: unknown): unknown =>
    isMap(value) && value[there] !== undefined && value[missing] === undefined
      ? { ...value, [missing]: value[there] }
      : value;
  const { answer, rubric } = rest;
  if (isMap(answer) && isMap(answer.accept)) written.answer = { ...answer, accept: both(answer.accept) };
  if (Array.isArray(rubric)) written.rubric = rubric.map(both);
  return { written: both(written) as Record<string, unknown>, missing };
}

function textsWithin(value: unknown, path: Path): { path: Path; text: string }[] {
  if (typeof value === 'string') return [{ path, text: value }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) =>
    textsWithin(each, [...path, Array.isArray(value) ? Number(key) : key]),
  );
}

function isMap(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function failed(flaws: readonly Flaw[]): Reading {
  return nothing(flaws.map(({ line, message }) => error(line, '', '', message)));
}

/** What is read of a file that can't be read. */
export function nothing(troubles: readonly Trouble[]): Reading {
  return { items: [], lines: [], topics: [], troubles };
}

const whole = (message: string) => error(0, '', '', message);

function error(line: number, item: string, field: string, message: string): Trouble {
  return { line, item, field, message, severity: 'error' };
}

/** More than anybody mends at once. */
const MOST_TROUBLES = 1_000;

const LONGEST_SLUG = 40;
const LONGEST_NAME = 60;

/** Topic names stand in titles, menus and pictures: no markdown, mention or link can be made of these. */
const PLAIN_NAME = /^[\p{L}\p{M}\p{N} &+,.'’()（）、，·/–-]+$/u;
