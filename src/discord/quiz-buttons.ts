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
import { replySoon } from './reply-soon.ts';
import { lookAtSolution } from './solution.ts';
import { UserError } from './user-error.ts';
import { quizWords } from './words/quiz.ts';

/**
 * The buttons of a channel's quiz. Ids carry the quiz, the number of the question and shown positions; the quiz is
 * looked up by the channel in which somebody presses.
 */
export const quizButtons: Components = {
  quizjoin: async (interaction, context, id = '') => {
    const event = {
      kind: 'join' as const,
      userId: interaction.user.id,
      name: nameOf(interaction),
      at: context.now(),
    };
    await replySoon(interaction, async () =>
      sentenceOf(await send(interaction, context, id, event), context),
    );
  },

  quizstart: async (interaction, context, id = '') => {
    const at = context.now();
    await replySoon(interaction, async () => {
      mustHost(interaction, await find(interaction, context, id));
      await send(interaction, context, id, { kind: 'start', at });
      return quizWords[context.language].outcome.starting;
    });
  },

  quizpick: async (interaction, context, key = '', position = '') => {
    await answer(interaction, context, key, readPositions(position) ?? []);
  },

  quizchoose: async (interaction, context, key = '') => {
    if (!interaction.isStringSelectMenu()) return;
    const positions = interaction.values.map(Number).sort((a, b) => a - b);
    await answer(interaction, context, key, positions);
  },

  quizwrite: async (interaction, context, key = '') => {
    if (interaction.isMessageComponent()) {
      await interaction.showModal(answerModal(controlIds('quiz', key)('write'), context.words));
      return;
    }
    await answer(interaction, context, key, typedAnswer(interaction));
  },

  quizorder: async (interaction, context, key = '', pressed = '') => {
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
    await answer(interaction, context, key, positions);
  },

  /** The whole solution, in the person's own language. */
  quizwhy: async (interaction, context, key = '') => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { quiz, n, item } = await findQuestion(interaction, context, key, 'r');
    if (n >= quiz.played) throw gone();
    const { order, answers, questionId } = quiz.questions[n]!;
    const own = answers[interaction.user.id];
    const verdict = own && { right: own.right, given: givenText(item, order, own.given, context) };
    await lookAtSolution(interaction, context, questionId);
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

async function answer(interaction: Reply, context: Context, key: string, pressed: Given): Promise<void> {
  const at = context.now();
  await replySoon(interaction, async () => {
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
    return sentenceOf(result, context, givenText(item, order, pressed, context));
  });
}

async function send(interaction: Reply, context: Context, quizId: string, event: Event): Promise<Result> {
  const result = await context.quizzes.send(interaction.channelId ?? '', { quizId, event });
  if (result.outcome === 'gone') throw gone();
  return result;
}

/** What came of somebody's click, in their language. */
function sentenceOf({ outcome, quiz }: Result, { language }: Context, given = ''): string {
  const say = quizWords[language].outcome;
  switch (outcome) {
    case 'joined':
      return say.joined;
    case 'joined-next':
      return say.joinedNext;
    case 'in-already':
      return say.inAlready;
    case 'full':
      return say.full;
    case 'taken':
      return quiz?.changeable ? say.takenChangeable(given) : say.taken(given);
    case 'changed':
      return say.changed(given);
    case 'answered-already':
      return say.answeredAlready;
    case 'late':
      return say.late;
    case 'too-late':
      return say.tooLate;
    default:
      return say.over;
  }
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
  const n = Number(digits);
  const quiz = await context.quizzes.glance(interaction.channelId ?? '', id, n);
  if (quiz?.id !== id) throw gone();
  // A question that has not been asked yet is nobody's business.
  const question = n <= quiz.n && quiz.phase.name !== 'lobby' ? quiz.questions[n] : undefined;
  const item = question && (await context.banks.find(question.questionId));
  if (!item || item.type === 'open') throw gone();
  return { quiz, n, item };
}

function gone(): UserError {
  return new UserError((_, language) => quizWords[language].errors.gone);
}
