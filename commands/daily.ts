import {
  ApplicationCommandOptionType,
  ButtonStyle,
  type ChatInputCommandInteraction,
  MessageFlags,
  PermissionFlagsBits,
} from 'discord.js';
import { everyDay } from '../src/daily/days.ts';
import { button, colors, container, ephemeralCard, row, text } from '../src/discord/cards/parts.ts';
import { scheduleCard, scheduleListCard } from '../src/discord/cards/schedule-card.ts';
import { comingButtons, showComing } from '../src/discord/coming-question.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { inServers } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { mustManage } from '../src/discord/permissions.ts';
import {
  chosenSchedule,
  completeSchedule,
  readChoices,
  readTime,
  scheduleOptions,
} from '../src/discord/schedule-options.ts';
import { UserError } from '../src/discord/user-error.ts';

const subcommand = (...[name, zhName, description, zhDescription]: Parameters<typeof localized>) => ({
  type: ApplicationCommandOptionType.Subcommand as const,
  ...localized(name, zhName, description, zhDescription),
});

export const daily = {
  definition: {
    ...localized('daily', '每日一题', 'Post a question every day', '每天在频道里发一道题'),
    default_member_permissions: String(PermissionFlagsBits.ManageGuild),
    ...inServers,
    options: [
      {
        ...subcommand('add', '添加', 'Add a daily question to a channel', '在一个频道里添加每日一题'),
        options: [
          { ...scheduleOptions.channel, required: true },
          { ...scheduleOptions.time, required: true },
          scheduleOptions.timezone,
          scheduleOptions.topic,
          scheduleOptions.level,
          scheduleOptions.role,
          scheduleOptions.days,
          scheduleOptions.language,
        ],
      },
      subcommand('list', '列表', "See this server's daily questions", '查看本服务器的每日一题'),
      {
        ...subcommand('edit', '修改', 'Change a daily question', '修改每日一题'),
        options: [
          scheduleOptions.schedule,
          scheduleOptions.channel,
          scheduleOptions.time,
          scheduleOptions.timezone,
          scheduleOptions.topic,
          scheduleOptions.level,
          scheduleOptions.role,
          scheduleOptions.days,
          scheduleOptions.language,
          scheduleOptions.noMention,
        ],
      },
      {
        ...subcommand('pause', '暂停', 'Pause a daily question', '暂停每日一题'),
        options: [scheduleOptions.schedule],
      },
      {
        ...subcommand(
          'resume',
          '恢复',
          'Start a paused or suspended one again',
          '恢复已暂停或已停发的每日一题',
        ),
        options: [scheduleOptions.schedule],
      },
      {
        ...subcommand('remove', '移除', 'Remove a daily question', '移除每日一题'),
        options: [scheduleOptions.schedule],
      },
      {
        ...subcommand(
          'now',
          '立即',
          'Post a question right away; does not count as the scheduled one',
          '马上发一道题，不算定时的那一题',
        ),
        options: [scheduleOptions.schedule],
      },
      {
        ...subcommand(
          'next',
          '下一题',
          'See, replace, skip or queue the coming question',
          '查看、更换、跳过或指定下一题',
        ),
        options: [scheduleOptions.schedule, scheduleOptions.question],
      },
    ],
  },
  execute: async (interaction, context) => {
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    switch (interaction.options.getSubcommand()) {
      case 'add':
        return add(interaction, context);
      case 'list':
        return list(interaction, context);
      case 'edit':
        return edit(interaction, context);
      case 'pause':
      case 'resume':
        return wake(interaction, context);
      case 'remove':
        return confirmRemoval(interaction, context);
      case 'now':
        return postNow(interaction, context);
      case 'next':
        return showComing(interaction, context);
    }
  },
  complete: completeSchedule,
  components: {
    topics: async (interaction, context, id = '') => {
      mustManage(interaction);
      if (!interaction.isStringSelectMenu() || !interaction.inCachedGuild()) return;
      const schedule = await context.schedules.edit(interaction.guildId, id, { topics: interaction.values });
      if (!schedule) throw new UserError((words) => words.errors.noSchedule);
      await interaction.update({ components: [scheduleCard(schedule, context, context.words.daily.edited)] });
    },
    ...comingButtons,
    remove: async (interaction, context, id = '') => {
      mustManage(interaction);
      if (!interaction.isButton() || !interaction.guildId) return;
      const removed = await context.schedules.remove(interaction.guildId, id);
      if (!removed) throw new UserError((words) => words.errors.noSchedule);
      const done = context.words.daily.removed(`<#${removed.channelId}>`);
      await interaction.update({ components: [container(colors.closed, text(done))] });
    },
    keep: async (interaction, { words }) => {
      if (!interaction.isButton()) return;
      await interaction.update({ components: [container(colors.closed, text(words.daily.kept))] });
    },
    dailies: async (interaction, context) => {
      mustManage(interaction);
      if (interaction.isButton() && interaction.inCachedGuild()) await list(interaction, context);
    },
  },
} satisfies Command;

