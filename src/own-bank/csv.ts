import type { Path } from '../bank/source.ts';
import type { Flaw } from './decode.ts';

/** A row as the YAML format would have it, and the line on which it starts. */
export type Row = { readonly value: Record<string, unknown>; readonly line: number };

/**
 * Reads a table of questions. The first row names fields by their paths in the YAML format, such as `en.options.a` or
 * `refs.1.url`; lists count from 1, and a list of single words (`covers`, `answer`, `answer.accept.en`) stands in one
 * cell, parted by `|`. Empty cells are fields left out.
 */
export function parseTable(text: string): { rows: Row[]; flaws: Flaw[] } {
  const { records, flaws } = parseCsv(text);
  const [head, ...body] = records;
  if (!head || flaws.length > 0) return { rows: [], flaws };
  const names = head.cells.map((cell) => cell.trim());
  for (const [at, name] of names.entries()) {
    const problem = problemOfName(name, names.indexOf(name) < at);
    if (problem) flaws.push({ line: 1, message: `column ${at + 1} (${name.slice(0, 40)}) ${problem}` });
  }
  if (names.length > MOST_COLUMNS) flaws.push({ line: 1, message: `has over ${MOST_COLUMNS} columns` });
  if (flaws.length > 0) return { rows: [], flaws };
  const rows: Row[] = [];
  for (const { cells, line } of body) {
    if (cells.every((cell) => cell.trim() === '')) continue;
    const extra = cells.slice(names.length).find((cell) => cell.trim() !== '');
    if (extra !== undefined) flaws.push({ line, message: 'has more cells than the first row: quote commas' });
    const row = rowOf(names, cells);
    if (typeof row === 'string') flaws.push({ line, message: row });
    else rows.push({ value: row, line });
  }
  return { rows, flaws };
}

function problemOfName(name: string, isRepeated: boolean): string | undefined {
  if (!/^[A-Za-z_]\w*(\.([A-Za-z_][\w-]*|[1-9]\d?)){0,4}$/.test(name)) return 'is no name of a field';
  if (name.split('.').some((part) => part in Object.prototype)) return 'is no name of a field';
  return isRepeated ? 'stands here twice' : undefined;
}

/** @returns a sentence if two cells claim the same place */
function rowOf(names: readonly string[], cells: readonly string[]): Record<string, unknown> | string {
  const root: Record<string, unknown> = {};
  const type = cells[names.indexOf('type')]?.trim() ?? '';
  for (const [at, name] of names.entries()) {
    const cell = cells[at]?.trim() ?? '';
    if (cell === '') continue;
    const path = name.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) - 1 : part));
    if (!put(root, path, readCell(name, type, cell))) return `${name} and another column fill the same field`;
  }
  compact(root);
  return root;
}

function put(root: Record<string, unknown>, path: Path, value: unknown): boolean {
  let at = root as Record<string | number, unknown>;
  for (const [depth, part] of path.slice(0, -1).entries()) {
    at[part] ??= typeof path[depth + 1] === 'number' ? [] : {};
    if (typeof at[part] !== 'object') return false;
    at = at[part] as Record<string | number, unknown>;
  }
  const last = path.at(-1)!;
  if (at[last] !== undefined) return false;
  at[last] = value;
  return true;
}

/** A list of which only the first and third are filled in has two. */
function compact(at: object): void {
  for (const [key, value] of Object.entries(at)) {
    if (typeof value !== 'object' || value === null) continue;
    compact(value);
    if (Array.isArray(value))
      (at as Record<string, unknown>)[key] = value.filter((each) => each !== undefined);
  }
}

function readCell(name: string, type: string, cell: string): unknown {
  const isList =
    name === 'covers' ||
    name.startsWith('answer.accept.') ||
    (name === 'answer' && (type === 'multiple' || type === 'order'));
  if (isList) return cell.split('|').map((each) => each.trim());
  if (/^true$/i.test(cell) && (name === 'answer' || name.endsWith('.essential'))) return true;
  if (/^false$/i.test(cell) && name === 'answer') return false;
  const isNumber = name === 'level' || /(^|\.)(value|tolerance|weight)$/.test(name);
  return isNumber && /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : cell;
}

type Line = { readonly cells: string[]; readonly line: number };

/** RFC 4180, parted by whichever of comma, semicolon and tab the first line has most of. */
function parseCsv(text: string): { records: Line[]; flaws: Flaw[] } {
  const first = text.slice(0, Math.max(0, text.search(/\r?\n/)) || text.length);
  const count = (sign: string) => first.split(sign).length;
  const separator = [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best));
  const records: Line[] = [];
  let cells: string[] = [];
  let line = 1;
  let startsAt = 1;
  let at = 0;
  while (at < text.length) {
    let cell = '';
    if (text[at] === '"') {
      const opened = line;
      for (at += 1; ; at += 1) {
        const close = text.indexOf('"', at);
        if (close < 0) return { records, flaws: [{ line: opened, message: 'has a " that is never closed' }] };
        cell += text.slice(at, close);
        at = close + 1;
        if (text[at] !== '"') break;
        cell += '"';
      }
      line += cell.split('\n').length - 1;
    }
    let end = at;
    while (end < text.length && text[end] !== separator && text[end] !== '\n') end += 1;
    cells.push((cell + text.slice(at, end)).replace(/\r$/, ''));
    at = end + 1;
    if (end < text.length && text[end] === separator) {
      if (at === text.length) cells.push('');
      else continue;
    }
    records.push({ cells, line: startsAt });
    if (records.length > MOST_ROWS)
      return { records, flaws: [{ line, message: `is row ${MOST_ROWS}; too many` }] };
    cells = [];
    line += 1;
    startsAt = line;
  }
  return { records, flaws: [] };
}

const MOST_COLUMNS = 200;

/** With the first. */
const MOST_ROWS = 5_000;
