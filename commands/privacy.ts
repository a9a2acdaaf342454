import { gzipSync } from 'node:zlib';
import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { colors, container, text } from '../src/discord/cards/parts.ts';
import { confirmCard, holdingsCard } from '../src/discord/cards/privacy-card.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { everywhere } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { privacyWords } from '../src/discord/words/privacy.ts';

export const privacy = {
  definition: {
    ...localized(
      'privacy',
      '隐私',
      'What I keep of you: see, export, delete',
      '我保存的你的数据：查看、导出、删除',
    ),
    ...everywhere,
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('show', '查看', 'What I keep of you, in plain words', '用大白话说明保存了你的哪些数据'),
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('export', '导出', 'All of it as a JSON file', '把全部数据导出为 JSON 文件'),
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized(
          'delete',
          '删除',
          'Delete all of it, everywhere (asks first)',
          '删除全部数据（会先确认）',
        ),
      },
    ],
  },
  execute: async (interaction, context) => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    switch (interaction.options.getSubcommand()) {
      case 'show':
        return show(interaction, context);
      case 'export':
        return exportAll(interaction, context);
      case 'delete':
        return ask(interaction, context);
    }
  },
  components: {
    'privacy-export': async (interaction, context) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await exportAll(interaction, context);
    },

    'privacy-ask': async (interaction, context) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await ask(interaction, context);
    },

    /** Whose data it is follows from who presses, never from the button. */
    'privacy-delete': async (interaction, context) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      const done = await context.deletion.forget(interaction.user.id);
      const say = privacyWords[context.language];
      await answer(interaction, done ? say.deleted : say.deleting);
    },

    'privacy-keep': async (interaction, { language }) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await answer(interaction, privacyWords[language].kept);
    },
  },
} satisfies Command;

type Acting = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

async function show(interaction: Acting, { deletion, language }: Context): Promise<void> {
  const holdings = await deletion.read(interaction.user.id);
  const components = [holdingsCard(holdings, privacyWords[language])];
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components });
}

async function ask(interaction: Acting, { deletion, language }: Context): Promise<void> {
  const holdings = await deletion.read(interaction.user.id);
  const components = [confirmCard(holdings, privacyWords[language])];
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components });
}

async function exportAll(interaction: Acting, { deletion, language, now }: Context): Promise<void> {
  const { id } = interaction.user;
  const holdings = [...(await deletion.read(id))].map(([kind, { data }]) => [kind, data]);
  const whole = { userId: id, exportedAt: new Date(now()).toISOString(), ...Object.fromEntries(holdings) };
  const json = Buffer.from(`${JSON.stringify(whole, null, 2)}\n`);
  const file =
    json.length > MOST_PLAIN
      ? { name: 'koan-data.json.gz', attachment: gzipSync(json) }
      : { name: 'koan-data.json', attachment: json };
  await interaction.editReply({ content: privacyWords[language].exported, files: [file] });
}

async function answer(interaction: Acting, sentence: string): Promise<void> {
  await interaction.editReply({ components: [container(colors.plain, text(sentence))] });
}

/** Bytes: Discord takes 10 MB. */
const MOST_PLAIN = 8_000_000;
