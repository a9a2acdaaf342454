import {
  ApplicationCommandOptionType,
  type AutocompleteInteraction,
  ChannelType,
  type ChatInputCommandInteraction,
} from 'discord.js';
import { labelOf } from '../bank/search.ts';
import { formatTimeOfDay, parseTimeOfDay } from '../calendar/next-time.ts';
import { canonicalZone, searchZones } from '../calendar/zones.ts';
import { everyDay, parseDays, weekdays, weekends } from '../daily/days.ts';
import type { Schedule } from '../daily/schedule.ts';
import type { Choices } from '../daily/schedules.ts';
import type { PostLanguage } from '../settings/language.ts';
import { plain } from './cards/markdown.ts';
import type { Choice, Context } from './command.ts';
import { localized, localizedChoice } from './localize.ts';
import { requireTopic, topicChoices } from './topic-choice.ts';
import { UserError } from './user-error.ts';

type InGuild = ChatInputCommandInteraction<'cached'>;

/** The options in which a moderator says what a daily question shall be. */
export const scheduleOptions = {
  channel: {
    type: ApplicationCommandOptionType.Channel as const,
    ...localized('channel', '频道', 'Where to post', '发到哪个频道'),
    channel_types: [ChannelType.GuildText as const, ChannelType.GuildAnnouncement as const],
  },
  time: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('time', '时间', 'Time of day, HH:MM', '每天的时刻，HH:MM'),
    max_length: 10,
  },
  timezone: {
    type: ApplicationCommandOptionType.String as const,
    ...localized(
      'timezone',
      '时区',
      "A city or time zone; the server's if left out",
      '城市或时区；不填则用服务器的时区',
    ),
    autocomplete: true as const,
  },
  topic: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('topic', '主题', 'Only questions of this topic', '只出这个主题的题'),
    autocomplete: true as const,
  },
  level: {
    type: ApplicationCommandOptionType.Integer as const,
    ...localized('level', '难度', 'Only questions of this level', '只出这个难度的题'),
    choices: [
      localizedChoice(0, 'Any', '不限'),
      localizedChoice(1, '1 · Recall', '1 · 识记'),
      localizedChoice(2, '2 · Apply', '2 · 理解应用'),
      localizedChoice(3, '3 · Derive & diagnose', '3 · 推导诊断'),
    ],
  },
  role: {
    type: ApplicationCommandOptionType.Role as const,
    ...localized('role', '身份组', 'The role to mention', '要提及的身份组'),
  },
  days: {
    type: ApplicationCommandOptionType.String as const,
    ...localized(
      'days',
      '日子',
      'Such as weekdays, or mon, wed, fri; every day if left out',
      '如工作日，或周一、周三；不填则每天',
    ),
    autocomplete: true as const,
  },
  language: {
    type: ApplicationCommandOptionType.String as const,
    ...localized(
      'language',
      '语言',
      "The question's language; the server's if left out",
      '题目的语言；不填则用服务器的语言',
    ),
    choices: [
      localizedChoice('zh', '中文', '中文'),
      localizedChoice('en', 'English', 'English'),
      localizedChoice('both', 'Both', '双语'),
    ],
  },
  schedule: {
    type: ApplicationCommandOptionType.String as const,
    ...localized(
      'schedule',
      '哪一个',
      'Which daily question, if there are several',
      '有多个每日一题时，指明哪一个',
    ),
    autocomplete: true as const,
  },
  question: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('question', '题目', 'Queue this question', '把这道题排进去'),
    autocomplete: true as const,
  },
  noMention: {
    type: ApplicationCommandOptionType.Boolean as const,
    ...localized('mention_nobody', '不再提及', 'Mention no role any more', '不再提及任何身份组'),
  },
};

