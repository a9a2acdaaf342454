import { type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';

/**
 * Tells one person what `work` comes to. Where it comes soon, that is the only request, and one that no rate limit
 * counts; else Discord hears first that it will come. So a crowd that clicks at once is answered at once.
 */
export async function replySoon(
  interaction: MessageComponentInteraction | ModalSubmitInteraction,
  work: () => Promise<string>,
): Promise<void> {
  let deferral: Promise<unknown> | undefined;
  const timer = setTimeout(() => {
    deferral = interaction.deferReply({ flags: MessageFlags.Ephemeral });
    deferral.catch(() => {});
  }, PATIENCE);
  try {
    const content = await work();
    clearTimeout(timer);
    if (!deferral) {
      await interaction.reply({ content, flags: MessageFlags.Ephemeral });
      return;
    }
    await deferral;
    await interaction.editReply({ content });
  } finally {
    clearTimeout(timer);
    await deferral;
  }
}

/** Milliseconds; Discord waits for 3 s, of which the router may have used one. */
const PATIENCE = 1_000;
