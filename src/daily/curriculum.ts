import { createEmptyCard, type Grade as FsrsGrade, fsrs } from 'ts-fsrs';
import { z } from 'zod';
import { pickQuestion, seededRandom } from '../bank/pick.ts';
import type { Item } from '../bank/schema.ts';
import type { Grade } from '../progress/grade.ts';
import type { CollectionDefinition } from '../store/port.ts';

/** What a server has been asked and how it went: the group is a learner too. */
export type Curriculum = z.output<typeof curriculumSchema>;

const kindSchema = z.enum(['new', 'repeat']);

const curriculumSchema = z.strictObject({
  /** By question id: when it was last drawn, as an ISO 8601 instant in UTC. */
  seen: z.record(z.string(), z.iso.datetime()),
  /** By question id: the group's card. */
  cards: z.record(
    z.string(),
    z.strictObject({
      /** By post key. */
      log: z.record(
        z.string(),
        z.strictObject({ at: z.number(), grade: z.union([1, 2, 3, 4].map((n) => z.literal(n as Grade))) }),
      ),
      /** Epoch milliseconds. */
      due: z.number(),
      /** The last grade was Again or Hard. */
      bad: z.boolean(),
    }),
  ),
  /** The last draws, oldest first. */
  draws: z.array(
    z.strictObject({
      postKey: z.string(),
      questionId: z.string(),
      topic: z.string(),
      kind: kindSchema,
      /** When the question had been drawn before; restored if this draw is given back. */
      seenBefore: z.iso.datetime().optional(),
    }),
  ),
});

export type Draw = Curriculum['draws'][number];

export const curricula: CollectionDefinition<Curriculum> = {
  name: 'curriculum',
  version: 1,
  schema: curriculumSchema,
};

export const newCurriculum: Curriculum = { seen: {}, cards: {}, draws: [] };

/** The draw that was made for a post, if it was. */
export function drawOf(curriculum: Curriculum, postKey: string): Draw | undefined {
  return curriculum.draws.find((draw) => draw.postKey === postKey);
}

/**
 * Chooses the question of a post. A post that has a question among `items` keeps it.
 * @param items at least one, narrowed to what the post may ask
 * @param first ids to be asked first, if they are among the items
 * @param seed makes the choice; the same seed, the same question
 */
export function draw(
  curriculum: Curriculum,
  postKey: string,
  items: readonly Item[],
  first: readonly string[],
  now: number,
  seed: string,
): { curriculum: Curriculum; draw: Draw } {
  const made = drawOf(curriculum, postKey);
  if (made && items.some((item) => item.id === made.questionId)) return { curriculum, draw: made };
  const before = made ? giveBack(curriculum, postKey) : curriculum;

  const queued = first.find((id) => items.some((item) => item.id === id));
  const picked = queued
    ? { id: queued, kind: 'new' as const }
    : pickQuestion({
        items,
        seen: before.seen,
        cards: before.cards,
        recent: before.draws.map(({ kind }) => kind),
        lastTopics: before.draws.map(({ topic }) => topic),
        now,
        random: seededRandom(seed),
      });
  if (!picked) throw new RangeError('a draw needs at least one item');

  const seenBefore = before.seen[picked.id];
  const drawn: Draw = {
    postKey,
    questionId: picked.id,
    topic: items.find((item) => item.id === picked.id)!.topic,
    kind: picked.kind,
    ...(seenBefore === undefined ? {} : { seenBefore }),
  };
  return {
    curriculum: {
      ...before,
      seen: { ...before.seen, [picked.id]: new Date(now).toISOString() },
      draws: [...before.draws, drawn].slice(-DRAWS_KEPT),
    },
    draw: drawn,
  };
}

/** Undoes a draw, as though it had not been made. */
export function giveBack(curriculum: Curriculum, postKey: string): Curriculum {
  const made = drawOf(curriculum, postKey);
  if (!made) return curriculum;
  const { [made.questionId]: _, ...seen } = curriculum.seen;
  if (made.seenBefore !== undefined) seen[made.questionId] = made.seenBefore;
  return { ...curriculum, seen, draws: curriculum.draws.filter((other) => other !== made) };
}

/** Enters how the group did with a post's question, and says when it is due again. Entered twice, it counts once. */
export function recordGrade(
  curriculum: Curriculum,
  postKey: string,
  questionId: string,
  grade: Grade,
  at: number,
): Curriculum {
  const log = { ...curriculum.cards[questionId]?.log, [postKey]: { at, grade } };
  const reviews = Object.values(log).sort((a, b) => a.at - b.at);
  let card = createEmptyCard(reviews[0]!.at);
  for (const review of reviews) card = groupMemory.next(card, review.at, review.grade as FsrsGrade).card;
  const bad = reviews.at(-1)!.grade <= 2;
  return {
    ...curriculum,
    cards: { ...curriculum.cards, [questionId]: { log, due: card.due.getTime(), bad } },
  };
}

/** Days, not minutes: a group sees at most a question a day. */
const groupMemory = fsrs({ enable_short_term: false, enable_fuzz: false });

/** Enough for the one-in-four rule and for every post that may still ask for its draw. */
const DRAWS_KEPT = 50;
