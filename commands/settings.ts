import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  type ChatInputCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import type { Language } from '../src/bank/schema.ts';
import { formatTimeOfDay, parseTimeOfDay } from '../src/calendar/next-time.ts';
import { canonicalZone, searchZones } from '../src/calendar/zones.ts';
import { plain } from '../src/discord/cards/markdown.ts';
import { colors, container, ephemeralCard, text } from '../src/discord/cards/parts.ts';
import { purgeCard } from '../src/discord/cards/privacy-card.ts';
import type { Choice, Command, Context } from '../src/discord/command.ts';
import { everywhere } from '../src/discord/contexts.ts';
import { localized, localizedChoice } from '../src/discord/localize.ts';
import { mayManage } from '../src/discord/permissions.ts';
import { readReports, reportLines, reportOptions } from '../src/discord/report-settings.ts';
import {
  completeReminder,
  readReminder,
  readReviewChoices,
  reviewOptions,
  reviewSettings,
} from '../src/discord/review-settings.ts';
import { UserError } from '../src/discord/user-error.ts';
import { privacyWords } from '../src/discord/words/privacy.ts';
import { newGuild } from '../src/settings/guild.ts';

const language = {
  type: ApplicationCommandOptionType.String as const,
  ...localized('language', '语言', 'Language', '语言'),
  choices: [localizedChoice('en', 'English', 'English'), localizedChoice('zh', '中文', '中文')],
};

const timezone = {
  type: ApplicationCommandOptionType.String as const,
  ...localized('timezone', '时区', 'A city or time zone', '城市或时区'),
  autocomplete: true as const,
};

const dayStart = {
  type: ApplicationCommandOptionType.String as const,
  ...localized(
    'day_start',
    '一天的开始',
    'When a day starts, 00:00 to 12:00',
    '一天从几点开始，00:00 到 12:00',
  ),
  max_length: 10,
};

const followed = localizedChoice('follow', 'As in Discord', '跟随 Discord');

export const settings = {
  definition: {
    ...localized('settings', '设置', 'Language, time zone, privacy', '语言、时区、隐私'),
    ...everywhere,
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('me', '个人', 'Your own settings, in every server', '你自己的设置，在所有服务器通用'),
        options: [
          { ...language, choices: [...language.choices, followed] },
          timezone,
          dayStart,
          {
            type: ApplicationCommandOptionType.Boolean,
            ...localized(
              'hidden',
              '隐藏',
              "Off leaderboards and others' /progress",
              '不上排行榜，别人看不到你的进度',
            ),
          },
          ...reviewOptions,
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized(
          'server',
          '服务器',
          'Settings of this server (needs Manage Server)',
          '本服务器的设置（需要管理服务器权限）',
        ),
        options: [
          language,
          timezone,
          dayStart,
          ...reportOptions,
          {
            type: ApplicationCommandOptionType.Boolean,
            ...localized(
              'purge',
              '清除',
              'Delete everything that I keep of this server (asks first)',
              '删除我保存的本服务器的全部数据（会先确认）',
            ),
          },
        ],
      },
    ],
  },
  execute: async (interaction, context) => {
    if (interaction.options.getSubcommand() === 'me') return changeMe(interaction, context);
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    return changeServer(interaction, context);
  },
  complete: async (interaction: AutocompleteInteraction, context): Promise<Choice[]> => {
    const { name, value: typed } = interaction.options.getFocused(true);
    if (name === 'reminder') return completeReminder(typed, context);
    const zones = searchZones(typed, context.language, context.now()).map(({ zone, label }) => ({
      name: label,
      value: zone,
    }));
    return interaction.options.getSubcommand() === 'me' && typed.trim() === ''
      ? [{ name: context.words.settings.ofServer, value: FOLLOW }, ...zones]
      : zones;
  },
  components: {
    'purge-server': async (interaction, context) => {
      if (!interaction.isButton() || !interaction.inCachedGuild()) return;
      if (!mayManage(interaction)) throw new UserError((words) => words.errors.needsManageGuild);
      await interaction.deferUpdate();
      const done = await context.deletion.purge(interaction.guildId);
      const say = privacyWords[context.language];
      const sentence = done ? say.purge.deleted : say.deleting;
      await interaction.editReply({ components: [container(colors.plain, text(sentence))] });
    },

    'purge-keep': async (interaction, { language }) => {
      if (!interaction.isButton()) return;
      await interaction.update({ components: [container(colors.plain, text(privacyWords[language].kept))] });
    },
  },
} satisfies Command;

