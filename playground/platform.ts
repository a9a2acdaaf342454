import type { Message, World } from './world.ts';

/** Gateway intents by name. A dispatch with no intent reaches every session. */
export const Intent = {
  None: 0,
  Guilds: 1 << 0,
  GuildMembers: 1 << 1,
  GuildPresences: 1 << 8,
  GuildMessages: 1 << 9,
  GuildMessageReactions: 1 << 10,
  DirectMessages: 1 << 12,
  DirectMessageReactions: 1 << 13,
  MessageContent: 1 << 15,
} as const;

export interface Dispatch {
  readonly type: string;
  readonly data: object;
  /** Null: a direct message or something of no guild, which goes to shard 0. */
  readonly guildId: string | null;
  /** Only sessions that asked for one of these bits get it; 0: all. */
  readonly intents: number;
}

/** Something that people can see is not as it was: a message, or who and what there is. */
export type Change = { readonly kind: 'message'; readonly message: Message } | { readonly kind: 'scene' };

/** What every part of the local Discord shares. */
export interface Platform {
  readonly world: World;
  readonly applicationId: string;
  readonly botId: string;
  /** Where this server is reached, without a path. */
  readonly origin: () => string;
  /** Epoch milliseconds. */
  readonly now: () => number;
  readonly mint: () => string;
  readonly dispatch: (dispatch: Dispatch) => void;
  /** Tells who watches, such as the web page; the bot hears of nothing this way. */
  readonly changed: (change: Change) => void;
  /** Notes that the bot did what Discord would not allow. */
  readonly violate: (sentence: string) => void;
}
