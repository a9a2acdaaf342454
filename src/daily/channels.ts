import type { Grade, Held } from '../progress/grade.ts';
import type { Post } from './post.ts';
import type { Schedule, SuspensionReason } from './schedule.ts';

/**
 * What the daily room needs of Discord. Every call may reject with {@link ChannelRefused}, {@link CardRefused} or
 * {@link MessageGone}, or with anything else, which means: not now, try again later.
 */
export type Channels = {
  /** Whether the server is there at this moment; one that is merely unavailable is not. */
  readonly knows: (guildId: string) => boolean;
  /** Whether the bot may read the channel's history, without which it could not look for what it has sent. */
  readonly mayLookBack: (guildId: string, channelId: string) => boolean;
  /** Posts the question, once however often it is called, and returns the message's id. */
  readonly ask: (post: Post, signal: AbortSignal) => Promise<string>;
  readonly react: (post: Post, grade: Grade, signal: AbortSignal) => Promise<void>;
  /** Reads every grade reaction, page by page; `recorded` are the kinds of which the store holds any. */
  readonly readReactions: (post: Post, recorded: Held, signal: AbortSignal) => Promise<Reading>;
  /** Turns the card into its closed form. */
  readonly showClosed: (post: Post, signal: AbortSignal) => Promise<void>;
  /** Tells the server, once, that a schedule is suspended. */
  readonly tellSuspended: (schedule: Schedule, signal: AbortSignal) => Promise<void>;
};

/** A complete reading. */
export type Reading = {
  readonly graders: ReadonlyMap<string, Grader>;
  /** A reaction that the bot had put there is gone: somebody cleared it. */
  readonly cleared: boolean;
};

export type Grader = { readonly held: Held; readonly name: string };

/** Discord itself says that the channel is gone or closed to the bot. */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused';
  readonly reason: SuspensionReason;
  constructor(reason: SuspensionReason, options?: ErrorOptions) {
    super(`Discord refuses the channel: ${reason}`, options);
    this.reason = reason;
  }
}

/** Discord takes what the message says for malformed, and would do so again. */
export class CardRefused extends Error {
  override readonly name = 'CardRefused';
  readonly status = 400;
}

/** The message was deleted. */
export class MessageGone extends Error {
  override readonly name = 'MessageGone';
}
