import type { Bank } from '../bank/load.ts';
import type { Effect } from './catalogue.ts';
import type { Trouble, Upload } from './read.ts';
import type { Reader } from './reader.ts';
import type { OwnBankService } from './service.ts';

/** A file that was read: what keeps it from being stored, or what storing it would do. */
export type Checked =
  | { readonly kind: 'refused'; readonly troubles: readonly Trouble[] }
  | { readonly kind: 'ready'; readonly effect: Effect; readonly hints: readonly Trouble[] };

export type Imports = ReturnType<typeof createImports>;

/**
 * Files between being read and being stored. They wait in memory only: after a restart the file is sent once more, as
 * nothing was changed yet.
 */
export function createImports(
  reader: Reader,
  ownBank: OwnBankService,
  shared: Pick<Bank, 'topics' | 'points'>,
  now: () => number,
) {
  const waiting = new Map<string, { guildId: string; upload: Upload; until: number }>();

  /**
   * Reads a file for a server. `key` names it from then on.
   * @throws {CatalogueFull}
   */
  async function read(
    guildId: string,
    key: string,
    file: { readonly name: string; readonly bytes: Uint8Array; readonly topic?: string | undefined },
    onProgress: (done: number, of: number) => void,
  ): Promise<Checked> {
    const { topics: own } = await ownBank.find(guildId);
    const known = {
      topics: [...shared.topics.values()],
      own,
      points: [...shared.points.values()],
      fallback: file.topic,
    };
    const { troubles, ...upload } = await reader({ name: file.name, bytes: file.bytes, known }, onProgress);
    const errors = troubles.filter(({ severity }) => severity === 'error');
    if (errors.length > 0) return { kind: 'refused', troubles: errors };
    const effect = await ownBank.preview(guildId, upload);
    waiting.set(key, { guildId, upload, until: now() + PATIENCE });
    for (const [oldest, { until }] of waiting)
      if (until < now() || waiting.size > MOST_WAITING) waiting.delete(oldest);
    return { kind: 'ready', effect, hints: troubles };
  }

  /**
   * Stores a file that was read. Once more is the same as once.
   * @returns `undefined` if it is not at hand any more
   * @throws {CatalogueFull}
   */
  async function store(guildId: string, key: string): Promise<Effect | undefined> {
    const found = waiting.get(key);
    if (found?.guildId !== guildId) return undefined;
    const effect = await ownBank.take(guildId, found.upload);
    waiting.delete(key);
    return effect;
  }

  function cancel(key: string): void {
    waiting.delete(key);
  }

  return { read, store, cancel };
}

/** Milliseconds: as long as the buttons under the summary can be answered. */
const PATIENCE = 15 * 60_000;

/** Files of at most 1 MB each. */
const MOST_WAITING = 20;
