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
    let crowned = competition.crowned ?? { roleId: winnersRole, userIds: winners, given: 0 };
    await keep(competition, { crowned });
    while (crowned.given < crowned.userIds.length) {
      const some = crowned.userIds.slice(crowned.given, crowned.given + AT_ONCE);
      if (!(await setRoles(guildId, crowned.roleId, some, true, signal))) {
        await keep(competition, { crownRefused: true });
        return;
      }
      crowned = { ...crowned, given: crowned.given + some.length };
      await keep(competition, { crowned });
    }
  };

  /** @param keeping who keeps the role because they have won again */
  async function uncrown(past: Competition, keeping: readonly string[], signal: AbortSignal): Promise<void> {
    let crowned = past.crowned!;
    while (crowned.userIds.length > 0) {
      const some = crowned.userIds.slice(0, AT_ONCE);
      const losing = some.filter((userId) => !keeping.includes(userId));
      if (!(await setRoles(past.guildId, crowned.roleId, losing, false, signal))) break;
      crowned = { ...crowned, userIds: crowned.userIds.slice(some.length), given: 0 };
      await keep(past, { crowned });
    }
    await keep(past, { crowned: undefined });
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

  async function keep({ id }: Competition, facts: Partial<Competition>): Promise<void> {
    await competitionOf.update(documentKey.competition(id), (current) =>
      current ? { document: { ...current, ...facts }, result: undefined } : { result: undefined },
    );
  }
}

/** Roles given between two notes of how far it has come. */
const AT_ONCE = 10;

/** Competitions back, in which somebody may still have the role: it is taken at each next one. */
const MOST_PAST = 10;
