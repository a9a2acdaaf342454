import type { SetEntry } from './port.ts';

/** Text without braces, and in it at most one `{tag}`. */
const TAGGED_NAME = /^[^{}]*(?:\{([^{}]+)\}[^{}]*)?$/;

/**
 * The hash tag of a key or set name: what stands in its braces, as in Redis Cluster's rule for hash slots.
 * @returns `undefined` for a name without one
 * @throws Error when the name has more than one pair of braces, or a stray one
 */
export function hashTag(name: string): string | undefined {
  const match = TAGGED_NAME.exec(name);
  if (!match) throw new Error(`"${name}" must hold at most one hash tag, as in member:{guild}`);
  return match[1];
}

/**
 * Checks that a document and the entries that follow from it carry the same tag. Names without any tag go together
 * too, on a single server.
 * @throws Error when they do not
 */
export function requireOneTag(key: string, entries: readonly SetEntry[]): void {
  const tag = hashTag(key);
  const stranger = entries.find((entry) => hashTag(entry.set) !== tag);
  if (stranger) {
    throw new Error(`the document "${key}" and the set "${stranger.set}" carry different hash tags`);
  }
}
