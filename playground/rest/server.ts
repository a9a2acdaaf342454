import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Fault } from '../faults.ts';
import type { OpenApi } from '../openapi.ts';
import { badJson, DiscordError, unauthorized } from './errors.ts';
import { INVALID_REQUEST_LIMIT, type RateLimits } from './rate-limits.ts';
import { createRouter, type RestAnswer, type RestRequest, type Route, type UploadedFile } from './route.ts';

/** What the bot asked and what it got. */
export interface RequestRecord {
  /** 1 for the first request. */
  readonly n: number;
  readonly method: string;
  /** After `/api/v10`, without the query. */
  readonly path: string;
  readonly query: string;
  /** The route as Discord's OpenAPI document writes it, or null for one that is not here. */
  readonly route: string | null;
  body: unknown;
  /** 0 until answered, and for a connection that was cut. */
  status: number;
  /** Epoch milliseconds, by the playground's clock. */
  readonly at: number;
  readonly violations: string[];
}

/** `committed` means: whatever the request changes has happened; also for one that was refused and changed nothing. */
export type RequestPhase = 'received' | 'committed' | 'answered';
export type RequestListener = (record: RequestRecord, phase: RequestPhase) => void | Promise<void>;

export interface RestOptions {
  readonly routes: readonly Route[];
  readonly token: string;
  readonly now: () => number;
  readonly nextFault: (method: string, path: string) => Fault | undefined;
  readonly rateLimits: RateLimits | null;
  readonly openapi: OpenApi;
  /** Whether the answers are checked against the document, too. */
  readonly checkAnswers: boolean;
  readonly requests: RequestRecord[];
  readonly listeners: Set<RequestListener>;
  /** Receives each violation, also those that the record holds. */
  readonly violate: (sentence: string) => void;
}

const API_PREFIX = /^\/api(?:\/v(\d+))?(?=\/)/;

/** Answers what is sent to `/api/v10/…`. */
export function createRestServer(options: RestOptions) {
  const findRoute = createRouter(options.routes);

  return async function serve(message: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(message.url ?? '/', 'http://localhost');
    const path = url.pathname.replace(API_PREFIX, '');
    const method = message.method ?? 'GET';
    const found = findRoute(method, path);
    const record: RequestRecord = {
      n: options.requests.length + 1,
      method,
      path,
      query: url.search,
      route: found?.route.path ?? null,
      body: null,
      status: 0,
      at: options.now(),
      violations: [],
    };
    options.requests.push(record);
    const violate = (sentence: string) => {
      record.violations.push(sentence);
      options.violate(`#${record.n} ${method} ${withoutTokens(path)}: ${sentence}`);
    };
    const tell = async (phase: RequestPhase) => {
      for (const listener of options.listeners) await listener(record, phase);
    };
    const answer = async (status: number, body: unknown, headers: Record<string, string> = {}) => {
      record.status = status;
      await writeAnswer(response, status, body, headers);
      await tell('answered');
    };
    const cut = () => {
      message.socket.destroy();
    };

    const raw = await receive(message);
    // Whoever died while sending has asked for nothing.
    if (!raw) return;
    const read = await readBody(raw, message.headers['content-type'] ?? '');
    if (read) record.body = read.body;
    await tell('received');
    if (!read) return answer(400, errorBody(badJson()));

    const fault = options.nextFault(method, path);
    if (fault?.kind === 'hang') await sleep(fault.ms);
    if (fault?.kind === 'status') {
      await tell('committed');
      return answer(fault.status, faultBody(fault), faultHeaders(fault));
    }
    if (fault?.kind === 'cut' && !fault.after) {
      await tell('committed');
      return cut();
    }

    let headers: Record<string, string> = { Via: '1.1 playground' };
    let result: RestAnswer;
    try {
      if (API_PREFIX.exec(url.pathname)?.[1] !== '10') violate('the API version must be v10');
      if (!found) {
        violate('this route is not part of the playground');
        throw new DiscordError(501, 0, '501: Not Implemented');
      }
      const { route, params } = found;
      if (options.rateLimits) {
        const major =
          params.channel_id ?? params.guild_id ?? params.webhook_token ?? params.application_id ?? '';
        const verdict = options.rateLimits.take(
          route.open && route.path.endsWith('/callback') ? null : route.bucket,
          major,
          !route.open,
          performance.now(),
        );
        headers = { ...headers, ...verdict.headers };
        if (verdict.refused) {
          countInvalid();
          await tell('committed');
          const { retryAfterSeconds, global } = verdict.refused;
          const body = { message: 'You are being rate limited.', retry_after: retryAfterSeconds, global };
          return answer(429, body, headers);
        }
      }
      if (!route.open && message.headers.authorization !== `Bot ${options.token}`) throw unauthorized();
      for (const mismatch of options.openapi.checkRequest(method, route.path, url.searchParams, read.body)) {
        violate(`differs from Discord's OpenAPI document: ${mismatch}`);
      }
      const request: RestRequest = { params, query: url.searchParams, body: read.body, files: read.files };
      result = await route.handle(request);
      if (options.checkAnswers) {
        for (const mismatch of options.openapi.checkAnswer(method, route.path, result.status, result.body)) {
          violate(`the playground's own answer differs from Discord's OpenAPI document: ${mismatch}`);
        }
      }
    } catch (error) {
      if (!(error instanceof DiscordError)) throw error;
      if (error.status === 401 || error.status === 403) countInvalid();
      const isLate = error.code === 10062 || error.code === 40060;
      // A request that a fault has kept waiting comes too late through no fault of the bot.
      if (error.code === 50035 || (isLate && !fault)) violate(describe(error));
      result = { status: error.status, body: errorBody(error) };
    }
    await tell('committed');
    if (fault?.kind === 'cut') return cut();
    if (fault?.kind === 'after-commit') {
      const status = fault.status ?? 500;
      return answer(status, { code: 0, message: `${status}: ${STATUS_CODES[status]}` }, headers);
    }
    return answer(result.status, result.body, headers);
  };

  function countInvalid(): void {
    if (options.rateLimits?.countInvalid(performance.now()) === INVALID_REQUEST_LIMIT) {
      options.violate(
        `${INVALID_REQUEST_LIMIT} invalid requests in ten minutes: Discord would ban the address`,
      );
    }
  }
}

