import type { BaseInteraction } from 'discord.js';

/** A person's name as Discord shows it outside servers. */
export function displayName(user: {
  readonly username: string;
  readonly global_name?: string | null | undefined;
}): string {
  return user.global_name || user.username;
}

/** The name of whoever acts, as the place where they do shows it. */
export function nameOf(interaction: BaseInteraction): string {
  if (interaction.inCachedGuild()) return interaction.member.displayName;
  const { username, globalName } = interaction.user;
  return displayName({ username, global_name: globalName });
}
