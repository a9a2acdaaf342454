import type { Logger } from 'pino';
import type { Forgotten } from '../privacy/forgotten.ts';
import type { PersonalData } from '../privacy/registry.ts';
import { readScore } from '../progress/entries.ts';
import { type Held, heldBit, NOTHING_HELD } from '../progress/grade.ts';
import type { ProgressService } from '../progress/service.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { ChannelRefused, type Channels, type Grader, MessageGone } from './channels.ts';
import { createOpenPosts, type ReactionEvent, type Tracked } from './open-posts.ts';
import { createParts } from './parts.ts';
import { type Post, posts } from './post.ts';

export type GradingService = ReturnType<typeof createGradingService>;

/**
 * Grades of the open posts. They come as events and, where events may have been missed, from a reading of what is
 * really there. Only a complete reading or a person's own removal withdraws a grade.
 */
export function createGradingService(
  store: Store,
  channels: Channels,
  progress: ProgressService,
  forgotten: Forgotten,
  now: () => number,
  log: Logger,
  onGraded: (change: 'given' | 'withdrawn') => void = () => {},
) {
  const postOf = store.collection(posts);
  const posted = createOpenPosts();
  const parts = createParts(progress, now, onGraded);
  /** The last update of each person on each post: theirs are applied in the order in which they came. */
  const lastOf = new Map<string, Promise<void>>();
  let recovering = false;
  /** Events for messages that are not known (yet): a person can be quicker than the answer to our own post. */
  let early: { readonly event: ReactionEvent; readonly at: number }[] = [];

  /** Takes up all open posts, after a start. */
  async function load(): Promise<Post[]> {
    await forgotten.load();
    const open = await store.orderedSet(setName.openPosts).range(0, Number.MAX_SAFE_INTEGER);
    const found = await postOf.getMany(open.map(({ member }) => documentKey.post(member)));
    const gradable = [...found.values()].filter(({ state, results }) => state === 'open' && !results);
    for (const post of gradable) posted.track(post);
    return gradable;
  }

  /**
   * Takes up a post that has just been sent, or what has changed about it.
   * @param isUnread nobody may have listened since it was sent: it is read soon
   */
  function open(post: Post, isUnread = false): void {
    posted.track(post);
    const tracked = posted.under(post.messageId ?? '');
    if (tracked && isUnread) tracked.dirty = true;
    const mine = early.filter(({ event }) => event.messageId === post.messageId);
    early = early.filter(({ event }) => event.messageId !== post.messageId);
    for (const { event } of mine) void onReaction(event);
  }

  /** Never rejects: what the store does not take now is recovered by a reading. */
  async function onReaction(event: ReactionEvent): Promise<void> {
    const tracked = posted.under(event.messageId);
    if (!tracked) {
      early = [...early.filter(({ at }) => at > now() - EARLY_KEPT), { event, at: now() }].slice(-MOST_EARLY);
    } else if (tracked.waiting) {
      tracked.waiting.push(event);
    } else {
      await apply(tracked, event);
    }
  }

  function apply(tracked: Tracked, event: ReactionEvent): Promise<void> {
    const bit = heldBit(event.grade, event.burst);
    if (!event.added && tracked.post.frozen) return Promise.resolve();
    return inOrder(tracked, event.userId, () =>
      parts.changeHeld(tracked.post, event.userId, event.name, (held) =>
        event.added ? held | bit : held & ~bit,
      ),
    );
  }

  function inOrder(tracked: Tracked, userId: string, act: () => Promise<unknown>): Promise<void> {
    const key = `${tracked.post.key} ${userId}`;
    const job = (lastOf.get(key) ?? Promise.resolve())
      .then(act)
      .then(
        () => {},
        (error) => {
          tracked.dirty = true;
          log.warn(
            { err: error, post: tracked.post.key },
            'a grade could not be stored; the post will be read again',
          );
        },
      )
      .finally(() => {
        tracked.underWay.delete(job);
        if (lastOf.get(key) === job) lastOf.delete(key);
      });
    lastOf.set(key, job);
    tracked.underWay.add(job);
    return job;
  }

  /** A moderator cleared reactions, or the message is gone: what was graded stays, and is only added to. */
  async function onCleared(messageId: string): Promise<void> {
    const tracked = posted.under(messageId);
    if (!tracked) return;
    await freeze(tracked).catch((error) => {
      tracked.dirty = true;
      log.warn(
        { err: error, post: tracked.post.key },
        'cleared reactions could not be noted; the post will be read again',
      );
    });
  }

  async function freeze(tracked: Tracked): Promise<void> {
    tracked.post = { ...tracked.post, frozen: true };
    await postOf.update(documentKey.post(tracked.post.key), (current) =>
      current ? { document: { ...current, frozen: true }, result: undefined } : { result: undefined },
    );
  }

  /**
   * Reads a post's reactions from Discord and makes the store agree. Events that come meanwhile are applied after it.
   * Rejects, having changed nothing, if any page can't be read.
   */
  async function read(tracked: Tracked, signal: AbortSignal): Promise<void> {
    if (tracked.waiting) return;
    tracked.waiting = [];
    try {
      await Promise.all(tracked.underWay);
      await compare(tracked, signal);
      tracked.dirty = false;
    } catch (error) {
      if (error instanceof MessageGone) await freeze(tracked);
      else if (!(error instanceof ChannelRefused)) throw error;
      tracked.dirty = false;
    } finally {
      const waiting = tracked.waiting;
      tracked.waiting = undefined;
      await Promise.all(waiting.map((event) => apply(tracked, event)));
    }
  }

  async function compare(tracked: Tracked, signal: AbortSignal): Promise<void> {
    const { post } = tracked;
    const grades = store.orderedSet(setName.grades(post.guildId, post.key));
    const recorded = new Map<string, Held>();
    for (const { member, score } of await grades.range(1, Number.MAX_SAFE_INTEGER)) {
      recorded.set(member, readScore(score).held);
    }
    const kinds = [...recorded.values()].reduce((all, held) => all | held, NOTHING_HELD);
    const { graders, cleared } = await channels.readReactions(post, kinds, signal);
    if (cleared && !post.frozen) await freeze(tracked);

    const frozen = tracked.post.frozen;
    const nobody: Grader = { held: NOTHING_HELD, name: '' };
    const different: [string, Grader][] = [];
    for (const userId of new Set([...recorded.keys(), ...graders.keys()])) {
      const { held, name } = graders.get(userId) ?? nobody;
      const before = recorded.get(userId) ?? NOTHING_HELD;
      const after = frozen ? before | held : held;
      if (after !== before) different.push([userId, { held: after, name }]);
    }
    for (let start = 0; start < different.length; start += AT_ONCE) {
      await Promise.all(
        different
          .slice(start, start + AT_ONCE)
          .map(([userId, { held, name }]) =>
            parts.changeHeld(post, userId, name || undefined, readAs(userId, held)),
          ),
      );
    }
  }

  /** What a reading makes of what is recorded. It brings nobody back who was deleted: only a new reaction does. */
  function readAs(userId: string, held: Held): (recorded: Held, post: Post) => Held {
    return (recorded, { opensAt }) =>
      recorded === NOTHING_HELD && forgotten.has(userId, opensAt) ? recorded : held;
  }

  /** Reads every open post of the servers chosen, a few at a time; one that fails is tried again. */
  async function readAll(chosen: (guildId: string) => boolean = () => true): Promise<void> {
    const queue = posted.all().filter(({ post }) => chosen(post.guildId));
    const next = async (): Promise<void> => {
      for (let tracked = queue.shift(); tracked; tracked = queue.shift()) await tryToRead(tracked);
    };
    await Promise.all(Array.from({ length: READERS }, next));
  }

  async function tryToRead(tracked: Tracked): Promise<void> {
    tracked.dirty = false;
    try {
      await read(tracked, AbortSignal.timeout(LONGEST_READING));
    } catch (error) {
      tracked.dirty = true;
      log.warn({ err: error, post: tracked.post.key }, 'a post could not be read; trying again');
    }
  }

  /** Reads again what could not be stored or read, once the store answers. Called every second; never rejects. */
  async function recover(): Promise<void> {
    const dirty = posted.all().filter((tracked) => tracked.dirty && !tracked.waiting);
    if (recovering || dirty.length === 0) return;
    recovering = true;
    try {
      await store.ping();
      for (const tracked of dirty) await tryToRead(tracked);
    } catch (error) {
      log.debug({ err: error }, 'the store is still away');
    } finally {
      recovering = false;
    }
  }

  /** The reading before a post closes; afterwards nothing is graded on it. */
  async function readForTheLastTime(post: Post, signal: AbortSignal): Promise<void> {
    posted.track(post);
    const tracked = posted.under(post.messageId ?? '');
    if (!tracked) return;
    while (tracked.waiting) await new Promise((resolve) => setTimeout(resolve, 50));
    await read(tracked, signal);
    if (tracked.dirty) throw new Error('events that came during the last reading could not be stored');
    await drop(post);
    await Promise.all(tracked.underWay);
  }

  /** Grades a post no longer. */
  async function drop(post: Post): Promise<void> {
    posted.drop(post);
    const opened = posted.all().map(({ post }) => post.opensAt);
    await forgotten.dropBefore(Math.min(now(), ...opened));
  }

  /** A person is deleted: what they did before is let go, and no reading of an open post finds it again. */
  const personal: PersonalData = {
    async delete(userId) {
      await forgotten.add(userId, now());
      early = early.filter(({ event }) => event.userId !== userId);
      for (const tracked of posted.all()) {
        tracked.waiting = tracked.waiting?.filter((event) => event.userId !== userId);
      }
      const inTurn = [...lastOf].flatMap(([key, job]) => (key.endsWith(` ${userId}`) ? [job] : []));
      await Promise.allSettled([...inTurn, ...parts.underWay(userId)]);
    },
  };

  return {
    load,
    open,
    onReaction,
    onCleared,
    readAll,
    recover,
    readForTheLastTime,
    drop,
    personal,
    openPostsOf: posted.asking,
    openQuestions: posted.questions,
    isDailyOpen: posted.hasDaily,
    answer: parts.answer,
    reveal: parts.reveal,
  };
}

/** Milliseconds; a post's id is known within the time that one request may take. */
const EARLY_KEPT = 120_000;
const MOST_EARLY = 5_000;

/** Members written at a time while a reading is applied. */
const AT_ONCE = 16;

/** Posts read at a time: background work, which leaves the rate limit to those who wait. */
const READERS = 4;

/** Milliseconds. */
const LONGEST_READING = 100_000;
