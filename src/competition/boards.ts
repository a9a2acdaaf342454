import {
  type DateRange,
  dayNumber,
  localDateAt,
  type Period,
  periodKey,
  periodRange,
} from '../calendar/dates.ts';
import { FEWEST_ANSWERS } from '../progress/boards.ts';
import { daysOf } from '../progress/derived.ts';
import { isShown } from '../progress/entries.ts';
import type { ProgressService, Standing } from '../progress/service.ts';
import type { SettingsService } from '../settings/service.ts';
import { setName } from '../store/keys.ts';
import type { OrderedSet, Store } from '../store/port.ts';
import { type InStep, rankPage, type Shown } from './in-step.ts';
import type { Roster } from './roster.ts';

export const measures = ['points', 'streak', 'accuracy'] as const;
export type Measure = (typeof measures)[number];

/** Which board: a streak has no period. Without a role, it is the whole server's. */
export type BoardChoice = {
  readonly by: Measure;
  readonly period: Period;
  readonly roleId?: string | undefined;
};

export type BoardRow = {
  readonly userId: string;
  /** As seen in the server, else as last seen; Discord's own text, to be escaped where it is shown. */
  readonly name: string | undefined;
  /** Ties share a rank. */
  readonly rank: number;
  /** Points, days, or what `readAccuracy` reads. */
  readonly score: number;
  /** The current streak in days. */
  readonly streak: number;
};

/** A page of a board: all that a card, a picture or a text says of it. */
export type BoardPage = {
  readonly choice: BoardChoice;
  /** The period's dates; absent for all time and for streaks. */
  readonly range: DateRange | undefined;
  readonly rows: readonly BoardRow[];
  readonly page: number;
  readonly hasNext: boolean;
  /** How many pages there are; not known of a role's board. */
  readonly pages: number | undefined;
  readonly own: OwnPlace;
  /** Discord did not say of everybody whether they have the role, or the board is too long to look through. */
  readonly partial: boolean;
};

/** Where the person who looks stands. */
export type OwnPlace =
  | { readonly kind: 'ranked'; readonly rank: number; readonly score: number }
  | { readonly kind: 'hidden' | 'none' | 'role' | 'far' }
  | { readonly kind: 'few'; readonly answered: number; readonly needed: number };

export type BoardsService = ReturnType<typeof createBoardsService>;

