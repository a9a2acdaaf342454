import type { APIComponentInContainer, APIContainerComponent } from 'discord.js';
import { shownId } from '../../bank/own-id.ts';
import type { Item, Language } from '../../bank/schema.ts';
import type { Words } from '../words/en.ts';
import { clip, plain, prose } from './markdown.ts';
import { colors, container, line, row, text } from './parts.ts';
import { formulaPicture } from './picture.ts';
import { keyText, letter } from './question-card.ts';
import { reportButton } from './report-button.ts';

export type Verdict = { readonly right: boolean; readonly given: string; readonly slip?: number | undefined };

/** The solution, for one person in their language: verdict, key, why, and where it is written. */
export function answerCard(
  item: Item,
  order: readonly string[],
  language: Language,
  words: Words,
  {
    verdict,
    notes = [],
    asks = [],
  }: {
    verdict?: Verdict | undefined;
    notes?: readonly string[];
    /** What the card asks for next. */
    asks?: readonly APIComponentInContainer[];
  } = {},
): APIContainerComponent {
  const texts = item[language];
  const key = keyText(item, order, { language, words });
  const solution = [
    verdict
      ? `${verdict.right ? words.answer.right : words.answer.wrong}\n${words.answer.yours(verdict.given)}`
      : '',
    key && !verdict?.right ? `**${words.answer.key}**\n${key}` : '',
    slipText(item, language, verdict),
    prose(texts.explanation, item.formulas),
  ].filter(Boolean);
  const details = whyText(item, order, language) || rubricText(item, language, words);
  const foot = [
    item.as_of ? words.answer.asOf(item.as_of) : '',
    words.answer.sources(sourcesText(item)),
    `\`${shownId(item.id)}\``,
  ].filter(Boolean);
  const small = foot.map((each) => `-# ${each}`).join('\n');
  const room = LONGEST_CARD - notes.join('\n').length - small.length;
  const above = clip(solution.join('\n\n'), room);
  const below = above.length < room ? clip(details, room - above.length) : '';
  const color = verdict ? (verdict.right ? colors.right : colors.wrong) : colors.plain;
  return container(
    color,
    ...(notes.length > 0 ? [text(notes.join('\n')), line] : []),
    text(above),
    ...formulaPicture(item, ...notes, above, below),
    ...(below ? [text(below)] : []),
    line,
    text(small),
    ...asks,
    row(reportButton(item.id, language)),
  );
}

function whyText(item: Item, order: readonly string[], language: Language): string {
  if (item.type !== 'single' && item.type !== 'multiple') return '';
  const why = item[language].why;
  return order
    .map((id, position) => `**${letter(position)}.** ${prose(why[id] ?? '', item.formulas)}`)
    .join('\n');
}

function slipText(item: Item, language: Language, verdict: Verdict | undefined): string {
  if (item.type === 'boolean' && verdict) {
    const why = item[language].why;
    return prose(item.answer === verdict.right ? why.true : why.false, item.formulas);
  }
  if (item.type !== 'number' || verdict?.slip === undefined) return '';
  return prose(item[language].slips?.find(({ value }) => value === verdict.slip)?.why ?? '', item.formulas);
}

function rubricText(item: Item, language: Language, words: Words): string {
  if (item.type !== 'open') return '';
  const points = item.rubric.map(
    (point) => `- ${point.essential ? '**★** ' : ''}${prose(point[language], item.formulas)}`,
  );
  return `**${words.answer.keyPoints}**\n${points.join('\n')}`;
}

/** An address that neither ends a link nor the line early, whatever stands in it. */
function addressOf(url: string): string {
  return new URL(url).href.replace(/[()<>]/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`);
}

/** As many sources as fit, each whole: half a link is none. One whose address alone is too long is named without it. */
export function sourcesText(item: Item): string {
  const sources = item.refs.map(
    ({ title, url, where }) => `[${plain(title)}](${addressOf(url)}) ${plain(where)}`,
  );
  let fitting = sources.length;
  while (fitting > 0 && sources.slice(0, fitting).join(' · ').length > LONGEST_SOURCES) fitting--;
  if (fitting > 0) return sources.slice(0, fitting).join(' · ');
  return clip(
    item.refs.map(({ title, where }) => `${plain(title)} ${plain(where)}`).join(' · '),
    LONGEST_SOURCES,
  );
}

/** Characters; Discord takes 4,000 of text in a message. */
const LONGEST_CARD = 3_900;
const LONGEST_SOURCES = 550;
