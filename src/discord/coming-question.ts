import type { ChatInputCommandInteraction } from 'discord.js';
import { shownId } from '../bank/own-id.ts';
import type { Schedule } from '../daily/schedule.ts';
import { button, colors, container, ephemeralCard, line, row, text } from './cards/parts.ts';
import { keyLine, questionParts } from './cards/question-card.ts';
import type { ComponentHandler, Components, Context } from './command.ts';
import { mustManage } from './permissions.ts';
import { chosenSchedule } from './schedule-options.ts';
import { UserError } from './user-error.ts';
import { wantedQuestion } from './wanted-question.ts';

/** Shows the moderator what a schedule will ask next, with its key; the option `question` puts one there. */
export async function showComing(
  interaction: ChatInputCommandInteraction<'cached'>,
  context: Context,
): Promise<void> {
  const { schedules, draws, bank, words } = context;
  let schedule = await chosenSchedule(interaction, context);
  const wanted = interaction.options.getString('question');
  const notes: string[] = [];
  if (wanted !== null) {
    const item = await wantedQuestion(context, interaction.guildId, wanted);
    schedule = (await schedules.enqueue(interaction.guildId, schedule.id, item.id)) ?? schedule;
    const first = bank.items.get(schedule.queue[0]!);
    if (first) await draws.choose(schedule, first);
    notes.push(words.daily.queued(1 + schedule.queue.indexOf(item.id)));
  }
  await interaction.reply({ flags: ephemeralCard, components: [await comingCard(schedule, context, notes)] });
}

/** The buttons under it. Ids carry the schedule and the date of the question that the person saw. */
export const comingButtons: Components = {
  replace: onComing(async (schedule, { draws }) => void (await draws.replace(schedule))),
  skip: onComing(
    async (schedule, { schedules }) => void (await schedules.skip(schedule.guildId, schedule.id)),
  ),
};

/** Does something to the coming question and shows what comes now. */
function onComing(change: (schedule: Schedule, context: Context) => Promise<void>): ComponentHandler {
  return async (interaction, context, id = '', date = '') => {
    mustManage(interaction);
    if (!interaction.isButton() || !interaction.guildId) return;
    const schedule = await context.schedules.find(interaction.guildId, id);
    if (!schedule) throw new UserError((words) => words.errors.noSchedule);
    // The question that the person saw may have been posted meanwhile: then only what comes next is shown.
    if (schedule.next.date === date) await change(schedule, context);
    const now = (await context.schedules.find(interaction.guildId, id)) ?? schedule;
    await interaction.update({ components: [await comingCard(now, context, [])] });
  };
}

async function comingCard(schedule: Schedule, context: Context, notes: readonly string[]) {
  const { draws, bank, language, words } = context;
  const drawn = await draws.preview(schedule);
  const item = bank.items.get(drawn.questionId)!;
  const order = 'options' in item.en ? Object.keys(item.en.options) : [];
  const key = keyLine(item, order, { language, words }, LONGEST_KEY);
  return container(
    colors.plain,
    text([...notes, `### ${words.daily.nextTitle(schedule.next.at)}`, `<#${schedule.channelId}>`].join('\n')),
    line,
    ...questionParts(item, order, [{ language, words }], false),
    text(
      [
        key && words.card.key(key),
        `-# ${bank.topics.get(item.topic)?.[language] ?? item.topic} · ${words.card.level(item.level)} · \`${shownId(item.id)}\``,
      ]
        .filter(Boolean)
        .join('\n'),
    ),
    row(
      button(`replace:${schedule.id}:${schedule.next.date}`, words.daily.replace),
      button(`skip:${schedule.id}:${schedule.next.date}`, words.daily.skip),
    ),
  );
}

/** Characters: what the longest question leaves of a card. */
const LONGEST_KEY = 500;
