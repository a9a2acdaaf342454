import type { Given } from '../bank/given.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import type { ProgressService } from '../progress/service.ts';
import { documentKey } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { type OnAnswered, type OnSeen, sourceOf } from './answered.ts';
import { answerSolo, nextSolo, type SoloAnswer, type SoloQuiz, soloQuizzes } from './solo.ts';

export type SoloService = ReturnType<typeof createSoloService>;

/** Keeps each person's own quiz, and enters its answers wherever they count. */
export function createSoloService(
  store: Store,
  progress: ProgressService,
  onAnswered: OnAnswered,
  onSeen: OnSeen,
  now: () => number,
) {
  const soloOf = store.collection(soloQuizzes);

  /** Begins a quiz; one that the person had begun before is given up. */
  async function begin(userId: string, solo: SoloQuiz): Promise<void> {
    if (solo.guildId) await progress.enlist(solo.guildId, userId);
    await soloOf.update(documentKey.soloQuiz(userId), () => ({ document: solo, result: undefined }));
  }

  function find(userId: string): Promise<SoloQuiz | undefined> {
    return soloOf.get(documentKey.soloQuiz(userId));
  }

  /**
   * Enters the answer to the question on show, and returns the one that counts: the first. Where a crash came between,
   * the next click enters the rest.
   * @returns `undefined` if that question is not on show any more; no points for a quiz outside of servers
   */
  async function answer(
    userId: string,
    name: string,
    meant: { readonly id: string; readonly n: number },
    marked: { given: Given; right: boolean; slip?: number | undefined },
  ): Promise<{ solo: SoloQuiz; answer: SoloAnswer; points: number | undefined } | undefined> {
    const { id, n } = meant;
    const solo = await change(userId, id, (current) => answerSolo(current, n, marked, now()));
    const question = solo?.n === n ? solo.questions[n] : undefined;
    if (!solo || !question?.answer) return undefined;
    const { questionId, topic, level, answer } = question;
    const { right, milliseconds, at } = answer;
    const source = sourceOf(id, n);
    let points: number | undefined;
    if (solo.guildId === undefined) await progress.enterStudy(null, userId, 'quiz');
    else {
      const entered = { question: { id: questionId, topic, level }, right, at, source, name };
      points = await progress.enterQuizAnswer(solo.guildId, userId, entered);
    }
    await onAnswered(userId, questionId, { right, milliseconds, at, source });
    await onSeen(userId, solo.guildId ?? null, questionId);
    return { solo, answer, points };
  }

  /** Goes on from question `n`. @returns the quiz as it is then; `undefined` if it is not the person's present one */
  function next(userId: string, id: string, n: number): Promise<SoloQuiz | undefined> {
    return change(userId, id, (solo) => nextSolo(solo, n, now()));
  }

  function change(
    userId: string,
    id: string,
    to: (solo: SoloQuiz) => SoloQuiz,
  ): Promise<SoloQuiz | undefined> {
    return soloOf.update(documentKey.soloQuiz(userId), (current) => {
      if (current?.id !== id) return { result: undefined };
      const solo = to(current);
      return solo === current ? { result: solo } : { document: solo, result: solo };
    });
  }

  const personal: PersonalData = {
    async delete(userId) {
      await soloOf.update(documentKey.soloQuiz(userId), () => ({ document: null, result: undefined }));
    },
    shown: {
      kind: 'solo',
      async read(userId) {
        const solo = await find(userId);
        return solo && { counts: { questions: solo.questions.length }, data: solo };
      },
    },
  };

  const ofGuild: GuildData = {
    async deleteOf(guildId, userId) {
      await soloOf.update(documentKey.soloQuiz(userId), (current) =>
        current?.guildId === guildId ? { document: null, result: undefined } : { result: undefined },
      );
    },
  };

  return { begin, find, answer, next, personal, ofGuild };
}
