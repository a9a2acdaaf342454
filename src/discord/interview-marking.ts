import type { APIContainerComponent } from 'discord.js';
import {
  answerOf,
  type Interview,
  judge,
  type Mark,
  presentOf,
  startMarking,
  takeMarks,
} from '../interview/interview.ts';
import { MarkingFailed } from '../interview/marking.ts';
import type { Marking } from '../interview/service.ts';
import { agreementCard } from './cards/interview-card.ts';
import { withFormulas } from './cards/markdown.ts';
import { colors, container, text } from './cards/parts.ts';
import type { Components, Context } from './command.ts';
import { type Click, change, itemOf, onClick, onStep, show, tellingOf } from './interview-steps.ts';
import { UserError } from './user-error.ts';

/** Marking by the language model: asked for, agreed to, refused, withdrawn. */
export const interviewMarking: Components = {
  'interview-mark': onClick(async (interaction, context, id, turn) => {
    const marking = markingOf(context);
    const interview = await change(interaction, context, id, judge);
    if (await marking.hasAgreed(interaction.user.id))
      return mark(interaction, context, marking, id, Number(turn));
    if (presentOf(interview).stage !== 'ticking') return show(interaction, context, interview);
    return agreementCard(interview, marking, tellingOf(context).say);
  }),
  'interview-agree': onClick(async (interaction, context, id, turn) => {
    const marking = markingOf(context);
    await marking.agree(interaction.user.id);
    return mark(interaction, context, marking, id, Number(turn));
  }),
  'interview-refuse': onStep((interview, at) => judge(interview, at)),
  'interview-withdraw': onClick(async (interaction, context, id) => {
    await markingOf(context).withdraw(interaction.user.id);
    const note = tellingOf(context).say.marking.withdrawn;
    if (!id) return container(colors.closed, text(note));
    return show(interaction, context, await change(interaction, context, id, judge), { note });
  }),
};

/** Has the present answer marked by the model, once the person has agreed: what it finds becomes ticks. */
async function mark(
  interaction: Click,
  context: Context,
  marking: Marking,
  id: string,
  turn: number,
): Promise<APIContainerComponent> {
  const { say, language } = tellingOf(context);
  // Two clicks at once are one request.
  let isOurs = false;
  const interview = await change(interaction, context, id, (current, at) => {
    const started = startMarking(current, turn, at, marking.patience);
    isOurs = presentOf(started).markingSince === at && presentOf(current).markingSince !== at;
    return started;
  });
  const item = await itemOf(interaction, context, interview);
  if (!isOurs || !item) {
    const isBusy = presentOf(interview).markingSince !== undefined;
    return show(interaction, context, interview, isBusy ? { note: say.marking.already } : {});
  }
  const finish = async (marks: readonly Mark[] | undefined, note: string) => {
    const taken = (current: Interview, at: number) => takeMarks(current, turn, marks, at);
    return show(interaction, context, await change(interaction, context, id, taken), { note });
  };
  if (!(await marking.takeBudget(interaction.inCachedGuild() ? interaction.guildId : undefined))) {
    return finish(undefined, say.marking.failed('budget'));
  }
  const working = await show(interaction, context, interview, { note: say.marking.working });
  await interaction.editReply({ components: [working] });
  const filled = (text: string) => withFormulas(text, item.formulas, (tex) => tex);
  try {
    const marks = await marking.mark({
      question: filled(item[language].prompt),
      points: item.rubric.map((point) => filled(point[language])),
      answer: answerOf(presentOf(interview)),
    });
    return finish(marks, say.marking.found(marks.length));
  } catch (error) {
    if (!(error instanceof MarkingFailed)) throw error;
    context.log.warn({ err: error, host: marking.host }, 'the model could not mark');
    return finish(undefined, say.marking.failed(error.kind));
  }
}

function markingOf({ interviews }: Context): Marking {
  if (!interviews.marking) throw new UserError((words) => words.errors.stale);
  return interviews.marking;
}
