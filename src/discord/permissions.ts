import {
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  PermissionFlagsBits,
  type PermissionsBitField,
} from 'discord.js';
import { UserError } from './user-error.ts';

/** Whether somebody manages the server in which they act. */
export function mayManage(interaction: {
  readonly memberPermissions: Readonly<PermissionsBitField> | null;
}): boolean {
  return interaction.memberPermissions?.has(PermissionFlagsBits.ManageGuild) ?? false;
}

/**
 * Discord checks who may use a slash command, but nobody checks a component. Who got it as the answer to their own
 * command was let in by Discord then; all others need Manage Server.
 * @throws UserError
 */
export function mustManage(interaction: MessageComponentInteraction | ModalSubmitInteraction): void {
  const asked = interaction.message?.interactionMetadata?.user.id === interaction.user.id;
  if (asked || mayManage(interaction)) return;
  throw new UserError((words) => words.errors.needsManageGuild);
}
