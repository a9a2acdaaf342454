import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  type Guild,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { localDateAt, type Period, periodKey, periodRange } from '../src/calendar/dates.ts';
import { plain } from '../src/discord/cards/markdown.ts';
import { button, colors, container, row, text } from '../src/discord/cards/parts.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { localized, localizedChoice } from '../src/discord/localize.ts';
import { UserError } from '../src/discord/user-error.ts';
import { setName } from '../src/store/keys.ts';

export const leaderboard = {
  definition: {
    ...localized('leaderboard', '排行榜', 'Who has how many points', '看看大家的积分'),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.String,
        ...localized('period', '时段', 'This week if left out', '不填则看本周'),
        choices: [
          localizedChoice('week', 'This week', '本周'),
          localizedChoice('month', 'This month', '本月'),
          localizedChoice('all', 'All time', '累计'),
        ],
      },
      {
        type: ApplicationCommandOptionType.Integer,
        ...localized('page', '页', 'Which page', '第几页'),
        min_value: 1,
        max_value: 1_000_000,
      },
    ],
  },
  execute: async (interaction, context) => {
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    await interaction.deferReply({ flags: MessageFlags.Ephemeral });
    const period = (interaction.options.getString('period') ?? 'week') as Period;
    const page = interaction.options.getInteger('page') ?? 1;
    const card = await boardCard(interaction.guild, interaction.user.id, period, page, context);
    await interaction.editReply({ flags: MessageFlags.IsComponentsV2, components: [card] });
  },
  components: {
    board: async (interaction, context, period = 'week', page = '1') => {
      if (!interaction.isButton() || !interaction.inCachedGuild()) return;
      await interaction.deferUpdate();
      const wanted = Math.max(1, Math.trunc(Number(page)) || 1);
      const card = await boardCard(interaction.guild, interaction.user.id, toPeriod(period), wanted, context);
      await interaction.editReply({ components: [card] });
    },
  },
} satisfies Command;

async function boardCard(guild: Guild, userId: string, period: Period, wanted: number, context: Context) {
  const { store, settings, progress, words } = context;
  const { zone, dayStart } = await settings.guild(guild.id);
  const today = localDateAt(context.now(), zone, dayStart);
  const board = store.orderedSet(setName.board(guild.id, periodKey(period, today)));
  const range = periodRange(period, today);
  const title = `### ${words.board.title[period]}`;
  const subtitle = range ? [`-# ${words.board.range(range.first, range.last)}`] : [];

  let shown = await pageOf(board, wanted);
  const present = await membersAmong(
    guild,
    shown.entries.map(({ member }) => member),
  );
  const left = shown.entries.filter(({ member }) => !present.has(member));
  if (left.length > 0) {
    for (const { member: id } of left)
      await progress.update(guild.id, id, (member) => ({ ...member, left: true }));
    shown = await pageOf(board, wanted);
  }
  if (shown.count === 0)
    return container(colors.plain, text([title, ...subtitle, words.board.empty].join('\n')));

  const ids = shown.entries.map(({ member }) => member);
  const members = await progress.readMany(guild.id, ids);
  const lines = await Promise.all(
    shown.entries.map(async ({ member: id, score }) => {
      const rank = (await board.rank(id)) ?? 0;
      const name = guild.members.cache.get(id)?.displayName ?? members.get(id)?.name ?? words.board.somebody;
      const written = `${medals[rank - 1] ?? `**${rank}.**`} ${plain(name)} · ${words.points(score)}`;
      return id === userId ? `**${written.replaceAll('**', '')}** ←` : written;
    }),
  );
  return container(
    colors.plain,
    text([title, ...subtitle].join('\n')),
    text(lines.join('\n')),
    text([await ownPlace(), `-# ${words.board.page(shown.page, shown.pages)}`].join('\n')),
    row(
      button(`board:${period}:${shown.page - 1}`, words.board.previous, { disabled: shown.page <= 1 }),
      button(`board:${period}:${shown.page + 1}`, words.board.next, { disabled: shown.page >= shown.pages }),
    ),
  );

  async function ownPlace(): Promise<string> {
    const [rank, score] = await Promise.all([board.rank(userId), board.score(userId)]);
    if (rank !== undefined && score !== undefined) return words.board.you(rank, words.points(score));
    const { hidden } = await settings.person(userId);
    return hidden ? words.board.youHidden : words.board.youNone;
  }
}

async function pageOf(board: ReturnType<Context['store']['orderedSet']>, wanted: number) {
  const count = await board.count();
  const pages = Math.max(1, Math.ceil(count / PAGE));
  const page = Math.min(wanted, pages);
  return { count, page, pages, entries: await board.top((page - 1) * PAGE, PAGE) };
}

/**
 * Which of these people are in the server now. It asks the gateway by id, which needs no privileged intent; if it does
 * not answer, everyone counts as present.
 */
async function membersAmong(guild: Guild, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const unknown = ids.filter((id) => !guild.members.cache.has(id));
  if (unknown.length > 0) {
    try {
      await guild.members.fetch({ user: unknown, time: LONGEST_FETCH });
    } catch {
      return new Set(ids);
    }
  }
  return new Set(ids.filter((id) => guild.members.cache.has(id)));
}

function toPeriod(text: string): Period {
  return text === 'month' || text === 'all' ? text : 'week';
}

const medals = ['🥇', '🥈', '🥉'];

const PAGE = 10;

/** Milliseconds. */
const LONGEST_FETCH = 3_000;
