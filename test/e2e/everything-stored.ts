import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { createClient } from '@keyv/redis';
import type { Stage } from './stage.ts';

/** Everything that is in the store, whatever it is: a line for each document, member of a set, or row of a table. */
export async function everythingStored({
  redis,
  folder,
}: Pick<Stage, 'redis' | 'folder'>): Promise<string[]> {
  return redis ? everyKey(redis.url) : everyRow(join(folder, 'data', 'koan.sqlite'));
}

/** The lines that name any of these. */
export async function linesWith(
  stage: Pick<Stage, 'redis' | 'folder'>,
  ...texts: string[]
): Promise<string[]> {
  return (await everythingStored(stage)).filter((line) => texts.some((text) => line.includes(text)));
}

async function everyKey(url: string): Promise<string[]> {
  const client = createClient({ url });
  await client.connect();
  const lines: string[] = [];
  for (const key of (await client.keys('*')).sort()) {
    switch (await client.type(key)) {
      case 'string':
        lines.push(`${key} = ${await client.get(key)}`);
        break;
      case 'zset':
        for (const { value, score } of await client.zRangeWithScores(key, 0, -1)) {
          lines.push(`${key} | ${value} | ${score}`);
        }
        break;
      case 'set':
        for (const member of await client.sMembers(key)) lines.push(`${key} | ${member}`);
        break;
      case 'hash':
        lines.push(`${key} = ${JSON.stringify(await client.hGetAll(key))}`);
        break;
      case 'none':
        break;
      default:
        throw new Error(`a key of a kind that nobody looks into: ${key}`);
    }
  }
  client.destroy();
  return lines;
}

function everyRow(file: string): string[] {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    const tables = database.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables.flatMap(({ name }) =>
      database
        .prepare(`SELECT * FROM "${name}"`)
        .all()
        .map((row) => `${name} | ${Object.values(row).join(' | ')}`)
        .sort(),
    );
  } finally {
    database.close();
  }
}
