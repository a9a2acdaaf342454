import { colors, container, ephemeralCard, text } from '../src/discord/cards/parts.ts';
import type { Command } from '../src/discord/command.ts';
import { commandMentions } from '../src/discord/command-mention.ts';
import { everywhere } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';

export const help = {
  definition: {
    ...localized('help', '帮助', 'What this bot does and how', '这个机器人能做什么、怎么用'),
    ...everywhere,
  },
  execute: async (interaction, { client, words }) => {
    const mention = commandMentions(client, interaction.guild);
    await interaction.reply({
      flags: ephemeralCard,
      components: [
        container(colors.plain, text(`### ${words.help.title}`), text(words.help.lines(mention).join('\n'))),
      ],
    });
  },
} satisfies Command;