async function changeMe(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const { options, user } = interaction;
  const guild = interaction.inCachedGuild() ? await context.settings.guild(interaction.guildId) : newGuild;
  const choices: Parameters<typeof context.settings.changePerson>[1] = {};
  const language = options.getString('language');
  if (language !== null) choices.language = language === FOLLOW ? undefined : (language as Language);
  const zone = options.getString('timezone');
  if (zone !== null) choices.zone = zone === FOLLOW ? undefined : readZone(zone, context);
  const start = options.getString('day_start');
  if (start !== null) choices.dayStart = readDayStart(start);
  const hidden = options.getBoolean('hidden');
  if (hidden !== null) choices.hidden = hidden;
  Object.assign(choices, readReviewChoices(options));
  const reminder = options.getString('reminder');
  const time = reminder === null ? undefined : readReminder(reminder, context);

  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const person =
    Object.keys(choices).length > 0
      ? await context.settings.changePerson(user.id, choices)
      : await context.settings.person(user.id);
  if (time === 'off') await context.reminders.remove(user.id);
  else if (time !== undefined) {
    const zone = person.zone ?? guild.zone;
    await context.reminders.set(user.id, { time, zone, language: person.language ?? context.language });
  }

  const changed = Object.keys(choices).length > 0 || time !== undefined;
  const { settings: say, languages } = context.words;
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [
      container(
        colors.plain,
        text(
          [
            `### ${say.meTitle}`,
            say.language(person.language ? languages[person.language] : say.ofDiscord),
            say.zone(
              person.zone ?? (interaction.inGuild() ? `${say.ofServer} ${guild.zone}` : guild.zone),
              clock(context.now(), person.zone ?? guild.zone),
            ),
            say.dayStart(formatTimeOfDay(person.dayStart ?? guild.dayStart)),
            say.hidden(person.hidden),
            ...reviewSettings(person, await context.reminders.find(user.id), context),
            ...(changed ? [`-# ${say.saved}`] : []),
          ].join('\n'),
        ),
      ),
    ],
  });
}

async function changeServer(
  interaction: ChatInputCommandInteraction<'cached'>,
  context: Context,
): Promise<void> {
  if (!interaction.memberPermissions.has(PermissionFlagsBits.ManageGuild)) {
    throw new UserError((words) => words.errors.needsManageGuild);
  }
  const { options } = interaction;
  if (options.getBoolean('purge')) {
    await interaction.reply({
      flags: ephemeralCard,
      components: [purgeCard(privacyWords[context.language])],
    });
    return;
  }
  const choices: Parameters<typeof context.settings.changeGuild>[1] = {};
  const language = options.getString('language');
  if (language !== null) choices.language = language as Language;
  const zone = options.getString('timezone');
  if (zone !== null) choices.zone = readZone(zone, context);
  const start = options.getString('day_start');
  if (start !== null) choices.dayStart = readDayStart(start);
  Object.assign(choices, readReports(interaction));
  const changed = Object.keys(choices).length > 0;
  const guild = changed
    ? await context.settings.changeGuild(interaction.guildId, choices)
    : await context.settings.guild(interaction.guildId);

  const { settings: say, languages } = context.words;
  await interaction.reply({
    flags: ephemeralCard,
    components: [
      container(
        colors.plain,
        text(
          [
            `### ${say.serverTitle}`,
            say.language(languages[guild.language]),
            say.zone(guild.zone, clock(context.now(), guild.zone)),
            say.dayStart(formatTimeOfDay(guild.dayStart)),
            ...reportLines(interaction, guild, context),
            ...(changed ? [`-# ${say.saved}`] : []),
            ...(choices.zone ? [`-# ${say.existing}`] : []),
          ].join('\n'),
        ),
      ),
    ],
  });
}

function readZone(written: string, context: Context): string {
  const zone = canonicalZone(written) ?? searchZones(written, context.language, context.now(), 1)[0]?.zone;
  if (!zone) throw new UserError((words) => words.errors.badZone(plain(written)));
  return zone;
}

function readDayStart(written: string): number {
  const time = parseTimeOfDay(written);
  if (time === undefined) throw new UserError((words) => words.errors.badTime(plain(written)));
  if (time > LATEST_DAY_START) throw new UserError((words) => words.settings.badDayStart);
  return time;
}

function clock(now: number, zone: string): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' }).format(now);
}

const FOLLOW = 'follow';

/** Minutes. */
const LATEST_DAY_START = 720;