/** An interaction's token lets one speak for the bot: it is not written down. */
function withoutTokens(path: string): string {
  return path.replace(/[\w-]{60,}/, '…');
}

async function receive(message: IncomingMessage): Promise<Buffer<ArrayBuffer> | undefined> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of message) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  } catch {
    return undefined;
  }
}

/** @returns undefined for what is no JSON. */
async function readBody(
  raw: Buffer<ArrayBuffer>,
  type: string,
): Promise<{ body: unknown; files: UploadedFile[] } | undefined> {
  if (raw.length === 0) return { body: null, files: [] };
  try {
    if (!type.startsWith('multipart/form-data')) {
      return { body: JSON.parse(raw.toString('utf8')) as unknown, files: [] };
    }
    const form = await new Response(raw, { headers: { 'content-type': type } }).formData();
    const files: UploadedFile[] = [];
    for (const [name, value] of form) {
      if (typeof value === 'string') continue;
      files.push({
        index: /\[(\d+)\]$/.exec(name)?.[1] ?? name,
        filename: value.name,
        contentType: value.type || 'application/octet-stream',
        data: Buffer.from(await value.arrayBuffer()),
      });
    }
    const payload = form.get('payload_json');
    return { body: typeof payload === 'string' ? (JSON.parse(payload) as unknown) : {}, files };
  } catch {
    return undefined;
  }
}

function writeAnswer(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string>,
): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once('close', resolve);
    if (body === undefined) {
      response.writeHead(status, headers).end(resolve);
      return;
    }
    const text = JSON.stringify(body);
    response
      .writeHead(status, {
        ...headers,
        'Content-Type': 'application/json',
        'Content-Length': Buffer.byteLength(text),
      })
      .end(text, () => resolve());
  });
}

function errorBody(error: DiscordError) {
  return {
    message: error.message,
    code: error.code,
    ...(error.errors ? { errors: error.errors } : {}),
  };
}

function describe(error: DiscordError): string {
  return `${error.code} ${error.message}${error.errors ? ` ${JSON.stringify(error.errors)}` : ''}`;
}

function faultBody(fault: Fault & { kind: 'status' }) {
  if (fault.status === 429) {
    return { message: 'You are being rate limited.', retry_after: fault.retryAfter ?? 1, global: false };
  }
  const message = STATUS_CODES[fault.status] ?? 'Error';
  return { code: fault.code ?? 0, message: `${fault.status}: ${message}` };
}

function faultHeaders(fault: Fault & { kind: 'status' }): Record<string, string> {
  const headers = { Via: '1.1 playground' };
  if (fault.status !== 429) return headers;
  return { ...headers, 'Retry-After': String(fault.retryAfter ?? 1), 'X-RateLimit-Scope': 'shared' };
}
