import type { LocalDate } from '../calendar/dates.ts';
import type { Grade } from '../progress/grade.ts';
import type { Post } from './post.ts';

/** A grade reaction that a person added or took away. */
export type ReactionEvent = {
  readonly messageId: string;
  readonly userId: string;
  readonly grade: Grade;
  readonly burst: boolean;
  readonly added: boolean;
  /** The person's name, where Discord sent it. */
  readonly name?: string | undefined;
};

/** An open post, and what becomes of the reactions under it. */
export type Tracked = {
  post: Post;
  /** Updates under way; a reading starts after them. */
  readonly underWay: Set<Promise<void>>;
  /** Events that wait for the reading to end. */
  waiting: ReactionEvent[] | undefined;
  /** An event could not be applied: the post has to be read. */
  dirty: boolean;
};

/** The open posts, by their messages. */
export function createOpenPosts() {
  const byMessage = new Map<string, Tracked>();

  /** Takes up a post, or what has changed about it. One that was found to be frozen stays so. */
  function track(post: Post): void {
    if (!post.messageId) return;
    const tracked = byMessage.get(post.messageId);
    if (tracked) tracked.post = { ...post, frozen: post.frozen || tracked.post.frozen };
    else byMessage.set(post.messageId, { post, underWay: new Set(), waiting: undefined, dirty: false });
  }

  function drop({ messageId = '' }: Post): void {
    byMessage.delete(messageId);
  }

  function under(messageId: string): Tracked | undefined {
    return byMessage.get(messageId);
  }

  function all(): Tracked[] {
    return [...byMessage.values()];
  }

  function present(): Post[] {
    return all().map(({ post }) => post);
  }

  /** The open posts that ask a question. */
  function asking(questionId: string): Post[] {
    return present().filter((post) => post.questionId === questionId);
  }

  /** The questions that open posts ask in these servers. */
  function questions(guildIds: readonly string[]): Set<string> {
    return new Set(
      present()
        .filter(({ guildId }) => guildIds.includes(guildId))
        .map(({ questionId }) => questionId),
    );
  }

  /** Whether a scheduled post of the server that counts for `date` is open. */
  function hasDaily(guildId: string, date: LocalDate): boolean {
    return present().some((post) => post.guildId === guildId && post.date === date && post.day !== undefined);
  }

  return { track, drop, under, all, asking, questions, hasDaily };
}
