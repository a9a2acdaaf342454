import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Playground, Response } from './start.ts';
import { findMessage, type Message } from './world.ts';

/**
 * The playground over HTTP, for programs that are not in its process: what `Playground` offers, by name.
 *
 * - `GET /control/state`: servers, channels, people, commands, violations.
 * - `GET /control/messages/{channelId}`, `GET /control/requests?after=n`.
 * - `POST /control/{method}`, `/control/moderate/{method}`, `/control/faults/{method}`, `/control/gateway/{method}` and
 *   `/control/as/{userId}/{method}`, with a JSON array of the arguments. Permissions are decimal strings, a path to match
 *   is a pattern as text; a message is given as `{ "id", "channelId" }`. With `?settled` a person waits for a deferral.
 *
 * What `extend` adds is called by `POST /control/{name}/{method}`.
 *
 * Only for this machine: other hosts' names are refused, and so are forms that a web page elsewhere could send.
 */
export function createControl(playground: Playground) {
  const rooms = new Map<string, Room>([
    ['moderate', { target: playground.moderate, methods: METHODS.moderate }],
    ['faults', { target: playground.faults, methods: METHODS.faults }],
    ['gateway', { target: playground.gateway, methods: METHODS.gateway }],
  ]);

  async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'Content-Type': 'application/json' });
      response.end(JSON.stringify(body ?? null, toJson));
    };
    if (!isFromHere(message)) return answer(403, { error: 'only for this machine' });
    const url = new URL(message.url!, 'http://localhost');
    const path = url.pathname.split('/').slice(2).map(decodeURIComponent);
    try {
      if (message.method === 'GET') return answer(200, read(playground, path, url.searchParams));
      if (message.method !== 'POST' || message.headers['content-type'] !== 'application/json') {
        return answer(415, { error: 'send a JSON array of arguments by POST, as application/json' });
      }
      const result = await call(playground, rooms, path, await readArguments(message));
      const settled = url.searchParams.has('settled') && isResponse(result);
      answer(200, settled ? await result.settled() : result);
    } catch (error) {
      answer(400, { error: error instanceof Error ? error.message : String(error) });
    }
  }

  return {
    serve,
    extend: (name: string, target: object, methods: readonly string[]) =>
      void rooms.set(name, { target, methods }),
  };
}

/** Whether a request was made out to this machine by name, and by no page from elsewhere. */
export function isFromHere({ headers: { host = '', origin } }: IncomingMessage): boolean {
  const here = /^(127\.0\.0\.1|localhost)(:\d+)?$/;
  return here.test(host) && (origin === undefined || origin === `http://${host}`);
}

interface Room {
  readonly target: object;
  readonly methods: readonly string[];
}

function read(playground: Playground, [what, id]: string[], query: URLSearchParams): unknown {
  const { world, violations, requests } = playground;
  switch (what) {
    case 'state':
      return {
        url: playground.url,
        applicationId: playground.applicationId,
        openapi: playground.openapi,
        connections: playground.connections(),
        requests: requests.length,
        violations,
        guilds: world.guilds,
        channels: [...world.channels.values()].map(({ messages, ...channel }) => ({
          ...channel,
          messageCount: messages.size,
        })),
        users: world.users,
        commands: world.commands,
      };
    case 'messages':
      return world.channels.get(id ?? '')?.messages ?? fail(`no channel ${id}`);
    case 'requests':
      return requests.slice(Number(query.get('after') ?? 0));
    default:
      return fail(`there is no ${what} to read`);
  }
}

/** The methods that may be called, so that no other property is reached by name. */
const METHODS = {
  playground: words(
    'addGuild removeGuild addChannel deleteChannel setPermissions setGuildUnavailable setSystemChannel addUser addMember ' +
      'removeMember setMemberRole addRole setRole deleteRole addEmoji setLocale openDm idle',
  ),
  moderate: words('clearReactions clearEmoji deleteMessage removeReactionOf'),
  faults: words('order clear'),
  gateway: words('drop invalidateSession reconnect duplicate hold release lose sendRaw'),
  as: words('commands slash autocomplete press select submitModal react unreact post'),
};

function call(playground: Playground, rooms: Map<string, Room>, path: string[], args: unknown[]): unknown {
  const [first = '', second, third] = path;
  if (first === 'as') {
    const [about, ...more] = args;
    const isAboutMessage = third === 'press' || third === 'select';
    const subject = isAboutMessage ? messageNamed(playground, about as Message) : about;
    return invoke(playground.as(second ?? ''), METHODS.as, third, [subject, ...more]);
  }
  const room = rooms.get(first);
  if (room) return invoke(room.target, room.methods, second, args);
  return invoke(playground, METHODS.playground, first, args);
}

function invoke(target: object, allowed: readonly string[], name: string | undefined, args: unknown[]) {
  if (!name || !allowed.includes(name)) return fail(`there is no method ${name}`);
  return (target as Record<string, (...args: unknown[]) => unknown>)[name]!(...args);
}

function words(text: string): string[] {
  return text.split(' ');
}

function messageNamed(playground: Playground, { id, channelId }: Message): Message {
  return findMessage(playground.world, channelId, id) ?? fail(`no message ${id}`);
}

async function readArguments(message: IncomingMessage): Promise<unknown[]> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const args: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8') || '[]', fromJson);
  return Array.isArray(args) ? args : fail('the arguments must be a JSON array');
}

const PERMISSIONS = ['permissions', 'botPermissions', 'allow', 'deny'];

function fromJson(key: string, value: unknown): unknown {
  if (PERMISSIONS.includes(key) && typeof value === 'string') return BigInt(value);
  if (key === 'path' && typeof value === 'string') return new RegExp(value);
  return value;
}

function toJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Map || value instanceof Set) return [...value.values()];
  return value;
}

function isResponse(value: unknown): value is Response {
  return typeof value === 'object' && value !== null && 'settled' in value;
}

function fail(sentence: string): never {
  throw new Error(sentence);
}
