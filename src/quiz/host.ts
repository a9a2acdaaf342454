import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { JobHandler } from '../jobs/ticker.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import type { ProgressService } from '../progress/service.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { SetEntry, Store } from '../store/port.ts';
import { type OnAnswered, type OnSeen, sourceOf } from './answered.ts';
import { inBatches } from './batches.ts';
import { withoutPlayer } from './leave.ts';
import { dueAt, isForsaken, PACE, type Quiz, quizzes } from './quiz.ts';
import type { QuizStage } from './stage.ts';
import { type Outcome, type QuizEvent, step } from './step.ts';
import { throttled } from './throttle.ts';

export type QuizHost = ReturnType<typeof createQuizHost>;

/** What an event came to: `gone` where the channel's quiz is not, or no longer, the one that was meant. */
export type Result = { readonly outcome: Outcome | 'gone'; readonly quiz: Quiz | undefined };

/**
 * Plays the quizzes of the channels. The document is the truth and the due index brings it forward, so that any
 * process can go on from any moment; timers only save the wait for the next second.
 */
export function createQuizHost(
  store: Store,
  stage: QuizStage,
  progress: ProgressService,
  onAnswered: OnAnswered,
  onSeen: OnSeen,
  now: () => number,
  log: Logger,
  wake: () => void,
) {
  const quizOf = store.collection(quizzes);
  const jobs = store.orderedSet(setName.jobs);
  const timers = new Map<string, NodeJS.Timeout>();
  /** The quizzes under way, as this process last saw them. */
  const seen = new Map<string, Quiz>();
  /** What is being entered elsewhere. */
  const bookings = new Set<Promise<void>>();
  /** Channels that a handler is at work on. */
  const playing = new Set<string>();

  /** Opens a lobby, unless the channel plays already. @returns the quiz that it plays */
  async function open(quiz: Quiz): Promise<Quiz> {
    const present = await quizOf.update(documentKey.quiz(quiz.channelId), (current) => {
      if (current && current.phase.name !== 'over') return { result: current };
      return { document: quiz, entries: entriesOf(quiz), result: quiz };
    });
    watch(present);
    return present;
  }

  function find(channelId: string): Promise<Quiz | undefined> {
    return quizOf.get(documentKey.quiz(channelId));
  }

  /**
   * The quiz of a channel for what never changes about it: its questions up to the n-th. A crowd that clicks at once
   * need not read it a hundred times.
   */
  async function glance(channelId: string, quizId: string, n: number): Promise<Quiz | undefined> {
    const known = seen.get(channelId);
    return known?.id === quizId && n <= known.n ? known : find(channelId);
  }

  /** Whether a quiz in which the person plays is asking this question now: nothing may tell its answer then. */
  function isAsking(userId: string, questionId: string): boolean {
    return [...seen.values()].some(
      ({ phase, questions, n, players }) =>
        (phase.name === 'asking' || phase.name === 'open') &&
        questions[n]?.questionId === questionId &&
        userId in players,
    );
  }

  /** Lets an event happen to a quiz; it has happened, and is stored, when this resolves. */
  const send = inBatches<Meant, Result>(async (channelId, events) => {
    const results = await quizOf.update(documentKey.quiz(channelId), (current) => {
      let quiz = current;
      const outcomes = events.map(({ quizId, event }): Result['outcome'] => {
        if (quiz?.id !== quizId) return 'gone';
        const next = step(quiz, event);
        quiz = next.quiz;
        return next.outcome;
      });
      const result = outcomes.map((outcome): Result => ({ outcome, quiz }));
      if (!quiz || quiz === current) return { result };
      const moved = !current || dueAt(quiz) !== dueAt(current);
      return { document: quiz, entries: moved ? entriesOf(quiz) : [], result };
    });
    const quiz = results[0]?.quiz;
    if (quiz) watch(quiz);
    if (quiz && results.some(({ outcome }) => CHANGES_THE_CARD.has(outcome))) showSoon(channelId);
    return results;
  });

  const showSoon = throttled(BETWEEN_EDITS, async (channelId) => {
    try {
      const quiz = await find(channelId);
      if (quiz) await stage.show(quiz, AbortSignal.timeout(LONGEST_EDIT));
    } catch (error) {
      log.debug({ err: error, channel: channelId }, 'a quiz card could not be brought up to date');
    }
  });

  /** `quiz:<channel>`: whatever the quiz needs now. It is tried again at once: people are waiting. */
  const play: JobHandler = async (channelId, signal) => {
    if (playing.has(channelId)) return now() + RETRY;
    playing.add(channelId);
    try {
      for (;;) {
        try {
          return await playOn(channelId, signal);
        } catch (error) {
          if (signal.aborted) throw error;
          log.warn({ err: error, channel: channelId }, 'a quiz could not go on; trying again');
          await sleep(RETRY);
        }
      }
    } finally {
      playing.delete(channelId);
    }
  };

  async function playOn(channelId: string, signal: AbortSignal): Promise<number | null | undefined> {
    const found = await find(channelId);
    if (!found) return null;
    if (found.phase.name === 'over') return dueAt(found) > now() ? dueAt(found) : remove(found);
    // Time does not pass for a question that nobody can answer: it goes on once the server is back.
    if (!stage.reaches(found.guildId)) {
      if (!isForsaken(found, now())) return now() + RETRY;
      return advance(found, { kind: 'refused', at: now() });
    }
    const { quiz = found } = await send(channelId, {
      quizId: found.id,
      event: { kind: 'tick', at: now() },
    });
    const { n } = quiz;
    switch (quiz.phase.name) {
      case 'asking': {
        const messageId = await stage.ask(quiz, signal);
        if (messageId === undefined) return advance(quiz, { kind: 'refused', at: now() });
        return advance(quiz, { kind: 'asked', n, messageId, at: now() });
      }
      case 'revealing': {
        const messageId = await stage.reveal(quiz, signal);
        return advance(quiz, messageId ? { kind: 'revealed', n, at: now() } : { kind: 'refused', at: now() });
      }
      case 'pause':
        if (!quiz.phase.booked) {
          showSoon(channelId);
          const booking = book(quiz, quiz.phase.closedAt).finally(() => bookings.delete(booking));
          bookings.add(booking);
          await booking;
          return advance(quiz, { kind: 'booked', n, at: now() });
        }
        return advance(quiz, undefined);
      case 'ending': {
        const messageId = await stage.tell(quiz, signal);
        return advance(quiz, { kind: messageId ? 'told' : 'refused', at: now() });
      }
      default:
        return advance(quiz, undefined);
    }
  }

  /** Lets a last event happen and moves the job to where the quiz now wants it. */
  async function advance(quiz: Quiz, event: QuizEvent | undefined): Promise<number> {
    const result = event ? await send(quiz.channelId, { quizId: quiz.id, event }) : { quiz };
    if (event) showSoon(quiz.channelId);
    return dueAt(result.quiz ?? quiz);
  }

  /** Enters what follows from the answers to the present question; each step may run twice. */
  async function book({ id, guildId, n, questions, players }: Quiz, at: number): Promise<void> {
    const { questionId, topic, level, answers } = questions[n]!;
    const source = sourceOf(id, n);
    const enter = async (userId: string) => {
      const { right, milliseconds } = answers[userId]!;
      const question = { id: questionId, topic, level };
      const name = players[userId]!.name;
      await progress.enterQuizAnswer(guildId, userId, { question, right, at, source, name });
      await onAnswered(userId, questionId, { right, milliseconds, at, source });
      await onSeen(userId, guildId, questionId);
    };
    const userIds = Object.keys(answers);
    for (let start = 0; start < userIds.length; start += AT_ONCE) {
      await Promise.all(userIds.slice(start, start + AT_ONCE).map(enter));
    }
  }

  async function remove({ channelId, id }: Quiz): Promise<null> {
    await quizOf.update(documentKey.quiz(channelId), (current) => {
      if (current?.id !== id) return { result: undefined };
      return { document: null, entries: noEntries(channelId), result: undefined };
    });
    unwatch(channelId);
    return null;
  }

  /** Takes up what another process has left, without waiting until its leases run out. Called once, at the start. */
  async function load(): Promise<void> {
    for await (const { channelId, phase } of kept()) {
      if (phase.name !== 'over') await jobs.put(jobOf(channelId), now());
    }
  }

  /** Every quiz that is kept, some at a time. */
  async function* kept(): AsyncGenerator<Quiz> {
    const channels = await store.orderedSet(setName.quizzes).range(0, Number.MAX_SAFE_INTEGER);
    for (let start = 0; start < channels.length; start += READ_AT_ONCE) {
      const keys = channels.slice(start, start + READ_AT_ONCE).map(({ member }) => documentKey.quiz(member));
      yield* (await quizOf.getMany(keys)).values();
    }
  }

  /** Shows every quiz that is kept to a visitor. They are many: one reading at a time, for all who wait for it. */
  const visit = inBatches<(quiz: Quiz) => unknown, undefined>(async (_, visitors) => {
    for await (const quiz of kept()) for (const show of visitors) await show(quiz);
    return visitors.map(() => undefined);
  });

  const personal: PersonalData = {
    /** Who is deleted leaves the quizzes under way, and those that are over. */
    async delete(userId) {
      await visit(EVERY, async (quiz) => {
        const { channelId } = quiz;
        if (withoutPlayer(quiz, userId, now()) === quiz) return;
        const left = await quizOf.update(documentKey.quiz(channelId), (current) => {
          const without = current && withoutPlayer(current, userId, now());
          if (!without) return { document: null, entries: noEntries(channelId), result: null };
          return without === current
            ? { result: current }
            : { document: without, entries: entriesOf(without), result: without };
        });
        if (left) watch(left);
        else unwatch(channelId);
      });
      // A quiz that has just been read is being entered by the next turn.
      await nextTurn();
      await Promise.allSettled(bookings);
    },
    shown: {
      kind: 'quizzes',
      async read(userId) {
        const data: object[] = [];
        await visit(EVERY, ({ id, guildId, channelId, host, players, questions }) => {
          if (!players[userId]) return;
          const answers = questions.map(({ questionId, answers }) => ({ questionId, ...answers[userId] }));
          const isHost = host.userId === userId;
          data.push({ id, guildId, channelId, host: isHost, ...players[userId], answers });
        });
        return data.length > 0 ? { counts: { quizzes: data.length }, data } : undefined;
      },
    },
  };

  const ofGuild: GuildData = {
    async delete(guildId) {
      await visit(EVERY, (quiz) => (quiz.guildId === guildId ? remove(quiz) : undefined));
    },
  };

  /** Remembers a quiz, and when to look after it. */
  function watch(quiz: Quiz): void {
    unwatch(quiz.channelId);
    if (quiz.phase.name === 'over') return;
    seen.set(quiz.channelId, quiz);
    const due = dueAt(quiz);
    const look = async () => {
      // A clock that was set back meanwhile has moved the due time away.
      if (now() < due - PACE.gap) await jobs.put(jobOf(quiz.channelId), now()).catch(() => {});
      wake();
    };
    const timer = setTimeout(() => void look(), Math.max(0, due - now()) + TIMER_SLACK);
    timers.set(quiz.channelId, timer.unref());
  }

  function unwatch(channelId: string): void {
    clearTimeout(timers.get(channelId));
    timers.delete(channelId);
    seen.delete(channelId);
  }

  return { open, find, glance, isAsking, send, load, personal, ofGuild, handlers: { quiz: play } };
}

