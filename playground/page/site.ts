import { readFile, stat } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { stripTypeScriptTypes } from 'node:module';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFromHere } from '../control.ts';
import type { Playground } from '../start.ts';
import { createLive, type Live } from './live.ts';

const client = fileURLToPath(new URL('./client/', import.meta.url));
const lit = fileURLToPath(new URL('../../node_modules/lit-html/', import.meta.url));

/** What each path prefix serves; the first that fits. */
const folders: readonly (readonly [prefix: string, folder: string])[] = [
  ['/lib/lit-html/', lit],
  ['/', client],
];

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.ts': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

/** Nothing is fetched from, or sent to, anywhere but this server. */
const policy =
  "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * Serves the page on the playground's port. Its TypeScript goes to the browser with the types stripped: there is no
 * build.
 * @param first who a window is when its address names nobody
 */
export function serveSite(playground: Playground, first: () => string): Live {
  const live = createLive(playground);
  playground.mount({
    request: (message, response) => void serve(message, response, first()),
    upgrade: live.upgrade,
  });
  return live;
}

async function serve(message: IncomingMessage, response: ServerResponse, first: string): Promise<void> {
  const { pathname, searchParams } = new URL(message.url ?? '/', 'http://localhost');
  if (!isFromHere(message)) return void response.writeHead(403).end();
  if ((pathname === '/' || pathname === '/preview.html') && !searchParams.has('as')) {
    searchParams.set('as', first);
    return void response.writeHead(302, { Location: `${pathname}?${searchParams}` }).end();
  }
  const file = await read(pathname === '/' ? '/index.html' : pathname).catch(() => undefined);
  if (!file)
    return void response.writeHead(404, { 'Content-Type': 'text/plain' }).end('There is nothing here.');
  response.writeHead(200, {
    'Content-Type': file.type,
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-cache',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(file.data);
}

interface Served {
  readonly type: string;
  readonly data: string | Buffer;
}

const stripped = new Map<string, { readonly changed: number; readonly data: string }>();

async function read(path: string): Promise<Served | undefined> {
  const [prefix, folder] = folders.find(([start]) => path.startsWith(start))!;
  const type = types[extname(path)];
  const inside = normalize(decodeURIComponent(path.slice(prefix.length)));
  if (!type || inside.startsWith('..')) return undefined;
  const file = join(folder, inside);
  if (extname(file) !== '.ts') return { type, data: await readFile(file) };

  const { mtimeMs } = await stat(file);
  let known = stripped.get(file);
  if (known?.changed !== mtimeMs) {
    known = { changed: mtimeMs, data: strip(await readFile(file, 'utf8')) };
    stripped.set(file, known);
  }
  return { type, data: known.data };
}

/** Without the warning that Node's stripping is experimental: its result for this page is what the tests look at. */
function strip(code: string): string {
  const { emitWarning } = process;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(code);
  } finally {
    process.emitWarning = emitWarning;
  }
}
