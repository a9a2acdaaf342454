import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Dispatch, Intent, type Platform } from './platform.ts';
import { guildCreateObject, memberObject, userObject } from './wire.ts';

/** Discord's own figure; a client that is silent for one and a half of it is gone. */
const HEARTBEAT_INTERVAL_MS = 41_250;
/** Dispatches kept for a RESUME, per session. */
const REPLAY_LIMIT = 10_000;
/** How long a session without a connection can be resumed. Discord says only that it is a while. */
const RESUMABLE_MS = 120_000;
/** Gateway commands a connection may send in a minute. */
const SEND_LIMIT = 120;

const PRIVILEGED = Intent.GuildMembers | Intent.GuildPresences | Intent.MessageContent;
const ALL_INTENTS = 0b11_0011_1111_1111_1111_1111_1111;

interface Session {
  readonly id: string;
  readonly intents: number;
  readonly shard: readonly [id: number, count: number];
  sequence: number;
  /** What a RESUME replays: sequence number and packet. */
  replay: { s: number; packet: string }[];
  /** The last sequence number that `replay` no longer has. */
  forgotten: number;
  socket: WebSocket | null;
}

/** Troubles with the gateway that one may order. */
export interface GatewayFaults {
  /** Cuts every connection without a close frame. Not resumable: the sessions are forgotten too. */
  drop(options?: { resumable?: boolean }): void;
  /** Opcode 9. */
  invalidateSession(resumable: boolean): void;
  /** Opcode 7. */
  reconnect(): void;
  /** The next `n` dispatches arrive twice. */
  duplicate(n: number): void;
  /** Keeps dispatches back until `release`. */
  hold(): void;
  release(options?: { reversed?: boolean }): void;
  /** The next `n` dispatches never arrive, not even by RESUME. */
  lose(n: number): void;
  /** Sends anything at all, as it is. */
  sendRaw(packet: unknown): void;
}

export interface Gateway {
  readonly faults: GatewayFaults;
  readonly dispatch: (dispatch: Dispatch) => void;
  /** Takes over a connection that wants to become a WebSocket. */
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Identifies since the start, for `session_start_limit`. */
  identifies(): number;
  /** Sessions with a living connection. */
  connections(): number;
  close(): void;
}

