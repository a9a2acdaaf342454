import {
  type ChatInputCommandInteraction,
  ComponentType,
  type MessageComponentInteraction,
  MessageFlags,
} from 'discord.js';
import type { Competition } from '../competition/competition.ts';
import type { Joining } from '../competition/competitions.ts';
import { type CardFacts, standingsCard } from './cards/competition-card.ts';
import { plain } from './cards/markdown.ts';
import { colors, container, nobody, text } from './cards/parts.ts';
import type { Components, Context } from './command.ts';
import { competitionError } from './competition-options.ts';
import { competitionWords } from './words/competition.ts';

type Acting = ChatInputCommandInteraction<'cached'> | MessageComponentInteraction<'cached'>;

/** The buttons under news and standings. Ids carry a competition's id, or the key of one of its news. */
export const competitionButtons = {
  enter: async (interaction, context, key = '', team?: string) => {
    if (!interaction.isMessageComponent() || !interaction.inCachedGuild()) return;
    if (team === undefined) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    else await interaction.deferUpdate();
    const picked = interaction.isStringSelectMenu() ? interaction.values[0] : undefined;
    await enterCompetition(interaction, context, await found(interaction.guildId, key, context), picked);
  },
  standings: async (interaction, context, key = '', page?: string) => {
    if (!interaction.isButton() || !interaction.inCachedGuild()) return;
    if (page === undefined) await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    else await interaction.deferUpdate();
    const competition = await found(interaction.guildId, key, context);
    await interaction.editReply(
      await standingsReply(competition, context, Math.trunc(Number(page)) || 1, interaction.user.id),
    );
  },
} satisfies Components;

/** The answer that shows standings: to one person, or to the channel if there is no viewer. */
export async function standingsReply(
  competition: Competition,
  context: Context,
  page: number,
  viewerId?: string,
) {
  const standings = await context.standings.read(competition, Math.max(1, page), viewerId);
  const facts = await factsOf(competition.guildId, context);
  const viewer = viewerId === undefined ? 'everybody' : 'one person';
  return {
    flags: MessageFlags.IsComponentsV2 as const,
    components: [standingsCard(competition, standings, facts, viewer)],
    allowedMentions: nobody,
  };
}

/** Joins, after a deferral; `team` is the role that they picked, where they have several. */
export async function enterCompetition(
  interaction: Acting,
  { competitions, language, words }: Context,
  competition: Competition,
  team?: string,
): Promise<void> {
  const { member, user } = interaction;
  const joining = await competitions.join(competition, {
    userId: user.id,
    name: member.displayName,
    roleIds: [...member.roles.cache.keys()],
    team,
  });
  const say = competitionWords[language];
  const shown = container(colors.plain, text(joiningText(joining, competition)));
  const components =
    joining.kind === 'choose'
      ? [container(colors.plain, text(say.choose), teamMenu(competition, joining.teams, interaction))]
      : [shown];
  await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components, allowedMentions: nobody });

  function joiningText(joining: Joining, { name, teams }: Competition): string {
    switch (joining.kind) {
      case 'joined':
      case 'already':
        return say[joining.kind](plain(name), joining.team && `<@&${joining.team}>`);
      case 'team':
        return say.errors.team(words.list(teams.map((id) => `<@&${id}>`)));
      case 'choose':
        return say.choose;
      default:
        return say.errors[joining.kind];
    }
  }
}

function teamMenu({ id }: Competition, teams: readonly string[], { guild }: Acting) {
  const options = teams.map((roleId) => ({
    label: (guild.roles.cache.get(roleId)?.name ?? roleId).slice(0, 100),
    value: roleId,
  }));
  return {
    type: ComponentType.ActionRow as const,
    components: [{ type: ComponentType.StringSelect as const, custom_id: `enter:${id}:team`, options }],
  };
}

export async function factsOf(guildId: string, { settings, now, language }: Context): Promise<CardFacts> {
  return { clock: await settings.guild(guildId), now: now(), language };
}

/** @param key a competition's id, or the key of one of its news */
async function found(guildId: string, key: string, { competitions }: Context): Promise<Competition> {
  const competition = await competitions.find(guildId, key.split('-')[0]!);
  if (!competition) throw competitionError((say) => say.gone);
  return competition;
}

/** The competition that was named, or the only one; to look at standings, the last one that is over will do too. */
export async function chosenCompetition(
  interaction: ChatInputCommandInteraction<'cached'>,
  { competitions }: Context,
): Promise<Competition> {
  const { guildId, options } = interaction;
  const wanted = options.getString('competition');
  if (wanted !== null) {
    const named = await competitions.find(guildId, wanted);
    if (!named || (named.state === 'over' && options.getSubcommand() !== 'standings'))
      throw competitionError((say) => say.gone);
    return named;
  }
  const all = await competitions.list(guildId);
  if (all.length === 0 && options.getSubcommand() === 'standings')
    all.push(...(await competitions.past(guildId, 1)));
  if (all.length > 1) throw competitionError((say) => say.several);
  if (!all[0]) throw competitionError((say) => say.none);
  return all[0];
}