/** What the options say, each in its place; what is not said is absent. */
export function readChoices(interaction: InGuild, context: Context): Partial<Choices> {
  const { options } = interaction;
  const { bank } = context;
  const choices: Partial<Choices> = {};
  const zone = options.getString('timezone');
  if (zone !== null) {
    choices.zone =
      canonicalZone(zone) ?? searchZones(zone, context.language, context.now(), 1)[0]?.zone ?? '';
    if (!choices.zone) throw new UserError((words) => words.errors.badZone(plain(zone)));
  }
  const days = options.getString('days');
  if (days !== null) {
    const parsed = parseDays(days);
    if (!parsed) throw new UserError((words) => words.errors.badDays(plain(days)));
    choices.days = parsed;
  }
  const topic = options.getString('topic');
  if (topic !== null && topic !== ALL_TOPICS) requireTopic(bank, topic);
  if (topic !== null) choices.topics = topic === ALL_TOPICS ? [] : [topic];
  const level = options.getInteger('level');
  if (level !== null) choices.level = level === 0 ? undefined : (level as 1 | 2 | 3);
  const role = options.getRole('role');
  // @everyone is a role too, with the server's own id.
  if (role && role.id !== interaction.guildId) choices.roleId = role.id;
  if (options.getBoolean('mention_nobody')) choices.roleId = undefined;
  const language = options.getString('language');
  if (language !== null) choices.language = language as PostLanguage;
  const narrowed = choices.topics?.length
    ? [...bank.items.values()].some(
        (item) => choices.topics!.includes(item.topic) && (!choices.level || item.level === choices.level),
      )
    : true;
  if (!narrowed) throw new UserError((words) => words.errors.narrow);
  return choices;
}

/**
 * A time of day, in minutes after midnight.
 * @throws UserError
 */
export function readTime(written: string): number {
  const time = parseTimeOfDay(written);
  if (time === undefined) throw new UserError((words) => words.errors.badTime(plain(written)));
  return time;
}

/** Suggests what may be typed into these options. */
export async function completeSchedule(
  interaction: AutocompleteInteraction,
  context: Context,
): Promise<Choice[]> {
  const { bank, search, schedules, client, language, words } = context;
  const { name, value } = interaction.options.getFocused(true);
  switch (name) {
    case 'timezone':
      return searchZones(value, language, context.now()).map(({ zone, label }) => ({
        name: label,
        value: zone,
      }));
    case 'topic': {
      const all = { name: words.all, value: ALL_TOPICS };
      const isWanted = matches(`${all.name} ${all.value}`, value);
      return [...(isWanted ? [all] : []), ...topicChoices(bank, language, value)];
    }
    case 'days':
      return [everyDay, weekdays, weekends]
        .map((days) => words.weekdays(days))
        .filter((days) => matches(days, value))
        .map((days) => ({ name: days, value: days }));
    case 'question':
      return search(value).map((item) => ({ name: labelOf(item, language), value: item.id }));
    case 'schedule': {
      const all = interaction.guildId ? await schedules.list(interaction.guildId) : [];
      return all
        .map((schedule) => {
          const channel = client.channels.cache.get(schedule.channelId);
          const where = channel && 'name' in channel ? `#${channel.name}` : schedule.channelId;
          const when = `${formatTimeOfDay(schedule.time)} ${schedule.zone}`;
          return {
            name: `${where} · ${when} · ${words.weekdays(schedule.days)}`.slice(0, 100),
            value: schedule.id,
          };
        })
        .filter((choice) => matches(choice.name, value));
    }
    default:
      return [];
  }
}

/** The schedule that was named, or the only one. */
export async function chosenSchedule(interaction: InGuild, { schedules }: Context): Promise<Schedule> {
  const all = await schedules.list(interaction.guildId);
  const wanted = interaction.options.getString('schedule');
  const found = wanted === null && all.length === 1 ? all[0] : all.find(({ id }) => id === wanted);
  if (found) return found;
  throw new UserError((words) =>
    all.length === 0
      ? words.errors.noSchedules
      : wanted === null
        ? words.daily.choose
        : words.errors.noSchedule,
  );
}

function matches(text: string, typed: string): boolean {
  return text.toLowerCase().includes(typed.trim().toLowerCase());
}

const ALL_TOPICS = 'all';
