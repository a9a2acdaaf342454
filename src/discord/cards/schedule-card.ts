import {
  type APIContainerComponent,
  type Client,
  ComponentType,
  type GuildBasedChannel,
  type GuildMember,
  PermissionFlagsBits,
} from 'discord.js';
import type { Bank } from '../../bank/load.ts';
import type { Language, Topic } from '../../bank/schema.ts';
import { isVoid, offeredTopics } from '../../bank/topics.ts';
import { formatTimeOfDay } from '../../calendar/next-time.ts';
import type { Schedule } from '../../daily/schedule.ts';
import { bankWords } from '../words/bank.ts';
import type { Words } from '../words/en.ts';
import { colors, container, line, text } from './parts.ts';

type Reader = {
  readonly bank: Bank;
  readonly client: Client;
  readonly language: Language;
  readonly words: Words;
};

/** Every schedule of a server: when, where, what, and what keeps it from posting. */
export function scheduleListCard(
  schedules: readonly Schedule[],
  { bank, client, language, words }: Reader,
): APIContainerComponent {
  const parts = schedules.flatMap((schedule) => [
    line,
    text([describe(schedule, bank, language, words), ...troublesOf(schedule, client, words)].join('\n')),
  ]);
  return container(colors.plain, text(`### ${words.daily.listTitle}`), ...parts);
}

/** A schedule after a change, with what it still lacks and a menu to narrow its topics. */
export function scheduleCard(
  schedule: Schedule,
  { bank, client, language, words }: Reader,
  done: string,
): APIContainerComponent {
  const isChosen = ({ slug }: Topic) => schedule.topics.includes(slug);
  const offered = offeredTopics(bank);
  // A menu holds 25; what is chosen stands in it in any case.
  const topics = [...offered.filter(isChosen), ...offered.filter((topic) => !isChosen(topic))].slice(0, 25);
  return container(
    colors.plain,
    text(
      [done, '', describe(schedule, bank, language, words), ...troublesOf(schedule, client, words)].join(
        '\n',
      ),
    ),
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: `topics:${schedule.id}`,
          placeholder: words.daily.moreTopics,
          min_values: 0,
          max_values: topics.length,
          options: topics.map((topic) => ({
            label: topic[language].slice(0, 100),
            value: topic.slug,
            default: isChosen(topic),
          })),
        },
      ],
    },
  );
}

/** One schedule in a few lines. */
export function describe(schedule: Schedule, bank: Bank, language: Language, words: Words): string {
  const { daily } = words;
  const topics = schedule.topics.map((slug) => bank.topics.get(slug)?.[language] ?? slug);
  const facts = [
    topics.length > 0 ? daily.topics(words.list(topics)) : '',
    schedule.level ? daily.level(words.card.level(schedule.level)) : '',
    daily.speaks(words.languages[schedule.language]),
    schedule.roleId ? daily.role(`<@&${schedule.roleId}>`) : '',
  ].filter(Boolean);
  return [
    `<#${schedule.channelId}> · ${daily.when(formatTimeOfDay(schedule.time), schedule.zone, words.weekdays(schedule.days))}`,
    `-# ${facts.join(' · ')}`,
    ...(isVoid(bank, schedule.topics) ? [bankWords[language].scheduleVoid(words.list(topics))] : []),
    schedule.suspended
      ? daily.suspended[schedule.suspended.reason]
      : schedule.paused
        ? daily.paused
        : daily.next(schedule.next.at),
  ].join('\n');
}

/** The permissions that the bot needs to post in a channel and does not have there. */
export function lackingIn(channel: GuildBasedChannel, me: GuildMember, words: Words): string[] {
  const permissions = channel.permissionsFor(me);
  const send = channel.isThread() ? ('SendMessagesInThreads' as const) : ('SendMessages' as const);
  return (['ViewChannel', send, 'ReadMessageHistory'] as const)
    .filter((name) => !permissions.has(PermissionFlagsBits[name]))
    .map((name) => words.permissions[name]);
}

/** What the bot lacks in the schedule's channel, one sentence each. */
export function troublesOf(schedule: Schedule, client: Client, words: Words): string[] {
  const guild = client.guilds.cache.get(schedule.guildId);
  const channel = guild?.channels.cache.get(schedule.channelId);
  const me = guild?.members.me;
  if (!guild || !channel || !me) return [];
  const permissions = channel.permissionsFor(me);
  const mention = `<#${schedule.channelId}>`;
  const lacking = lackingIn(channel, me, words);
  const role = schedule.roleId ? guild.roles.cache.get(schedule.roleId) : undefined;
  return [
    lacking.length > 0 ? words.daily.lacking(mention, words.list(lacking)) : '',
    permissions.has(PermissionFlagsBits.AddReactions) ? '' : words.daily.lackingReactions(mention),
    role && !role.mentionable && !permissions.has(PermissionFlagsBits.MentionEveryone)
      ? words.daily.roleSilent(`<@&${role.id}>`)
      : '',
  ].filter(Boolean);
}