type InGuild = ChatInputCommandInteraction<'cached'>;

async function add(interaction: InGuild, context: Context): Promise<void> {
  const { schedules, settings, words } = context;
  if ((await schedules.list(interaction.guildId)).length >= MOST_SCHEDULES) {
    throw new UserError((words) => words.errors.tooManySchedules(MOST_SCHEDULES));
  }
  const guild = await settings.guild(interaction.guildId);
  const schedule = await schedules.add(interaction.guildId, newScheduleId(interaction.id), {
    days: [...everyDay],
    topics: [],
    language: guild.language,
    zone: guild.zone,
    ...readChoices(interaction, context),
    channelId: interaction.options.getChannel('channel', true).id,
    time: readTime(interaction.options.getString('time', true)),
  });
  const done = `${words.daily.added(`<#${schedule.channelId}>`)} ${words.daily.first(schedule.next.at)}`;
  await interaction.reply({
    flags: ephemeralCard,
    components: [scheduleCard(schedule, context, done)],
  });
}

async function list(
  interaction: { guildId: string; reply: InGuild['reply'] },
  context: Context,
): Promise<void> {
  const all = await context.schedules.list(interaction.guildId);
  if (all.length === 0) throw new UserError((words) => words.errors.noSchedules);
  await interaction.reply({
    flags: ephemeralCard,
    components: [scheduleListCard(all, context)],
  });
}

async function edit(interaction: InGuild, context: Context): Promise<void> {
  const { schedules, words } = context;
  const chosen = await chosenSchedule(interaction, context);
  const time = interaction.options.getString('time');
  const channel = interaction.options.getChannel('channel');
  const edited = await schedules.edit(interaction.guildId, chosen.id, {
    ...readChoices(interaction, context),
    ...(time === null ? {} : { time: readTime(time) }),
    ...(channel ? { channelId: channel.id } : {}),
  });
  if (!edited) throw new UserError((words) => words.errors.noSchedule);
  await interaction.reply({
    flags: ephemeralCard,
    components: [scheduleCard(edited, context, words.daily.edited)],
  });
}

async function wake(interaction: InGuild, context: Context): Promise<void> {
  const { schedules, words } = context;
  const { id } = await chosenSchedule(interaction, context);
  const resumed = interaction.options.getSubcommand() === 'resume';
  const schedule = await (resumed ? schedules.resume : schedules.pause)(interaction.guildId, id);
  if (!schedule) throw new UserError((words) => words.errors.noSchedule);
  const done = resumed ? words.daily.resumed : words.daily.pausedNow;
  await interaction.reply({ flags: ephemeralCard, components: [scheduleCard(schedule, context, done)] });
}

async function confirmRemoval(interaction: InGuild, context: Context): Promise<void> {
  const { words } = context;
  const { id, channelId } = await chosenSchedule(interaction, context);
  await interaction.reply({
    flags: ephemeralCard,
    components: [
      container(
        colors.wrong,
        text(words.daily.removeSure(`<#${channelId}>`)),
        row(
          button(`remove:${id}`, words.daily.remove, { style: ButtonStyle.Danger }),
          button('keep', words.daily.keep),
        ),
      ),
    ],
  });
}

async function postNow(interaction: InGuild, context: Context): Promise<void> {
  const schedule = await chosenSchedule(interaction, context);
  await context.poster.requestNow(schedule, interaction.id);
  context.wake();
  const content = context.words.daily.onItsWay(`<#${schedule.channelId}>`);
  await interaction.reply({ content, flags: MessageFlags.Ephemeral });
}

/** A snowflake is unique; in base 36 it is short enough for every component id. */
function newScheduleId(interactionId: string): string {
  return BigInt(interactionId).toString(36);
}

/** They all fit into one card and one list of choices. */
const MOST_SCHEDULES = 10;
