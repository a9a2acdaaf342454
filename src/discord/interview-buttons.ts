import { MessageFlags } from 'discord.js';
import type { Level } from '../bank/schema.ts';
import {
  drop,
  end,
  finishAnswer,
  goOn,
  type Interview,
  judge,
  presentOf,
  say,
  sayFollowUp,
  settle,
  tick,
} from '../interview/interview.ts';
import { MOST_KEPT } from '../interview/service.ts';
import { dateText } from './cards/interview-card.ts';
import { interviewFile } from './cards/interview-file.ts';
import { lookCard, pastCard } from './cards/interview-report.ts';
import type { Components } from './command.ts';
import { interviewMarking } from './interview-marking.ts';
import { change, itemOf, itemsOf, onClick, onModal, onStep, show, tellingOf } from './interview-steps.ts';
import { placeOf } from './place.ts';
import { UserError } from './user-error.ts';

/**
 * The controls of a mock interview. All are on cards that one person sees; ids carry the interview and the position of the
 * question. A click on an old card changes nothing and shows where the interview stands.
 */
export const interviewButtons: Components = {
  'interview-begin': onClick(
    async (interaction, context, id, topic = '', level = '', count = '', minutes = '') => {
      const interview = await context.interviews.start(interaction.user.id, id, context.bank, {
        topic: topic || undefined,
        level: (Number(level) || undefined) as Level | undefined,
        count: Number(count),
        minutes: Number(minutes) || undefined,
        guildId: placeOf(interaction) ?? undefined,
      });
      return show(interaction, context, interview);
    },
  ),
  'interview-open': onStep((interview, at) => judge(interview, at)),
  'interview-choose': onClick(async (interaction, context) => {
    const id = interaction.isStringSelectMenu() ? (interaction.values[0] ?? '') : '';
    return show(interaction, context, await change(interaction, context, id, judge), { asReport: true });
  }),
  'interview-past': onClick(async (interaction, context) => {
    const past = (await context.interviews.list(interaction.user.id)).slice(0, MOST_KEPT);
    return pastCard(past, MOST_KEPT, tellingOf(context));
  }),
  'interview-report': onClick(async (interaction, context, id) =>
    show(interaction, context, await change(interaction, context, id, judge), { asReport: true }),
  ),
  'interview-end': onStep((interview, at) => end(interview, at)),

  /** A part of the answer: the modal, and what comes back from it. */
  'interview-say': onModal('answering', (interview, at, turn, part, text) =>
    say(interview, turn, part, text, at),
  ),
  'interview-done': onStep((interview, at, turn) => finishAnswer(interview, turn, at)),
  'interview-tick': onStep((interview, at, turn, values) => tick(interview, turn, values.map(Number), at)),
  'interview-score': onClick(async (interaction, context, id, turn) => {
    const item = await itemOf(interaction, context, await change(interaction, context, id, judge));
    const settled = (interview: Interview, at: number) =>
      presentOf(interview).questionId === item?.id
        ? settle(interview, Number(turn), item.rubric, at)
        : interview;
    return show(interaction, context, await change(interaction, context, id, settled));
  }),
  'interview-follow': onModal('followUp', (interview, at, turn, _, text) =>
    sayFollowUp(interview, turn, text, at),
  ),
  'interview-skip': onStep((interview, at, turn) => sayFollowUp(interview, turn, undefined, at)),
  'interview-next': onStep((interview, at, turn) => goOn(interview, turn, at)),
  'interview-drop': onClick(async (interaction, context, id, turn) => {
    const interview = await change(interaction, context, id, judge);
    const isGone = !(await itemOf(interaction, context, interview));
    const step = (each: Interview, at: number) => drop(each, Number(turn), at);
    return show(interaction, context, isGone ? await change(interaction, context, id, step) : interview);
  }),

  'interview-look': onClick(async (interaction, context, id, index) => {
    const interview = await change(interaction, context, id, judge);
    if (!interview.questions[Number(index)]) throw new UserError((words) => words.errors.stale);
    return lookCard(
      interview,
      Number(index),
      await itemsOf(interaction, context, interview),
      tellingOf(context),
    );
  }),
  'interview-file': async (interaction, context, id = '') => {
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const interview = await change(interaction, context, id, judge);
    const telling = tellingOf(context);
    const file = interviewFile(interview, await itemsOf(interaction, context, interview), telling);
    const name = `interview-${dateText(interview)}.md`;
    await interaction.editReply({
      content: telling.say.exported,
      files: [{ attachment: Buffer.from(file), name }],
    });
  },

  ...interviewMarking,
};
