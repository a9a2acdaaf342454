import { ApplicationCommandOptionType, type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { competitionTroubles, describeCompetition } from '../src/discord/cards/competition-card.ts';
import { plain } from '../src/discord/cards/markdown.ts';
import { colors, container, ephemeralCard, line, nobody, text } from '../src/discord/cards/parts.ts';
import type { Command, Context } from '../src/discord/command.ts';
import {
  chosenCompetition,
  competitionButtons,
  enterCompetition,
  factsOf,
  standingsReply,
} from '../src/discord/competition-buttons.ts';
import {
  confirmEnding,
  createCompetition,
  editCompetition,
  endingButtons,
} from '../src/discord/competition-management.ts';
import {
  competitionError,
  competitionOptions,
  completeCompetition,
} from '../src/discord/competition-options.ts';
import { inServers } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { mayManage } from '../src/discord/permissions.ts';
import { UserError } from '../src/discord/user-error.ts';
import { competitionWords } from '../src/discord/words/competition.ts';

const subcommand = (...[name, zhName, description, zhDescription]: Parameters<typeof localized>) => ({
  type: ApplicationCommandOptionType.Subcommand as const,
  ...localized(name, zhName, description, zhDescription),
});

const share = {
  type: ApplicationCommandOptionType.Boolean as const,
  ...localized('share', '公开', 'Show it to the channel', '让频道里的人都看到'),
};

export const competition = {
  definition: {
    ...localized('competition', '比赛', 'Vie for points, alone or in teams', '比积分，个人赛或团队赛'),
    ...inServers,
    options: [
      {
        ...subcommand(
          'create',
          '创建',
          'Make a competition (needs Manage Server)',
          '创建比赛（需要管理服务器权限）',
        ),
        options: [
          { ...competitionOptions.name, required: true },
          { ...competitionOptions.start, required: true },
          { ...competitionOptions.end, required: true },
          competitionOptions.channel,
          competitionOptions.scope,
          competitionOptions.selfGrades,
          competitionOptions.teams,
          competitionOptions.best,
          competitionOptions.lateJoin,
          competitionOptions.prize,
          competitionOptions.winnersRole,
        ],
      },
      {
        ...subcommand('join', '加入', 'Join a competition', '加入比赛'),
        options: [competitionOptions.competition],
      },
      {
        ...subcommand('leave', '退出', 'Leave a competition', '退出比赛'),
        options: [competitionOptions.competition],
      },
      {
        ...subcommand('standings', '排名', 'See who leads', '看看谁领先'),
        options: [competitionOptions.competition, share],
      },
      {
        ...subcommand('list', '列表', 'See the competitions here', '查看这里的比赛'),
        options: [share],
      },
      {
        ...subcommand(
          'edit',
          '修改',
          'Change a competition (needs Manage Server)',
          '修改比赛（需要管理服务器权限）',
        ),
        options: [
          competitionOptions.competition,
          competitionOptions.name,
          competitionOptions.start,
          competitionOptions.end,
          competitionOptions.channel,
          competitionOptions.scope,
          competitionOptions.selfGrades,
          competitionOptions.best,
          competitionOptions.lateJoin,
          competitionOptions.prize,
          competitionOptions.winnersRole,
          competitionOptions.noWinnersRole,
        ],
      },
      {
        ...subcommand(
          'end',
          '结束',
          'End one before its time (needs Manage Server)',
          '提前结束比赛（需要管理服务器权限）',
        ),
        options: [competitionOptions.competition],
      },
      {
        ...subcommand(
          'cancel',
          '取消',
          'Call one off, without a result (needs Manage Server)',
          '取消比赛，不公布结果（需要管理服务器权限）',
        ),
        options: [competitionOptions.competition],
      },
    ],
  },
  execute: async (interaction, context) => {
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    const subcommand = interaction.options.getSubcommand();
    if (FOR_MANAGERS.includes(subcommand) && !mayManage(interaction)) {
      throw new UserError((words) => words.errors.needsManageGuild);
    }
    switch (subcommand) {
      case 'create':
        return createCompetition(interaction, context);
      case 'join':
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        return enterCompetition(interaction, context, await chosenCompetition(interaction, context));
      case 'leave':
        return leave(interaction, context);
      case 'standings':
        return showStandings(interaction, context);
      case 'list':
        return list(interaction, context);
      case 'edit':
        return editCompetition(interaction, context);
      case 'end':
      case 'cancel':
        return confirmEnding(interaction, context, subcommand);
    }
  },
  complete: completeCompetition,
  components: {
    ...competitionButtons,
    ...endingButtons,
  },
} satisfies Command;

type InGuild = ChatInputCommandInteraction<'cached'>;

const FOR_MANAGERS = ['create', 'edit', 'end', 'cancel'];

async function list(interaction: InGuild, context: Context): Promise<void> {
  const { competitions, language } = context;
  const { guildId } = interaction;
  const all = [
    ...(await competitions.list(guildId)),
    ...(await competitions.past(guildId, MOST_PAST_LISTED)),
  ];
  if (all.length === 0) throw competitionError((say) => say.none);
  const share = interaction.options.getBoolean('share') ?? false;
  const isManager = !share && mayManage(interaction);
  const facts = await factsOf(guildId, context);
  const parts = all.flatMap((each) => [
    line,
    text(
      [
        `**${plain(each.name)}** · <#${each.channelId}>`,
        describeCompetition(each, facts),
        ...(isManager ? competitionTroubles(each, context.client, language) : []),
      ].join('\n'),
    ),
  ]);
  await interaction.reply({
    flags: share ? MessageFlags.IsComponentsV2 : ephemeralCard,
    components: [container(colors.plain, text(`### ${competitionWords[language].listTitle}`), ...parts)],
    allowedMentions: nobody,
  });
}

async function showStandings(interaction: InGuild, context: Context): Promise<void> {
  const share = interaction.options.getBoolean('share') ?? false;
  const competition = await chosenCompetition(interaction, context);
  await interaction.deferReply(share ? {} : { flags: MessageFlags.Ephemeral });
  await interaction.editReply(
    await standingsReply(competition, context, 1, share ? undefined : interaction.user.id),
  );
}

async function leave(interaction: InGuild, context: Context): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const competition = await chosenCompetition(interaction, context);
  const wasIn = await context.competitions.leave(competition, interaction.user.id);
  const say = competitionWords[context.language];
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [container(colors.plain, text((wasIn ? say.left : say.notIn)(plain(competition.name))))],
  });
}

/** They all fit into one card, with those to come. */
const MOST_PAST_LISTED = 3;
