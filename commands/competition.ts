import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonStyle,
  type ChatInputCommandInteraction,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { localDateAt } from '../src/calendar/dates.ts';
import { beginOf, type Competition, endOf } from '../src/competition/competition.ts';
import { competitionTroubles, describeCompetition } from '../src/discord/cards/competition-card.ts';
import { plain } from '../src/discord/cards/markdown.ts';
import {
  button,
  colors,
  container,
  ephemeralCard,
  line,
  nobody,
  row,
  text,
} from '../src/discord/cards/parts.ts';
import type { Command, Context } from '../src/discord/command.ts';
import {
  competitionButtons,
  enterCompetition,
  factsOf,
  standingsReply,
} from '../src/discord/competition-buttons.ts';
import {
  competitionError,
  competitionOptions,
  completeCompetition,
  readChoices,
} from '../src/discord/competition-options.ts';
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
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
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
        return create(interaction, context);
      case 'join':
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        return enterCompetition(interaction, context, await chosen(interaction, context));
      case 'leave':
        return leave(interaction, context);
      case 'standings':
        return showStandings(interaction, context);
      case 'list':
        return list(interaction, context);
      case 'edit':
        return edit(interaction, context);
      case 'end':
      case 'cancel':
        return confirm(interaction, context, subcommand);
    }
  },
  complete: completeCompetition,
  components: {
    ...competitionButtons,
    finish: async (interaction, context, id = '', what = '') => {
      if (!interaction.isButton() || !interaction.inCachedGuild()) return;
      if (!mayManage(interaction)) throw new UserError((words) => words.errors.needsManageGuild);
      await interaction.deferUpdate();
      const { competitions } = context;
      const done = await (what === 'end' ? competitions.end : competitions.cancel)(interaction.guildId, id);
      if (!done) throw competitionError((say) => say.gone);
      context.wake();
      const say = competitionWords[context.language];
      const sentence = (what === 'end' ? say.ended : say.cancelled)(plain(done.name));
      await interaction.editReply({ components: [container(colors.closed, text(sentence))] });
    },
    goon: async (interaction, { language }) => {
      if (!interaction.isButton()) return;
      const { kept } = competitionWords[language];
      await interaction.update({ components: [container(colors.closed, text(kept))] });
    },
  },
} satisfies Command;

type InGuild = ChatInputCommandInteraction<'cached'>;

const FOR_MANAGERS = ['create', 'edit', 'end', 'cancel'];

async function create(interaction: InGuild, context: Context): Promise<void> {
  const { competitions, language } = context;
  const { guildId, channelId } = interaction;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  if ((await competitions.list(guildId)).length >= MOST_AT_A_TIME)
    throw competitionError((say) => say.tooMany(MOST_AT_A_TIME));
  const { first, last, name, ...choices } = readChoices(interaction, await todayIn(guildId, context));
  const made = await competitions.add(guildId, BigInt(interaction.id).toString(36), {
    channelId,
    scope: 'points',
    selfGrades: true,
    teams: [],
    best: 3,
    lateJoin: true,
    ...choices,
    name: name!,
    first: first!,
    last: last!,
  });
  context.wake();
  await showChanged(interaction, context, made, competitionWords[language].created(`<#${made.channelId}>`));
}

async function edit(interaction: InGuild, context: Context): Promise<void> {
  const { guildId } = interaction;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const known = await chosen(interaction, context);
  const { teams: _, ...choices } = readChoices(interaction, await todayIn(guildId, context), known);
  const edited = await context.competitions.edit(guildId, known.id, choices);
  if (!edited) throw competitionError((say) => say.tooLate);
  context.wake();
  await showChanged(interaction, context, edited, competitionWords[context.language].edited);
}

/** A competition after a change, to the moderator, with what the bot still lacks. */
async function showChanged(
  interaction: InGuild,
  context: Context,
  competition: Competition,
  done: string,
): Promise<void> {
  const facts = await factsOf(competition.guildId, context);
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [
      container(
        colors.plain,
        text([done, `### ${plain(competition.name)}`, describeCompetition(competition, facts)].join('\n')),
        ...competitionTroubles(competition, context.client, context.language).map((trouble) => text(trouble)),
      ),
    ],
    allowedMentions: nobody,
  });
}

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
  const competition = await chosen(interaction, context);
  await interaction.deferReply(share ? {} : { flags: MessageFlags.Ephemeral });
  await interaction.editReply(
    await standingsReply(competition, context, 1, share ? undefined : interaction.user.id),
  );
}

async function leave(interaction: InGuild, context: Context): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const competition = await chosen(interaction, context);
  const wasIn = await context.competitions.leave(competition, interaction.user.id);
  const say = competitionWords[context.language];
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [container(colors.plain, text((wasIn ? say.left : say.notIn)(plain(competition.name))))],
  });
}

async function confirm(interaction: InGuild, context: Context, what: 'end' | 'cancel'): Promise<void> {
  const competition = await chosen(interaction, context);
  const { clock, now } = await factsOf(interaction.guildId, context);
  if (what === 'end' && now < beginOf(competition, clock)) throw competitionError((say) => say.notBegun);
  if (competition.state !== 'live' || (what === 'end' && now >= endOf(competition, clock))) {
    throw competitionError((say) => say.ending);
  }
  const say = competitionWords[context.language];
  const name = plain(competition.name);
  const sure =
    what === 'end' ? say.endSure(name, localDateAt(now, clock.zone, clock.dayStart)) : say.cancelSure(name);
  await interaction.reply({
    flags: ephemeralCard,
    components: [
      container(
        colors.wrong,
        text(sure),
        row(
          button(`finish:${competition.id}:${what}`, say[what], { style: ButtonStyle.Danger }),
          button('goon', say.keep),
        ),
      ),
    ],
  });
}

/** The competition that was named, or the only one; to look at standings, the last one that is over will do too. */
async function chosen(interaction: InGuild, { competitions }: Context): Promise<Competition> {
  const { guildId, options } = interaction;
  const wanted = options.getString('competition');
  if (wanted !== null) {
    const named = await competitions.find(guildId, wanted);
    if (!named || (named.state === 'over' && options.getSubcommand() !== 'standings'))
      throw competitionError((say) => say.gone);
    return named;
  }
  const all = await competitions.list(guildId);
  if (all.length === 0 && options.getSubcommand() === 'standings')
    all.push(...(await competitions.past(guildId, 1)));
  if (all.length > 1) throw competitionError((say) => say.several);
  if (!all[0]) throw competitionError((say) => say.none);
  return all[0];
}

async function todayIn(guildId: string, { settings, now }: Context) {
  const { zone, dayStart } = await settings.guild(guildId);
  return localDateAt(now(), zone, dayStart);
}

/** They all fit into one card. */
const MOST_AT_A_TIME = 5;
const MOST_PAST_LISTED = 3;
