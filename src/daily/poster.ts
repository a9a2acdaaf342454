import type { Logger } from 'pino';
import { dayNumber, localDateAt } from '../calendar/dates.ts';
import type { JobHandler } from '../jobs/ticker.ts';
import type { GuildData } from '../privacy/registry.ts';
import { GRADES } from '../progress/grade.ts';
import type { ProgressService } from '../progress/service.ts';
import { guilds, judge, newGuild } from '../settings/guild.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { CardRefused, ChannelRefused, type Channels, MessageGone } from './channels.ts';
import { curricula, recordGrade } from './curriculum.ts';
import type { GradingService } from './grading.ts';
import { changePost, groupGrade, type Post, postEntries, posts, removePost, resultsOf } from './post.ts';
import type { Publisher } from './publisher.ts';
import {
  closingTime,
  dueEntry,
  type Failure,
  following,
  planNext,
  postKeyOf,
  type Schedule,
  scheduleKey,
  schedules,
  whatIsDue,
} from './schedule.ts';

export type PosterService = ReturnType<typeof createPosterService>;

/**
 * Posts questions when they are due, and closes them: the jobs of the daily room.
 * @param onClosed is told of the server when one of its posts has closed
 */
export function createPosterService(
  store: Store,
  channels: Channels,
  publisher: Publisher,
  grading: GradingService,
  progress: ProgressService,
  now: () => number,
  log: Logger,
  onClosed: (guildId: string) => void,
) {
  const scheduleOf = store.collection(schedules);
  const postOf = store.collection(posts);
  const guildOf = store.collection(guilds);
  const curriculumOf = store.collection(curricula);

  /** `ask:<schedule>`: the scheduled question. */
  const ask: JobHandler = async (scheduleId, signal) => {
    const schedule = await scheduleOf.get(scheduleKey(scheduleId));
    if (!schedule || schedule.paused || schedule.suspended) return null;
    const due = whatIsDue(schedule, now());
    if (due.kind === 'wait') {
      const missed: Failure = { reason: 'missed', at: schedule.next.at };
      return replan(schedule, { next: due.next, ...(missed.at > now() ? {} : { failure: missed }) });
    }
    if (!channels.knows(schedule.guildId)) {
      await publisher.note(schedule, { reason: 'server-away', at: now() });
      return now() + UNTIL_GUILD_RETURNS;
    }
    if (!channels.mayLookBack(schedule.guildId, schedule.channelId)) {
      log.warn(
        { schedule: scheduleId, channel: schedule.channelId },
        'no Read Message History: nothing is posted',
      );
      await publisher.note(schedule, { reason: 'no-history', at: now() });
      return now() + UNTIL_GUILD_RETURNS;
    }

    const { date } = due.occurrence;
    const at = { date, day: schedule.posted + 1, closesAt: closingTime(now(), due.next) };
    const key = postKeyOf(scheduleId, date);
    const { post, isRefused } = await bring(schedule, key, at, signal);
    if (!post) return undefined;
    return replan(schedule, {
      next: due.next,
      lastDate: date,
      ...(isRefused ? {} : { posted: schedule.posted + 1, postedAt: now() }),
      queue: schedule.queue.filter((queued) => queued !== post.questionId),
    });
  };

  /** `now:<schedule>.<request>`: a question outside the schedule. */
  const askNow: JobHandler = async (id, signal) => {
    const [scheduleId = '', request = ''] = id.split('.');
    const schedule = await scheduleOf.get(scheduleKey(scheduleId));
    if (!schedule || schedule.suspended?.reason === 'left-server') return null;
    if (!channels.knows(schedule.guildId)) return now() + UNTIL_GUILD_RETURNS;
    const guild = (await guildOf.get(documentKey.guild(schedule.guildId))) ?? newGuild;
    const at = {
      date: localDateAt(now(), guild.zone, guild.dayStart),
      closesAt: closingTime(now(), planNext(schedule, now())),
    };
    await bring(schedule, `${scheduleId}-${request}`, at, signal);
    return null;
  };

  /** Brings a post into its channel; one that Discord would refuse for ever is let go: the next asks something else. */
  async function bring(
    schedule: Schedule,
    key: string,
    at: Parameters<Publisher['bring']>[2],
    signal: AbortSignal,
  ): Promise<{ post: Post | undefined; isRefused?: true }> {
    try {
      return { post: await publisher.bring(schedule, key, at, signal) };
    } catch (error) {
      if (!(error instanceof CardRefused)) throw error;
      const post = await find(key);
      log.error({ err: error, post: key, question: post?.questionId }, 'a question is skipped');
      if (post) await removePost(postOf, post);
      return { post, isRefused: true };
    }
  }

  /** `react:<post>`: the grade reactions under a question. */
  const react: JobHandler = async (postKey, signal) => {
    const post = await postOf.get(documentKey.post(postKey));
    if (post?.state !== 'open' || post.reacted) return null;
    try {
      for (const { grade } of GRADES) await channels.react(post, grade, signal);
    } catch (error) {
      // Members can still add the reactions themselves; a message that is gone is noticed when it is read.
      if (!(error instanceof ChannelRefused) && !(error instanceof MessageGone)) throw error;
      log.warn({ err: error, post: postKey }, 'the grade reactions could not be added');
      return null;
    }
    grading.open(await changePost(postOf, post, { reacted: true }, postEntries.reacted(post)));
    return undefined;
  };

  /** `close:<post>`: the last reading, what follows from it, and the closed card. Each step may run twice. */
  const close: JobHandler = async (postKey, signal) => {
    const post = await postOf.get(documentKey.post(postKey));
    if (post?.state !== 'open') return null;
    const closing = post.results ? post : await settle(post, signal);
    if (post.day !== undefined) {
      // Where there is none any more, all of the server has been deleted meanwhile; the same below.
      await guildOf.update(documentKey.guild(post.guildId), (guild) =>
        guild ? { document: judge(guild, post.date), result: undefined } : { result: undefined },
      );
      await progress.judgeStreaks(post.guildId, dayNumber(post.date));
    }
    const grade = groupGrade(closing.results!);
    if (grade) {
      await curriculumOf.update(documentKey.curriculum(post.guildId), (curriculum) =>
        curriculum
          ? {
              document: recordGrade(curriculum, postKey, post.questionId, grade, post.closesAt),
              result: undefined,
            }
          : { result: undefined },
      );
    }
    try {
      await channels.showClosed(closing, signal);
    } catch (error) {
      if (error instanceof CardRefused)
        log.error({ err: error, post: postKey }, 'a post closes without its closed card');
      else if (!(error instanceof ChannelRefused) && !(error instanceof MessageGone)) throw error;
    }
    await changePost(postOf, post, { state: 'closed' }, postEntries.closed(post));
    await store.orderedSet(setName.grades(post.guildId, postKey)).clear();
    onClosed(post.guildId);
    return undefined;
  };

  /** Reads a post's reactions once more and enters how the group did: from here on nothing is graded. */
  async function settle(post: Post, signal: AbortSignal): Promise<Post> {
    await grading.readForTheLastTime(post, signal);
    const scores = await store
      .orderedSet(setName.grades(post.guildId, post.key))
      .range(1, Number.MAX_SAFE_INTEGER);
    return changePost(postOf, post, { results: resultsOf(scores) }, []);
  }

  /** `tell:<schedule>`: the server hears that a schedule is suspended. */
  const tell: JobHandler = async (scheduleId, signal) => {
    const schedule = await scheduleOf.get(scheduleKey(scheduleId));
    if (!schedule?.suspended) return null;
    if (!channels.knows(schedule.guildId)) return now() + UNTIL_GUILD_RETURNS;
    try {
      await channels.tellSuspended(schedule, signal);
    } catch (error) {
      if (!(error instanceof ChannelRefused)) throw error;
    }
    return null;
  };

  function find(postKey: string): Promise<Post | undefined> {
    return postOf.get(documentKey.post(postKey));
  }

  /** Asks for a question outside the schedule; `request` names it, so that asking twice is asking once. */
  async function requestNow(schedule: Schedule, request: string): Promise<void> {
    await store.orderedSet(setName.jobs).put(`now:${schedule.id}.${request}`, now());
  }

  const ofGuild: GuildData = {
    async delete(guildId) {
      const all = await store.orderedSet(setName.posts(guildId)).range(0, Number.MAX_SAFE_INTEGER);
      for (let start = 0; start < all.length; start += READ_AT_ONCE) {
        const keys = all.slice(start, start + READ_AT_ONCE).map(({ member }) => documentKey.post(member));
        for (const post of (await postOf.getMany(keys)).values()) {
          await grading.drop(post);
          await store.orderedSet(setName.grades(guildId, post.key)).clear();
          await removePost(postOf, post);
        }
      }
    },
  };

  /** Enters what a run has done, unless an edit has planned otherwise meanwhile: that wins. */
  function replan(schedule: Schedule, done: Partial<Schedule>): Promise<undefined> {
    return scheduleOf.update(scheduleKey(schedule.id), (current) => {
      if (!current) return { result: undefined };
      const { next: planned, ...facts } = done;
      const untouched = current.next.at === schedule.next.at && current.next.date === schedule.next.date;
      const changed: Schedule = { ...current, ...facts };
      if (untouched && planned) changed.next = planned;
      else if (changed.lastDate && changed.next.date <= changed.lastDate) {
        changed.next = following(changed, { date: changed.lastDate, at: now() });
      }
      const asleep = changed.paused || changed.suspended;
      return {
        document: changed,
        entries: [dueEntry(changed, asleep ? null : changed.next.at)],
        result: undefined,
      };
    });
  }

  return { handlers: { ask, now: askNow, react, close, tell }, find, requestNow, ofGuild };
}

/** Posts held in memory together. */
const READ_AT_ONCE = 100;

/** Milliseconds until a job whose server is away looks again. */
const UNTIL_GUILD_RETURNS = 60_000;
