import type { Competition, News } from './competition.ts';
import type { Standings } from './standings.ts';

/** What the competition room needs of Discord to tell its news and to honour winners. */
export type CompetitionChannels = {
  /** Whether the server is there at this moment. */
  readonly knows: (guildId: string) => boolean;
  /** Whether the bot may read the channel's history, without which it could not look for what it has sent. */
  readonly mayLookBack: (guildId: string, channelId: string) => boolean;
  /** Tells news, once however often it is called. Rejects with `ChannelRefused` where Discord refuses the channel. */
  readonly tell: (
    competition: Competition,
    news: News,
    standings: Standings,
    signal: AbortSignal,
  ) => Promise<void>;
  /**
   * Gives a role to somebody or takes it away; who has left and a role that is gone need nothing.
   * @returns whether Discord lets the bot do so
   */
  readonly setRole: (role: RoleChange, signal: AbortSignal) => Promise<boolean>;
};

export type RoleChange = {
  readonly guildId: string;
  readonly userId: string;
  readonly roleId: string;
  readonly has: boolean;
};
