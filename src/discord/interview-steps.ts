import {
  type APIContainerComponent,
  ComponentType,
  type MessageComponentInteraction,
  type ModalSubmitInteraction,
  TextInputStyle,
} from 'discord.js';
import type { Item } from '../bank/schema.ts';
import {
  type Asked,
  type Interview,
  judge,
  LONGEST_PART,
  MOST_PARTS,
  presentOf,
} from '../interview/interview.ts';
import { goneCard, questionCard, type Telling } from './cards/interview-card.ts';
import { type Items, reportCard } from './cards/interview-report.ts';
import type { ComponentHandler, Context } from './command.ts';
import { placeOf } from './place.ts';
import { UserError } from './user-error.ts';
import { interviewWords } from './words/interview.ts';

export type Click = MessageComponentInteraction | ModalSubmitInteraction;

/** Acknowledges first, as several writes may follow, and then shows the card that `act` returns. */
export function onClick(
  act: (
    interaction: Click,
    context: Context,
    id: string,
    ...segments: string[]
  ) => Promise<APIContainerComponent | undefined>,
): ComponentHandler {
  return async (interaction, context, id = '', ...segments) => {
    if (interaction.isModalSubmit() && !interaction.isFromMessage()) return;
    await interaction.deferUpdate();
    const card = await act(interaction, context, id, ...segments);
    if (card) await interaction.editReply({ components: [card] });
  };
}

/** Takes a step and shows where the interview stands; `values` are what a menu was set to. */
export function onStep(
  step: (interview: Interview, at: number, turn: number, values: readonly string[]) => Interview,
): ComponentHandler {
  return onClick(async (interaction, context, id, turn) => {
    const values = interaction.isStringSelectMenu() ? interaction.values : [];
    const taken = (interview: Interview, at: number) => step(interview, at, Number(turn), values);
    return show(interaction, context, await change(interaction, context, id, taken));
  });
}

/** A button that opens a modal at its stage, and the modal that comes back; `part` counts the modals of an answer. */
export function onModal(
  stage: Asked['stage'],
  step: (interview: Interview, at: number, turn: number, part: number, text: string) => Interview,
): ComponentHandler {
  const submitted = onClick(async (interaction, context, id, turn, part) => {
    const text = interaction.isModalSubmit() ? interaction.fields.getTextInputValue(INPUT) : '';
    const taken = (interview: Interview, at: number) => step(interview, at, Number(turn), Number(part), text);
    return show(interaction, context, await change(interaction, context, id, taken));
  });
  return async (interaction, context, id = '', turn = '', part = '') => {
    if (interaction.isModalSubmit()) return submitted(interaction, context, id, turn, part);
    const interview = await change(interaction, context, id, judge);
    const present = presentOf(interview);
    const isPresent = interview.finishedAt === undefined && interview.turn === Number(turn);
    if (
      !isPresent ||
      present.stage !== stage ||
      (stage === 'answering' && present.parts.length === MOST_PARTS)
    ) {
      await interaction.deferUpdate();
      await interaction.editReply({ components: [await show(interaction, context, interview)] });
      return;
    }
    const { say } = tellingOf(context);
    await interaction.showModal({
      custom_id: [interaction.customId.split(':')[0], id, turn, present.parts.length].join(':'),
      title: say.modalTitle,
      components: [
        {
          type: ComponentType.Label,
          label: say.modalLabel,
          component: {
            type: ComponentType.TextInput,
            custom_id: INPUT,
            style: TextInputStyle.Paragraph,
            required: true,
            max_length: LONGEST_PART,
          },
        },
      ],
    });
  };
}

/**
 * Takes a step in one's own interview.
 * @throws UserError if there is none of that id
 */
export async function change(
  { user }: Click,
  context: Context,
  id: string,
  step: (interview: Interview, at: number) => Interview,
): Promise<Interview> {
  const interview = /^[a-z0-9]+$/.test(id) ? await context.interviews.change(user.id, id, step) : undefined;
  if (!interview) throw new UserError(() => tellingOf(context).say.gone);
  return interview;
}

/** Where an interview stands; what is shown of a score has been entered where it counts. */
export async function show(
  interaction: Click,
  context: Context,
  interview: Interview,
  { note, asReport = false }: { note?: string; asReport?: boolean } = {},
): Promise<APIContainerComponent> {
  const { user } = interaction;
  const { interviews } = context;
  const telling = tellingOf(context);
  await interviews.enter(user.id, interview);
  if (asReport || interview.finishedAt !== undefined) {
    return reportCard(interview, await itemsOf(interaction, context, interview), telling);
  }
  const item = await itemOf(interaction, context, interview);
  if (!item) return goneCard(interview, telling.say);
  const { stage, parts } = presentOf(interview);
  const isMarkable = interviews.marking && stage === 'ticking' && parts.length > 0;
  const offer = isMarkable ? { agreed: await interviews.marking!.hasAgreed(user.id) } : undefined;
  return questionCard(interview, item, telling, { offer, note });
}

export function tellingOf({ language, words, bank }: Context): Telling {
  return { language, words, bank, say: interviewWords[language] };
}

/** The present question, while it is there for the person. */
export async function itemOf(click: Click, context: Context, interview: Interview) {
  const item = await findFor(click, context, presentOf(interview).questionId);
  return item?.type === 'open' ? item : undefined;
}

/** Those of an interview's questions that are there for the person. */
export async function itemsOf(click: Click, context: Context, { questions }: Interview): Promise<Items> {
  const items = new Map<string, Item>();
  for (const { questionId } of questions) {
    const item = await findFor(click, context, questionId);
    if (item) items.set(questionId, item);
  }
  return items;
}

/** @throws UserError while nobody can tell whether the person may see it */
async function findFor(click: Click, context: Context, questionId: string): Promise<Item | undefined> {
  const isAllowed = await context.deck.maySee(click.user.id, questionId, placeOf(click));
  if (isAllowed === undefined) throw new UserError(() => tellingOf(context).say.unsure);
  return isAllowed ? context.banks.find(questionId) : undefined;
}

const INPUT = 'answer';
