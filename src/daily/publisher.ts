import type { Logger } from 'pino';
import type { Banks } from '../bank/banks.ts';
import { seededRandom } from '../bank/pick.ts';
import type { Item } from '../bank/schema.ts';
import { shuffled } from '../bank/shuffle.ts';
import type { LocalDate } from '../calendar/dates.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { ChannelRefused, type Channels } from './channels.ts';
import type { DrawsService } from './draws.ts';
import type { GradingService } from './grading.ts';
import { changePost, type Post, PostDeleted, postEntries, posts, removePost } from './post.ts';
import {
  type Failure,
  type Schedule,
  scheduleEntries,
  scheduleKey,
  schedules,
  withFailure,
} from './schedule.ts';

export type Publisher = ReturnType<typeof createPublisher>;

/** What its time decides of a post. */
type PostTimes = { readonly date: LocalDate; readonly day?: number; readonly closesAt: number };

/** Brings posts into their channels, each once, and enters on the schedule what keeps them from there. */
export function createPublisher(
  store: Store,
  banks: Banks,
  channels: Channels,
  draws: DrawsService,
  grading: GradingService,
  now: () => number,
  log: Logger,
) {
  const scheduleOf = store.collection(schedules);
  const postOf = store.collection(posts);

  /** Brings a post into its channel, and notes for the moderators what it failed of. `undefined`: the schedule rests. */
  async function bring(
    schedule: Schedule,
    key: string,
    at: PostTimes,
    signal: AbortSignal,
  ): Promise<Post | undefined> {
    try {
      const { post, isRetry } = await claim(schedule, key, at);
      return (await publish(schedule, post, isRetry, signal)) ? post : undefined;
    } catch (error) {
      const { status } = error as { status?: unknown };
      const failure: Failure = {
        reason: 'failed',
        at: now(),
        ...(typeof status === 'number' ? { status } : {}),
      };
      await note(schedule, failure).catch(() => {});
      throw error;
    }
  }

  /** Enters a failure, once for all that it comes again. */
  async function note(schedule: Schedule, failure: Failure): Promise<void> {
    if (withFailure(schedule, failure) === schedule) return;
    await scheduleOf.update(scheduleKey(schedule.id), (current) =>
      current ? { document: withFailure(current, failure), result: undefined } : { result: undefined },
    );
  }

  /** Decides all that a post will say. A post that was claimed before stays as it was. */
  async function claim(
    schedule: Schedule,
    key: string,
    at: PostTimes,
  ): Promise<{ post: Post; isRetry: boolean }> {
    const known = await postOf.get(documentKey.post(key));
    if (known) return { post: known, isRetry: true };
    const drawn = await draws.drawFor(schedule, key);
    const item = (await banks.find(drawn.questionId))!;
    const post: Post = {
      key,
      scheduleId: schedule.id,
      guildId: schedule.guildId,
      channelId: schedule.channelId,
      ...(schedule.roleId ? { roleId: schedule.roleId } : {}),
      ...at,
      questionId: item.id,
      topic: item.topic,
      level: item.level,
      order: shuffled(optionIds(item), seededRandom(key)),
      language: schedule.language,
      opensAt: now(),
      state: 'claimed',
      reacted: false,
      frozen: false,
    };
    const claimed = await postOf.update(documentKey.post(key), (current) =>
      current ? { result: current } : { document: post, entries: postEntries.claimed(post), result: post },
    );
    return { post: claimed, isRetry: claimed !== post };
  }

  /**
   * Brings a claimed post into its channel. Returns whether it is open there; if Discord refuses, the schedule rests, and
   * if all of the server was deleted meanwhile, there is none any more.
   * @param isRetry it may have been in the channel for a while, and people may have graded themselves unheard
   */
  async function publish(
    schedule: Schedule,
    post: Post,
    isRetry: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    if (post.state !== 'claimed') return true;
    try {
      const messageId = await channels.ask(post, signal);
      const opened = await changePost(postOf, post, { state: 'open', messageId }, postEntries.opened(post));
      grading.open(opened, isRetry);
      return true;
    } catch (error) {
      if (error instanceof PostDeleted) return false;
      if (!(error instanceof ChannelRefused)) throw error;
      log.warn(
        { schedule: schedule.id, channel: post.channelId, reason: error.reason },
        'a schedule is suspended',
      );
      await suspend(schedule, post, error.reason);
      return false;
    }
  }

  async function suspend(schedule: Schedule, post: Post, reason: ChannelRefused['reason']): Promise<void> {
    const at = now();
    await scheduleOf.update(scheduleKey(schedule.id), (current) => {
      // An edit meanwhile may have named another channel, and wins.
      if (!current || current.channelId !== post.channelId) return { result: undefined };
      const suspended: Schedule = { ...withFailure(current, { reason, at }), suspended: { reason, at } };
      return {
        document: suspended,
        entries: [
          ...scheduleEntries(suspended),
          { set: setName.jobs, member: `tell:${schedule.id}`, score: at },
        ],
        result: undefined,
      };
    });
    await removePost(postOf, post);
  }

  return { bring, note };
}

function optionIds(item: Item): string[] {
  return 'options' in item.en ? Object.keys(item.en.options) : [];
}
