import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

const belowDiscord = [
  'bank',
  'calendar',
  'competition',
  'daily',
  'doctor',
  'interview',
  'jobs',
  'own-bank',
  'pictures',
  'privacy',
  'progress',
  'quiz',
  'reports',
  'review',
  'settings',
  'store',
];

/** What each room may import from; a room may always import from itself. The files above them see everything. */
const allowed: Record<string, readonly string[]> = {
  store: [],
  bank: [],
  calendar: [],
  settings: ['bank', 'calendar', 'privacy', 'store'],
  progress: ['bank', 'calendar', 'privacy', 'settings', 'store'],
  jobs: ['store'],
  privacy: ['jobs', 'store'],
  pictures: ['bank', 'calendar'],
  'own-bank': ['bank', 'pictures', 'privacy', 'store'],
  daily: ['bank', 'calendar', 'jobs', 'privacy', 'progress', 'settings', 'store'],
  quiz: ['bank', 'calendar', 'jobs', 'privacy', 'progress', 'settings', 'store'],
  reports: ['bank', 'daily', 'jobs', 'privacy', 'settings', 'store'],
  review: ['bank', 'calendar', 'jobs', 'privacy', 'progress', 'settings', 'store'],
  interview: ['bank', 'calendar', 'privacy', 'progress', 'settings', 'store'],
  competition: ['bank', 'calendar', 'daily', 'jobs', 'privacy', 'progress', 'settings', 'store'],
  doctor: ['competition', 'daily', 'settings', 'store'],
  discord: belowDiscord,
  commands: [...belowDiscord, 'discord'],
};

const files = ['src', 'commands'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => join(folder, name)),
);

function roomOf(file: string): string {
  const [top, room = ''] = file.split(/[\\/]/);
  // A program to be started by hand puts rooms together, as rooms.ts does.
  if (room.endsWith('.ts') || file.endsWith('-cli.ts')) return 'composition';
  return top === 'commands' ? 'commands' : room;
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  return [...text.matchAll(/from '([^']+)'/g)].map(([, name]) => name!);
}

test.each(files.filter((file) => roomOf(file) !== 'composition'))(
  '%s imports from the rooms below it only',
  (file) => {
    const room = roomOf(file);
    expect(Object.keys(allowed)).toContain(room);
    for (const name of importsOf(file).filter((name) => name.startsWith('.'))) {
      const target = roomOf(relative(root, resolve(root, dirname(file), name)));
      if (target !== room) expect(allowed[room], `${file} imports ${name}`).toContain(target);
    }
  },
);

test.each(
  files.filter((file) => {
    const room = roomOf(file);
    return belowDiscord.includes(room) && room !== 'store';
  }),
)('%s knows nothing of Discord’s library, the store’s drivers, the clock or chance', (file) => {
  const outside = importsOf(file).filter((name) => /^(discord\.js|@discordjs|keyv|@keyv)/.test(name));
  expect(outside).toEqual([]);
  const code = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
  expect(code).not.toMatch(/Date\.now|Math\.random|new Date\(\)|process\.env/);
});
