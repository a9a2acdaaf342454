import type { BaseInteraction } from 'discord.js';

/** The server in which somebody studies; none by direct message, and none where the bot is only theirs. */
export function placeOf(interaction: BaseInteraction): string | null {
  return interaction.inCachedGuild() ? interaction.guildId : null;
}
