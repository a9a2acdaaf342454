import { ApplicationCommandOptionType, ChannelType, type ChatInputCommandInteraction } from 'discord.js';
import type { Guild } from '../settings/guild.ts';
import { lackingIn } from './cards/schedule-card.ts';
import type { Context } from './command.ts';
import { localized } from './localize.ts';
import { reportWords } from './words/report.ts';

/** Where a server reads of mistakes, as options of `/settings server`. */
export const reportOptions = [
  {
    type: ApplicationCommandOptionType.Channel as const,
    ...localized('reports', '报错频道', 'Where reported mistakes go', '题目报错发到哪个频道'),
    channel_types: [ChannelType.GuildText as const, ChannelType.GuildAnnouncement as const],
  },
  {
    type: ApplicationCommandOptionType.Boolean as const,
    ...localized('reports_off', '不收报错', 'Take no reports of mistakes any more', '不再接收题目报错'),
  },
];

/** What the options say; absent is unchanged. */
export function readReports({
  options,
}: ChatInputCommandInteraction<'cached'>): Partial<Pick<Guild, 'reports'>> {
  const channel = options.getChannel('reports');
  if (channel) return { reports: channel.id };
  return options.getBoolean('reports_off') ? { reports: undefined } : {};
}

/** Where reports go, and what the bot lacks there. */
export function reportLines(
  { guild: { channels, members } }: ChatInputCommandInteraction<'cached'>,
  { reports }: Guild,
  { language, words }: Context,
): string[] {
  const say = reportWords[language].settings;
  if (!reports) return [say.none];
  const mention = `<#${reports}>`;
  const channel = channels.cache.get(reports);
  const lacking = channel && members.me ? lackingIn(channel, members.me, words) : [];
  return [say.channel(mention), ...(lacking.length > 0 ? [say.lacking(mention, words.list(lacking))] : [])];
}
