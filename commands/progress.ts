import {
  ApplicationCommandOptionType,
  ApplicationIntegrationType,
  InteractionContextType,
  MessageFlags,
} from 'discord.js';
import { type LocalDate, periodRange } from '../src/calendar/dates.ts';
import { plain } from '../src/discord/cards/markdown.ts';
import { colors, container, ephemeralCard, line, text } from '../src/discord/cards/parts.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { localized } from '../src/discord/localize.ts';
import { UserError } from '../src/discord/user-error.ts';
import { daysOf, studyDaysOf, topicsOf } from '../src/progress/member.ts';
import { sumPoints } from '../src/progress/points.ts';
import type { Standing } from '../src/progress/service.ts';
import { nextMilestone } from '../src/progress/streak.ts';

export const progress = {
  definition: {
    ...localized(
      'progress',
      '进度',
      'Your streak, points and topics',
      '查看连续天数、积分和各主题的掌握情况',
    ),
    contexts: [InteractionContextType.Guild],
    integration_types: [ApplicationIntegrationType.GuildInstall],
    options: [
      {
        type: ApplicationCommandOptionType.User,
        ...localized('member', '成员', 'Whose; yours if left out', '看谁的；不填则看自己的'),
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        ...localized('share', '公开', 'Show it to the channel', '让频道里的人都看到'),
      },
    ],
  },
  execute: async (interaction, context) => {
    if (!interaction.inCachedGuild()) throw new UserError((words) => words.errors.guildOnly);
    const user = interaction.options.getUser('member') ?? interaction.user;
    const name = plain(interaction.options.getMember('member')?.displayName ?? user.displayName);
    if (user.bot) throw new UserError((words) => words.errors.bot);
    if (user.id !== interaction.user.id && (await context.settings.person(user.id)).hidden) {
      throw new UserError((words) => words.errors.hiddenPerson(name));
    }
    const standing = await context.progress.read(interaction.guildId, user.id);
    const share = interaction.options.getBoolean('share') ?? false;
    await interaction.reply({
      flags: share ? MessageFlags.IsComponentsV2 : ephemeralCard,
      components: [progressCard(name, standing, context)],
    });
  },
} satisfies Command;

function progressCard(name: string, { member, streak, today }: Standing, { bank, language, words }: Context) {
  const say = words.progress;
  const days = daysOf(member);
  const points = (range: { first: LocalDate; last: LocalDate } | undefined) => sumPoints(days, range);
  const total = points(undefined);
  const shown = (range: ReturnType<typeof periodRange>) => {
    const { self, auto } = points(range);
    return words.number(self + auto);
  };
  const title = text(`### ${say.title(name)}`);
  if (Object.keys(days).length === 0) return container(colors.plain, title, text(say.empty));

  const milestone = nextMilestone(streak.current);
  const topics = Object.entries(topicsOf(member))
    .map(([slug, tally]) => ({
      slug,
      ...tally,
      seen: tally.answered + tally.grades.reduce((sum, n) => sum + n, 0),
    }))
    .sort((a, b) => b.seen - a.seen);
  const topicLines = topics.slice(0, MOST_TOPICS).map(({ slug, right, answered, grades }) => {
    const graded = grades.reduce((sum, count) => sum + count, 0);
    const label = bank.topics.get(slug)?.[language] ?? slug;
    return say.topic(label, right, answered, grades[2] + grades[3], graded);
  });
  return container(
    colors.plain,
    title,
    text(
      [
        `${say.streak(words.days(streak.current))} · ${say.longest(words.days(streak.longest))} · ${streak.studiedToday ? say.today : say.notToday}`,
        say.freezes(streak.freezes),
        say.milestone(milestone, words.days(milestone - streak.current)),
        say.studied(words.days(studyDaysOf(member).length)),
        `${say.points(shown(periodRange('week', today)), shown(periodRange('month', today)), shown(undefined))} ${say.kinds(words.number(total.self), words.number(total.auto))}`,
      ].join('\n'),
    ),
    line,
    text(
      [
        `**${say.accuracy}**`,
        ...topicLines,
        ...(topics.length > MOST_TOPICS ? [say.more(topics.length - MOST_TOPICS)] : []),
      ].join('\n'),
    ),
  );
}

/** They fit into a card without scrolling. */
const MOST_TOPICS = 10;