/** Leaderboards, brought in step at the moment in which they are shown. */
export function createBoardsService(
  store: Store,
  settings: SettingsService,
  progress: ProgressService,
  roster: Roster,
  inStep: InStep,
  now: () => number,
) {
  /** @param wanted the page, from 1, or the one with the person's own place */
  async function show(
    guildId: string,
    userId: string,
    choice: BoardChoice,
    wanted: number | 'own',
  ): Promise<BoardPage> {
    const { by, period, roleId } = choice;
    const { zone, dayStart, unscheduled } = await settings.guild(guildId);
    const today = localDateAt(now(), zone, dayStart);
    const board = boardOf(guildId, choice, periodKey(period, today));
    if (by === 'streak') {
      const everyDayCounts = unscheduled.at(-1)?.until === undefined;
      if (everyDayCounts) await endStreaks(guildId, dayNumber(today) - 1);
      const score = await board.score(userId);
      if (score !== undefined) await progress.correct(guildId, [{ member: userId, score }], shownStreak);
    }
    const range = by === 'streak' ? undefined : periodRange(period, today);
    const listed = await (roleId === undefined ? listAll : listRole)(guildId, userId, choice, board, wanted);
    const standings = await progress.readMany(
      guildId,
      listed.places.map(({ member }) => member),
    );
    const rows = listed.places.map(({ member, score, rank, name }): BoardRow => {
      const standing = standings.get(member);
      return {
        userId: member,
        name,
        rank,
        score,
        streak: standing?.streak.current ?? 0,
      };
    });
    const { places: _, own, ...facts } = listed;
    return { choice, range, rows, ...facts, own: own ?? (await whyUnranked(guildId, userId, choice, range)) };
  }

  type Place = Shown & { readonly rank: number };
  type Listed = Pick<BoardPage, 'page' | 'hasNext' | 'pages' | 'partial'> & {
    readonly places: readonly Place[];
    readonly own: OwnPlace | undefined;
  };

  async function listAll(
    guildId: string,
    userId: string,
    { by }: BoardChoice,
    board: OrderedSet,
    wanted: number | 'own',
  ): Promise<Listed> {
    const first = wanted === 'own' ? Math.ceil(((await board.rank(userId)) ?? 1) / PAGE) : wanted;
    let pages = 1;
    let page = 1;
    const entries = await inStep(
      guildId,
      async () => {
        pages = Math.max(1, Math.ceil((await board.count()) / PAGE));
        page = Math.min(first, pages);
        return board.top((page - 1) * PAGE, PAGE);
      },
      by === 'streak' ? shownStreak : undefined,
    );
    const places = await rankPage(board, (page - 1) * PAGE, entries);
    const [rank, score] = await Promise.all([board.rank(userId), board.score(userId)]);
    const own =
      rank !== undefined && score !== undefined ? { kind: 'ranked' as const, rank, score } : undefined;
    return { places, page, pages, hasNext: page < pages, own, partial: false };
  }

  /**
   * Who has a role can only be asked person by person: the board is walked from its top, until the page is full and the
   * person's own place is found.
   */
  async function listRole(
    guildId: string,
    userId: string,
    { by, roleId }: BoardChoice,
    board: OrderedSet,
    wanted: number | 'own',
  ): Promise<Listed> {
    const page = wanted === 'own' ? 1 : wanted;
    const self = (await roster(guildId, [userId])).get(userId);
    const mine = self?.roleIds.includes(roleId!) ? await board.score(userId) : undefined;
    const found: Place[] = [];
    let partial = false;
    let walked = 0;
    for (let isEnd = false; !isEnd && walked < MOST_WALKED; walked += WALKED_AT_ONCE) {
      const chunk = await inStep(
        guildId,
        () => board.top(walked, WALKED_AT_ONCE),
        by === 'streak' ? shownStreak : undefined,
      );
      for (const place of chunk) {
        partial ||= !place.roleIds;
        if (!place.roleIds?.includes(roleId!)) continue;
        const above = found.at(-1);
        found.push({ ...place, rank: above?.score === place.score ? above.rank : found.length + 1 });
      }
      const lowest = chunk.at(-1);
      const ownIsIn = mine === undefined || (lowest !== undefined && lowest.score < mine);
      isEnd = chunk.length < WALKED_AT_ONCE || (found.length > page * PAGE && ownIsIn);
    }
    partial ||= walked >= MOST_WALKED;
    const last = Math.max(1, Math.ceil(found.length / PAGE));
    const shown = Math.min(page, last);
    const own = found.find(({ member }) => member === userId);
    return {
      places: found.slice((shown - 1) * PAGE, shown * PAGE),
      page: shown,
      pages: undefined,
      hasNext: found.length > shown * PAGE,
      own: own
        ? { kind: 'ranked', rank: own.rank, score: own.score }
        : self && !self.roleIds.includes(roleId!)
          ? { kind: 'role' }
          : mine !== undefined
            ? { kind: 'far' }
            : undefined,
      partial,
    };
  }

  /** Where every day counts, no closing ends a streak: those that the days up to `day` have ended end now. */
  async function endStreaks(guildId: string, day: number): Promise<void> {
    const breaks = store.orderedSet(setName.breaks(guildId));
    const ended = await breaks.range(Number.NEGATIVE_INFINITY, day, MOST_ENDED);
    await progress.correct(guildId, ended, ({ streak: { nextBreak } }) =>
      nextBreak === undefined ? null : dayNumber(nextBreak),
    );
  }

  async function whyUnranked(
    guildId: string,
    userId: string,
    { by, period }: BoardChoice,
    range: DateRange | undefined,
  ): Promise<OwnPlace> {
    if ((await settings.person(userId)).hidden) return { kind: 'hidden' };
    if (by !== 'accuracy') return { kind: 'none' };
    const { member } = await progress.read(guildId, userId);
    const answered = Object.entries(daysOf(member))
      .filter(([date]) => !range || (date >= range.first && date <= range.last))
      .reduce((sum, [, day]) => sum + day.answered, 0);
    return { kind: 'few', answered, needed: FEWEST_ANSWERS[period] };
  }

  function boardOf(guildId: string, { by }: BoardChoice, period: string): OrderedSet {
    return store.orderedSet(by === 'streak' ? setName.streak(guildId) : boardNames[by](guildId, period));
  }

  return { show };
}

/** The score of a person on the board of streaks. It only ever shrinks with time, so nobody further down is missed. */
function shownStreak({ member, streak }: Standing): number | null {
  return isShown(member) ? streak.current || null : null;
}

const boardNames = { points: setName.board, accuracy: setName.accuracy };

const PAGE = 10;

/** Discord answers for a hundred people at a time. */
const WALKED_AT_ONCE = 100;

/** Requests through the gateway are few (120 a minute for all there is): a role is looked for no further down. */
const MOST_WALKED = 2_000;

/** Streaks ended for one look; in a server so large, the next look ends more. What is shown is right in any case. */
const MOST_ENDED = 500;
