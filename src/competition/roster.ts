/** A person as a server shows them. */
export type RosterEntry = { readonly name: string; readonly roleIds: readonly string[] };

/**
 * What the competition room needs to know of a server's people, by user id: `null` is nobody of this server any more;
 * who is absent is not known at this moment.
 */
export type Roster = (
  guildId: string,
  userIds: readonly string[],
) => Promise<ReadonlyMap<string, RosterEntry | null>>;
