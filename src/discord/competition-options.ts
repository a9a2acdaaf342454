import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
  type Guild,
  type GuildMember,
  PermissionFlagsBits,
} from 'discord.js';
import {
  addDays,
  daysBetween,
  type LocalDate,
  localDateAt,
  periodRange,
  weekdayOf,
} from '../calendar/dates.ts';
import { parseDate, parseLength } from '../calendar/read-date.ts';
import type { CompetitionChoices } from '../competition/competition.ts';
import type { Scope } from '../settings/guild.ts';
import { plain } from './cards/markdown.ts';
import type { Choice, Context } from './command.ts';
import { localized, localizedChoice } from './localize.ts';
import { UserError } from './user-error.ts';
import { competitionWords } from './words/competition.ts';

type InGuild = ChatInputCommandInteraction<'cached'>;

/** The options in which a moderator says what a competition shall be. */
export const competitionOptions = {
  name: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('name', '名称', 'What it is called', '比赛的名称'),
    max_length: 60,
  },
  start: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('start', '开始', 'Its first date, such as 2026-03-09', '第一天，如 2026-03-09'),
    autocomplete: true as const,
    max_length: 20,
  },
  end: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('end', '结束', 'Its last date, or how long: 2 weeks', '最后一天，或多长：两周'),
    autocomplete: true as const,
    max_length: 20,
  },
  channel: {
    type: ApplicationCommandOptionType.Channel as const,
    ...localized(
      'channel',
      '频道',
      'Where its news go; here if left out',
      '消息发到哪个频道；不填则发在这里',
    ),
    channel_types: [ChannelType.GuildText as const, ChannelType.GuildAnnouncement as const],
  },
  scope: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('scope', '范围', 'Which points count; all if left out', '计入哪些积分；不填则全部'),
    choices: [
      localizedChoice('points', 'All points', '全部积分'),
      localizedChoice('daily', 'Daily questions', '每日一题'),
      localizedChoice('quiz', 'Quizzes', '测验'),
    ],
  },
  selfGrades: {
    type: ApplicationCommandOptionType.Boolean as const,
    ...localized(
      'self_grades',
      '计入自评',
      'Off: only answers that the bot marks count. On if left out',
      '关闭后只算机器人判分的作答；不填则计入自评',
    ),
  },
  teams: {
    type: ApplicationCommandOptionType.String as const,
    ...localized(
      'teams',
      '队伍',
      'The roles that are teams, such as @Red @Blue; none if left out',
      '作为队伍的身份组，如 @红队 @蓝队；不填则个人赛',
    ),
    max_length: 1_000,
  },
  best: {
    type: ApplicationCommandOptionType.Integer as const,
    ...localized(
      'best',
      '计分人数',
      'How many of a team count, its best; 3 if left out',
      '每队取得分最高的几人；不填则 3 人',
    ),
    min_value: 1,
    max_value: 20,
  },
  lateJoin: {
    type: ApplicationCommandOptionType.Boolean as const,
    ...localized(
      'late_join',
      '中途加入',
      'Whether one can join after the start; yes if left out',
      '开始后能否加入；不填则可以',
    ),
  },
  prize: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('prize', '奖品', 'What there is to win, in your words', '奖品，随你怎么写'),
    max_length: 200,
  },
  winnersRole: {
    type: ApplicationCommandOptionType.Role as const,
    ...localized(
      'winners_role',
      '获胜者身份组',
      'A role for the winners, until the next competition is decided',
      '授予获胜者的身份组，保留到下一场比赛揭晓',
    ),
  },
  noWinnersRole: {
    type: ApplicationCommandOptionType.Boolean as const,
    ...localized('no_winners_role', '不设获胜者身份组', 'No role for the winners', '不授予获胜者身份组'),
  },
  competition: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('competition', '哪一场', 'Which one, if there are several', '有多场时，指明哪一场'),
    autocomplete: true as const,
  },
};

/**
 * What the options say, each in its place; what is not said is absent.
 * @param known what an edit starts from
 * @throws UserError
 */
export function readChoices(
  interaction: InGuild,
  today: LocalDate,
  known?: Pick<CompetitionChoices, 'first' | 'last'>,
): Partial<CompetitionChoices> {
  const { options, guild, member } = interaction;
  const choices: Partial<CompetitionChoices> = readWindow(interaction, today, known);
  const name = options.getString('name')?.trim();
  if (name) choices.name = name;
  const prize = options.getString('prize')?.trim();
  if (prize !== undefined) choices.prize = prize || undefined;
  const channel = options.getChannel('channel');
  if (channel) choices.channelId = channel.id;
  const scope = options.getString('scope');
  if (scope !== null) choices.scope = scope as Scope;
  const selfGrades = options.getBoolean('self_grades');
  if (selfGrades !== null) choices.selfGrades = selfGrades;
  const teams = options.getString('teams');
  if (teams !== null) choices.teams = readTeams(teams, guild);
  const best = options.getInteger('best');
  if (best !== null) choices.best = best;
  const lateJoin = options.getBoolean('late_join');
  if (lateJoin !== null) choices.lateJoin = lateJoin;
  const role = options.getRole('winners_role');
  if (role) choices.winnersRole = readWinnersRole(role.id, guild, member);
  if (options.getBoolean('no_winners_role')) choices.winnersRole = undefined;
  return choices;
}

