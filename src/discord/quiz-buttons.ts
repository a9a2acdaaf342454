import { type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import { answerOf, type Given, readPositions } from '../bank/given.ts';
import { type MarkableItem, markAnswer } from '../bank/mark.ts';
import type { Result } from '../quiz/host.ts';
import type { Quiz } from '../quiz/quiz.ts';
import { answerCard } from './cards/answer-card.ts';
import { answerModal, controlIds, orderControls, typedAnswer } from './cards/answer-controls.ts';
import { plain } from './cards/markdown.ts';
import { ephemeralCard } from './cards/parts.ts';
import { givenText } from './cards/question-card.ts';
import { ownCard } from './cards/quiz-card.ts';
import type { Components, Context } from './command.ts';
import { nameOf } from './names.ts';
import { mayManage } from './permissions.ts';
import { UserError } from './user-error.ts';
import { type QuizWords, quizWords } from './words/quiz.ts';

/**
 * The buttons of a channel's quiz. Ids carry the quiz, the number of the question and shown positions; the quiz is
 * looked up by the channel in which somebody presses.
 */
export const quizButtons: Components = {
  quizjoin: async (interaction, context, id = '') => {
    const at = context.now();
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const userId = interaction.user.id;
    const event = { kind: 'join' as const, userId, name: nameOf(interaction), at };
    await confirm(interaction, context, await send(interaction, context, id, event));
  },

  quizstart: async (interaction, context, id = '') => {
    const at = context.now();
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const quiz = await find(interaction, context, id);
    mustHost(interaction, quiz);
    await send(interaction, context, id, { kind: 'start', at });
    await interaction.editReply({ content: quizWords[context.language].outcome.starting });
  },

  quizpick: async (interaction, context, key = '', position = '') => {
    const at = context.now();
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await answer(interaction, context, key, readPositions(position) ?? [], at);
  },

  quizchoose: async (interaction, context, key = '') => {
    const at = context.now();
    if (!interaction.isStringSelectMenu()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await answer(
      interaction,
      context,
      key,
      interaction.values.map(Number).sort((a, b) => a - b),
      at,
    );
  },

  quizwrite: async (interaction, context, key = '') => {
    const at = context.now();
    if (interaction.isMessageComponent()) {
      await interaction.showModal(answerModal(controlIds('quiz', key)('write'), context.words));
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await answer(interaction, context, key, typedAnswer(interaction), at);
  },

  quizorder: async (interaction, context, key = '', pressed = '') => {
    const at = context.now();
    if (!interaction.isButton()) return;
    const started = interaction.message.flags.has(MessageFlags.Ephemeral);
    const positions = readPositions(pressed) ?? [];
    const { quiz, n, item } = await findQuestion(interaction, context, key, 'q');
    const { order } = quiz.questions[n]!;
    if (positions.length < order.length) {
      const components = [orderControls(item, order, positions, controlIds('quiz', key), context)];
      if (started) await interaction.update({ components });
      else await interaction.reply({ flags: ephemeralCard, components });
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await answer(interaction, context, key, positions, at);
  },

  /** The whole solution, in the person's own language. */
  quizwhy: async (interaction, context, key = '') => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { quiz, n, item } = await findQuestion(interaction, context, key, 'r');
    if (n >= quiz.played) throw gone();
    const { order, answers, questionId } = quiz.questions[n]!;
    const own = answers[interaction.user.id];
    const verdict = own && { right: own.right, given: givenText(item, order, own.given, context) };
    await context.lookUp(interaction.user.id, interaction.guildId, questionId);
    await interaction.editReply({
      flags: MessageFlags.IsComponentsV2,
      components: [answerCard(item, order, context.language, context.words, { verdict })],
    });
  },

  quizmine: async (interaction, context, key = '') => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const quiz = await find(interaction, context, key.split('-')[0] ?? '');
    if (!quiz.players[interaction.user.id]) {
      throw new UserError((_, language) => quizWords[language].errors.notPlayed);
    }
    const components = ownCard(quiz, interaction.user.id, context.bank, context);
    await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components });
  },
};

/** @throws UserError for all but the host and those who manage the server */
export function mustHost(
  interaction: Parameters<typeof mayManage>[0] & { readonly user: { readonly id: string } },
  quiz: Quiz,
): void {
  if (interaction.user.id === quiz.host.userId || mayManage(interaction)) return;
  throw new UserError((_, language) => quizWords[language].errors.notHost);
}

type Reply = MessageComponentInteraction | ModalSubmitInteraction;
type Event = Parameters<Context['quizzes']['send']>[1]['event'];

async function answer(
  interaction: Reply,
  context: Context,
  key: string,
  pressed: Given,
  at: number,
): Promise<void> {
  const { quiz, n, item } = await findQuestion(interaction, context, key, 'q');
  const { order } = quiz.questions[n]!;
  const marking = markAnswer(item, answerOf(item, order, pressed));
  if (marking.kind === 'unreadable') {
    throw new UserError((words) =>
      typeof pressed === 'string' ? words.answer.notANumber(plain(pressed)) : words.errors.stale,
    );
  }
  const { right } = marking;
  const userId = interaction.user.id;
  const name = nameOf(interaction);
  const event = { kind: 'answer' as const, userId, name, n, given: pressed, right, at };
  const result = await send(interaction, context, quiz.id, event);
  await confirm(interaction, context, result, givenText(item, order, pressed, context));
}

async function send(interaction: Reply, context: Context, quizId: string, event: Event): Promise<Result> {
  const result = await context.quizzes.send(interaction.channelId ?? '', { quizId, event });
  if (result.outcome === 'gone') throw gone();
  return result;
}

/** Says to one person what came of their click: only what is stored is confirmed. */
async function confirm(
  interaction: Reply,
  { language }: Context,
  { outcome, quiz }: Result,
  given = '',
): Promise<void> {
  const say = quizWords[language].outcome;
  const taken = quiz?.changeable ? say.takenChangeable(given) : say.taken(given);
  const sentences: Partial<Record<Result['outcome'], string>> = { ...sentencesOf(say), taken };
  sentences.changed = say.changed(given);
  await interaction.editReply({ content: sentences[outcome] ?? say.over });
}

function sentencesOf(say: QuizWords['outcome']): Partial<Record<Result['outcome'], string>> {
  return {
    joined: say.joined,
    'joined-next': say.joinedNext,
    'in-already': say.inAlready,
    full: say.full,
    'answered-already': say.answeredAlready,
    late: say.late,
    'too-late': say.tooLate,
  };
}

/** The channel's quiz, if it is the one that the component was made for. */
async function find(interaction: Reply, context: Context, id: string): Promise<Quiz> {
  const quiz = await context.quizzes.find(interaction.channelId ?? '');
  if (quiz?.id !== id) throw gone();
  return quiz;
}

async function findQuestion(
  interaction: Reply,
  context: Context,
  key: string,
  kind: 'q' | 'r',
): Promise<{ quiz: Quiz; n: number; item: MarkableItem }> {
  const [, id = '', digits] = new RegExp(`^([0-9a-z]+)-${kind}(\\d{1,2})$`).exec(key) ?? [];
  const quiz = await find(interaction, context, id);
  const n = Number(digits);
  // A question that has not been asked yet is nobody's business.
  const question = n <= quiz.n && quiz.phase.name !== 'lobby' ? quiz.questions[n] : undefined;
  const item = question && (await context.banks.find(question.questionId));
  if (!item || item.type === 'open') throw gone();
  return { quiz, n, item };
}

function gone(): UserError {
  return new UserError((_, language) => quizWords[language].errors.gone);
}
