import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  ButtonStyle,
  type ChatInputCommandInteraction,
  ComponentType,
  InteractionContextType,
  type MessageComponentInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { localDateAt } from '../src/calendar/dates.ts';
import { beginOf, type Competition, endOf } from '../src/competition/competition.ts';
import type { Joining } from '../src/competition/competitions.ts';
import { describeCompetition, standingsCard } from '../src/discord/cards/competition-card.ts';
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
import { lackingIn } from '../src/discord/cards/schedule-card.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { competitionOptions, completeCompetition, readChoices } from '../src/discord/competition-options.ts';
import { localized } from '../src/discord/localize.ts';
import { mustManage } from '../src/discord/permissions.ts';
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
    if (['create', 'edit', 'end', 'cancel'].includes(subcommand)) {
      if (!interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild)) {
        throw new UserError((words) => words.errors.needsManageGuild);
      }
    }
    switch (subcommand) {
      case 'create':
        return create(interaction, context);
      case 'join':
        await interaction.deferReply({ flags: MessageFlags.Ephemeral });
        return enter(interaction, context, await chosen(interaction, context));
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
    enter: async (interaction, context, key = '', team?: string) => {
      if (!interaction.isMessageComponent() || !interaction.inCachedGuild()) return;
      if (team === undefined) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      else await interaction.deferUpdate();
      const picked = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
      await enter(interaction, context, await found(interaction.guildId, key, context), picked);
    },
    standings: async (interaction, context, key = '', page?: string) => {
      if (!interaction.isButton() || !interaction.inCachedGuild()) return;
      if (page === undefined) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      else await interaction.deferUpdate();
      const competition = await found(interaction.guildId, key, context);
      await interaction.editReply(
        await standingsReply(competition, context, Math.trunc(Number(page)) || 1, interaction.user.id),
      );
    },
    finish: async (interaction, context, id = '', what = '') => {
      mustManage(interaction);
      if (!interaction.isButton() || !interaction.inCachedGuild()) return;
      const { competitions } = context;
      const done = await (what === 'end' ? competitions.end : competitions.cancel)(interaction.guildId, id);
      if (!done) throw error((say) => say.gone);
      context.wake();
      const say = competitionWords[context.language];
      const sentence = (what === 'end' ? say.ended : say.cancelled)(plain(done.name));
      await interaction.update({ components: [container(colors.closed, text(sentence))] });
    },
    goon: async (interaction, { language }) => {
      if (!interaction.isButton()) return;
      const { kept } = competitionWords[language];
      await interaction.update({ components: [container(colors.closed, text(kept))] });
    },
  },
} satisfies Command;

type InGuild = ChatInputCommandInteraction<'cached'>;

