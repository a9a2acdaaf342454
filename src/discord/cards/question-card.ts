import type { APIComponentInContainer } from 'discord.js';
import type { Given } from '../../bank/given.ts';
import { type Item, type Language, languages } from '../../bank/schema.ts';
import type { Words } from '../words/en.ts';
import { wordsOf } from '../words/of.ts';
import { clip, plain, prose } from './markdown.ts';
import { text } from './parts.ts';
import { formulaPicture } from './picture.ts';

/** A language, and its words. */
export type Spoken = { readonly language: Language; readonly words: Words };

/** The question in each language, and the formulas that it names. */
export function questionParts(
  item: Item,
  order: readonly string[],
  spoken: readonly Spoken[],
  hint: boolean,
): APIComponentInContainer[] {
  const whole = questionTexts(item, order, spoken, hint);
  // One that was imported before `askingProblem` refused it is cut, each language to its share.
  const share = sumOf(whole) > LONGEST_QUESTION ? Math.floor(LONGEST_QUESTION / whole.length) : undefined;
  const texts = share === undefined ? whole : whole.map((each) => clip(each, share));
  return [...texts.map(text), ...formulaPicture(item, ...texts)];
}

/** What keeps a question from being asked, if anything does: no card could hold it in both languages. */
export function askingProblem(item: Item): string | undefined {
  const order = 'options' in item.en ? Object.keys(item.en.options) : [];
  const spoken = languages.map((language) => ({ language, words: wordsOf(language) }));
  const length = sumOf(questionTexts(item, order, spoken, true));
  if (length <= LONGEST_QUESTION) return undefined;
  return `takes ${length} characters of its card, with both languages and a \\ before each sign; ${LONGEST_QUESTION} at most`;
}

function questionTexts(
  item: Item,
  order: readonly string[],
  spoken: readonly Spoken[],
  hint: boolean,
): string[] {
  // What was written in one language is shown once.
  const isDouble = item.en.prompt === item.zh.prompt;
  return (isDouble ? spoken.slice(0, 1) : spoken).map((each) => questionText(item, order, each, hint));
}

/** The prompt and, where there are options, each with its letter. */
function questionText(
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

/** The same in one line of at most `most` characters, where each of several answers is cut alike. */
export function keyLine(item: Item, order: readonly string[], spoken: Spoken, most: number): string {
  const parts = keyText(item, order, spoken).split('\n');
  const whole = parts.join(SEPARATOR);
  if (whole.length <= most) return whole;
  const share = Math.max(1, Math.floor(most / parts.length) - SEPARATOR.length);
  return parts.map((each) => clip(each, share)).join(SEPARATOR);
}

export function optionText(item: Item, order: readonly string[], id: string, language: Language): string {
  const texts = item[language];
  const option = 'options' in texts ? (texts.options[id] ?? '') : '';
  return `**${letter(order.indexOf(id))}.** ${prose(option, item.formulas)}`;
}

/** What a person has answered, in a few words. */
export function givenText(
  item: Item,
  order: readonly string[],
  given: Given,
  { language, words }: Spoken,
): string {
  if (typeof given === 'string') return plain(given);
  if (item.type === 'boolean') return given[0] === 0 ? words.yes : words.no;
  if (item.type === 'single') return optionText(item, order, order[given[0] ?? -1] ?? '', language);
  return given.map(letter).join(item.type === 'order' ? ' → ' : ', ');
}

/** A, B, C … for a position counted from 0. */
export function letter(position: number): string {
  return String.fromCodePoint('A'.codePointAt(0)! + position);
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

const sumOf = (texts: readonly string[]) => texts.reduce((sum, each) => sum + each.length, 0);

/** Characters of a question, in all languages of its card; what stands around it needs the rest of Discord's 4,000. */
const LONGEST_QUESTION = 3_200;

const SEPARATOR = ' · ';
