import { setImmediate as breathe } from 'node:timers/promises';
import type { Bank } from '../bank/load.ts';
import type { Item } from '../bank/schema.ts';
import type { Effect } from './catalogue.ts';
import type { Trouble, Upload } from './read.ts';
import type { Reader } from './reader.ts';
import type { OwnBankService } from './service.ts';

/** A file that was read: what keeps it from being stored, or what storing it would do. */
export type Checked =
  | { readonly kind: 'refused'; readonly troubles: readonly Trouble[] }
  | { readonly kind: 'ready'; readonly effect: Effect; readonly hints: readonly Trouble[] };

/** Too many files are being read already: one of the same server, or as many as wait in patience. */
export class ImportBusy extends Error {
  override readonly name = 'ImportBusy';
  readonly reason: 'server' | 'queue';
  constructor(reason: ImportBusy['reason']) {
    super(`files are being read: ${reason}`);
    this.reason = reason;
  }
}

export type Imports = ReturnType<typeof createImports>;

/**
 * Files between being read and being stored. They wait in memory only: after a restart the file is sent once more, as
 * nothing was changed yet.
 * @param askingProblem says what keeps a question from being asked where people see it, if anything does
 */
export function createImports(
  reader: Reader,
  ownBank: OwnBankService,
  shared: Pick<Bank, 'topics' | 'points'>,
  askingProblem: (item: Item) => string | undefined,
  now: () => number,
) {
  const waiting = new Map<string, { guildId: string; upload: Upload; until: number }>();

  /** Servers of which a file is being read, or waits for it. */
  const reading = new Set<string>();

  /**
   * Reads a file for a server, one at a time. `key` names it from then on.
   * @throws {CatalogueFull | ImportBusy}
   */
  async function read(...[guildId, ...file]: Parameters<typeof readFor>): Promise<Checked> {
    if (reading.has(guildId)) throw new ImportBusy('server');
    if (reading.size >= MOST_READING) throw new ImportBusy('queue');
    reading.add(guildId);
    try {
      return await readFor(guildId, ...file);
    } finally {
      reading.delete(guildId);
    }
  }

  async function readFor(
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
    const found = await reader({ name: file.name, bytes: file.bytes, known }, onProgress);
    const { items, lines, topics, troubles } = found;
    const errors = troubles.filter(({ severity }) => severity === 'error');
    for (const [at, item] of items.entries()) {
      const message = askingProblem(item);
      if (message) errors.push({ line: lines[at]!, item: item.id, field: '', message, severity: 'error' });
      if (at % 100 === 99) await breathe();
    }
    if (errors.length > 0) return { kind: 'refused', troubles: errors };
    const upload = { items, topics };
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

/** Files read one after the other, each for half a minute at most. */
const MOST_READING = 6;

/** Files of at most 1 MB each. */
const MOST_WAITING = 20;