async function create(interaction: InGuild, context: Context): Promise<void> {
  const { competitions, language } = context;
  const { guildId, channelId } = interaction;
  if ((await competitions.list(guildId)).length >= MOST_AT_A_TIME)
    throw error((say) => say.tooMany(MOST_AT_A_TIME));
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
  const known = await chosen(interaction, context);
  const { teams: _, ...choices } = readChoices(interaction, await todayIn(guildId, context), known);
  const edited = await context.competitions.edit(guildId, known.id, choices);
  if (!edited) throw error((say) => say.tooLate);
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
  await interaction.reply({
    flags: ephemeralCard,
    components: [
      container(
        colors.plain,
        text([done, `### ${plain(competition.name)}`, describeCompetition(competition, facts)].join('\n')),
        ...troublesOf(competition, context).map(text),
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
  if (all.length === 0) throw error((say) => say.none);
  const share = interaction.options.getBoolean('share') ?? false;
  const isManager = !share && interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild);
  const facts = await factsOf(guildId, context);
  const parts = all.flatMap((each) => [
    line,
    text(
      [
        `**${plain(each.name)}** · <#${each.channelId}>`,
        describeCompetition(each, facts),
        ...(isManager ? troublesOf(each, context) : []),
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

async function standingsReply(competition: Competition, context: Context, page: number, viewerId?: string) {
  const standings = await context.standings.read(competition, Math.max(1, page), viewerId);
  const facts = await factsOf(competition.guildId, context);
  const viewer = viewerId === undefined ? 'everybody' : 'one person';
  return {
    flags: MessageFlags.IsComponentsV2 as const,
    components: [standingsCard(competition, standings, facts, viewer)],
    allowedMentions: nobody,
  };
}

/** Joins, after a deferral; `team` is the role that they picked, where they have several. */
async function enter(
  interaction: InGuild | MessageComponentInteraction<'cached'>,
  { competitions, language, words }: Context,
  competition: Competition,
  team?: string,
): Promise<void> {
  const { member, user } = interaction;
  const joining = await competitions.join(competition, {
    userId: user.id,
    name: member.displayName,
    roleIds: [...member.roles.cache.keys()],
    team,
  });
  const say = competitionWords[language];
  const shown = container(colors.plain, text(joiningText(joining, competition)));
  const components =
    joining.kind === 'choose'
      ? [container(colors.plain, text(say.choose), teamMenu(competition, joining.teams, interaction))]
      : [shown];
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components, allowedMentions: nobody });

  function joiningText(joining: Joining, { name, teams }: Competition): string {
    switch (joining.kind) {
      case 'joined':
      case 'already':
        return say[joining.kind](plain(name), joining.team && `<@&${joining.team}>`);
      case 'team':
        return say.errors.team(words.list(teams.map((id) => `<@&${id}>`)));
      case 'choose':
        return say.choose;
      default:
        return say.errors[joining.kind];
    }
  }
}

function teamMenu(
  { id }: Competition,
  teams: readonly string[],
  { guild }: InGuild | MessageComponentInteraction<'cached'>,
) {
  const options = teams.map((roleId) => ({
    label: (guild.roles.cache.get(roleId)?.name ?? roleId).slice(0, 100),
    value: roleId,
  }));
  return {
    type: ComponentType.ActionRow as const,
    components: [{ type: ComponentType.StringSelect as const, custom_id: `enter:${id}:team`, options }],
  };
}

async function leave(interaction: InGuild, context: Context): Promise<void> {
  const competition = await chosen(interaction, context);
  const wasIn = await context.competitions.leave(competition, interaction.user.id);
  const say = competitionWords[context.language];
  await interaction.reply({
    flags: ephemeralCard,
    components: [container(colors.plain, text((wasIn ? say.left : say.notIn)(plain(competition.name))))],
  });
}

async function confirm(interaction: InGuild, context: Context, what: 'end' | 'cancel'): Promise<void> {
  const competition = await chosen(interaction, context);
  const { clock, now } = await factsOf(interaction.guildId, context);
  if (what === 'end' && now < beginOf(competition, clock)) throw error((say) => say.notBegun);
  if (competition.state !== 'live' || (what === 'end' && now >= endOf(competition, clock))) {
    throw error((say) => say.ending);
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

/** What keeps the bot from telling its news, or from giving the winners' role: a sentence each. */
function troublesOf(competition: Competition, { client, language, words }: Context): string[] {
  const { guildId, channelId, winnersRole, trouble, crownRefused } = competition;
  const say = competitionWords[language];
  const guild = client.guilds.cache.get(guildId);
  const me = guild?.members.me;
  const channel = guild?.channels.cache.get(channelId);
  const lacking = me && channel && competition.state !== 'over' ? lackingIn(channel, me, words) : [];
  const role = winnersRole ? guild?.roles.cache.get(winnersRole) : undefined;
  const mayGive = role?.editable && me?.permissions.has(PermissionFlagsBits.ManageRoles);
  return [
    lacking.length > 0 ? say.lacking(`<#${channelId}>`, words.list(lacking)) : '',
    trouble && lacking.length === 0 ? say.refused(`<#${channelId}>`) : '',
    role && crownRefused ? say.crownRefused(`<@&${role.id}>`) : '',
    role && !crownRefused && !mayGive && competition.state !== 'over'
      ? say.roleLacking(`<@&${role.id}>`)
      : '',
  ].filter(Boolean);
}

/** The competition that was named, or the only one; to look at standings, the last one that is over will do too. */
async function chosen(interaction: InGuild, { competitions }: Context): Promise<Competition> {
  const { guildId, options } = interaction;
  const wanted = options.getString('competition');
  if (wanted !== null) {
    const named = await competitions.find(guildId, wanted);
    if (!named || (named.state === 'over' && options.getSubcommand() !== 'standings'))
      throw error((say) => say.gone);
    return named;
  }
  const all = await competitions.list(guildId);
  if (all.length === 0 && options.getSubcommand() === 'standings')
    all.push(...(await competitions.past(guildId, 1)));
  if (all.length > 1) throw error((say) => say.several);
  if (!all[0]) throw error((say) => say.none);
  return all[0];
}

/** @param key a competition's id, or the key of one of its news */
async function found(guildId: string, key: string, { competitions }: Context): Promise<Competition> {
  const competition = await competitions.find(guildId, key.split('-')[0]!);
  if (!competition) throw error((say) => say.gone);
  return competition;
}

async function factsOf(guildId: string, { settings, now, language }: Context) {
  return { clock: await settings.guild(guildId), now: now(), language };
}

async function todayIn(guildId: string, { settings, now }: Context) {
  const { zone, dayStart } = await settings.guild(guildId);
  return localDateAt(now(), zone, dayStart);
}

function error(choose: (say: (typeof competitionWords)['en']['errors']) => string): UserError {
  return new UserError((_, language) => choose(competitionWords[language].errors));
}

/** They all fit into one card. */
const MOST_AT_A_TIME = 5;
const MOST_PAST_LISTED = 3;
