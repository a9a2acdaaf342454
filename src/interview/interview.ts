import { z } from 'zod';
import { guildOfId, shownId } from '../bank/own-id.ts';
import type { CollectionDefinition } from '../store/port.ts';
import { type KeyPoint, missedOf, scoreOf } from './score.ts';

/**
 * A mock interview: its questions one after the other, each through its stages. The clock runs while the person
 * answers, and stands still while they tick key points and read. Whether time is up is judged at the next click.
 *
 * Every step names the question that it is about. A step that comes late or twice changes nothing.
 */
export type Interview = z.output<typeof interviewSchema>;

/** One question of an interview, and what came of it. */
export type Asked = z.output<typeof askedSchema>;

/** A key point that the marking model found in an answer, with the words that earn it. */
export type Mark = { readonly point: number; readonly quote: string };

/** Answers come in modals of 4,000 characters each. */
export const MOST_PARTS = 3;
export const LONGEST_PART = 4_000;

const position = z.number().int().min(0);
const milliseconds = z.number().min(0);
const answerText = z.string().max(LONGEST_PART);

const askedSchema = z.strictObject({
  questionId: z.string(),
  topic: z.string(),
  stage: z.enum(['waiting', 'answering', 'ticking', 'followUp', 'done']),
  /** What was written in time, modal by modal. */
  parts: z.array(answerText).max(MOST_PARTS),
  /** What came when time was up: kept, but not scored. */
  late: answerText.optional(),
  milliseconds,
  /** The key points that the person holds to be covered: positions in the rubric, ascending. */
  ticks: z.array(position),
  /** When the model was asked to mark, epoch milliseconds. */
  markingSince: z.number().optional(),
  marks: z.array(z.strictObject({ point: position, quote: z.string() })).optional(),
  /** 0–100; when it was settled, epoch milliseconds; and whether the review deck and the study day have it. */
  score: z
    .strictObject({ value: z.number().min(0).max(100), at: z.number(), entered: z.literal(true).optional() })
    .optional(),
  /** Asks about a key point that was missed; for practice, without a score. */
  followUp: z.strictObject({ point: position, answer: answerText.optional(), milliseconds }).optional(),
});

const interviewSchema = z.strictObject({
  id: z.string(),
  /** Where it was started, if the bot is a member there. */
  guildId: z.string().optional(),
  startedAt: z.number(),
  finishedAt: z.number().optional(),
  minutes: z.number().int().positive().optional(),
  timeUp: z.boolean(),
  /** Position of the present question. */
  turn: position,
  /** Since when the clock runs, epoch milliseconds; absent while it stands still. */
  since: z.number().optional(),
  questions: z.array(askedSchema).min(1),
});

export const interviews: CollectionDefinition<Interview> = {
  name: 'interview',
  version: 1,
  schema: interviewSchema,
};

export type Beginning = Pick<Interview, 'id' | 'guildId' | 'minutes'> & {
  readonly questions: readonly { readonly id: string; readonly topic: string }[];
};

/** @param at epoch milliseconds, as in all that follows */
export function begin({ questions, ...choices }: Beginning, at: number): Interview {
  const asked = questions.map(({ id, topic }): Asked => {
    return { questionId: id, topic, stage: 'waiting', parts: [], milliseconds: 0, ticks: [] };
  });
  const interview = { ...choices, startedAt: at, timeUp: false, turn: 0, questions: asked };
  return ask(interview, at);
}

/** When time is up if the clock goes on; `undefined` without a limit and while the clock stands still. */
export function deadlineOf({ minutes, since, questions }: Interview): number | undefined {
  if (minutes === undefined || since === undefined) return undefined;
  const spent = questions.reduce(
    (sum, each) => sum + each.milliseconds + (each.followUp?.milliseconds ?? 0),
    0,
  );
  return since + minutes * MINUTE - spent;
}

/** The present question. */
export function presentOf({ questions, turn }: Interview): Asked {
  return questions[turn]!;
}

/** All that was written in time. */
export function answerOf({ parts }: Asked): string {
  return parts.join('\n\n');
}

/** What the clock alone has changed: the same interview while there is time. */
export function judge(interview: Interview, at: number): Interview {
  const deadline = deadlineOf(interview);
  if (deadline === undefined || at < deadline) return interview;
  const late = { ...stopClock(interview, deadline), timeUp: true };
  return presentOf(late).stage === 'answering' ? closeAnswer(late, at) : put(late, { stage: 'done' });
}

/** @param part position of the modal among those of this answer */
export function say(interview: Interview, turn: number, part: number, text: string, at: number): Interview {
  return step(
    interview,
    turn,
    'answering',
    at,
    (inTime) => {
      const { parts } = presentOf(inTime);
      return part === parts.length && part < MOST_PARTS ? put(inTime, { parts: [...parts, text] }) : inTime;
    },
    { late: text },
  );
}

/** The answer is complete; without a word, the question is given up. */
export function finishAnswer(interview: Interview, turn: number, at: number): Interview {
  return step(interview, turn, 'answering', at, (inTime) => closeAnswer(stopClock(inTime, at), at));
}

export function tick(interview: Interview, turn: number, points: readonly number[], at: number): Interview {
  return step(interview, turn, 'ticking', at, (inTime) => put(inTime, { ticks: ascending(points) }));
}

/** Notes that the model is marking, unless it is, or has done so. */
export function startMarking(interview: Interview, turn: number, at: number, patience: number): Interview {
  return step(interview, turn, 'ticking', at, (inTime) => {
    const { marks, markingSince = Number.NEGATIVE_INFINITY } = presentOf(inTime);
    return marks || at < markingSince + patience ? inTime : put(inTime, { markingSince: at });
  });
}

