import { type Member, newMember } from '../progress/member.ts';
import type { ProgressService, Standing } from '../progress/service.ts';
import type { OrderedSet, Scored } from '../store/port.ts';
import type { Roster } from './roster.ts';

/** Somebody on a board, under the name that the server shows, else the one last seen. */
export type Shown = Scored & {
  readonly name: string | undefined;
  readonly roleIds: readonly string[] | undefined;
};

/**
 * Reads a part of a board and takes off it who has left the server and, where `derive` is given, brings in step who has
 * another score by now; then reads it again, until it needs no mending.
 */
export type InStep = (
  guildId: string,
  read: () => Promise<Scored[]>,
  derive?: (standing: Standing) => number | null,
) => Promise<Shown[]>;

export function createInStep(progress: ProgressService, roster: Roster): InStep {
  return async (guildId, read, derive) => {
    for (let tries = 1; ; tries++) {
      const shown = await read();
      const userIds = shown.map(({ member }) => member);
      const present = await roster(guildId, userIds);
      const left = userIds.filter((userId) => present.get(userId) === null);
      await Promise.all(left.map((userId) => progress.update(guildId, userId, leave)));
      const corrected = derive ? await progress.correct(guildId, shown, derive) : 0;
      if (left.length + corrected > 0 && tries < MOST_TRIES) continue;

      const nameless = userIds.filter((userId) => !present.get(userId));
      const known = await progress.readMany(guildId, nameless);
      return shown
        .filter(({ member }) => !left.includes(member))
        .map((each) => ({
          ...each,
          name: present.get(each.member)?.name ?? known.get(each.member)?.member.name,
          roleIds: present.get(each.member)?.roleIds,
        }));
    }
  };
}

/** Whoever was deleted since is not made anew. */
function leave(member: Member): Member {
  return member === newMember ? member : { ...member, left: true };
}

/** The ranks of a page that begins after `offset` others: only the first can share its rank with somebody before it. */
export async function rankPage<T extends Scored>(
  board: OrderedSet,
  offset: number,
  page: readonly T[],
): Promise<(T & { readonly rank: number })[]> {
  let rank = page[0] ? ((await board.rank(page[0].member)) ?? offset + 1) : 0;
  return page.map((each, index) => {
    if (index > 0 && each.score !== page[index - 1]!.score) rank = offset + index + 1;
    return { ...each, rank };
  });
}

const MOST_TRIES = 5;
