import { ButtonStyle, type ChatInputCommandInteraction, MessageFlags } from 'discord.js';
import { localDateAt } from '../calendar/dates.ts';
import { beginOf, type Competition, endOf } from '../competition/competition.ts';
import { competitionTroubles, describeCompetition } from './cards/competition-card.ts';
import { plain } from './cards/markdown.ts';
import { button, colors, container, ephemeralCard, nobody, row, text } from './cards/parts.ts';
import type { Components, Context } from './command.ts';
import { chosenCompetition, factsOf } from './competition-buttons.ts';
import { competitionError, readChoices } from './competition-options.ts';
import { mayManage } from './permissions.ts';
import { UserError } from './user-error.ts';
import { competitionWords } from './words/competition.ts';

type InGuild = ChatInputCommandInteraction<'cached'>;

export async function createCompetition(interaction: InGuild, context: Context): Promise<void> {
  const { competitions, language } = context;
  const { guildId, channelId } = interaction;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  if ((await competitions.list(guildId)).length >= MOST_AT_A_TIME)
    throw competitionError((say) => say.tooMany(MOST_AT_A_TIME));
  const { first, last, name, ...choices } = readChoices(interaction, await todayIn(guildId, context));
  const made = await competitions.add(guildId, BigInt(interaction.id).toString(36), {
    channelId,
    scope: 'points',
    selfGrades: true,
    teams: [],
    best: 3,
    lateJoin: true,
    ...choices,
    name: name!,
    first: first!,
    last: last!,
  });
  context.wake();
  await showChanged(interaction, context, made, competitionWords[language].created(`<#${made.channelId}>`));
}

export async function editCompetition(interaction: InGuild, context: Context): Promise<void> {
  const { guildId } = interaction;
  await interaction.deferReply({ flags: MessageFlags.Ephemeral });
  const known = await chosenCompetition(interaction, context);
  const { teams: _, ...choices } = readChoices(interaction, await todayIn(guildId, context), known);
  const edited = await context.competitions.edit(guildId, known.id, choices);
  if (!edited) throw competitionError((say) => say.tooLate);
  context.wake();
  await showChanged(interaction, context, edited, competitionWords[context.language].edited);
}

/** A competition after a change, to the moderator, with what the bot still lacks. */
async function showChanged(
  interaction: InGuild,
  context: Context,
  competition: Competition,
  done: string,
): Promise<void> {
  const facts = await factsOf(competition.guildId, context);
  await interaction.editReply({
    flags: MessageFlags.IsComponentsV2,
    components: [
      container(
        colors.plain,
        text([done, `### ${plain(competition.name)}`, describeCompetition(competition, facts)].join('\n')),
        ...competitionTroubles(competition, context.client, context.language).map((trouble) => text(trouble)),
      ),
    ],
    allowedMentions: nobody,
  });
}

/** Asks before a competition ends for good. */
export async function confirmEnding(
  interaction: InGuild,
  context: Context,
  what: 'end' | 'cancel',
): Promise<void> {
  const competition = await chosenCompetition(interaction, context);
  const { clock, now } = await factsOf(interaction.guildId, context);
  if (what === 'end' && now < beginOf(competition, clock)) throw competitionError((say) => say.notBegun);
  if (competition.state !== 'live' || (what === 'end' && now >= endOf(competition, clock))) {
    throw competitionError((say) => say.ending);
  }
  const say = competitionWords[context.language];
  const name = plain(competition.name);
  const sure =
    what === 'end' ? say.endSure(name, localDateAt(now, clock.zone, clock.dayStart)) : say.cancelSure(name);
  await interaction.reply({
    flags: ephemeralCard,
    components: [
      container(
        colors.wrong,
        text(sure),
        row(
          button(`finish:${competition.id}:${what}`, say[what], { style: ButtonStyle.Danger }),
          button('goon', say.keep),
        ),
      ),
    ],
  });
}

/** The answers to that question. */
export const endingButtons = {
  finish: async (interaction, context, id = '', what = '') => {
    if (!interaction.isButton() || !interaction.inCachedGuild()) return;
    if (!mayManage(interaction)) throw new UserError((words) => words.errors.needsManageGuild);
    await interaction.deferUpdate();
    const { competitions } = context;
    const done = await (what === 'end' ? competitions.end : competitions.cancel)(interaction.guildId, id);
    if (!done) throw competitionError((say) => say.gone);
    context.wake();
    const say = competitionWords[context.language];
    const sentence = (what === 'end' ? say.ended : say.cancelled)(plain(done.name));
    await interaction.editReply({ components: [container(colors.closed, text(sentence))] });
  },
  goon: async (interaction, { language }) => {
    if (!interaction.isButton()) return;
    const { kept } = competitionWords[language];
    await interaction.update({ components: [container(colors.closed, text(kept))] });
  },
} satisfies Components;

async function todayIn(guildId: string, { settings, now }: Context) {
  const { zone, dayStart } = await settings.guild(guildId);
  return localDateAt(now(), zone, dayStart);
}

/** They all fit into one card, with those that are over. */
const MOST_AT_A_TIME = 5;
