import { type Client, DiscordAPIError, MessageFlags, RESTJSONErrorCodes, Routes } from 'discord.js';
import type { CompetitionChannels, RoleChange } from '../competition/channels.ts';
import type { Channels } from '../daily/channels.ts';
import type { SettingsService } from '../settings/service.ts';
import type { Announce } from './announce.ts';
import { newsCard } from './cards/competition-card.ts';
import { nobody } from './cards/parts.ts';
import { refusalOf } from './refusal.ts';

/** The competition room's view of Discord, over discord.js. */
export function createCompetitionChannels(
  client: Client,
  announce: Announce,
  { knows, mayLookBack }: Pick<Channels, 'knows' | 'mayLookBack'>,
  settings: SettingsService,
  now: () => number,
): CompetitionChannels {
  const tell: CompetitionChannels['tell'] = async (competition, news, standings, signal) => {
    const clock = await settings.guild(competition.guildId);
    const key = `${competition.id}-${news}`;
    const roles = client.guilds.cache.get(competition.guildId)?.roles.cache;
    const teamName = (roleId: string) => roles?.get(roleId)?.name ?? '…';
    const facts = { clock, now: now(), language: clock.language };
    const body = {
      flags: MessageFlags.IsComponentsV2 as const,
      components: [newsCard(competition, news, standings, key, facts, teamName)],
      allowed_mentions: nobody,
    };
    await announce(key, competition.channelId, body, signal);
  };

  async function setRole(
    { guildId, userId, roleId, has }: RoleChange,
    signal: AbortSignal,
  ): Promise<boolean> {
    const route = Routes.guildMemberRole(guildId, userId, roleId);
    try {
      await (has ? client.rest.put(route, { signal }) : client.rest.delete(route, { signal }));
    } catch (error) {
      if (error instanceof DiscordAPIError && GONE.has(error.code)) return true;
      if (refusalOf(error)) return false;
      throw error;
    }
    return true;
  }

  return { knows, mayLookBack, tell, setRole };
}

const GONE = new Set<string | number>([
  RESTJSONErrorCodes.UnknownMember,
  RESTJSONErrorCodes.UnknownRole,
  RESTJSONErrorCodes.UnknownUser,
]);
