import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { doctorCard } from '../src/discord/cards/doctor-card.ts';
import { nobody } from '../src/discord/cards/parts.ts';
import type { Command, ComponentHandler, Context } from '../src/discord/command.ts';
import { commandMentions } from '../src/discord/command-mention.ts';
import { inServers } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { mustManage } from '../src/discord/permissions.ts';
import { UserError } from '../src/discord/user-error.ts';

export const doctor = {
  definition: {
    ...localized(
      'doctor',
      '体检',
      'What keeps me from working well here, and how to mend it',
      '检查是什么让我不能正常工作，以及怎么解决',
    ),
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    ...inServers,
  },
  execute: async (interaction, context) => {
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await show(interaction, context, 1);
  },
  components: {
    'doctor-page': onButton((page) => Number(page)),
    'doctor-again': onButton(() => 1),
  },
} satisfies Command;

/** Every page is a new look: what was mended meanwhile is gone. */
function onButton(pageOf: (segment: string) => number): ComponentHandler {
  return async (interaction, context, segment = '') => {
    mustManage(interaction);
    if (!interaction.isButton() || !interaction.inCachedGuild()) return;
    await interaction.deferUpdate();
    await show(interaction, context, pageOf(segment) || 1);
  };
}

async function show(
  interaction: ChatInputCommandInteraction<'cached'> | ButtonInteraction<'cached'>,
  { doctor, gateway, client, language, words }: Context,
  page: number,
): Promise<void> {
  const { guild } = interaction;
  const patient = {
    checkup: await doctor.examine(guild.id),
    connection: gateway.connectionOf(guild.shardId),
    guild,
    language,
    words,
    mention: commandMentions(client, guild),
  };
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [doctorCard(patient, page)],
    allowedMentions: nobody,
  });
}
