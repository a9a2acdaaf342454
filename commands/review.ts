import {
  ApplicationCommandOptionType,
  type ChatInputCommandInteraction,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
} from 'discord.js';
import { labelOf } from '../src/bank/search.ts';
import { backCard, endCard, frontCard, statsCard } from '../src/discord/cards/review-card.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { everywhere } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { placeOf } from '../src/discord/place.ts';
import { completeSchedule, scheduleOptions } from '../src/discord/schedule-options.ts';
import { lookAtSolution } from '../src/discord/solution.ts';
import { requireTopic } from '../src/discord/topic-choice.ts';
import { UserError } from '../src/discord/user-error.ts';
import { reviewWords } from '../src/discord/words/review.ts';
import type { Grade } from '../src/progress/grade.ts';
import { ankiFiles, historyCsv } from '../src/review/anki.ts';
import type { Turn } from '../src/review/reviews.ts';

export const review = {
  definition: {
    ...localized('review', '复习', 'Spaced repetition of your own deck', '间隔复习你自己的卡组'),
    ...everywhere,
    options: [
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized('start', '开始', 'What is due first, then new questions', '先复习到期的题，再学新题'),
        options: [
          scheduleOptions.topic,
          {
            type: ApplicationCommandOptionType.Integer,
            ...localized(
              'count',
              '题数',
              'How many questions at most; 20 if left out',
              '最多多少题；不填则 20 题',
            ),
            min_value: 1,
            max_value: 100,
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized(
          'stats',
          '统计',
          'What is due when, what you remember, what is hard',
          '复习量、记忆率和最难的题',
        ),
        options: [
          {
            type: ApplicationCommandOptionType.Boolean,
            ...localized('text', '文字', 'In words, without pictures', '只用文字，不要图片'),
          },
        ],
      },
      {
        type: ApplicationCommandOptionType.Subcommand,
        ...localized(
          'export',
          '导出',
          'Your deck for Anki, and your review history',
          '导出到 Anki，附复习记录',
        ),
      },
    ],
  },
  execute: async (interaction, context) => {
    switch (interaction.options.getSubcommand()) {
      case 'start':
        return start(interaction, context);
      case 'stats':
        return showStats(interaction, context);
      case 'export':
        return exportDeck(interaction, context);
    }
  },
  complete: completeSchedule,
  components: {
    'review-show': async (interaction, context, id = '', number = '') => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      const { reviews, now } = context;
      const turn = await present(reviews.find(interaction.user.id, placeOf(interaction), id), context);
      const { session, item } = turn;
      if (!item || session.done.length !== Number(number)) return show(interaction, context, turn);
      await lookAtSolution(interaction, context, item.id);
      const dues = await reviews.previews(interaction.user.id, session);
      await interaction.editReply({ components: backCard({ ...turn, item }, dues, now(), context) });
    },

    'review-grade': async (interaction, context, id = '', number = '', grade = '') => {
      if (!interaction.isButton() || !/^[1-4]$/.test(grade)) return;
      await interaction.deferUpdate();
      const { user } = interaction;
      const graded = context.reviews.grade(
        user.id,
        placeOf(interaction),
        id,
        Number(number),
        Number(grade) as Grade,
      );
      await show(interaction, context, await present(graded, context));
    },

    'review-undo': async (interaction, context, id = '', number = '') => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      const undone = context.reviews.undo(interaction.user.id, placeOf(interaction), id, Number(number));
      await show(interaction, context, await present(undone, context));
    },

    /** On the card at the end of a session: the next one, in its place. */
    'review-again': async (interaction, context) => {
      if (!interaction.isButton()) return;
      await interaction.deferUpdate();
      await begin(interaction, context, { count: USUAL_COUNT });
    },

    /** On a reminder. */
    'review-start': async (interaction, context) => {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await begin(interaction, context, { count: USUAL_COUNT });
    },
  },
} satisfies Command;

type Acting = ChatInputCommandInteraction | MessageComponentInteraction | ModalSubmitInteraction;

async function start(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const wanted = interaction.options.getString('topic') ?? undefined;
  const topic = wanted === 'all' ? undefined : wanted;
  if (topic !== undefined) requireTopic(context.bank, topic);
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  await begin(interaction, context, { topic, count: interaction.options.getInteger('count') ?? USUAL_COUNT });
}

async function begin(
  interaction: Acting,
  context: Context,
  choices: { topic?: string | undefined; count: number },
): Promise<void> {
  const { user, id } = interaction;
  await show(interaction, context, await context.reviews.begin(user.id, placeOf(interaction), id, choices));
}

async function show(interaction: Acting, context: Context, turn: Turn): Promise<void> {
  const { item } = turn;
  const components = item
    ? frontCard({ ...turn, item }, context)
    : endCard(turn, await context.deck.forecast(interaction.user.id, placeOf(interaction)), context);
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components });
}

async function showStats(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const { deck, language } = context;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const here = placeOf(interaction);
  const outlook = await deck.outlook(interaction.user.id, here);
  const hardest = outlook.hardest.map(({ questionId }) => questionId);
  const titles = new Map<string, string>();
  for (const [questionId, item] of await deck.itemsFor(interaction.user.id, hardest, here))
    titles.set(questionId, labelOf(item, language));
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [statsCard(outlook, titles, context, interaction.options.getBoolean('text') ?? false)],
  });
}

async function exportDeck(interaction: ChatInputCommandInteraction, context: Context): Promise<void> {
  const { deck, bank, language } = context;
  const say = reviewWords[language];
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const cards = await deck.readAll(interaction.user.id);
  if (cards.length === 0) throw new UserError(() => say.exportEmpty);
  const ids = cards.map(({ questionId }) => questionId);
  const items = [...(await deck.itemsFor(interaction.user.id, ids, placeOf(interaction))).values()];
  const file = (name: string, text: string) => ({ name, attachment: Buffer.from(text) });
  await interaction.editReply({
    content: say.exported(cards.length),
    files: [
      ...ankiFiles(items, bank.topics).map((text, index) => file(`koan-anki-${index + 1}.txt`, text)),
      file('koan-reviews.csv', historyCsv(cards)),
    ],
  });
}

/** The turn, unless another session has taken its place. */
async function present(turn: Promise<Turn | undefined>, { language }: Context): Promise<Turn> {
  const found = await turn;
  if (!found) throw new UserError(() => reviewWords[language].replaced);
  return found;
}

/** Questions. */
const USUAL_COUNT = 20;
