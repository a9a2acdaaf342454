import {
  ButtonStyle,
  ComponentType,
  type MessageComponentInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import { type Answer, markAnswer } from '../bank/mark.ts';
import type { Item } from '../bank/schema.ts';
import type { Post } from '../daily/post.ts';
import { gradeOf } from '../progress/grade.ts';
import { pointsOfPart } from '../progress/member.ts';
import { announcementId } from './announce.ts';
import { answerCard, type Verdict } from './cards/answer-card.ts';
import { plain } from './cards/markdown.ts';
import { button, colors, container, ephemeralCard, row, text } from './cards/parts.ts';
import { letter, optionText, questionText } from './cards/question-card.ts';
import type { Components, Context } from './command.ts';
import { displayName } from './names.ts';
import { UserError } from './user-error.ts';

/** The buttons under a posted question. Ids carry the post's key and shown positions, never what they stand for. */
export const postButtons: Components = {
  /** Show answer. */
  show: async (interaction, context, key = '') => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { post, item } = await find(context, key);
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
    const { post, item } = await find(context, key);
    if (item.type === 'boolean') {
      const given = position === '0';
      await answer(interaction, context, post, item, given, given ? context.words.yes : context.words.no);
    } else {
      const id = post.order[Number(position)] ?? '';
      await answer(interaction, context, post, item, id, optionText(item, post.order, id, context.language));
    }
  },

  /** Several options at once. */
  choose: async (interaction, context, key = '') => {
    if (!interaction.isStringSelectMenu()) return;
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { post, item } = await find(context, key);
    const positions = interaction.values.map(Number).sort((a, b) => a - b);
    const ids = positions.flatMap((position) => post.order[position] ?? []);
    await answer(interaction, context, post, item, ids, positions.map(letter).join(', '));
  },

  /** A number or a few words: a modal, and what comes back from it. */
  write: async (interaction, context, key = '') => {
    if (interaction.isMessageComponent()) return askInModal(interaction, context, key);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const { post, item } = await find(context, key);
    const written = interaction.fields.getTextInputValue(INPUT);
    await answer(interaction, context, post, item, written, plain(written));
  },

  /** Steps in order, pressed one by one: `pressed` are the positions so far. */
  order: async (interaction, context, key = '', pressed = '') => {
    if (!interaction.isButton()) return;
    const { post, item } = await find(context, key);
    const positions = [...pressed].map(Number);
    const started = interaction.message.flags.has(MessageFlags.Ephemeral);
    if (positions.length < post.order.length) {
      const components = [orderCard(context, post, item, positions)];
      if (started) await interaction.update({ components });
      else await interaction.reply({ flags: ephemeralCard, components });
      return;
    }
    await interaction.deferUpdate();
    const ids = positions.flatMap((position) => post.order[position] ?? []);
    await answer(interaction, context, post, item, ids, positions.map(letter).join(' → '));
  },
};

type Reply = MessageComponentInteraction | ModalSubmitInteraction;

async function find({ poster, banks }: Context, key: string): Promise<{ post: Post; item: Item }> {
  const post = await poster.find(key);
  const item = post && (await banks.find(post.questionId));
  if (!post || !item) throw new UserError((words) => words.errors.stale);
  return { post, item };
}

function isOpen(post: Post): boolean {
  return post.state === 'open' && !post.results;
}

/** Marks an answer, enters it if it is the person's first and in time, and shows the solution. */
async function answer(
  interaction: Reply,
  context: Context,
  post: Post,
  item: Item,
  answer: Answer,
  given: string,
): Promise<void> {
  const { words, grading } = context;
  if (item.type === 'open') throw new UserError((words) => words.errors.stale);
  const marking = markAnswer(item, answer);
  if (marking.kind === 'unreadable') throw new UserError((words) => words.answer.notANumber(given));
  const verdict: Verdict = { right: marking.right, given, slip: marking.slip };
  if (!isOpen(post)) return solve(interaction, context, post, item, verdict, [words.answer.closed]);

  const name = interaction.inCachedGuild()
    ? interaction.member.displayName
    : displayName({ ...interaction.user, global_name: interaction.user.globalName });
  const { first, part } = await grading.answer(post, interaction.user.id, name, marking.right);
  if (!first) return solve(interaction, context, post, item, undefined, [words.answer.already]);
  const { self, auto } = pointsOfPart(part);
  const notes = [words.answer.points(self, auto)];
  if (marking.right && part.revealedFirst) notes.push(words.answer.forfeited);
  if (!gradeOf(part.held)) notes.push(words.answer.grade);
  await solve(interaction, context, post, item, verdict, notes);
}

async function solve(
  interaction: Reply,
  { lookUp, language, words }: Context,
  post: Post,
  item: Item,
  verdict: Verdict | undefined,
  notes: readonly string[],
): Promise<void> {
  if (item.type !== 'open') await lookUp(interaction.user.id, interaction.guildId, item.id);
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [answerCard(item, post.order, language, words, { verdict, notes })],
  });
}

async function askInModal(
  interaction: MessageComponentInteraction,
  context: Context,
  key: string,
): Promise<void> {
  const { words } = context;
  await interaction.showModal({
    custom_id: announcementId('write', key),
    title: words.answer.modalTitle,
    components: [
      {
        type: ComponentType.Label,
        label: words.answer.modalLabel,
        component: {
          type: ComponentType.TextInput,
          custom_id: INPUT,
          style: TextInputStyle.Short,
          required: true,
          max_length: LONGEST_ANSWER,
        },
      },
    ],
  });
}

function orderCard({ language, words }: Context, post: Post, item: Item, positions: readonly number[]) {
  const id = (next: readonly number[]) =>
    announcementId('order', post.key) + (next.length > 0 ? `:${next.join('')}` : ':');
  const steps = post.order.map((_, position) =>
    button(id([...positions, position]), letter(position), { disabled: positions.includes(position) }),
  );
  const undo = button(id(positions.slice(0, -1)), words.card.undo, {
    style: ButtonStyle.Primary,
    disabled: positions.length === 0,
  });
  return container(
    colors.open,
    text(questionText(item, post.order, { language, words }, false)),
    text(
      [
        words.answer.step(positions.length + 1, post.order.length),
        ...(positions.length > 0 ? [`**${positions.map(letter).join(' → ')}**`] : []),
      ].join('\n'),
    ),
    row(...steps.slice(0, 3)),
    row(...steps.slice(3), undo),
  );
}

const INPUT = 'answer';

/** Characters; a number or a few words. */
const LONGEST_ANSWER = 200;
