import { type APIDMChannel, ButtonStyle, MessageFlags, type REST, Routes } from 'discord.js';
import { ChannelRefused } from '../daily/channels.ts';
import type { Remind } from '../review/reminders.ts';
import { type Announce, announcementId } from './announce.ts';
import { button, colors, container, nobody, row, text } from './cards/parts.ts';
import { reminderKey } from './ledger.ts';
import { isPersonClosed } from './refusal.ts';
import { reviewWords } from './words/review.ts';

/** Reminders as direct messages. */
export function createRemind(rest: REST, announce: Announce): Remind {
  return async (userId, date, language, { due, streak }, signal) => {
    const say = reviewWords[language];
    const key = reminderKey(userId, date);
    const lines = [
      `### ${say.reminder.title}`,
      due > 0 ? say.reminder.due(due) : '',
      streak === undefined ? '' : say.reminder.streak(streak),
      `-# ${say.reminder.why}`,
    ];
    try {
      const body = { recipient_id: userId };
      const { id: channelId } = (await rest.post(Routes.userChannels(), { body, signal })) as APIDMChannel;
      await announce(
        key,
        channelId,
        {
          flags: MessageFlags.IsComponentsV2,
          components: [
            container(
              colors.open,
              text(lines.filter(Boolean).join('\n')),
              row(button(announcementId('review-start', key), say.begin, { style: ButtonStyle.Primary })),
            ),
          ],
          allowed_mentions: nobody,
        },
        signal,
      );
      return 'sent';
    } catch (error) {
      if (error instanceof ChannelRefused || isPersonClosed(error)) return 'refused';
      throw error;
    }
  };
}