function readWindow(
  { options }: InGuild,
  today: LocalDate,
  known: Pick<CompetitionChoices, 'first' | 'last'> | undefined,
): Partial<Pick<CompetitionChoices, 'first' | 'last'>> {
  const start = options.getString('start');
  const end = options.getString('end');
  if (start === null && end === null) return {};
  if (start !== null && known && known.first <= today) throw competitionError((say) => say.begun);
  const first = start === null ? known!.first : readDate(start, today);
  if (start !== null && first < today) throw competitionError((say) => say.past(today));
  const last = end === null ? known!.last : readEnd(end, first, today);
  if (last < first) throw competitionError((say) => say.order);
  if (end !== null && last < today) throw competitionError((say) => say.endPast(today));
  if (daysBetween(first, last) >= LONGEST) throw competitionError((say) => say.tooLong(LONGEST));
  return { ...(start === null ? {} : { first }), ...(end === null ? {} : { last }) };
}

function readDate(written: string, today: LocalDate): LocalDate {
  const date = parseDate(written, today);
  if (date === undefined) throw competitionError((say) => say.badDate(plain(written)));
  return date;
}

function readEnd(written: string, first: LocalDate, today: LocalDate): LocalDate {
  const days = parseLength(written);
  return days === undefined ? readDate(written, today) : addDays(first, days - 1);
}

/** Roles by mention, or by name with commas between. `none` is an answer too. */
function readTeams(written: string, guild: Guild): string[] {
  if (/^(none|无)$/i.test(written.trim())) return [];
  const mentioned = [...written.matchAll(/<@&(\d+)>/g)].map(([, id]) => id!);
  const named = written
    .replace(/<@&\d+>/g, ',')
    .split(/[,，、;]/)
    .map((name) => name.trim())
    .filter(Boolean);
  const found = named.map((name) => {
    const wanted = name.replace(/^@/, '').toLowerCase();
    const role = guild.roles.cache.find((role) => role.name.toLowerCase() === wanted);
    if (!role) throw competitionError((say) => say.badTeams(plain(name)));
    return role.id;
  });
  const roleIds = [...new Set([...mentioned, ...found])].filter((id) => id !== guild.id);
  const unknown = roleIds.find((id) => !guild.roles.cache.has(id));
  if (unknown) throw competitionError((say) => say.badTeams(unknown));
  if (roleIds.length < 2 || roleIds.length > MOST_TEAMS)
    throw competitionError((say) => say.teamCount(MOST_TEAMS));
  return roleIds;
}

/** A role that the bot gives for somebody must be one that they could give themselves. */
function readWinnersRole(roleId: string, guild: Guild, member: GuildMember): string {
  const role = guild.roles.cache.get(roleId);
  if (!role || role.managed || role.id === guild.id) throw competitionError((say) => say.noSuchRole);
  const isAbove = guild.ownerId === member.id || member.roles.highest.comparePositionTo(role) > 0;
  if (!isAbove || !member.permissions.has(PermissionFlagsBits.ManageRoles))
    throw competitionError((say) => say.mayNotGive);
  return role.id;
}

/** Suggests what may be typed into these options. */
export async function completeCompetition(
  interaction: AutocompleteInteraction,
  context: Context,
): Promise<Choice[]> {
  if (!interaction.guildId) return [];
  const { name, value } = interaction.options.getFocused(true);
  const typed = value.trim().toLowerCase();
  if (name === 'competition') {
    const isPastToo = interaction.options.getSubcommand() === 'standings';
    const found = [
      ...(await context.competitions.list(interaction.guildId)),
      ...(isPastToo ? await context.competitions.past(interaction.guildId, MOST_PAST) : []),
    ];
    return found
      .map((each) => ({ name: `${each.name} · ${each.first} – ${each.last}`.slice(0, 100), value: each.id }))
      .filter((choice) => choice.name.toLowerCase().includes(typed));
  }
  const { zone, dayStart } = await context.settings.guild(interaction.guildId);
  const today = localDateAt(context.now(), zone, dayStart);
  const dates =
    name === 'start'
      ? startsFrom(today, context)
      : endsFrom(parseDate(interaction.options.getString('start') ?? '', today) ?? today, context);
  const read = parseDate(value, today);
  const found = dates.filter((choice) => choice.name.toLowerCase().includes(typed) || choice.value === read);
  if (read && !found.some((choice) => choice.value === read)) found.unshift({ name: read, value: read });
  return found.filter(({ value }, index) => found.findIndex((each) => each.value === value) === index);
}

function startsFrom(today: LocalDate, { language }: Context): Choice[] {
  const say = competitionWords[language].dates;
  const month = addDays(periodRange('month', today)!.last, 1);
  return [
    dateChoice(say.today, today),
    dateChoice(say.tomorrow, addDays(today, 1)),
    dateChoice(say.monday, addDays(today, 8 - weekdayOf(today))),
    dateChoice(say.month, month),
  ];
}

function endsFrom(first: LocalDate, { language }: Context): Choice[] {
  const say = competitionWords[language].dates;
  return [
    ...[7, 14, 28].map((days) => dateChoice(say.days(days), addDays(first, days - 1))),
    dateChoice(say.endOfMonth, periodRange('month', first)!.last),
    dateChoice(say.endOfSeason, periodRange('season', first)!.last),
  ];
}

function dateChoice(label: string, date: LocalDate): Choice {
  return { name: `${date} (${label})`, value: date };
}

/** An error in the words of competitions. */
export function competitionError(
  choose: (say: (typeof competitionWords)['en']['errors']) => string,
): UserError {
  return new UserError((_, language) => choose(competitionWords[language].errors));
}

/** Days. */
const LONGEST = 366;

/** They fit into one menu. */
const MOST_TEAMS = 25;

const MOST_PAST = 10;
