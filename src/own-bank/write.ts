import { readFile } from 'node:fs/promises';
import { setImmediate as breathe } from 'node:timers/promises';
import { stringify } from 'yaml';
import type { Item, Topic } from '../bank/schema.ts';
import { MOST_BYTES } from './read.ts';

/**
 * Writes questions as YAML that `readUpload` reads back unchanged, in as many files as it takes. Other work goes on meanwhile.
 * @param most bytes that a file may have
 */
export async function writeFiles(
  items: readonly Item[],
  topics: readonly Topic[],
  most: number = MOST_BYTES,
): Promise<string[]> {
  const head = topics.length > 0 ? `topics:\n${stringify(topics, STYLE)}` : '';
  const files: string[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const [number, item] of items.entries()) {
    if (number % 20 === 19) await breathe();
    const text = stringify([writtenForm(item)], STYLE);
    const bytes = Buffer.byteLength(text);
    if (size + bytes > most) {
      files.push(`${head}questions:\n`);
      size = Buffer.byteLength(files.at(-1)!);
    }
    files[files.length - 1] += text;
    size += bytes;
  }
  return files;
}

/** A file to begin with, for who has none yet. */
export function exampleFile(): Promise<string> {
  return readFile(new URL('./example.yaml', import.meta.url), 'utf8');
}

/** What says the same in both languages was written in one, and is given back so. */
function writtenForm({ id, topic, ...item }: Item): object {
  const written = { id, topic, ...item };
  if (JSON.stringify(written.en) !== JSON.stringify(written.zh)) return written;
  return withoutDouble({
    ...written,
    ...(written.type === 'short' ? { answer: { accept: withoutDouble(written.answer.accept) } } : {}),
    ...(written.type === 'open' ? { rubric: written.rubric.map(withoutDouble) } : {}),
  });
}

function withoutDouble<T extends { readonly en: unknown; readonly zh: unknown }>(both: T): object {
  const { zh, ...rest } = both;
  return JSON.stringify(zh) === JSON.stringify(both.en) ? rest : both;
}

/** Lines stay as long as they are: folding would change texts with several spaces. */
const STYLE = { lineWidth: 0, aliasDuplicateObjects: false } as const;
