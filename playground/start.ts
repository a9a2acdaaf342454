import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { type Community, createCommunity } from './community.ts';
import { createControl } from './control.ts';
import { createFaults, type Faults } from './faults.ts';
import { createGateway, type Gateway, type GatewayFaults } from './gateway.ts';
import { createInteractionDesk } from './interactions.ts';
import { deleteMessage } from './messages.ts';
import { loadOpenApi } from './openapi.ts';
import { createPerson, type Person } from './people.ts';
import type { Change, Platform } from './platform.ts';
import { clearEmoji, clearReactions, parseEmoji, removeReaction } from './reactions.ts';
import { commandRoutes } from './rest/commands.ts';
import { guildRoutes } from './rest/guilds.ts';
import { interactionRoutes } from './rest/interactions.ts';
import { directChannel, messageRoutes } from './rest/messages.ts';
import { createRateLimits } from './rest/rate-limits.ts';
import { reactionRoutes } from './rest/reactions.ts';
import { createRestServer, type RequestListener, type RequestRecord } from './rest/server.ts';
import { createSnowflakes } from './snowflake.ts';
import { type Channel, createWorld, type Message, type World } from './world.ts';

export type { Fault, FaultMatch } from './faults.ts';
export type { Person, Response } from './people.ts';
export type { RequestListener, RequestPhase, RequestRecord } from './rest/server.ts';
export type { Channel, Choice, Guild, Member, Message, Modal, Role, User, World } from './world.ts';

export interface PlaygroundOptions {
  /** 0 or absent: a free one. */
  port?: number;
  token?: string;
  /** Epoch milliseconds; ids, timestamps and token lifetimes follow it. Default: the real time. */
  now?: () => number;
  /** Path of Discord's OpenAPI document. Default: DISCORD_OPENAPI, or `../shared/discord-openapi.json` beside the project. */
  openapi?: string;
  /** True checks the playground's own answers against that document, too. Default false. */
  checkAnswers?: boolean;
  /** False switches rate limits off, for tests that are about something else. Default true. */
  rateLimits?: boolean;
  /** How many shards GET /gateway/bot recommends. Default 1. */
  shards?: number;
  log?: (line: string) => void;
  /** Goes on with the world of an earlier playground. */
  saved?: SavedWorld;
}

export interface SavedWorld {
  readonly botId: string;
  readonly world: World;
}

/** What else may be served on the playground's port, under every path that Discord does not have. */
export interface Site {
  request(message: IncomingMessage, response: ServerResponse): void;
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
}

/** What a moderator may do to what others wrote. */
export interface Moderation {
  clearReactions(channelId: string, messageId: string): void;
  clearEmoji(channelId: string, messageId: string, emoji: string): void;
  deleteMessage(channelId: string, messageId: string): void;
  removeReactionOf(channelId: string, messageId: string, emoji: string, userId: string): void;
}

export interface Playground extends Community {
  /** What a bot takes as DISCORD_API_URL. */
  readonly url: string;
  readonly token: string;
  readonly applicationId: string;
  readonly botId: string;
  readonly world: World;
  /** Epoch milliseconds, by the playground's clock. */
  readonly now: () => number;
  /** Opens (or finds) the direct messages between a person and the bot. */
  openDm(userId: string): Channel;
  as(userId: string): Person;
  readonly moderate: Moderation;
  readonly faults: Faults;
  readonly gateway: GatewayFaults;
  /** How many connections to the gateway have a session now. */
  connections(): number;
  /** Every request since the start, the oldest first. */
  readonly requests: RequestRecord[];
  /** @returns what ends the listening. The listener is awaited: the request stands still meanwhile. */
  onRequest(listener: RequestListener): () => void;
  /** Tells of everything that people can see. @returns what ends the listening. */
  onChange(listener: (change: Change) => void): () => void;
  mount(site: Site): void;
  /** Lets `POST /control/{name}/{method}` call the named methods of `target`. */
  extend(name: string, target: object, methods: readonly string[]): void;
  /** Resolves when no request is under way and none has come for `ms` (default 200) of real time. */
  idle(ms?: number): Promise<void>;
  /** What the bot did that Discord does not allow, in words. */
  readonly violations: string[];
  /** Whether bodies are checked against Discord's OpenAPI document. */
  readonly openapi: 'present' | 'absent';
  close(): Promise<void>;
}

