import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';

/** Enough for the server's libraries and, on a bare image, for what those need in turn. */
const ROUNDS = 4;

/**
 * Downloads Debian's (or Ubuntu's) redis-server with the libraries that this machine lacks, and unpacks them into
 * `folder`, without root. Does nothing where that has been done before; several processes may do it at once.
 * @returns the path of a program that runs the server
 * @throws when apt or dpkg is missing, or the packages cannot be downloaded
 */
export function unpackDebianRedis(folder: string): string {
  const program = join(folder, 'redis-server');
  if (existsSync(program)) return program;

  mkdirSync(dirname(folder), { recursive: true });
  const workshop = mkdtempSync(`${folder}-`);
  try {
    unpackWithLibraries(workshop);
    writeLauncher(workshop);
    renameSync(workshop, folder);
  } catch (error) {
    rmSync(workshop, { recursive: true, force: true });
    if (!existsSync(program)) throw error;
  }
  return program;
}

function unpackWithLibraries(folder: string): void {
  let wanted = ['redis-server', 'redis-tools'];
  const unpacked = new Set<string>();
  for (let round = 0; round < ROUNDS && wanted.length > 0; round++) {
    const dependencies = download(wanted, folder).flatMap((archive) => {
      run('dpkg-deb', ['-x', archive, folder]);
      return libraryPackages(run('dpkg-deb', ['-f', archive, 'Depends', 'Pre-Depends']));
    });
    for (const name of wanted) unpacked.add(name);
    if (!lacksLibraries(folder)) return;
    wanted = [...new Set(dependencies)].filter((name) => !unpacked.has(name));
  }
  if (lacksLibraries(folder)) throw new Error('its shared libraries could not be found');
}

function download(packages: readonly string[], folder: string): string[] {
  const archives = mkdtempSync(join(folder, 'archives-'));
  // An image that has dropped its package lists gets lists of its own, beside the archives.
  const lists = [
    '-o',
    `Dir::State::lists=${join(folder, 'lists')}`,
    '-o',
    `Dir::Cache=${join(folder, 'cache')}`,
  ];
  const apt = (args: readonly string[]) =>
    run('apt-get', ['-q', '-o', 'APT::Sandbox::User=root', ...args], archives);
  if (existsSync(join(folder, 'lists'))) {
    apt([...lists, 'download', ...packages]);
  } else {
    try {
      apt(['download', ...packages]);
    } catch {
      mkdirSync(join(folder, 'lists', 'partial'), { recursive: true });
      mkdirSync(join(folder, 'cache', 'archives', 'partial'), { recursive: true });
      apt([...lists, 'update']);
      apt([...lists, 'download', ...packages]);
    }
  }
  return globSync('*.deb', { cwd: archives }).map((name) => join(archives, name));
}

/** The libraries named by the Depends lines of a package; the C library is always there, and must be the machine's. */
function libraryPackages(fields: string): string[] {
  return [...fields.matchAll(/(?:[:,|]\s*)(lib[a-z0-9.+-]+)/g)]
    .map((match) => match[1]!)
    .filter((name) => !/^libc6\b|^libgcc/.test(name));
}

function lacksLibraries(folder: string): boolean {
  return run('ldd', [server(folder)], folder, libraryPath(folder)).includes('not found');
}

/** A launcher that finds its libraries beside itself; `exec` keeps the process id that of the server. */
function writeLauncher(folder: string): void {
  const here = (path: string) => `"$here"/${path.slice(folder.length + 1)}`;
  const folders = libraryFolders(folder).map(here).join(':');
  const launcher = join(folder, 'redis-server');
  writeFileSync(
    launcher,
    `#!/bin/sh\nhere=$(dirname "$0")\nLD_LIBRARY_PATH=${folders} exec ${here(server(folder))} "$@"\n`,
  );
  chmodSync(launcher, 0o755);
  for (const leftover of globSync(join(folder, '{archives-*,lists,cache}'))) {
    rmSync(leftover, { recursive: true, force: true });
  }
}

const server = (folder: string): string => join(folder, 'usr', 'bin', 'redis-server');

const libraryPath = (folder: string): string => libraryFolders(folder).join(':');

function libraryFolders(folder: string): string[] {
  const libraries = globSync(join(folder, '{lib,usr/lib}/**/*.so.*'));
  return [...new Set(libraries.map((path) => dirname(path)))];
}

function run(program: string, args: readonly string[], cwd?: string, libraries?: string): string {
  return execFileSync(program, args, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, LC_ALL: 'C', ...(libraries ? { LD_LIBRARY_PATH: libraries } : {}) },
    ...(cwd ? { cwd } : {}),
  });
}
