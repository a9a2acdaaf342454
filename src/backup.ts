import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Copies what SQLite holds at one moment into a new file, also while the bot runs: `npm run backup -- FILE`. */
try {
  if (existsSync('.env')) process.loadEnvFile('.env');
  const { REDIS_URL, DATA_DIR = './data' } = process.env;
  const [target] = process.argv.slice(2);
  if (REDIS_URL)
    throw new Error(
      'REDIS_URL is set: everything is in that Redis. docs/operating.md says how to back it up.',
    );
  if (!target) throw new Error('Where to? npm run backup -- FILE');
  if (existsSync(target)) throw new Error(`${target} is there already: name a new file.`);
  const source = join(DATA_DIR, 'koan.sqlite');
  if (!existsSync(source))
    throw new Error(`There is no ${source}: DATA_DIR names the folder that the bot uses.`);
  const database = new DatabaseSync(source, { readOnly: true });
  database.prepare('VACUUM INTO ?').run(target);
  database.close();
  process.stdout.write(`${source} as it is now is in ${target}.\n`);
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exit(1);
}
