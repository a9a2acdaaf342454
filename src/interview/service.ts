import type { Bank } from '../bank/load.ts';
import { localDateAt } from '../calendar/dates.ts';
import type { GuildData, PersonalData } from '../privacy/registry.ts';
import type { ProgressService } from '../progress/service.ts';
import type { SettingsService } from '../settings/service.ts';
import { documentKey, setName } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import { begin, type Interview, interviews, noteEntered, withoutGuild } from './interview.ts';
import { createMarker, type Endpoint, type Marker } from './marking.ts';
import { agreements, budgets, spend } from './permit.ts';
import { openItems, pickInterview, type Wanted } from './pick.ts';
import { PASS } from './score.ts';

/** Takes what came of a question, for spaced review; the same answer may come twice, from the same source. */
export type OnAnswered = (
  userId: string,
  questionId: string,
  answer: { right: boolean; milliseconds: number; at: number; source: `interview:${string}` },
) => Promise<void>;

/** The optional language model, and how many answers a day it may mark for each server. */
export type MarkingConfig = Endpoint & { readonly dailyBudget: number };

export type InterviewService = ReturnType<typeof createInterviewService>;
export type Marking = NonNullable<InterviewService['marking']>;

/** Mock interviews: each is a document of its person, and so are their last ones. */
export function createInterviewService(
  store: Store,
  progress: ProgressService,
  settings: SettingsService,
  onAnswered: OnAnswered,
  now: () => number,
  config?: MarkingConfig,
) {
  const interviewOf = store.collection(interviews);
  const agreementOf = store.collection(agreements);

  /**
   * Begins an interview. The same id begins it once, however often it is asked for.
   * @param count of questions; fewer where there are no more that fit
   */
  async function start(
    userId: string,
    id: string,
    bank: Bank,
    wanted: Wanted & { count: number; minutes?: number | undefined; guildId?: string | undefined },
  ): Promise<Interview> {
    const past = await list(userId);
    const { count, minutes, guildId } = wanted;
    const questions = pickInterview(openItems(bank.items.values(), wanted), count, past, id);
    const fresh = begin(
      { id, questions, ...(guildId ? { guildId } : {}), ...(minutes ? { minutes } : {}) },
      now(),
    );
    if (guildId) await progress.enlist(guildId, userId);
    const interview = await interviewOf.update(documentKey.interview(userId, id), (current) => ({
      document: current ?? fresh,
      entries: [{ set: setName.interviews(userId), member: id, score: (current ?? fresh).startedAt }],
      result: current ?? fresh,
    }));
    for (const old of past.slice(MOST_KEPT - 1)) if (old.id !== id) await remove(userId, old.id);
    return interview;
  }

  /** Takes a step: `change` gets the time, and what it returns is kept. `undefined` if there is no such interview. */
  function change(
    userId: string,
    id: string,
    step: (interview: Interview, at: number) => Interview,
  ): Promise<Interview | undefined> {
    return interviewOf.update(documentKey.interview(userId, id), (current) => {
      if (!current) return { result: undefined };
      const next = step(current, now());
      return next === current ? { result: current } : { document: next, result: next };
    });
  }

  /**
   * Enters what came of each question where it counts: the review deck, and the day as a study day. Called before
   * anything shows a score, so that what was shown is never lost; a crash in between enters it again, which changes
   * nothing.
   */
  async function enter(userId: string, interview: Interview): Promise<void> {
    const { id, guildId = null, questions } = interview;
    const scored = questions.flatMap(({ questionId, score, milliseconds }, turn) =>
      score && !score.entered
        ? [{ questionId, score, milliseconds, source: `interview:${id}.${turn}` as const }]
        : [],
    );
    if (scored.length === 0) return;
    for (const { questionId, score, milliseconds, source } of scored) {
      const { value, at } = score;
      await onAnswered(userId, questionId, { right: value >= PASS, milliseconds, at, source });
      await progress.enterStudy(guildId, userId, 'interview');
    }
    const entered = new Set(scored.map(({ questionId }) => questionId));
    await change(userId, id, (current) => noteEntered(current, entered));
  }

  /** A person's interviews, the latest first. */
  async function list(userId: string): Promise<Interview[]> {
    const ids = await store.orderedSet(setName.interviews(userId)).top(0, MOST_KEPT * 2);
    const found = await interviewOf.getMany(ids.map(({ member }) => documentKey.interview(userId, member)));
    return ids.flatMap(({ member }) => found.get(documentKey.interview(userId, member)) ?? []);
  }

  function remove(userId: string, id: string): Promise<void> {
    return interviewOf.update(documentKey.interview(userId, id), () => ({
      document: null,
      entries: [{ set: setName.interviews(userId), member: id, score: null }],
      result: undefined,
    }));
  }

  const personal: PersonalData = {
    async delete(userId) {
      const ids = await store.orderedSet(setName.interviews(userId)).range(0, Number.MAX_SAFE_INTEGER);
      for (const { member } of ids) await remove(userId, member);
      await agreementOf.update(documentKey.agreement(userId), () => ({ document: null, result: undefined }));
    },
    shown: {
      kind: 'interviews',
      async read(userId) {
        const interviews = await list(userId);
        const agreement = await agreementOf.get(documentKey.agreement(userId));
        if (interviews.length === 0 && !agreement) return undefined;
        return {
          counts: { interviews: interviews.length, agreements: agreement ? 1 : 0 },
          data: { interviews, ...(agreement ? { agreement } : {}) },
        };
      },
    },
  };

  const ofGuild: GuildData = {
    async delete(guildId) {
      await store
        .collection(budgets)
        .update(documentKey.markingBudget(guildId), () => ({ document: null, result: undefined }));
    },
    /** The interviews are the person's own: they name the server and its questions no longer. */
    async deleteOf(guildId, userId) {
      for (const { id } of await list(userId)) {
        await change(userId, id, (interview) => withoutGuild(interview, guildId));
      }
    },
  };

  const marking = config && createMarking(store, settings, now, config, createMarker(config, PATIENCE));

  return { start, change, enter, list, personal, ofGuild, marking };
}

