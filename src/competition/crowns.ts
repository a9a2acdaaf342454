import { documentKey } from '../store/keys.ts';
import type { Store } from '../store/port.ts';
import type { CompetitionChannels } from './channels.ts';
import { type Competition, competitions } from './competition.ts';
import type { CompetitionsService } from './competitions.ts';

/**
 * The winners' role: it is taken from those who have it from earlier competitions and given to those who have won this
 * one. Who may have it is written down first, and how far it has come again and again, so that it goes on where it was.
 */
export function createCrowns(store: Store, service: CompetitionsService, channels: CompetitionChannels) {
  const competitionOf = store.collection(competitions);

  return async function crown(competition: Competition, signal: AbortSignal): Promise<void> {
    const { guildId, winnersRole, result } = competition;
    const winners = result?.winners ?? [];
    const earlier = await service.past(guildId, MOST_PAST);
    for (const past of earlier) {
      if (past.crowned) await uncrown(past, winnersRole === past.crowned.roleId ? winners : [], signal);
    }
    if (!winnersRole) return;
    let crowned = await keep(competition, ({ crowned, result }) => ({
      crowned: crowned ?? { roleId: winnersRole, userIds: result?.winners ?? [], given: 0 },
    }));
    while (crowned && crowned.given < crowned.userIds.length) {
      const { given, userIds } = crowned;
      const some = userIds.slice(given, given + AT_ONCE);
      if (!(await setRoles(guildId, crowned.roleId, some, true, signal))) {
        await keep(competition, () => ({ crownRefused: true }));
        return;
      }
      const done = new Set(userIds.slice(0, given + some.length));
      // Somebody may have been deleted meanwhile: the list is the one that is kept, not the one that was read.
      crowned = await keep(competition, ({ crowned }) => ({
        crowned: crowned && { ...crowned, given: crowned.userIds.filter((id) => done.has(id)).length },
      }));
    }
  };

  /** @param keeping who keeps the role because they have won again */
  async function uncrown(past: Competition, keeping: readonly string[], signal: AbortSignal): Promise<void> {
    let crowned = past.crowned;
    while (crowned && crowned.userIds.length > 0) {
      const some = crowned.userIds.slice(0, AT_ONCE);
      const losing = some.filter((userId) => !keeping.includes(userId));
      if (!(await setRoles(past.guildId, crowned.roleId, losing, false, signal))) break;
      crowned = await keep(past, ({ crowned }) => ({
        crowned: crowned && {
          ...crowned,
          userIds: crowned.userIds.filter((id) => !some.includes(id)),
          given: 0,
        },
      }));
    }
    await keep(past, () => ({ crowned: undefined }));
  }

  async function setRoles(
    guildId: string,
    roleId: string,
    userIds: readonly string[],
    has: boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    for (const userId of userIds) {
      if (!(await channels.setRole({ guildId, userId, roleId, has }, signal))) return false;
    }
    return true;
  }

  /** @returns who has the role now */
  function keep(
    { id }: Competition,
    change: (current: Competition) => Partial<Competition>,
  ): Promise<Competition['crowned']> {
    return competitionOf.update(documentKey.competition(id), (current) => {
      if (!current) return { result: undefined };
      const document = { ...current, ...change(current) };
      return { document, result: document.crowned };
    });
  }
}

/** Roles given between two notes of how far it has come. */
const AT_ONCE = 10;

/** Competitions back, in which somebody may still have the role: it is taken at each next one. */
const MOST_PAST = 10;
