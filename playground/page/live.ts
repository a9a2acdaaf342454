import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { isFromHere } from '../control.ts';
import type { Change } from '../platform.ts';
import type { Playground, RequestRecord } from '../start.ts';
import type { Message } from '../world.ts';
import type { HouseView, News, PreviewView } from './protocol.ts';
import { maySee, viewMessage, viewMessages, viewRequest, viewScene, visibleChannels } from './view.ts';

/** How many of the last requests a window is given when it opens. */
const MOST_REQUESTS = 100;
/** Milliseconds in which changes are gathered: a burst of reactions is one piece of news a message. */
const GATHER_MS = 15;

/** The sockets of all open windows. */
export interface Live {
  upgrade(message: IncomingMessage, socket: Duplex, head: Buffer): void;
  showHouse(house: HouseView): void;
  showPreview(preview: PreviewView): void;
  close(): void;
}

/** Keeps every window up to date; each is opened as a person: `/live?as={userId}`. */
export function createLive(playground: Playground): Live {
  const { world } = playground;
  const server = new WebSocketServer({ noServer: true });
  const windows = new Map<WebSocket, string>();
  let house: HouseView | undefined;
  let preview: PreviewView | undefined;

  const changed = new Map<string, Message>();
  const requests = new Map<number, RequestRecord>();
  let sceneChanged = false;
  let gathering: NodeJS.Timeout | undefined;

  const gather = () => {
    gathering ??= setTimeout(() => {
      gathering = undefined;
      for (const [socket, userId] of windows) tell(socket, userId);
      changed.clear();
      requests.clear();
      sceneChanged = false;
    }, GATHER_MS);
  };
  const stopWatching = playground.onChange((change: Change) => {
    if (change.kind === 'scene') sceneChanged = true;
    else changed.set(change.message.id, change.message);
    gather();
  });
  const stopListening = playground.onRequest((record) => {
    requests.set(record.n, record);
    gather();
  });

  function tell(socket: WebSocket, userId: string): void {
    if (sceneChanged) send(socket, { kind: 'scene', scene: viewScene(playground, userId) });
    for (const message of changed.values()) {
      if (!maySee(playground, message, userId)) continue;
      const { channelId, id: messageId } = message;
      if (message.deleted) send(socket, { kind: 'gone', channelId, messageId });
      else send(socket, { kind: 'message', message: viewMessage(world, message, userId) });
    }
    if (requests.size > 0)
      send(socket, { kind: 'requests', requests: [...requests.values()].map(viewRequest) });
  }

  function welcome(socket: WebSocket, userId: string): void {
    windows.set(socket, userId);
    socket.on('close', () => windows.delete(socket));
    socket.on('error', () => socket.terminate());
    send(socket, { kind: 'scene', scene: viewScene(playground, userId) });
    for (const channel of visibleChannels(playground, userId)) {
      const messages = viewMessages(world, channel, userId);
      send(socket, { kind: 'messages', channelId: channel.id, messages });
    }
    const last = playground.requests.slice(-MOST_REQUESTS);
    send(socket, { kind: 'requests', requests: last.map(viewRequest) });
    if (house) send(socket, { kind: 'house', house });
    if (preview) send(socket, { kind: 'preview', preview });
  }

  const broadcast = (news: News) => {
    for (const socket of windows.keys()) send(socket, news);
  };

  return {
    upgrade(message, socket, head) {
      const url = new URL(message.url ?? '/', 'http://localhost');
      const userId = url.searchParams.get('as') ?? '';
      const known = world.users.has(userId) && userId !== playground.botId;
      if (!isFromHere(message) || url.pathname !== '/live' || !known) {
        socket.end('HTTP/1.1 403 Forbidden\r\n\r\n');
        return;
      }
      server.handleUpgrade(message, socket, head, (accepted) => welcome(accepted, userId));
    },
    showHouse(now) {
      house = now;
      broadcast({ kind: 'house', house });
    },
    showPreview(now) {
      preview = now;
      broadcast({ kind: 'preview', preview });
    },
    close() {
      stopWatching();
      stopListening();
      clearTimeout(gathering);
      for (const socket of windows.keys()) socket.terminate();
      server.close();
    },
  };
}

function send(socket: WebSocket, news: News): void {
  socket.send(JSON.stringify(news));
}
