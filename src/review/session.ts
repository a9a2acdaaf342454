import { z } from 'zod';
import { gradeSchema } from '../progress/grade.ts';
import type { CollectionDefinition } from '../store/port.ts';

/** A person goes through their questions: one session at a time, wherever they sit. */
export type Session = z.output<typeof sessionSchema>;

const sessionSchema = z.strictObject({
  id: z.string(),
  /** Only questions of this topic. */
  topic: z.string().optional(),
  /** How many questions it is to have at most. */
  count: z.number().int().min(1),
  /** What is being asked; absent once there is nothing left. */
  current: z.string().optional(),
  /** What has been graded, in order. */
  done: z.array(z.strictObject({ questionId: z.string(), grade: gradeSchema })),
});

export const sessions: CollectionDefinition<Session> = { name: 'review', version: 1, schema: sessionSchema };

/** Names a session's n-th review (from 0) in the log of its card. */
export function sourceOf({ id }: Session, number: number): string {
  return `review:${id}.${number}`;
}

/** What may be asked next, best first. */
export type Candidates = {
  /** Due questions, the longest due first. */
  readonly due: readonly string[];
  /** New questions, as many as the day still has room for. */
  readonly fresh: readonly string[];
};

/** The question that follows: due ones come first. */
export function nextOf({ count, done }: Session, { due, fresh }: Candidates): string | undefined {
  return done.length < count ? (due[0] ?? fresh[0]) : undefined;
}

/** How many questions a session still has, the present one among them. */
export function leftOf({ count, done }: Session, { due, fresh }: Candidates): { due: number; fresh: number } {
  const room = count - done.length;
  const dueLeft = Math.min(due.length, room);
  return { due: dueLeft, fresh: Math.min(fresh.length, room - dueLeft) };
}

export function advance(session: Session, questionId: string | undefined): Session {
  const { current: _, ...rest } = session;
  return questionId === undefined ? rest : { ...rest, current: questionId };
}
