import { z } from 'zod';
import { localDateSchema } from '../calendar/dates.ts';
import { readScore } from '../progress/entries.ts';
import { GRADES, type Grade, gradeOf, lowerMedian } from '../progress/grade.ts';
import type { PostFacts } from '../progress/member.ts';
import { postLanguages } from '../settings/language.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Collection, CollectionDefinition, Scored, SetEntry } from '../store/port.ts';

/** A question in a channel, from the moment it is decided to the end of its time. */
export type Post = z.output<typeof postSchema>;

const count = z.number().int().min(0);

const resultsSchema = z.strictObject({
  /** How many hold each grade, from missed to at once. */
  grades: z.tuple([count, count, count, count]),
  answered: count,
  right: count,
});

const postSchema = z.strictObject({
  key: z.string(),
  scheduleId: z.string(),
  guildId: z.string(),
  channelId: z.string(),
  roleId: z.string().optional(),
  /** The date that its grades and points count for. */
  date: localDateSchema,
  /** The number of the day; absent for a question outside the schedule, which no streak depends on. */
  day: count.optional(),
  questionId: z.string(),
  topic: z.string(),
  level: z.union([z.literal(1), z.literal(2), z.literal(3)]),
  /** Option ids in the order in which they are shown; empty where there are none. */
  order: z.array(z.string()),
  language: z.enum(postLanguages),
  /** Epoch milliseconds. */
  opensAt: z.number(),
  closesAt: z.number(),
  /** claimed: not known to be in the channel yet. */
  state: z.enum(['claimed', 'open', 'closed']),
  messageId: z.string().optional(),
  /** The bot has put the grade reactions under it. */
  reacted: z.boolean(),
  /** Reactions were cleared or the message deleted: from then on, grades are only added. */
  frozen: z.boolean(),
  /** Once they are known, nothing is graded any more. */
  results: resultsSchema.optional(),
});

export type Results = z.output<typeof resultsSchema>;

export const posts: CollectionDefinition<Post> = { name: 'post', version: 1, schema: postSchema };

/** What follows when a post is decided, opens, when it has its reactions, and when it has closed. */
export const postEntries = {
  claimed: (post: Post): SetEntry[] => [listEntry(post, post.opensAt)],
  opened: (post: Post): SetEntry[] => [
    { set: setName.openPosts, member: post.key, score: post.closesAt },
    { set: setName.jobs, member: `react:${post.key}`, score: post.opensAt },
    { set: setName.jobs, member: `close:${post.key}`, score: post.closesAt + CLOSES_BEHIND },
  ],
  reacted: (post: Post): SetEntry[] => [{ set: setName.jobs, member: `react:${post.key}`, score: null }],
  closed: (post: Post): SetEntry[] => [
    { set: setName.openPosts, member: post.key, score: null },
    { set: setName.jobs, member: `react:${post.key}`, score: null },
    { set: setName.jobs, member: `close:${post.key}`, score: null },
  ],
  gone: (post: Post): SetEntry[] => [...postEntries.closed(post), listEntry(post, null)],
};

/** A post that was deleted while something was done with it: nothing follows from that any more. */
export class PostDeleted extends Error {
  override readonly name = 'PostDeleted';
}

/** Enters facts about a post. @throws PostDeleted */
export function changePost(
  postOf: Collection<Post>,
  { key }: Post,
  facts: Partial<Post>,
  entries: SetEntry[],
): Promise<Post> {
  return postOf.update(documentKey.post(key), (current) => {
    if (!current) throw new PostDeleted(`the post ${key} was deleted meanwhile`);
    const changed = { ...current, ...facts };
    return { document: changed, entries, result: changed };
  });
}

/** Deletes a post, with all that follows from it. */
export async function removePost(postOf: Collection<Post>, post: Post): Promise<void> {
  await postOf.update(documentKey.post(post.key), () => ({
    document: null,
    entries: postEntries.gone(post),
    result: undefined,
  }));
}

function listEntry({ guildId, key }: Post, decidedAt: number | null): SetEntry {
  return { set: setName.posts(guildId), member: key, score: decidedAt };
}

/** What a part keeps of its post; `at` is when the person first did anything with it, epoch milliseconds. */
export function factsOf({ date, topic, level, questionId }: Post, at: number): PostFacts {
  return { date, topic, level, questionId, at };
}

/** How the group did, from the post's `grades` set. */
export function resultsOf(scores: readonly Scored[]): Results {
  const results = { grades: [0, 0, 0, 0] as Results['grades'], answered: 0, right: 0 };
  for (const { score } of scores) {
    const { held, answer } = readScore(score);
    const grade = gradeOf(held);
    if (grade) results.grades[grade - 1]!++;
    if (answer) results.answered++;
    if (answer?.right) results.right++;
  }
  return results;
}

/** The group's own grade for the question: the lower median, from three grades on. */
export function groupGrade({ grades }: Results): Grade | undefined {
  const all = GRADES.flatMap(({ grade }) => new Array<Grade>(grades[grade - 1]!).fill(grade));
  return all.length >= FEWEST_GRADES ? lowerMedian(all) : undefined;
}

const FEWEST_GRADES = 3;

/** Closings give way to the questions of the same minute and to the reactions under them. */
const CLOSES_BEHIND = 30_000;
