import { WebSocket } from 'ws';
import type { Playground } from '../../playground/start.ts';

/** An answer of the REST API as it came. */
export interface RestAnswer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: whatever Discord answers
  body: any;
  headers: Headers;
}

/** Sends one request as a bot would, without any library between. */
export async function rest(
  discord: Playground,
  method: string,
  path: string,
  body?: unknown,
  { token = discord.token, files = [] as { name: string; data: string }[] } = {},
): Promise<RestAnswer> {
  const headers: Record<string, string> = { Authorization: `Bot ${token}` };
  let payload: string | FormData | undefined;
  if (files.length > 0) {
    payload = new FormData();
    payload.append('payload_json', JSON.stringify(body));
    for (const [i, file] of files.entries()) payload.append(`files[${i}]`, new Blob([file.data]), file.name);
  } else if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
    payload = JSON.stringify(body);
  }
  const response = await fetch(`${discord.url}/v10${path}`, {
    method,
    headers,
    ...(payload === undefined ? {} : { body: payload }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : null, headers: response.headers };
}

export interface Packet {
  op: number;
  t?: string | null;
  s?: number | null;
  // biome-ignore lint/suspicious/noExplicitAny: whatever the gateway sends
  d?: any;
}

/** A gateway connection that keeps all packets. */
export interface RawGateway {
  readonly packets: Packet[];
  send(packet: Packet): void;
  /** The first packet, from the start of the connection, that fits; waits for it at most 5 s. */
  until(fits: (packet: Packet) => boolean): Promise<Packet>;
  dispatch(type: string): Promise<Packet>;
  /** The close code. */
  readonly closed: Promise<number>;
  close(code: number): void;
}

export function openGateway(discord: Playground): RawGateway {
  const socket = new WebSocket(
    `${discord.url.replace('http', 'ws').replace('/api', '/gateway')}?v=10&encoding=json`,
  );
  const packets: Packet[] = [];
  const watchers = new Set<() => void>();
  socket.on('error', () => {});
  socket.on('message', (raw) => {
    packets.push(JSON.parse(String(raw)) as Packet);
    for (const watcher of watchers) watcher();
  });
  const opened = new Promise((resolve) => socket.once('open', resolve));
  const until = (fits: (packet: Packet) => boolean) =>
    new Promise<Packet>((resolve, reject) => {
      const timer = setTimeout(
        () => reject(new Error(`no such packet in ${JSON.stringify(packets)}`)),
        5_000,
      );
      const look = () => {
        const found = packets.find(fits);
        if (!found) return;
        clearTimeout(timer);
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  return {
    packets,
    send: (packet) => void opened.then(() => socket.send(JSON.stringify(packet))),
    until,
    dispatch: (type) => until((packet) => packet.t === type),
    closed: new Promise((resolve) => socket.once('close', resolve)),
    close: (code) => socket.close(code),
  };
}

/** The fields of IDENTIFY that this bot sends. */
export const identity = (discord: Playground, more: object = {}) => ({
  token: discord.token,
  intents: (1 << 0) | (1 << 10) | (1 << 13),
  properties: { os: 'linux', browser: 'test', device: 'test' },
  ...more,
});

/** A connection that is identified and ready. */
export async function identify(discord: Playground, more: object = {}): Promise<RawGateway> {
  const gateway = openGateway(discord);
  gateway.send({ op: 2, d: identity(discord, more) });
  await gateway.dispatch('READY');
  return gateway;
}
