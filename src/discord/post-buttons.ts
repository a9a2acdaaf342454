import { type MessageComponentInteraction, MessageFlags, type ModalSubmitInteraction } from 'discord.js';
import { answerOf, type Given, readPositions } from '../bank/given.ts';
import { markAnswer } from '../bank/mark.ts';
import type { Item } from '../bank/schema.ts';
import type { Post } from '../daily/post.ts';
import { pointsOfPart } from '../progress/derived.ts';
import { gradeOf } from '../progress/grade.ts';
import { announcementId } from './announce.ts';
import { answerCard, type Verdict } from './cards/answer-card.ts';
import { answerModal, controlIds, orderControls, typedAnswer } from './cards/answer-controls.ts';
import { ephemeralCard } from './cards/parts.ts';
import { givenText } from './cards/question-card.ts';
import type { Components, Context } from './command.ts';
import { nameOf } from './names.ts';
import { lookAtSolution, mustNotBeAsked } from './solution.ts';
import { UserError } from './user-error.ts';

/** The buttons under a posted question. Ids carry the post's key and shown positions, never what they stand for. */
export const postButtons: Components = {
  /** Show answer. */
  show: async (interaction, context, key = '') => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { post, item } = await find(interaction, context, key);
    const { words, grading } = context;
    const notes: string[] = [];
    if (isOpen(post)) {
      const part = item.type === 'open' ? undefined : await grading.reveal(post, interaction.user.id);
      notes.push(part?.answer || !part ? words.answer.grade : words.answer.looked);
    }
    await solve(interaction, context, post, item, undefined, notes);
  },

  /** One of the options, or true and false, by its position. */
  pick: async (interaction, context, key = '', position = '') => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await answer(interaction, context, await find(interaction, context, key), readPositions(position) ?? []);
  },

  /** Several options at once. */
  choose: async (interaction, context, key = '') => {
    if (!interaction.isStringSelectMenu()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const positions = interaction.values.map(Number).sort((a, b) => a - b);
    await answer(interaction, context, await find(interaction, context, key), positions);
  },

  /** A number or a few words: a modal, and what comes back from it. */
  write: async (interaction, context, key = '') => {
    if (interaction.isMessageComponent()) {
      await interaction.showModal(answerModal(announcementId('write', key), context.words));
      return;
    }
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    await answer(interaction, context, await find(interaction, context, key), typedAnswer(interaction));
  },

  /** Steps in order, pressed one by one: `pressed` are the positions so far. */
  order: async (interaction, context, key = '', pressed = '') => {
    if (!interaction.isButton()) return;
    const found = await find(interaction, context, key);
    const { post, item } = found;
    const positions = readPositions(pressed) ?? [];
    const started = interaction.message.flags.has(MessageFlags.Ephemeral);
    if (positions.length < post.order.length) {
      const components = [orderControls(item, post.order, positions, controlIds('', key), context)];
      if (started) await interaction.update({ components });
      else await interaction.reply({ flags: ephemeralCard, components });
      return;
    }
    await interaction.deferUpdate();
    await answer(interaction, context, found, positions);
  },
};

type Reply = MessageComponentInteraction | ModalSubmitInteraction;

async function find(interaction: Reply, context: Context, key: string): Promise<{ post: Post; item: Item }> {
  const post = await context.poster.find(key);
  const item = post && (await context.banks.find(post.questionId));
  if (!post || !item) throw new UserError((words) => words.errors.stale);
  mustNotBeAsked(interaction, context, item.id);
  return { post, item };
}

/** A post that is not known to be in the channel yet is: somebody has pressed its button. */
function isOpen(post: Post): boolean {
  return post.state !== 'closed' && !post.results;
}

/** Marks an answer, enters it if it is the person's first and in time, and shows the solution. */
async function answer(
  interaction: Reply,
  context: Context,
  { post, item }: { post: Post; item: Item },
  pressed: Given,
): Promise<void> {
  const { words, grading } = context;
  if (item.type === 'open') throw new UserError((words) => words.errors.stale);
  const given = givenText(item, post.order, pressed, context);
  const marking = markAnswer(item, answerOf(item, post.order, pressed));
  if (marking.kind === 'unreadable') {
    throw new UserError((words) =>
      typeof pressed === 'string' ? words.answer.notANumber(given) : words.errors.stale,
    );
  }
  const verdict: Verdict = { right: marking.right, given, slip: marking.slip };
  if (!isOpen(post)) return solve(interaction, context, post, item, verdict, [words.answer.closed]);

  const { first, part } = await grading.answer(post, interaction.user.id, nameOf(interaction), marking.right);
  if (!first) return solve(interaction, context, post, item, undefined, [words.answer.already]);
  const { self, auto } = pointsOfPart(part);
  const notes = [words.answer.points(self, auto)];
  if (marking.right && part.revealedFirst) notes.push(words.answer.forfeited);
  if (!gradeOf(part.held)) notes.push(words.answer.grade);
  await solve(interaction, context, post, item, verdict, notes);
}

async function solve(
  interaction: Reply,
  context: Context,
  post: Post,
  item: Item,
  verdict: Verdict | undefined,
  notes: readonly string[],
): Promise<void> {
  await lookAtSolution(interaction, context, item.id);
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [answerCard(item, post.order, context.language, context.words, { verdict, notes })],
  });
}