/** The gateway, v10 with JSON. */
export function createGateway(platform: Platform, token: string): Gateway {
  const sessions = new Map<string, Session>();
  const socketServer = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  let identifies = 0;
  let duplicates = 0;
  let losses = 0;
  let held: Dispatch[] | null = null;

  socketServer.on('connection', (socket) => {
    let identified: Session | null = null;
    /** Null again once the session was invalidated or taken over by another connection. */
    const current = () => (identified?.socket === socket ? identified : null);
    const recent: number[] = [];
    let alive = setTimeout(() => socket.close(4009, 'Session timed out.'), HEARTBEAT_INTERVAL_MS * 1.5);
    send(socket, { op: 10, s: null, t: null, d: { heartbeat_interval: HEARTBEAT_INTERVAL_MS } });

    socket.on('error', () => {});
    socket.on('close', (code) => {
      clearTimeout(alive);
      const session = current();
      if (!session) return;
      session.socket = null;
      // 1000 and 1001 are how a client says that it will not resume.
      if (code === 1000 || code === 1001) sessions.delete(session.id);
      else setTimeout(() => session.socket ?? sessions.delete(session.id), RESUMABLE_MS).unref();
    });

    socket.on('message', (raw) => {
      const at = performance.now();
      recent.push(at);
      while (recent[0]! < at - 60_000) recent.shift();
      if (recent.length > SEND_LIMIT) return fail(socket, 4008, 'You are being rate limited.');

      let packet: { op: number; d: never };
      try {
        packet = JSON.parse(String(raw));
      } catch {
        return fail(socket, 4002, 'Error while decoding payload.');
      }
      const session = current();
      switch (packet.op) {
        case 1:
          clearTimeout(alive);
          alive = setTimeout(() => socket.close(4009, 'Session timed out.'), HEARTBEAT_INTERVAL_MS * 1.5);
          return send(socket, { op: 11 });
        case 2:
          if (session) return fail(socket, 4005, 'Already authenticated.');
          identified = identify(socket, packet.d);
          return;
        case 6:
          if (session) return fail(socket, 4005, 'Already authenticated.');
          identified = resume(socket, packet.d);
          return;
        case 3:
        case 4:
          return session ? undefined : fail(socket, 4003, 'Not authenticated.');
        case 8:
          return session ? requestMembers(session, packet.d) : fail(socket, 4003, 'Not authenticated.');
        default:
          return fail(socket, 4001, 'Unknown opcode.');
      }
    });
  });

  function identify(
    socket: WebSocket,
    d: { token?: string; intents?: number; shard?: [number, number]; properties?: object },
  ): Session | null {
    if (d?.token?.replace(/^Bot /, '') !== token) return fail(socket, 4004, 'Authentication failed.');
    const { intents, shard = [0, 1] } = d;
    if (typeof intents !== 'number' || (intents & ~ALL_INTENTS) !== 0)
      return fail(socket, 4013, 'Invalid intent(s).');
    if (intents & PRIVILEGED) return fail(socket, 4014, 'Disallowed intent(s).');
    if (!(shard[0] >= 0 && shard[0] < shard[1])) return fail(socket, 4010, 'Invalid shard.');
    if (!d.properties) return fail(socket, 4002, 'Error while decoding payload.');

    identifies += 1;
    const session: Session = {
      id: randomUUID().replaceAll('-', ''),
      intents,
      shard,
      sequence: 0,
      replay: [],
      forgotten: 0,
      socket,
    };
    sessions.set(session.id, session);
    const guilds = [...platform.world.guilds.values()].filter(
      (guild) => guild.botJoined && shardOf(guild.id, shard[1]) === shard[0],
    );
    deliver(session, 'READY', {
      v: 10,
      user: {
        ...userObject(platform.world.users.get(platform.botId)!),
        verified: true,
        email: null,
        mfa_enabled: true,
      },
      guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: `${platform.origin().replace('http', 'ws')}/gateway`,
      shard,
      application: { id: platform.applicationId, flags: 0 },
      private_channels: [],
      relationships: [],
      session_type: 'normal',
      geo_ordered_rtc_regions: [],
    });
    if (intents & Intent.Guilds) {
      for (const guild of guilds) {
        if (!guild.unavailable) deliver(session, 'GUILD_CREATE', guildCreateObject(platform, guild));
      }
    }
    return session;
  }

  function resume(
    socket: WebSocket,
    d: { token?: string; session_id?: string; seq?: number },
  ): Session | null {
    if (d?.token?.replace(/^Bot /, '') !== token) return fail(socket, 4004, 'Authentication failed.');
    const session = sessions.get(d.session_id ?? '');
    const seq = d.seq ?? 0;
    if (!session || seq < session.forgotten) {
      send(socket, { op: 9, d: false });
      return null;
    }
    if (seq > session.sequence) return fail(socket, 4007, 'Invalid seq.');
    session.socket?.terminate();
    session.socket = socket;
    for (const { s, packet } of session.replay) {
      if (s > seq) socket.send(packet);
    }
    deliver(session, 'RESUMED', { _trace: [] });
    return session;
  }

  /** Opcode 8. Only the form by ids needs no privileged intent. */
  function requestMembers(
    session: Session,
    d: { guild_id: string; user_ids?: string | string[]; nonce?: string; query?: string },
  ): void {
    const guild = platform.world.guilds.get(d.guild_id);
    const ids = d.user_ids === undefined ? [] : [d.user_ids].flat();
    if (!guild || shardOf(guild.id, session.shard[1]) !== session.shard[0]) return;
    if (d.user_ids === undefined) platform.violate('Request Guild Members without user_ids');
    if (ids.length > 100) platform.violate(`Request Guild Members for ${ids.length} ids, at most 100`);
    const known = ids.slice(0, 100).flatMap((id) => guild.members.get(id) ?? []);
    deliver(session, 'GUILD_MEMBERS_CHUNK', {
      guild_id: guild.id,
      members: known.map((member) => memberObject(platform, member)),
      chunk_index: 0,
      chunk_count: 1,
      not_found: ids.slice(0, 100).filter((id) => !guild.members.has(id)),
      ...(d.nonce === undefined ? {} : { nonce: d.nonce }),
    });
  }

  function deliver(session: Session, type: string, data: object, json = JSON.stringify(data)): void {
    session.sequence += 1;
    const packet = `{"t":"${type}","s":${session.sequence},"op":0,"d":${json}}`;
    session.replay.push({ s: session.sequence, packet });
    if (session.replay.length > REPLAY_LIMIT) {
      session.forgotten = session.replay[REPLAY_LIMIT / 2]!.s;
      session.replay = session.replay.slice(REPLAY_LIMIT / 2 + 1);
    }
    session.socket?.send(packet);
  }

  function dispatch(event: Dispatch): void {
    if (held) {
      held.push(event);
      return;
    }
    const receivers = [...sessions.values()].filter(
      (session) =>
        (event.intents === 0 || (session.intents & event.intents) !== 0) &&
        (event.guildId === null
          ? session.shard[0] === 0
          : shardOf(event.guildId, session.shard[1]) === session.shard[0]),
    );
    if (receivers.length === 0) return;
    const lost = losses > 0;
    const times = duplicates > 0 ? 2 : 1;
    losses = Math.max(0, losses - 1);
    duplicates = Math.max(0, duplicates - 1);
    const json = JSON.stringify(event.data);
    for (const session of receivers) {
      if (lost) session.sequence += 1;
      else for (let i = 0; i < times; i += 1) deliver(session, event.type, event.data, json);
    }
  }

  function everySocket(act: (socket: WebSocket) => void): void {
    for (const session of sessions.values()) if (session.socket) act(session.socket);
  }

  const faults: GatewayFaults = {
    drop({ resumable = true } = {}) {
      everySocket((socket) => socket.terminate());
      if (!resumable) sessions.clear();
    },
    invalidateSession(resumable) {
      for (const session of sessions.values()) {
        if (session.socket) send(session.socket, { op: 9, d: resumable });
        session.socket = null;
      }
      if (!resumable) sessions.clear();
    },
    reconnect: () => everySocket((socket) => send(socket, { op: 7, d: null })),
    duplicate: (n) => {
      duplicates = n;
    },
    hold: () => {
      held ??= [];
    },
    release({ reversed = false } = {}) {
      const waiting = held ?? [];
      held = null;
      for (const event of reversed ? waiting.reverse() : waiting) dispatch(event);
    },
    lose: (n) => {
      losses = n;
    },
    sendRaw: (packet) =>
      everySocket((socket) => socket.send(typeof packet === 'string' ? packet : JSON.stringify(packet))),
  };

  return {
    faults,
    dispatch,
    upgrade(message, socket, head) {
      socketServer.handleUpgrade(message, socket, head, (accepted) => {
        socketServer.emit('connection', accepted, message);
      });
    },
    identifies: () => identifies,
    connections: () => [...sessions.values()].filter((session) => session.socket).length,
    close() {
      for (const socket of socketServer.clients) socket.terminate();
      socketServer.close();
    },
  };
}

/** Which of `count` shards a guild belongs to: Discord's sharding formula. */
export function shardOf(guildId: string, count: number): number {
  return Number((BigInt(guildId) >> 22n) % BigInt(count));
}

function send(socket: WebSocket, packet: object): void {
  socket.send(JSON.stringify(packet));
}

function fail(socket: WebSocket, code: number, reason: string): null {
  socket.close(code, reason);
  return null;
}
