import { ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { type Period, periods } from '../src/calendar/dates.ts';
import { type BoardChoice, type Measure, measures } from '../src/competition/boards.ts';
import { type BoardForm, boardCard } from '../src/discord/cards/board-card.ts';
import { nobody } from '../src/discord/cards/parts.ts';
import type { Command, ComponentHandler } from '../src/discord/command.ts';
import { inServers } from '../src/discord/contexts.ts';
import { localized, localizedChoice } from '../src/discord/localize.ts';
import { UserError } from '../src/discord/user-error.ts';

export const leaderboard = {
  definition: {
    ...localized(
      'leaderboard',
      '排行榜',
      'Who leads: by points, streak or accuracy',
      '看看谁领先：按积分、连续天数或正确率',
    ),
    ...inServers,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...localized('period', '时段', 'This week if left out', '不填则看本周'),
        choices: [
          localizedChoice('week', 'This week', '本周'),
          localizedChoice('month', 'This month', '本月'),
          localizedChoice('season', 'This season (a quarter of the year)', '本季度'),
          localizedChoice('all', 'All time', '累计'),
        ],
      },
      {
        type: ApplicationCommandOptionType.String,
        ...localized('by', '依据', 'Points if left out', '不填则按积分'),
        choices: [
          localizedChoice('points', 'Points', '积分'),
          localizedChoice('streak', 'Streak', '连续天数'),
          localizedChoice('accuracy', 'Accuracy', '正确率'),
        ],
      },
      {
        type: ApplicationCommandOptionType.Role,
        ...localized('role', '身份组', 'Only those who have this role', '只看有这个身份组的成员'),
      },
      {
        type: ApplicationCommandOptionType.Integer,
        ...localized('page', '页', 'Which page', '第几页'),
        min_value: 1,
        max_value: 1_000_000,
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        ...localized('share', '公开', 'Show it to the channel', '让频道里的人都看到'),
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        ...localized('text', '文字', 'In words, without pictures', '只用文字，不要图片'),
      },
    ],
  },
  execute: async (interaction, { boards, language }) => {
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    const { guildId, options, user } = interaction;
    const share = options.getBoolean('share') ?? false;
    await interaction.deferReply(share ? {} : { flags: MessageFlags.Ephemeral });
    const choice = readChoice(
      guildId,
      options.getString('by'),
      options.getString('period'),
      options.getRole('role')?.id,
    );
    const board = await boards.show(guildId, user.id, choice, options.getInteger('page') ?? 1);
    await interaction.editReply({
      flags: MessageFlags.IsComponentsV2,
      components: [
        boardCard(
          board,
          language,
          options.getBoolean('text') ? 'board-text' : 'board',
          share ? undefined : user.id,
        ),
      ],
      allowedMentions: nobody,
    });
  },
  components: { board: turnTo('board'), 'board-text': turnTo('board-text') },
} satisfies Command;

/** A page of the board; who presses on a card that the whole channel sees gets one of their own. */
function turnTo(form: BoardForm): ComponentHandler {
  return async (interaction, { boards, language }, by = '', period = '', page = '1', roleId?: string) => {
    if (!interaction.isButton() || !interaction.inCachedGuild()) return;
    const isOwn = interaction.message.flags.has(MessageFlags.Ephemeral);
    await (isOwn ? interaction.deferUpdate() : interaction.deferReply({ flags: MessageFlags.Ephemeral }));
    const { guildId, user } = interaction;
    const wanted = page === 'own' ? page : Math.max(1, Math.trunc(Number(page)) || 1);
    const board = await boards.show(guildId, user.id, readChoice(guildId, by, period, roleId), wanted);
    await interaction.editReply({
      flags: MessageFlags.IsComponentsV2,
      components: [boardCard(board, language, form, user.id)],
      allowedMentions: nobody,
    });
  };
}

/** What a command or a button asks for. The role @everyone, with the server's own id, is the whole server. */
function readChoice(
  guildId: string,
  by: string | null,
  period: string | null,
  roleId: string | undefined,
): BoardChoice {
  return {
    by: measures.includes(by as Measure) ? (by as Measure) : 'points',
    period: periods.includes(period as Period) ? (period as Period) : 'week',
    roleId: roleId === guildId ? undefined : roleId,
  };
}