/** Starts a local Discord on 127.0.0.1: REST under `/api/v10`, the gateway under `/gateway`, `/control`. */
export async function startPlayground(options: PlaygroundOptions = {}): Promise<Playground> {
  const { now = Date.now, token = 'playground.token.local', log } = options;
  const world = options.saved?.world ?? createWorld();
  const mint = createSnowflakes(now);
  const botId = options.saved?.botId ?? mint();
  const violations: string[] = [];
  const requests: RequestRecord[] = [];
  const listeners = new Set<RequestListener>();
  const watchers = new Set<(change: Change) => void>();
  let site: Site | undefined;
  const violate = (sentence: string) => {
    violations.push(sentence);
    log?.(`violation: ${sentence}`);
  };

  const server = createServer();
  let gateway: Gateway;
  const platform: Platform = {
    world,
    applicationId: botId,
    botId,
    origin: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    now,
    mint,
    dispatch: (event) => gateway.dispatch(event),
    changed: (change) => {
      for (const watcher of watchers) watcher(change);
    },
    violate,
  };
  gateway = createGateway(platform, token);

  const community = createCommunity(platform);
  if (!options.saved) community.addUser({ name: 'koan', id: botId, bot: true });
  const desk = createInteractionDesk(platform);
  const faults = createFaults();
  const openapi = loadOpenApi(options.openapi ?? findOpenApi());
  const serve = createRestServer({
    routes: [
      ...guildRoutes(platform, gateway, options.shards ?? 1),
      ...commandRoutes(platform),
      ...messageRoutes(platform),
      ...reactionRoutes(platform),
      ...interactionRoutes(platform, desk),
    ],
    token,
    now,
    nextFault: faults.next,
    rateLimits: options.rateLimits === false ? null : createRateLimits(),
    openapi,
    checkAnswers: options.checkAnswers ?? false,
    requests,
    listeners,
    violate,
  });

  let underWay = 0;
  let lastRequestAt = performance.now();
  server.on('request', (message: IncomingMessage, response: ServerResponse) => {
    if (message.url?.startsWith('/attachments/')) return serveAttachment(world, message, response);
    if (message.url?.startsWith('/control/')) return void control.serve(message, response);
    if (site && !message.url?.startsWith('/api/')) return site.request(message, response);
    underWay += 1;
    lastRequestAt = performance.now();
    serve(message, response)
      .catch((error: unknown) => {
        violate(`the playground itself failed: ${error instanceof Error ? error.stack : error}`);
        if (!response.headersSent) response.writeHead(500);
        response.end();
      })
      .finally(() => {
        underWay -= 1;
        lastRequestAt = performance.now();
      });
  });
  server.on('upgrade', (message, socket, head) => {
    if (/^\/gateway\b/.test(message.url ?? '')) gateway.upgrade(message, socket, head);
    else if (site) site.upgrade(message, socket, head);
    else socket.destroy();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  log?.(`local Discord at ${platform.origin()}, OpenAPI document ${openapi.state}`);

  function messageOf(channelId: string, messageId: string): Message {
    const message = world.channels.get(channelId)?.messages.get(messageId);
    if (!message) throw new Error(`no message ${messageId} in channel ${channelId}`);
    return message;
  }

  const playground: Playground = {
    ...community,
    url: `${platform.origin()}/api`,
    token,
    applicationId: botId,
    botId,
    world,
    now,
    openDm: (userId) => directChannel(platform, userId),
    as: (userId) => createPerson(platform, desk, userId),
    moderate: {
      clearReactions: (channelId, messageId) => clearReactions(platform, messageOf(channelId, messageId)),
      clearEmoji: (channelId, messageId, emoji) =>
        clearEmoji(platform, messageOf(channelId, messageId), parseEmoji(emoji)),
      deleteMessage: (channelId, messageId) => deleteMessage(platform, messageOf(channelId, messageId)),
      removeReactionOf: (channelId, messageId, emoji, userId) => {
        removeReaction(platform, messageOf(channelId, messageId), userId, parseEmoji(emoji));
      },
    },
    faults,
    gateway: gateway.faults,
    connections: gateway.connections,
    requests,
    onRequest(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onChange(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    mount: (mounted) => {
      site = mounted;
    },
    extend: (name, target, methods) => control.extend(name, target, methods),
    async idle(ms = 200) {
      for (;;) {
        const rest = ms - (performance.now() - lastRequestAt);
        if (underWay === 0 && rest <= 0) return;
        await new Promise((resolve) => setTimeout(resolve, underWay === 0 ? rest : 5));
      }
    },
    violations,
    openapi: openapi.state,
    close() {
      gateway.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
  const control = createControl(playground);
  return playground;
}

/** Where the document is when nobody said it; undefined when there is none. */
function findOpenApi(): string | undefined {
  const named = process.env.DISCORD_OPENAPI;
  if (named) return named;
  const beside = fileURLToPath(new URL('../../shared/discord-openapi.json', import.meta.url));
  return existsSync(beside) ? beside : undefined;
}

/** What was uploaded, served back. */
function serveAttachment(world: World, message: IncomingMessage, response: ServerResponse): void {
  const file = world.files.get(message.url!.split('/')[2] ?? '');
  if (!file) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'Content-Type': file.contentType, 'Content-Length': file.data.length });
  response.end(file.data);
}
