import { ApplicationCommandOptionType, ButtonStyle } from 'discord.js';
import type { Level } from '../src/bank/schema.ts';
import { topicsText } from '../src/discord/cards/interview-report.ts';
import { button, colors, container, ephemeralCard, line, row, text } from '../src/discord/cards/parts.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { everywhere } from '../src/discord/contexts.ts';
import { interviewButtons } from '../src/discord/interview-buttons.ts';
import { tellingOf } from '../src/discord/interview-steps.ts';
import { localized, localizedChoice } from '../src/discord/localize.ts';
import { requireTopic, topicChoices } from '../src/discord/topic-choice.ts';
import { UserError } from '../src/discord/user-error.ts';
import { openItems } from '../src/interview/pick.ts';

export const interview = {
  definition: {
    ...localized(
      'interview',
      '模拟面试',
      'A mock interview: open questions, key points, a report',
      '模拟面试：开放题、要点对照、报告',
    ),
    ...everywhere,
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...localized('topic', '主题', 'Only questions of this topic', '只出这个主题的题'),
        autocomplete: true,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        ...localized('level', '难度', 'Only questions of this level', '只出这个难度的题'),
        choices: [
          localizedChoice(1, '1 · Recall', '1 · 识记'),
          localizedChoice(2, '2 · Apply', '2 · 理解应用'),
          localizedChoice(3, '3 · Derive & diagnose', '3 · 推导诊断'),
        ],
      },
      {
        type: ApplicationCommandOptionType.Integer,
        ...localized('questions', '题数', 'How many, 1 to 5; 3 if left out', '出几道题，1 到 5；不填则 3 道'),
        min_value: 1,
        max_value: 5,
      },
      {
        type: ApplicationCommandOptionType.Integer,
        ...localized(
          'minutes',
          '分钟',
          'Time to answer in all; no limit if left out',
          '作答总时间；不填则不限时',
        ),
        min_value: 1,
        max_value: 180,
      },
    ],
  },
  execute: async (interaction, context) => {
    const { options, user } = interaction;
    const { bank } = context;
    const topic = options.getString('topic') ?? undefined;
    if (topic) requireTopic(bank, topic);
    const level = (options.getInteger('level') ?? undefined) as Level | undefined;
    const items = openItems(bank.items.values(), { topic, level });
    if (items.length === 0) throw new UserError(() => tellingOf(context).say.none);
    const wanted = {
      topic,
      level,
      count: options.getInteger('questions') ?? USUAL_COUNT,
      minutes: options.getInteger('minutes') ?? undefined,
    };
    // The interaction's own id names the interview: pressing Start twice begins one.
    const id = BigInt(interaction.id).toString(36);
    await interaction.reply({
      flags: ephemeralCard,
      components: [await startCard(user.id, id, { ...wanted, fitting: items.length }, context)],
    });
  },
  complete: async (interaction, { bank, language }) =>
    topicChoices(bank, language, interaction.options.getFocused()),
  components: interviewButtons,
} satisfies Command;

type Wanted = {
  readonly topic: string | undefined;
  readonly level: Level | undefined;
  readonly count: number;
  readonly minutes: number | undefined;
  /** How many questions of the bank fit. */
  readonly fitting: number;
};

/** What the interview will be, before its clock starts; and the one that is under way. */
async function startCard(userId: string, id: string, wanted: Wanted, context: Context) {
  const telling = tellingOf(context);
  const { say, words, bank, language } = telling;
  const { interviews } = context;
  const { topic, level, minutes, fitting } = wanted;
  const count = Math.min(wanted.count, fitting);
  const past = await interviews.list(userId);
  const open = past.find(({ finishedAt }) => finishedAt === undefined);
  const agreed = (await interviews.marking?.hasAgreed(userId)) ?? false;
  const choices = [
    say.questions(count),
    (topic && bank.topics.get(topic)?.[language]) || say.everyTopic,
    ...(level ? [words.card.level(level)] : []),
    minutes ? say.minutes(minutes) : say.noLimit,
  ];
  const begin = ['interview-begin', id, topic ?? '', level ?? '', count, minutes ?? ''].join(':');
  return container(
    colors.plain,
    text(
      [
        `### ${say.title}`,
        `**${choices.join(' · ')}**`,
        ...(count < wanted.count ? [say.fewer(count)] : []),
      ].join('\n'),
    ),
    text(say.rules.map((rule) => `- ${rule}`).join('\n')),
    row(
      button(begin, say.begin, { style: ButtonStyle.Primary }),
      ...(past.length > 0 ? [button('interview-past:', say.past)] : []),
    ),
    ...(open
      ? [
          line,
          text(`${say.underWay(open.startedAt)} ${topicsText(open, telling)}`),
          row(
            button(`interview-open:${open.id}`, say.proceed),
            button(`interview-end:${open.id}:${open.turn}`, say.end),
          ),
        ]
      : []),
    ...(agreed
      ? [
          line,
          text(say.marking.agreed(interviews.marking!.host)),
          row(button('interview-withdraw:', say.marking.withdraw)),
        ]
      : []),
  );
}

const USUAL_COUNT = 3;
