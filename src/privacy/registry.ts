/** The kinds of personal data, as people are told of them. */
export const kinds = [
  'settings',
  'servers',
  'cards',
  'review',
  'reminder',
  'interviews',
  'solo',
  'quizzes',
  'results',
  'reports',
] as const;
export type PersonalKind = (typeof kinds)[number];

/** What is kept of a person: all of it, as it is written, and in numbers. */
export type Holding = { readonly counts: Readonly<Record<string, number>>; readonly data: unknown };

/**
 * What a room keeps of people. Each room that keeps anything which names a person registers it in `rooms.ts`: a test
 * looks through the whole store for somebody who was deleted.
 */
export type PersonalData = {
  /**
   * Deletes it, and does not return before everything under way that could write it again has ended. Safe to be
   * called again, also after it was interrupted anywhere.
   */
  readonly delete: (userId: string) => Promise<void>;
  /** For the person to see; absent for what only passes through. */
  readonly shown?: {
    readonly kind: PersonalKind;
    /** `undefined`: nothing. */
    readonly read: (userId: string) => Promise<Holding | undefined>;
  };
};

/** What a room keeps of servers. Both are safe to be called again. */
export type GuildData = {
  /** Deletes what is the server's own. */
  readonly delete?: (guildId: string) => Promise<void>;
  /** Deletes what is kept of a person from the server, or lets it name the server no longer. */
  readonly deleteOf?: (guildId: string, userId: string) => Promise<void>;
};
