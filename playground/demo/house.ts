import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { setName } from '../../src/store/keys.ts';
import type { Store } from '../../src/store/port.ts';
import { openSqliteStore } from '../../src/store/sqlite.ts';
import { type BotProcess, startBot } from '../bot-process.ts';
import type { BotState, HouseView } from '../page/protocol.ts';
import type { Playground } from '../start.ts';

/** The bot's process on a playground, and the clock that both go by: what a person at the page may meddle with. */
export interface House {
  view(): HouseView;
  /** Starts the bot if it does not run. */
  start(): void;
  /** Ends the bot without warning (kill -9); it comes back by itself after so many seconds. */
  kill(seconds?: number): Promise<void>;
  /** Stops the bot until `start`. */
  stop(): Promise<void>;
  /** Sets all clocks to an instant, epoch milliseconds. */
  setTime(instant: number): void;
  /** Moves all clocks on. */
  pass(milliseconds: number): void;
  /** Back to the real time. */
  setRealTime(): void;
  /** Moves all clocks to when the next scheduled question is due. @throws Error when there is none. */
  toNextQuestion(): Promise<void>;
  /** Keeps the bot from writing to its store for so many seconds. */
  lockStore(seconds: number): Promise<void>;
  close(): Promise<void>;
}

export const HOUSE_METHODS = [
  'view',
  'start',
  'kill',
  'stop',
  'setTime',
  'pass',
  'setRealTime',
  'toNextQuestion',
  'lockStore',
] as const satisfies readonly (keyof House)[];

export interface HouseOptions {
  readonly playground: Playground;
  /** Where the bot keeps its data. */
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
  /** The clock's lead at the start, and who is told when it changes. Milliseconds. */
  readonly clock: { get(): number; set(lead: number): void };
  readonly onChange: (view: HouseView) => void;
}

export function openHouse({ playground, folder, env, clock, onChange }: HouseOptions): House {
  let bot: BotProcess | undefined;
  let state: BotState = 'stopped';
  let lastWords = '';
  let nextQuestion: number | null = null;
  let lock: DatabaseSync | undefined;
  let store: Store | undefined;
  let coming: NodeJS.Timeout | undefined;
  let closed = false;
  let shown = '';

  const view = (): HouseView => ({
    bot: state,
    pid: state === 'starting' || state === 'ready' ? (bot?.pid ?? null) : null,
    lastWords,
    clock: clock.get(),
    nextQuestion,
    storeLocked: lock !== undefined,
    openapi: playground.openapi,
    violations: playground.violations.length,
  });

  function tell(): void {
    const text = JSON.stringify(view());
    if (text === shown) return;
    shown = text;
    onChange(view());
  }

  function enter(next: BotState): void {
    state = next;
    tell();
  }

  function start(): void {
    clearTimeout(coming);
    if (closed || state === 'starting' || state === 'ready') return;
    const started = startBot({
      env: {
        DISCORD_TOKEN: playground.token,
        DISCORD_API_URL: playground.url,
        DATA_DIR: folder,
        LOG_LEVEL: 'info',
        ...env,
      },
      clock: clock.get(),
      onLine(line) {
        lastWords = wordsOf(line);
        tell();
      },
    });
    bot = started;
    enter('starting');
    void started.ready.then(
      () => bot === started && enter('ready'),
      () => {},
    );
    // Whatever ended it, a bot that should run comes back.
    void started.exited.then(() => {
      if (bot !== started || state === 'stopped' || state === 'down') return;
      enter('down');
      coming = setTimeout(start, RESTART_MS);
    });
  }

  async function kill(seconds = 5): Promise<void> {
    if (!bot || state === 'stopped') return;
    clearTimeout(coming);
    enter('down');
    await bot.kill();
    coming = setTimeout(start, seconds * 1_000);
  }

  async function stop(): Promise<void> {
    clearTimeout(coming);
    enter('stopped');
    await bot?.stop();
  }

  function setTime(instant: number): void {
    clock.set(instant - Date.now());
    bot?.setClock(clock.get());
    tell();
  }

  /** The bot's own due index says what comes next. */
  async function look(): Promise<void> {
    if (state === 'ready') {
      store ??= await openSqliteStore(folder, { deadline: 1_000, onSetAside: () => {} });
      const due = await store.orderedSet(setName.jobs).range(0, Number.MAX_SAFE_INTEGER, MOST_JOBS);
      nextQuestion = due.find(({ member }) => member.startsWith('ask:'))?.score ?? null;
    }
    tell();
  }
  const looking = setInterval(() => void look().catch(() => {}), LOOK_MS);

  return {
    view,
    start,
    kill,
    stop,
    setTime,
    pass: (milliseconds) => setTime(playground.now() + milliseconds),
    setRealTime: () => setTime(Date.now()),
    async toNextQuestion() {
      await look();
      if (nextQuestion === null) throw new Error('no question is scheduled: set one up with /daily add');
      setTime(Math.max(nextQuestion, playground.now()));
    },
    async lockStore(seconds) {
      if (lock) return;
      lock = new DatabaseSync(join(folder, 'koan.sqlite'));
      lock.exec('BEGIN IMMEDIATE');
      tell();
      await sleep(seconds * 1_000);
      lock?.close();
      lock = undefined;
      tell();
    },
    async close() {
      closed = true;
      clearInterval(looking);
      await stop();
      lock?.close();
      lock = undefined;
      await store?.close();
    },
  };
}

/** A line of the log in a few words. */
function wordsOf(line: string): string {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter(Boolean).join(': ');
  } catch {
    return line;
  }
}

/** Milliseconds after which a bot that ended by itself is started again. */
const RESTART_MS = 2_000;
/** Milliseconds between two looks at what is due. */
const LOOK_MS = 1_500;
/** Other jobs may be due before the next question. */
const MOST_JOBS = 200;
