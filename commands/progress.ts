import { type APIContainerComponent, ApplicationCommandOptionType, MessageFlags } from 'discord.js';
import { type DateRange, periodRange } from '../src/calendar/dates.ts';
import { plain } from '../src/discord/cards/markdown.ts';
import { colors, container, line, text } from '../src/discord/cards/parts.ts';
import {
  masteryOf,
  masteryPicture,
  memoryAlt,
  memoryPicture,
  studyPicture,
} from '../src/discord/cards/progress-pictures.ts';
import type { Command, Context } from '../src/discord/command.ts';
import { inServers } from '../src/discord/contexts.ts';
import { localized } from '../src/discord/localize.ts';
import { UserError } from '../src/discord/user-error.ts';
import type { Words } from '../src/discord/words/en.ts';
import { daysOf, studyDaysOf, topicsOf } from '../src/progress/derived.ts';
import type { Member } from '../src/progress/member.ts';
import { sumPoints } from '../src/progress/points.ts';
import type { Standing } from '../src/progress/service.ts';
import { nextMilestone } from '../src/progress/streak.ts';
import type { Outlook } from '../src/review/outlook.ts';

export const progress = {
  definition: {
    ...localized(
      'progress',
      '进度',
      'Your streak, points and topics',
      '查看连续天数、积分和各主题的掌握情况',
    ),
    ...inServers,
    options: [
      {
        type: ApplicationCommandOptionType.User,
        ...localized('member', '成员', 'Whose; yours if left out', '看谁的；不填则看自己的'),
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        ...localized('share', '公开', 'Show it to the channel', '让频道里的人都看到'),
      },
      {
        type: ApplicationCommandOptionType.Boolean,
        ...localized('text', '文字', 'In words, without pictures', '只用文字，不要图片'),
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
    const share = interaction.options.getBoolean('share') ?? false;
    await interaction.deferReply(share ? {} : { flags: MessageFlags.Ephemeral });
    const standing = await context.progress.read(interaction.guildId, user.id);
    // A deck is one's own affair, and goes beyond the server.
    const own = user.id === interaction.user.id && !share;
    const outlook = own ? await context.deck.outlook(user.id, interaction.guildId) : undefined;
    const inWords = interaction.options.getBoolean('text') ?? false;
    await interaction.editReply({
      flags: MessageFlags.IsComponentsV2,
      components: [progressCard(name, standing, outlook, inWords, context)],
    });
  },
} satisfies Command;

function progressCard(
  name: string,
  standing: Standing,
  outlook: Outlook | undefined,
  inWords: boolean,
  context: Context,
): APIContainerComponent {
  const { bank, language, words } = context;
  const { member } = standing;
  const title = text(`### ${words.progress.title(name)}`);
  const deck = !outlook?.cards
    ? []
    : inWords
      ? [text(memoryAlt(outlook, language))]
      : [memoryPicture(outlook, language)];
  if (Object.keys(daysOf(member)).length === 0) {
    return container(colors.plain, title, text(words.progress.empty), ...deck);
  }
  return container(
    colors.plain,
    title,
    text(factLines(standing, words)),
    ...(inWords
      ? [line, text(topicLines(member, context))]
      : [studyPicture(standing, language), ...masteryPicture(member, bank, language)]),
    ...deck,
  );
}

function factLines({ member, streak, today }: Standing, words: Words): string {
  const say = words.progress;
  const days = daysOf(member);
  const total = sumPoints(days, undefined);
  const shown = (range: DateRange | undefined) => {
    const { self, auto } = sumPoints(days, range);
    return words.number(self + auto);
  };
  const milestone = nextMilestone(streak.current);
  return [
    `${say.streak(words.days(streak.current))} · ${say.longest(words.days(streak.longest))} · ${streak.studiedToday ? say.today : say.notToday}`,
    say.freezes(streak.freezes),
    say.milestone(milestone, words.days(milestone - streak.current)),
    say.studied(words.days(studyDaysOf(member).length)),
    `${say.points(shown(periodRange('week', today)), shown(periodRange('month', today)), shown(undefined))} ${say.kinds(words.number(total.self), words.number(total.auto))}`,
  ].join('\n');
}

function topicLines(member: Member, { bank, language, words }: Context): string {
  const say = words.progress;
  const topics = Object.entries(topicsOf(member))
    .map(([slug, tally]) => ({ slug, ...tally, seen: masteryOf(tally).count }))
    .sort((a, b) => b.seen - a.seen);
  const lines = topics.slice(0, MOST_TOPICS).map(({ slug, right, answered, grades }) => {
    const graded = grades.reduce((sum, count) => sum + count, 0);
    const label = bank.topics.get(slug)?.[language] ?? slug;
    return say.topic(label, right, answered, grades[2] + grades[3], graded);
  });
  const more = topics.length > MOST_TOPICS ? [say.more(topics.length - MOST_TOPICS)] : [];
  return [`**${say.accuracy}**`, ...lines, ...more].join('\n');
}

/** They fit into a card without scrolling. */
const MOST_TOPICS = 10;
