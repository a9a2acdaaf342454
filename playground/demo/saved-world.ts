import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import type { Playground, SavedWorld } from '../start.ts';
import type { World } from '../world.ts';

/** What a playground needs to go on where an earlier one stopped. */
export interface Saved extends SavedWorld {
  /** Milliseconds by which its clock was ahead of the real time. */
  readonly clock: number;
}

/** Raised when the shape of `World` changes: an older file is then left out of account. */
const SHAPE = 1;

/** @returns undefined when there is none, or one of another version. */
export async function readSaved(file: string): Promise<Saved | undefined> {
  try {
    const { shape, saved } = deserialize(await readFile(file)) as { shape: number; saved: Saved };
    return shape === SHAPE ? saved : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes the whole world, in one step for whoever reads it. Ephemeral messages stay behind, as they do when a person
 * closes Discord.
 */
export async function writeSaved(file: string, { world, botId }: Playground, clock: number): Promise<void> {
  const kept: World = { ...world, ephemerals: new Map() };
  const saved: Saved = { world: kept, botId, clock };
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, serialize({ shape: SHAPE, saved }));
  await rename(`${file}.new`, file);
}