/** The language model: who has agreed to it, and what is left of it today. */
function createMarking(
  store: Store,
  settings: SettingsService,
  now: () => number,
  { baseUrl, model, dailyBudget }: MarkingConfig,
  mark: Marker,
) {
  const agreementOf = store.collection(agreements);
  const budgetOf = store.collection(budgets);
  const { host } = new URL(baseUrl);

  async function hasAgreed(userId: string): Promise<boolean> {
    return (await agreementOf.get(documentKey.agreement(userId)))?.host === host;
  }

  function agree(userId: string): Promise<void> {
    const document = { host, at: now() };
    return agreementOf.update(documentKey.agreement(userId), (current) => {
      return current?.host === host ? { result: undefined } : { document, result: undefined };
    });
  }

  function withdraw(userId: string): Promise<void> {
    return agreementOf.update(documentKey.agreement(userId), () => ({ document: null, result: undefined }));
  }

  /** Takes one request out of today's budget, before it is sent. All that is outside of servers shares one. */
  async function takeBudget(guildId: string | undefined): Promise<boolean> {
    const where = guildId ?? ELSEWHERE;
    const { zone, dayStart } = await settings.guild(where);
    const date = localDateAt(now(), zone, dayStart);
    return budgetOf.update(documentKey.markingBudget(where), (current) => {
      const next = spend(current, date, dailyBudget);
      return next ? { document: next, result: true } : { result: false };
    });
  }

  return { host, model, patience: PATIENCE + MARGIN, hasAgreed, agree, withdraw, takeBudget, mark };
}

/** Interviews that a person keeps; the oldest goes as a new one begins. */
export const MOST_KEPT = 20;

/** Milliseconds: long for a model to mark 12,000 characters, short enough for a person to wait. */
const PATIENCE = 30_000;

/** Milliseconds after which a marking that has not come back was lost with its process. */
const MARGIN = 10_000;

const ELSEWHERE = 'elsewhere';