/** An event, and the quiz for which it is meant. */
type Meant = { readonly quizId: string; readonly event: QuizEvent };

function jobOf(channelId: string): string {
  return `quiz:${channelId}`;
}

function entriesOf(quiz: Quiz): SetEntry[] {
  return [
    { set: setName.jobs, member: jobOf(quiz.channelId), score: dueAt(quiz) },
    { set: setName.quizzes, member: quiz.channelId, score: 1 },
  ];
}

function noEntries(channelId: string): SetEntry[] {
  return [
    { set: setName.jobs, member: jobOf(channelId), score: null },
    { set: setName.quizzes, member: channelId, score: null },
  ];
}

/** Names the reading of every quiz. */
const EVERY = 'every';

const CHANGES_THE_CARD: ReadonlySet<Result['outcome']> = new Set(['done', 'joined', 'joined-next', 'taken']);

/** Milliseconds; all durations here are. Discord takes five edits in five seconds. */
const BETWEEN_EDITS = 1_000;
const LONGEST_EDIT = 10_000;

const RETRY = 1_000;

/** Timers may fire a moment early. */
const TIMER_SLACK = 5;

/** Members written at a time. */
const AT_ONCE = 16;

/** Quizzes held in memory together: each may take half a megabyte. */
const READ_AT_ONCE = 20;