/** Adds what the model found to the ticks; the person takes away what they don't agree with. No marks: it failed. */
export function takeMarks(
  interview: Interview,
  turn: number,
  marks: readonly Mark[] | undefined,
  at: number,
) {
  return step(interview, turn, 'ticking', at, (inTime) => {
    const { markingSince: _, ...asked } = presentOf(inTime);
    const ticks = ascending([...asked.ticks, ...(marks ?? []).map(({ point }) => point)]);
    return replace(inTime, { ...asked, ticks, ...(marks ? { marks: [...marks] } : {}) });
  });
}

/** The ticks are final: they make the score, and the most important point that was missed makes a follow-up. */
export function settle(
  interview: Interview,
  turn: number,
  rubric: readonly KeyPoint[],
  at: number,
): Interview {
  return step(interview, turn, 'ticking', at, (inTime) => {
    const ticks = presentOf(inTime).ticks.filter((point) => point < rubric.length);
    const scored = put(inTime, { ticks, score: { value: scoreOf(rubric, ticks), at }, stage: 'done' });
    const [point] = missedOf(rubric, ticks);
    if (point === undefined || inTime.timeUp) return scored;
    return { ...put(scored, { stage: 'followUp', followUp: { point, milliseconds: 0 } }), since: at };
  });
}

/** @param text absent: the follow-up is skipped */
export function sayFollowUp(
  interview: Interview,
  turn: number,
  text: string | undefined,
  at: number,
): Interview {
  return step(
    interview,
    turn,
    'followUp',
    at,
    (inTime) => {
      const followUp = presentOf(inTime).followUp!;
      return stopClock(
        put(inTime, { stage: 'done', followUp: text ? { ...followUp, answer: text } : followUp }),
        at,
      );
    },
    { late: text },
  );
}

/** On to the next question, or to the end. */
export function goOn(interview: Interview, turn: number, at: number): Interview {
  return step(interview, turn, 'done', at, (inTime) => {
    const last = inTime.timeUp || turn + 1 === inTime.questions.length;
    return last ? { ...inTime, finishedAt: at } : ask({ ...inTime, turn: turn + 1 }, at);
  });
}

/** Leaves out the present question, whatever its stage: it is no longer in the bank. */
export function drop(interview: Interview, turn: number, at: number): Interview {
  if (interview.turn !== turn || interview.finishedAt !== undefined) return interview;
  return goOn(put(stopClock(interview, at), { stage: 'done' }), turn, at);
}

/** Ends it where it is; what has no score yet gets none. */
export function end(interview: Interview, at: number): Interview {
  if (interview.finishedAt !== undefined) return interview;
  return { ...stopClock(judge(interview, at), at), finishedAt: at };
}

/** The scores of these questions are where they count. */
export function noteEntered(interview: Interview, questionIds: ReadonlySet<string>): Interview {
  const questions = interview.questions.map((asked): Asked => {
    const isEntered = asked.score && questionIds.has(asked.questionId);
    return isEntered ? { ...asked, score: { ...asked.score!, entered: true } } : asked;
  });
  return { ...interview, questions };
}

/** The mean of the questions that were scored; `undefined` where none was. */
export function overallOf({ questions }: Interview): number | undefined {
  const scores = questions.flatMap(({ score }) => score?.value ?? []);
  if (scores.length === 0) return undefined;
  return Math.round(scores.reduce((sum, value) => sum + value, 0) / scores.length);
}

/** Judges the clock, then changes the question if it is the present one and in that stage. */
function step(
  interview: Interview,
  turn: number,
  stage: Asked['stage'],
  at: number,
  change: (inTime: Interview) => Interview,
  { late }: { late?: string | undefined } = {},
): Interview {
  const fits = (each: Interview) =>
    each.finishedAt === undefined && each.turn === turn && presentOf(each).stage === stage;
  const judged = judge(interview, at);
  if (fits(judged)) return change(judged);
  return late && fits(interview) ? put(judged, { late }) : judged;
}

function ask(interview: Interview, at: number): Interview {
  return { ...put(interview, { stage: 'answering' }), since: at };
}

function closeAnswer(interview: Interview, at: number): Interview {
  const given = presentOf(interview).parts.length > 0;
  return put(interview, given ? { stage: 'ticking' } : { stage: 'done', score: { value: 0, at } });
}

/** Stops the clock and books what it showed on what it ran for. */
function stopClock(interview: Interview, at: number): Interview {
  const { since, ...stopped } = interview;
  if (since === undefined) return interview;
  const passed = Math.max(0, at - since);
  const { followUp, milliseconds } = presentOf(interview);
  return put(
    stopped,
    followUp
      ? { followUp: { ...followUp, milliseconds: followUp.milliseconds + passed } }
      : { milliseconds: milliseconds + passed },
  );
}

/**
 * The interview without its server, whose own questions are gone.
 * @returns the same interview if nothing in it names the server
 */
export function withoutGuild(interview: Interview, guildId: string): Interview {
  const isOwn = ({ questionId }: Asked) => guildOfId(questionId) === guildId;
  const { guildId: begunIn, ...rest } = interview;
  if (begunIn !== guildId && !interview.questions.some(isOwn)) return interview;
  return {
    ...(begunIn === guildId ? rest : interview),
    questions: interview.questions.map((asked) =>
      isOwn(asked) ? { ...asked, questionId: `gone.${shownId(asked.questionId)}` } : asked,
    ),
  };
}

function put(interview: Interview, changes: Partial<Asked>): Interview {
  return replace(interview, { ...presentOf(interview), ...changes });
}

function replace(interview: Interview, asked: Asked): Interview {
  return { ...interview, questions: interview.questions.with(interview.turn, asked) };
}

function ascending(points: readonly number[]): number[] {
  return [...new Set(points)].sort((left, right) => left - right);
}

const MINUTE = 60_000;
