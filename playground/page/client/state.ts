import type { Modal } from '../../world.ts';
import type { HouseView, MessageView, News, RequestView, Scene } from '../protocol.ts';
import type { Composer } from './command-line.ts';

/** All that a window knows. Only `change` alters it. */
export interface State {
  /** Who the window is. */
  readonly me: string;
  connected: boolean;
  scene: Scene | undefined;
  house: HouseView | undefined;
  /** By channel, the oldest first. */
  readonly messages: Map<string, MessageView[]>;
  requests: RequestView[];
  channelId: string;
  readonly unread: Set<string>;
  /** Commands sent and not yet answered, and those that came to nothing, by channel. */
  attempts: Attempt[];
  /** Components that wait for the bot, and those that it left without an answer: `message:component`. */
  readonly pressed: Set<string>;
  readonly failed: Map<string, string>;
  /** Ephemeral messages that the person has put away. */
  readonly dismissed: Set<string>;
  modal: { readonly shown: Modal; readonly channelId: string; error: string } | undefined;
  menu: Menu | undefined;
  composer: Composer;
  /** What the side panel shows. */
  panel: Panel | undefined;
  /** Whether the list of channels lies over the messages, on a narrow screen. */
  drawer: boolean;
  theme: 'dark' | 'light';
  /** A sentence about the last thing done in the side panel. */
  note: string;
}

export type Panel = 'guide' | 'stage' | 'requests';

export interface Attempt {
  readonly n: number;
  readonly channelId: string;
  readonly command: string;
  error: string | undefined;
}

/** A list that is open: a select menu, the emoji, the people. */
export interface Menu {
  readonly key: string;
  active: number;
  chosen: string[];
}

export const state: State = {
  me: new URLSearchParams(location.search).get('as') ?? '',
  connected: false,
  scene: undefined,
  house: undefined,
  messages: new Map(),
  requests: [],
  channelId: location.hash.slice(1),
  unread: new Set(),
  attempts: [],
  pressed: new Set(),
  failed: new Map(),
  dismissed: new Set(),
  modal: undefined,
  menu: undefined,
  composer: { kind: 'text', text: '', commands: [], active: 0 },
  panel: matchMedia('(min-width: 1100px)').matches ? 'guide' : undefined,
  drawer: false,
  theme: localStorage.theme === 'light' ? 'light' : 'dark',
  note: '',
};

let draw = () => {};
let drawing = false;
let waiting = false;

/** Says what draws the window. */
export function onChange(drawWindow: () => void): void {
  draw = drawWindow;
}

/**
 * Alters the state and draws the window at once: whatever the person does next, with however quick a hand, meets what the
 * state says.
 */
export function change(mutate: (state: State) => void = () => {}): void {
  mutate(state);
  // Drawing takes elements away, which tells their listeners that the focus has gone.
  if (drawing) {
    drawSoon();
    return;
  }
  drawing = true;
  try {
    draw();
  } finally {
    drawing = false;
  }
}

/** Draws once for all that comes within a frame. */
function drawSoon(): void {
  if (waiting) return;
  waiting = true;
  const now = () => {
    waiting = false;
    change();
  };
  // A window in the background has no frames.
  if (document.hidden) setTimeout(now);
  else requestAnimationFrame(now);
}

/** Takes up what the server tells. */
export function hear(news: News): void {
  take(news);
  drawSoon();
}

function take(news: News): void {
  switch (news.kind) {
    case 'scene':
      state.scene = news.scene;
      if (!channelIds(news.scene).includes(state.channelId)) {
        state.channelId = preferredChannel(news.scene);
      }
      break;
    case 'messages':
      state.messages.set(news.channelId, [...news.messages]);
      break;
    case 'message':
      put(news.message);
      break;
    case 'gone': {
      const left = (state.messages.get(news.channelId) ?? []).filter(({ id }) => id !== news.messageId);
      state.messages.set(news.channelId, left);
      break;
    }
    case 'house':
      state.house = news.house;
      break;
    case 'requests': {
      const byNumber = new Map([...state.requests, ...news.requests].map((each) => [each.n, each]));
      state.requests = [...byNumber.values()].slice(-MOST_REQUESTS);
      break;
    }
    case 'preview':
      break;
  }
}

function put(message: MessageView): void {
  const messages = state.messages.get(message.channelId) ?? [];
  const at = messages.findIndex(({ id }) => id === message.id);
  if (at >= 0) messages[at] = message;
  else {
    messages.push(message);
    if (message.channelId !== state.channelId) state.unread.add(message.channelId);
  }
  state.messages.set(message.channelId, messages);
}

export function channelIds(scene: Scene): string[] {
  return [...scene.servers.flatMap(({ channels }) => channels.map(({ id }) => id)), scene.directId];
}

/** The first channel after the general one: where a study group would meet. */
function preferredChannel(scene: Scene): string {
  const [first, second] = scene.servers[0]?.channels ?? [];
  return (second ?? first)?.id ?? scene.directId;
}

const MOST_REQUESTS = 300;
