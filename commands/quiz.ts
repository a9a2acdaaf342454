import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  MessageFlags,
  type PermissionResolvable,
} from 'discord.js';
import type { ItemType } from '../src/bank/schema.ts';
import { nobody } from '../src/discord/cards/parts.ts';
import { busyText, lobbyCard } from '../src/discord/cards/quiz-card.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { everywhere } from '../src/discord/contexts.ts';
import { localized, localizedChoice } from '../src/discord/localize.ts';
import { nameOf } from '../src/discord/names.ts';
import { placeOf } from '../src/discord/place.ts';
import { mustHost, quizButtons } from '../src/discord/quiz-buttons.ts';
import { scheduleOptions } from '../src/discord/schedule-options.ts';
import { soloButtons, soloCard } from '../src/discord/solo-buttons.ts';
import { requireTopic, topicChoices } from '../src/discord/topic-choice.ts';
import { UserError } from '../src/discord/user-error.ts';
import { quizWords } from '../src/discord/words/quiz.ts';
import { drawQuestions, playable, type Question } from '../src/quiz/question.ts';
import { newQuiz } from '../src/quiz/quiz.ts';
import { newSolo } from '../src/quiz/solo.ts';

const what = {
  topic: scheduleOptions.topic,
  // Left out means any.
  level: {
    ...scheduleOptions.level,
    choices: scheduleOptions.level.choices.filter(({ value }) => value > 0),
  },
  count: {
    type: ApplicationCommandOptionType.Integer as const,
    ...localized('count', '题数', 'How many questions; 5 if left out', '几道题；不填则 5 道'),
    min_value: 1,
    max_value: 20,
  },
  type: {
    type: ApplicationCommandOptionType.String as const,
    ...localized('type', '题型', 'Only questions of this kind', '只出这种题型'),
    choices: [
      localizedChoice('single', 'One right option', '单选'),
      localizedChoice('multiple', 'Several right options', '多选'),
      localizedChoice('boolean', 'True or false', '判断'),
      localizedChoice('number', 'A number', '计算'),
      localizedChoice('short', 'A few words', '填空'),
      localizedChoice('order', 'Steps in order', '排序'),
    ],
  },
};

/** Quizzes: alone, or with everybody in the channel. */
export const quiz = {
  definition: {
    ...localized('quiz', '测验', 'Answer questions, alone or together', '做题，自己练或大家一起比'),
    ...everywhere,
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('solo', '自测', 'A quiz for yourself; nobody else sees it', '自己做一组题，别人看不到'),
        options: [what.topic, what.level, what.count, what.type],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('group', '答题赛', 'A quiz for everybody in this channel', '和频道里的人一起比赛'),
        options: [
          what.topic,
          what.level,
          what.count,
          {
            type: ApplicationCommandOptionType.Integer,
            ...localized(
              'seconds',
              '秒数',
              'Time for each question; 30 if left out',
              '每题多少秒；不填则 30 秒',
            ),
            min_value: 10,
            max_value: 120,
          },
          {
            type: ApplicationCommandOptionType.Boolean,
            ...localized(
              'speed_bonus',
              '快答加分',
              'Quick right answers earn up to half as much again; yes if left out',
              '答对越快加分越多，最多加一半；不填则开启',
            ),
          },
          {
            type: ApplicationCommandOptionType.Boolean,
            ...localized(
              'changeable',
              '可改答案',
              'Answers may be changed until the time is up; no if left out',
              '时间到之前可以改答案；不填则不可以',
            ),
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized(
          'stop',
          '结束',
          'End the quiz in this channel; for its host and moderators',
          '结束这个频道的答题赛，限发起人和管理员',
        ),
      },
    ],
  },
  execute: async (interaction, context) => {
    const subcommand = interaction.options.getSubcommand();
    if (subcommand === 'solo') return solo(interaction, context);
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    switch (subcommand) {
      case 'group':
        return group(interaction, context);
      case 'stop':
        return stop(interaction, context);
    }
  },
  complete: async (interaction, { bank, language }) =>
    topicChoices(bank, language, interaction.options.getFocused()),
  components: { ...soloButtons, ...quizButtons },
} satisfies Command;

