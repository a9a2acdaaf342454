import type { ChatInputCommandInteraction } from 'discord.js';
import { itemsOf } from '../own-bank/catalogue.ts';
import { MOST_IN_MENU, narrowedLines, topicsCard } from './cards/bank-card.ts';
import { ephemeralCard } from './cards/parts.ts';
import type { Components, Context } from './command.ts';
import { mustManage } from './permissions.ts';
import { UserError } from './user-error.ts';
import { bankWords } from './words/bank.ts';

/** `/bank topics`: which shared topics are on in this server. */
export async function showTopics(
  interaction: ChatInputCommandInteraction<'cached'>,
  context: Context,
): Promise<void> {
  await interaction.reply({ flags: ephemeralCard, components: [await card(interaction.guildId, context)] });
}

export const bankTopics: Components = {
  /** The menu of those that are on. */
  'bank-topics': async (interaction, context) => {
    mustManage(interaction);
    if (!interaction.isStringSelectMenu() || !interaction.guildId) return;
    const { ownBank, banks, language } = context;
    const say = bankWords[language];
    const on = new Set(interaction.values);
    const shared = (await banks.of(null)).bank;
    const catalogue = await ownBank.find(interaction.guildId);
    // What the menu has no room for stays as it is.
    const off = [...shared.topics.keys()].filter((slug, at) =>
      at < MOST_IN_MENU ? !on.has(slug) : catalogue.off.includes(slug),
    );
    if (off.length === shared.topics.size && itemsOf(catalogue).length === 0)
      throw new UserError(() => say.errors.keepOne);
    await interaction.deferUpdate();
    await ownBank.switchOff(interaction.guildId, off);
    await interaction.editReply({ components: [await card(interaction.guildId, context, say.saved)] });
  },
};

async function card(guildId: string, context: Context, note?: string) {
  const { ownBank, banks } = context;
  const catalogue = await ownBank.find(guildId);
  const narrowed = await narrowedHere(guildId, context);
  return topicsCard((await banks.of(null)).bank, catalogue, narrowed, context, note);
}

/** What the server's dailies lack after a change, a sentence each. */
export async function narrowedHere(guildId: string, context: Context): Promise<string[]> {
  const { banks, schedules } = context;
  return narrowedLines(await schedules.list(guildId), (await banks.of(guildId)).bank, context);
}
