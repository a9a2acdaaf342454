import { ApplicationIntegrationType, InteractionContextType } from 'discord.js';
import { colors, container, ephemeralCard, text } from '../src/discord/cards/parts.ts';
import type { Command } from '../src/discord/command.ts';
import { localized } from '../src/discord/localize.ts';

export const help = {
  definition: {
    ...localized('help', '帮助', 'What this bot does and how', '这个机器人能做什么、怎么用'),
    contexts: [
      InteractionContextType.Guild,
      InteractionContextType.BotDM,
      InteractionContextType.PrivateChannel,
    ],
    integration_types: [ApplicationIntegrationType.GuildInstall, ApplicationIntegrationType.UserInstall],
  },
  execute: async (interaction, { client, words }) => {
    const registered = [
      ...(client.application?.commands.cache.values() ?? []),
      ...(interaction.guild?.commands.cache.values() ?? []),
    ];
    const mention = (command: string): string => {
      const id = registered.find(({ name }) => name === command.split(' ')[0])?.id;
      return id ? `</${command}:${id}>` : `\`/${command}\``;
    };
    await interaction.reply({
      flags: ephemeralCard,
      components: [
        container(colors.plain, text(`### ${words.help.title}`), text(words.help.lines(mention).join('\n'))),
      ],
    });
  },
} satisfies Command;