type InGuild = ChatInputCommandInteraction<'cached'>;

async function solo(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const { solos, progress, now } = context;
  const userId = interaction.user.id;
  const guildId = placeOf(interaction);
  const last = await solos.find(userId);
  const recent = new Set(last?.questions.map(({ questionId }) => questionId));
  const guildIds = [...(await progress.guildsOf(userId)), ...(guildId ? [guildId] : [])];
  const begun = newSolo(sessionId(interaction), guildId, draw(interaction, context, guildIds, recent), now());
  await solos.begin(userId, begun);
  const components = await soloCard(userId, begun, context);
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components });
}

async function group(interaction: InGuild, context: Context): Promise<void> {
  const { quizzes, settings, words, now } = context;
  const lacking = needed(interaction).filter((permission) => !interaction.appPermissions.has(permission));
  if (lacking.length > 0) {
    const names = words.list(lacking.map((permission) => words.permissions[permission]));
    throw new UserError((_, language) => quizWords[language].errors.lacking(names));
  }
  const { options, guildId, channelId, user } = interaction;
  const questions = draw(interaction, context, [guildId], new Set());
  const guild = await settings.guild(guildId);
  const opened = newQuiz(
    {
      id: sessionId(interaction),
      guildId,
      channelId,
      language: guild.language,
      host: { userId: user.id, name: nameOf(interaction) },
      seconds: options.getInteger('seconds') ?? 30,
      speedBonus: options.getBoolean('speed_bonus') ?? true,
      changeable: options.getBoolean('changeable') ?? false,
    },
    questions,
    now(),
  );
  const present = await quizzes.open(opened);
  if (present.id !== opened.id) throw new UserError((_, language) => busyText(present, language));
  const { resource } = await interaction.reply({
    flags: MessageFlags.IsComponentsV2,
    components: lobbyCard(opened),
    allowedMentions: nobody,
    withResponse: true,
  });
  const messageId = resource?.message?.id;
  if (messageId)
    await quizzes.send(channelId, { quizId: opened.id, event: { kind: 'shown', messageId, at: now() } });
}

async function stop(interaction: InGuild, context: Context): Promise<void> {
  const { quizzes, language, now } = context;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const present = await quizzes.find(interaction.channelId);
  if (!present || present.phase.name === 'over')
    throw new UserError((_, language) => quizWords[language].errors.noQuiz);
  mustHost(interaction, present);
  await quizzes.send(interaction.channelId, { quizId: present.id, event: { kind: 'stop', at: now() } });
  await interaction.editReply({ content: quizWords[language].group.stopped });
}

/** What the options ask for, without the questions that are open in these servers: a quiz would give them away. */
function draw(
  { options }: ChatInputCommandInteraction,
  { bank, grading, random }: Context,
  guildIds: readonly string[],
  avoided: ReadonlySet<string>,
): Question[] {
  const topic = options.getString('topic') ?? undefined;
  if (topic !== undefined) requireTopic(bank, topic);
  const items = playable(bank.items.values(), {
    topic,
    level: options.getInteger('level') ?? undefined,
    type: (options.getString('type') ?? undefined) as ItemType | undefined,
  });
  const open = grading.openQuestions(guildIds);
  const closed = items.filter(({ id }) => !open.has(id));
  if (closed.length === 0) throw new UserError((words) => words.errors.narrow);
  return drawQuestions(closed, options.getInteger('count') ?? COUNT, avoided, random);
}

/** A snowflake is unique; in base 36 it is short enough for every component id. */
function sessionId({ id }: ChatInputCommandInteraction): string {
  return BigInt(id).toString(36);
}

/** Without a look at its history, what was sent before a crash could not be found again. */
function needed({ channel }: InGuild) {
  const send = channel?.isThread() ? ('SendMessagesInThreads' as const) : ('SendMessages' as const);
  return ['ViewChannel', send, 'ReadMessageHistory'] as const satisfies PermissionResolvable[];
}

const COUNT = 5;
