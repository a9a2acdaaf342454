import {
  type APIActionRowComponent,
  type APIComponentInContainer,
  type APIComponentInMessageActionRow,
  ButtonStyle,
  ComponentType,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import type { Item, Language, Topic } from '../../bank/schema.ts';
import type { Post } from '../../daily/post.ts';
import { GRADES } from '../../progress/grade.ts';
import { spokenBy } from '../../settings/language.ts';
import { announcementId } from '../announce.ts';
import type { Words } from '../words/en.ts';
import { wordsOf } from '../words/of.ts';
import { clip, prose } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';

type Spoken = { readonly language: Language; readonly words: Words };

/** A question in a channel while it is open. */
export function openCard(post: Post, item: Item, topic: Topic): RESTPostAPIChannelMessageJSONBody {
  const spoken = speak(post);
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      container(
        colors.open,
        text(heading(post, topic, spoken)),
        ...spoken.map((each) => text(questionText(item, post.order, each, true))),
        ...answerRow(post, item, spoken),
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

/** The same question once it has closed: how the group did, and the key behind a spoiler. */
export function closedCard(post: Post, item: Item, topic: Topic): RESTPostAPIChannelMessageJSONBody {
  const spoken = speak(post);
  return {
    flags: MessageFlags.IsComponentsV2,
    components: [
      container(
        colors.closed,
        text(heading(post, topic, spoken)),
        ...spoken.map((each) => text(questionText(item, post.order, each, false))),
        line,
        ...spoken.map((each) => text(closedText(post, item, each))),
        row(showButton(post, spoken)),
      ),
    ],
    allowed_mentions: { parse: [] },
  };
}

/** The prompt and, where there are options, each with its letter. */
export function questionText(
  item: Item,
  order: readonly string[],
  { language, words }: Spoken,
  hint: boolean,
): string {
  const texts = item[language];
  const options =
    'options' in texts
      ? order.map((id, index) => `**${letter(index)}.** ${prose(texts.options[id] ?? '', item.formulas)}`)
      : [];
  const hints = hint ? hintOf(item, words) : '';
  return [prose(texts.prompt, item.formulas), options.join('\n'), hints && `-# ${hints}`]
    .filter(Boolean)
    .join('\n\n');
}

/** The right answer in a few words, as the person sees the options; empty for an open question. */
export function keyText(item: Item, order: readonly string[], { language, words }: Spoken): string {
  switch (item.type) {
    case 'single':
      return optionText(item, order, item.answer, language);
    case 'multiple':
      return order
        .filter((id) => item.answer.includes(id))
        .map((id) => optionText(item, order, id, language))
        .join('\n');
    case 'boolean':
      return item.answer ? words.yes : words.no;
    case 'number':
      return [String(item.answer.value), prose(item.answer.unit)].filter(Boolean).join(' ');
    case 'short':
      return prose(item.answer.accept[language][0] ?? '');
    case 'order':
      return item.answer.map((id) => letter(order.indexOf(id))).join(' → ');
    case 'open':
      return '';
  }
}

export function optionText(item: Item, order: readonly string[], id: string, language: Language): string {
  const texts = item[language];
  const option = 'options' in texts ? (texts.options[id] ?? '') : '';
  return `**${letter(order.indexOf(id))}.** ${prose(option, item.formulas)}`;
}

/** A, B, C … for a position counted from 0. */
export function letter(position: number): string {
  return String.fromCodePoint('A'.codePointAt(0)! + position);
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

function hintOf(item: Item, words: Words): string {
  switch (item.type) {
    case 'multiple':
      return words.card.multipleHint;
    case 'number':
      return words.card.numberHint(prose(item.answer.unit));
    case 'short':
      return words.card.shortHint;
    case 'open':
      return words.card.openHint;
    default:
      return '';
  }
}

function answerRow(post: Post, item: Item, spoken: readonly Spoken[]): APIComponentInContainer[] {
  const id = (action: string, position?: number) =>
    announcementId(action, post.key) + (position === undefined ? '' : `:${position}`);
  const label = (say: (words: Words) => string) => clip(spoken.map(({ words }) => say(words)).join(' '), 80);
  switch (item.type) {
    case 'single':
      return [row(...post.order.map((_, position) => button(id('pick', position), letter(position))))];
    case 'boolean':
      return [
        row(
          button(
            id('pick', 0),
            label((w) => w.yes),
          ),
          button(
            id('pick', 1),
            label((w) => w.no),
          ),
        ),
      ];
    case 'multiple':
      return [
        choiceMenu(
          id('choose'),
          label((w) => w.card.pick),
          post.order.length,
        ),
      ];
    case 'order':
      return [
        row(
          button(
            id('order'),
            label((w) => w.card.startOrder),
            { style: ButtonStyle.Primary },
          ),
        ),
      ];
    case 'number':
    case 'short':
      return [
        row(
          button(
            id('write'),
            label((w) => w.card.answer),
            { style: ButtonStyle.Primary },
          ),
        ),
      ];
    case 'open':
      return [];
  }
}

function choiceMenu(
  id: string,
  placeholder: string,
  count: number,
): APIActionRowComponent<APIComponentInMessageActionRow> {
  return {
    type: ComponentType.ActionRow,
    components: [
      {
        type: ComponentType.StringSelect,
        custom_id: id,
        placeholder,
        min_values: 1,
        max_values: count,
        options: Array.from({ length: count }, (_, position) => ({
          label: letter(position),
          value: String(position),
        })),
      },
    ],
  };
}

function showButton(post: Post, spoken: readonly Spoken[]) {
  return button(
    announcementId('show', post.key),
    clip(spoken.map(({ words }) => words.card.showAnswer).join(' '), 80),
  );
}

function closedText(post: Post, item: Item, each: Spoken): string {
  const { words } = each;
  const results = post.results ?? { grades: [0, 0, 0, 0], answered: 0, right: 0 };
  const graded = results.grades.reduce((sum, count) => sum + count, 0);
  const lines = GRADES.map(({ grade, name, emoji }) =>
    words.card.gradeLine(emoji, name, results.grades[grade - 1] ?? 0),
  );
  const key = keyText(item, post.order, each);
  return [
    `**${words.card.closed} · ${words.card.results}**`,
    graded > 0 ? lines.join(' · ') : words.card.nobody,
    results.answered > 0 ? words.card.answeredLine(results.right, results.answered) : '',
    key && words.card.key(key.replaceAll('\n', ' · ')),
    `-# ${words.card.explanationBehind}`,
  ]
    .filter(Boolean)
    .join('\n');
}

function speak(post: Post): Spoken[] {
  return spokenBy(post.language).map((language) => ({ language, words: wordsOf(language) }));
}
