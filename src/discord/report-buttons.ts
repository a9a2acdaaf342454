import { type APIContainerComponent, MessageFlags } from 'discord.js';
import type { Banks } from '../bank/banks.ts';
import { ChannelRefused, type Channels } from '../daily/channels.ts';
import type { TellModerators } from '../reports/service.ts';
import type { SettingsService } from '../settings/service.ts';
import type { Announce } from './announce.ts';
import { nobody } from './cards/parts.ts';
import {
  elsewhereCard,
  handledCard,
  LONGEST_REPORT,
  REPORT_INPUT,
  reportCard,
  reportModal,
} from './cards/report-card.ts';
import type { Components } from './command.ts';
import { nameOf } from './names.ts';
import { mustManage } from './permissions.ts';
import { placeOf } from './place.ts';
import { UserError } from './user-error.ts';
import { reportWords } from './words/report.ts';

/** Report a mistake: on every card that shows somebody a solution, and on the moderators' own. */
export const reportButtons: Components = {
  report: async (interaction, context, questionId = '') => {
    const { reports, language, issuesUrl } = context;
    const say = reportWords[language];
    if (interaction.isMessageComponent()) {
      const until = await reports.fullUntil(interaction.user.id);
      if (until !== undefined) throw new UserError(() => say.tooMany(until));
      await interaction.showModal(reportModal(interaction.customId, language));
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const text = interaction.fields.getTextInputValue(REPORT_INPUT).trim().slice(0, LONGEST_REPORT);
    const report = {
      key: BigInt(interaction.id).toString(36),
      userId: interaction.user.id,
      name: nameOf(interaction),
      questionId,
      language,
      text,
    };
    const outcome = await reports.submit(report, placeOf(interaction), AbortSignal.timeout(LONGEST_TRY));
    if (outcome.kind === 'too-many') throw new UserError(() => say.tooMany(outcome.until));
    if (outcome.kind === 'nowhere') {
      await interaction.editReply({
        flags: MessageFlags.IsComponentsV2,
        components: [elsewhereCard(report, outcome.isOwn, issuesUrl, language)],
      });
      return;
    }
    await interaction.editReply({ content: say[outcome.kind] });
  },

  'report-done': async (interaction, { settings }) => {
    mustManage(interaction);
    if (!interaction.isButton() || !interaction.guildId) return;
    const { language } = await settings.guild(interaction.guildId);
    const [card] = interaction.message.components;
    if (!card) return;
    const handled = handledCard(card.toJSON() as APIContainerComponent, nameOf(interaction), language);
    await interaction.update({ components: [handled], allowedMentions: nobody });
  },
};

/** The reports room's view of Discord. */
export function createTellModerators(
  announce: Announce,
  { mayLookBack }: Pick<Channels, 'mayLookBack'>,
  banks: Banks,
  settings: SettingsService,
  issuesUrl: string | undefined,
): TellModerators {
  return async (report, channelId, signal) => {
    if (!mayLookBack(report.guildId, channelId)) throw new ChannelRefused('missing-permissions');
    const { language } = await settings.guild(report.guildId);
    const item = await banks.find(report.questionId);
    await announce(
      report.key,
      channelId,
      {
        flags: MessageFlags.IsComponentsV2,
        components: [reportCard(report, item, language, issuesUrl)],
        allowed_mentions: nobody,
      },
      signal,
    );
  };
}

/** Milliseconds; the report is kept, and tried again, if Discord takes longer. */
const LONGEST_TRY = 10_000;
