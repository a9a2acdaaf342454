import type { ChatInputCommandInteraction } from 'discord.js';
import { itemsOf } from '../own-bank/catalogue.ts';
import { topicsCard } from './cards/bank-card.ts';
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
    const off = [...shared.topics.keys()].filter((slug) => !on.has(slug));
    const hasOwn = itemsOf(await ownBank.find(interaction.guildId)).length > 0;
    if (on.size === 0 && !hasOwn) throw new UserError(() => say.errors.keepOne);
    await interaction.deferUpdate();
    await ownBank.switchOff(interaction.guildId, off);
    await interaction.editReply({ components: [await card(interaction.guildId, context, say.saved)] });
  },
};

async function card(guildId: string, context: Context, note?: string) {
  const { ownBank, banks, schedules } = context;
  const catalogue = await ownBank.find(guildId);
  const narrowed = (await schedules.list(guildId)).filter(
    ({ topics }) => topics.length > 0 && topics.every((slug) => catalogue.off.includes(slug)),
  );
  return topicsCard((await banks.of(null)).bank, catalogue, narrowed, context, note);
}
