import { type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import { answerOf, type Given, readPositions } from '../bank/given.ts';
import { type MarkableItem, markAnswer } from '../bank/mark.ts';
import { pointsFrom } from '../progress/derived.ts';
import { sourcesOf } from '../quiz/answered.ts';
import type { SoloQuiz } from '../quiz/solo.ts';
import { answerModal, controlIds, typedAnswer } from './cards/answer-controls.ts';
import { plain } from './cards/markdown.ts';
import { soloFeedbackCard, soloOrderCard, soloQuestionCard, soloResultCard } from './cards/solo-card.ts';
import type { Components, Context } from './command.ts';
import { nameOf } from './names.ts';
import { mustNotBeAsked } from './solution.ts';
import { UserError } from './user-error.ts';
import { quizWords } from './words/quiz.ts';

/**
 * The buttons of a person's own quiz. Ids carry the quiz, the number of the question and shown positions; the quiz is
 * looked up by who presses, so that nobody can press in another's.
 */
export const soloButtons: Components = {
  solopick: async (interaction, context, key = '', position = '') => {
    await deferUpdate(interaction);
    await answer(interaction, context, key, readPositions(position) ?? []);
  },

  solochoose: async (interaction, context, key = '') => {
    if (!interaction.isStringSelectMenu()) return;
    await deferUpdate(interaction);
    await answer(
      interaction,
      context,
      key,
      interaction.values.map(Number).sort((a, b) => a - b),
    );
  },

  solowrite: async (interaction, context, key = '') => {
    if (interaction.isMessageComponent()) {
      await interaction.showModal(answerModal(controlIds('solo', key)('write'), context.words));
      return;
    }
    await deferUpdate(interaction);
    await answer(interaction, context, key, typedAnswer(interaction));
  },

  soloorder: async (interaction, context, key = '', pressed = '') => {
    if (!interaction.isButton()) return;
    await deferUpdate(interaction);
    const positions = readPositions(pressed) ?? [];
    const { solo, item, n } = await find(interaction, context, key);
    if (positions.length < solo.questions[n]!.order.length) {
      await interaction.editReply({ components: soloOrderCard(solo, item, positions, context) });
    } else await answer(interaction, context, key, positions);
  },

  solonext: async (interaction, context, key = '') => {
    if (!interaction.isButton()) return;
    await deferUpdate(interaction);
    const { id, n } = parse(key);
    const solo = await context.solos.next(interaction.user.id, id, n);
    if (!solo) throw gone();
    await interaction.editReply({ components: await soloCard(interaction.user.id, solo, context) });
  },
};

/** What a quiz shows now: its question, or how it went. */
export async function soloCard(userId: string, solo: SoloQuiz, context: Context) {
  const question = solo.questions[solo.n];
  if (question) return soloQuestionCard(solo, await itemOf(question.questionId, context), context);
  if (solo.guildId === undefined) return soloResultCard(solo, 0, context);
  const { member } = await context.progress.read(solo.guildId, userId);
  return soloResultCard(solo, pointsFrom(member, sourcesOf(solo.id)), context);
}

type Reply = MessageComponentInteraction | ModalSubmitInteraction;

async function answer(interaction: Reply, context: Context, key: string, pressed: Given): Promise<void> {
  const { solo, item, n } = await find(interaction, context, key);
  const marking = markAnswer(item, answerOf(item, solo.questions[n]!.order, pressed));
  if (marking.kind === 'unreadable') {
    throw new UserError((words) =>
      typeof pressed === 'string' ? words.answer.notANumber(plain(pressed)) : words.errors.stale,
    );
  }
  const { right, slip } = marking;
  const marked = { given: pressed, right, slip };
  const counted = await context.solos.answer(
    interaction.user.id,
    nameOf(interaction),
    { id: solo.id, n },
    marked,
  );
  if (!counted) throw passed();
  const components = soloFeedbackCard(counted.solo, item, counted.answer, counted.points, context);
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components });
}

/** The person's quiz and the question on show, if they are what the component was made for. */
async function find(interaction: Reply, context: Context, key: string) {
  const { id, n } = parse(key);
  const solo = await context.solos.find(interaction.user.id);
  if (solo?.id !== id) throw gone();
  const question = solo.questions[n];
  if (n !== solo.n || !question) throw passed();
  mustNotBeAsked(interaction, context, question.questionId);
  return { solo, n, item: await itemOf(question.questionId, context) };
}

async function itemOf(questionId: string, { banks }: Context): Promise<MarkableItem> {
  const item = await banks.find(questionId);
  if (!item || item.type === 'open') throw new UserError((words) => words.errors.stale);
  return item;
}

function parse(key: string): { id: string; n: number } {
  const [, id, n] = /^([0-9a-z]+)-(\d{1,2})$/.exec(key) ?? [];
  if (!id) throw gone();
  return { id, n: Number(n) };
}

/** Components of a modal that did not come from a message can't be updated; ours always do. */
async function deferUpdate(interaction: Reply): Promise<void> {
  if (interaction.isMessageComponent() || interaction.isFromMessage()) await interaction.deferUpdate();
  else throw new UserError((words) => words.errors.stale);
}

function gone(): UserError {
  return new UserError((_, language) => quizWords[language].errors.gone);
}

function passed(): UserError {
  return new UserError((_, language) => quizWords[language].errors.passed);
}
