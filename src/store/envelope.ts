import { z } from 'zod';
import { type CollectionDefinition, DocumentTooNew } from './port.ts';

/**
 * What is kept of a document, on both drivers: the text that Keyv writes, with the data in an envelope of its
 * schema's version and a revision that every write raises. So no two states of a document are the same text, and a
 * write that lands late finds the text that it was made for only if nobody wrote since.
 */
const Envelope = z.object({
  value: z.object({ v: z.int().min(1), r: z.int().min(0), d: z.unknown() }),
});

export type Stored = { readonly version: number; readonly revision: number; readonly data: unknown };

export type Decoded<T> =
  | { readonly fits: true; readonly data: T; readonly stored: Stored }
  | { readonly fits: false; readonly reason: string };

/**
 * Reads a stored text, brought to the present version and validated.
 * @throws {DocumentTooNew} when a newer version of the program wrote it
 */
export function decode<T>(definition: CollectionDefinition<T>, key: string, text: string): Decoded<T> {
  const stored = open(text);
  if (!stored) return { fits: false, reason: 'it is not a document in an envelope' };
  const { version, data } = stored;
  if (version > definition.version) {
    throw new DocumentTooNew(
      `${definition.name} "${key}" was written in version ${version}; this program knows version ${definition.version}`,
    );
  }
  const checked = validate(definition, data, version);
  return checked.fits ? { fits: true, data: checked.data, stored } : checked;
}

/**
 * The text to store for a new state of a document, checked as it will be read.
 * @throws Error when the data would not fit its own schema
 */
export function encode<T>(
  definition: CollectionDefinition<T>,
  key: string,
  data: T,
  revision: number,
): string {
  const text = seal({ version: definition.version, revision, data });
  const checked = validate(definition, open(text)?.data, definition.version);
  if (checked.fits) return text;
  throw new Error(`the new ${definition.name} "${key}" does not fit its schema: ${checked.reason}`);
}

/** The same document under the next revision. */
export const reseal = (stored: Stored): string => seal({ ...stored, revision: stored.revision + 1 });

function open(text: string): Stored | undefined {
  try {
    const { v, r, d } = Envelope.parse(JSON.parse(text)).value;
    return { version: v, revision: r, data: d };
  } catch {
    return undefined;
  }
}

const seal = ({ version, revision, data }: Stored): string =>
  JSON.stringify({ value: { v: version, r: revision, d: data } });

type Checked<T> =
  | { readonly fits: true; readonly data: T }
  | { readonly fits: false; readonly reason: string };

function validate<T>(definition: CollectionDefinition<T>, data: unknown, version: number): Checked<T> {
  try {
    const present =
      version < definition.version && definition.migrate ? definition.migrate(data, version) : data;
    const parsed = definition.schema.safeParse(present);
    return parsed.success
      ? { fits: true, data: parsed.data }
      : { fits: false, reason: z.prettifyError(parsed.error) };
  } catch (error) {
    return { fits: false, reason: `it could not be migrated from version ${version}: ${String(error)}` };
  }
}
