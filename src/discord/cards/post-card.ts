import { MessageFlags, type RESTPostAPIChannelMessageJSONBody } from 'discord.js';
import type { Item, Topic } from '../../bank/schema.ts';
import type { Post } from '../../daily/post.ts';
import { GRADES } from '../../progress/grade.ts';
import { spokenBy } from '../../settings/language.ts';
import { announcementId } from '../announce.ts';
import { wordsOf } from '../words/of.ts';
import { answerControls, controlIds } from './answer-controls.ts';
import { clip } from './markdown.ts';
import { button, colors, container, lengthOf, line, row, text } from './parts.ts';
import { keyLine, questionParts, type Spoken } from './question-card.ts';

/** A question in a channel while it is open. */
export function openCard(post: Post, item: Item, topic: Topic): RESTPostAPIChannelMessageJSONBody {
  const spoken = speak(post);
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      container(
        colors.open,
        text(heading(post, topic, spoken)),
        ...questionParts(item, post.order, spoken, true),
        ...answerControls(item, post.order, controlIds('', post.key), spoken),
        line,
        text(
          [
            ...spoken.map(({ words }) => words.card.legend),
            spoken.map(({ words }) => words.card.closes(post.closesAt)).join(' · '),
          ].join('\n'),
        ),
        row(showButton(post, spoken)),
      ),
    ],
    allowed_mentions: { parse: [], roles: post.roleId ? [post.roleId] : [] },
  };
}

/**
 * The same question once it has closed: how the group did, and the key behind a spoiler.
 * @param item `undefined`: the bank has it no longer
 */
export function closedCard(
  post: Post,
  item: Item | undefined,
  topic: Topic,
): RESTPostAPIChannelMessageJSONBody {
  const spoken = speak(post);
  const question = item
    ? questionParts(item, post.order, spoken, false)
    : [text(spoken.map(({ words }) => words.card.questionGone).join('\n'))];
  const parts = (mostOfKey: number) => [
    text(heading(post, topic, spoken)),
    ...question,
    line,
    ...spoken.map((each) => text(closedText(post, item, each, mostOfKey))),
  ];
  const room = LONGEST_CARD - lengthOf(parts(0));
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      container(
        colors.closed,
        ...parts(Math.floor(room / spoken.length)),
        ...(item ? [row(showButton(post, spoken))] : []),
      ),
    ],
    allowed_mentions: { parse: [] },
  };
}

function heading(post: Post, topic: Topic, spoken: readonly Spoken[]): string {
  const each = spoken.map(({ language, words }) =>
    [
      post.day === undefined ? words.card.extra : words.card.day(post.day),
      topic[language],
      words.card.level(post.level),
    ].join(' · '),
  );
  const mention = post.roleId && post.state !== 'closed' && !post.results ? [`<@&${post.roleId}>`] : [];
  return [...mention, ...each.map((title) => `### ${title}`)].join('\n');
}

function showButton(post: Post, spoken: readonly Spoken[]) {
  return button(
    announcementId('show', post.key),
    clip(spoken.map(({ words }) => words.card.showAnswer).join(' '), 80),
  );
}

/** @param mostOfKey characters; without any room there is no key */
function closedText(post: Post, item: Item | undefined, each: Spoken, mostOfKey: number): string {
  const { words } = each;
  const results = post.results ?? { grades: [0, 0, 0, 0], answered: 0, right: 0 };
  const graded = results.grades.reduce((sum, count) => sum + count, 0);
  const lines = GRADES.map(({ grade, name, emoji }) =>
    words.card.gradeLine(emoji, name, results.grades[grade - 1] ?? 0),
  );
  const key = item && mostOfKey > 0 && keyLine(item, post.order, each, mostOfKey);
  return [
    `**${words.card.closed} · ${words.card.results}**`,
    graded > 0 ? lines.join(' · ') : words.card.nobody,
    results.answered > 0 ? words.card.answeredLine(results.right, results.answered) : '',
    key ? words.card.key(key) : '',
    item ? `-# ${words.card.explanationBehind}` : '',
  ]
    .filter(Boolean)
    .join('\n');
}

function speak(post: Post): Spoken[] {
  return spokenBy(post.language).map((language) => ({ language, words: wordsOf(language) }));
}

/** Characters; Discord takes 4,000, and what frames a key needs some. */
const LONGEST_CARD = 3_900;
