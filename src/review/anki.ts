import { shownId } from '../bank/own-id.ts';
import { type Item, type Language, languages, type Topic } from '../bank/schema.ts';
import { GRADES } from '../progress/grade.ts';
import type { Card } from './card.ts';

/**
 * Files for Anki's text import (https://docs.ankiweb.net/importing/text-files.html): a note a question, both languages
 * on it, formulas as MathJax. The id is the note's, so that importing again brings notes up to date.
 * @param most bytes that a file may have
 */
export function ankiFiles(
  items: readonly Item[],
  topics: ReadonlyMap<string, Topic>,
  most: number = LARGEST_FILE,
): string[] {
  const files: string[] = [];
  let size = Number.POSITIVE_INFINITY;
  for (const item of items) {
    const note = `${noteOf(item, topics.get(item.topic))}\n`;
    const bytes = Buffer.byteLength(note);
    if (size + bytes > most) {
      files.push(ANKI_HEAD);
      size = ANKI_HEAD.length;
    }
    files[files.length - 1] += note;
    size += bytes;
  }
  return files;
}

/** Every review of a deck as CSV, the earliest first. */
export function historyCsv(cards: readonly Card[]): string {
  const rows = cards
    .flatMap(({ questionId, log }) => Object.values(log).map((entry) => ({ questionId, ...entry })))
    .sort((a, b) => a.at - b.at)
    .map(({ questionId, at, grade, kind }) =>
      [new Date(at).toISOString(), questionId, grade, GRADES[grade - 1]!.name, kind].join(','),
    );
  return ['at,question,grade,grade_name,source', ...rows].join('\r\n').concat('\r\n');
}

const ANKI_HEAD = [
  '#separator:tab',
  '#html:true',
  '#notetype:Basic',
  '#deck:Koan',
  '#guid column:1',
  '#tags column:4',
  '',
].join('\n');

/** Discord takes 10 MiB. */
const LARGEST_FILE = 9_000_000;

function noteOf(item: Item, topic: Topic | undefined): string {
  const tags = ['koan', `koan::${item.topic}`, `koan::level-${item.level}`];
  const front = languages.map((language) => section(frontOf(item, language)));
  const back = [...languages.map((language) => section(backOf(item, language))), sourcesOf(item)];
  const title = topic ? `<p><small>${html(topic.en)} · ${html(topic.zh)}</small></p>` : '';
  return [`koan-${item.id}`, title + front.join('<hr>'), back.join('<hr>'), tags.join(' ')].join('\t');
}

function frontOf(item: Item, language: Language): string[] {
  const texts = item[language];
  const options = 'options' in texts ? Object.entries(texts.options) : [];
  return [
    rich(texts.prompt, item),
    ...options.map(([id, option]) => `${id.toUpperCase()}. ${rich(option, item)}`),
  ];
}

function backOf(item: Item, language: Language): string[] {
  const texts = item[language];
  const why = 'why' in texts && texts.why ? Object.entries(texts.why) : [];
  const points = item.type === 'open' ? item.rubric.map((point) => `• ${rich(point[language], item)}`) : [];
  return [
    ...keyOf(item, language),
    rich(texts.explanation, item),
    ...why.map(([id, text]) => `${MARKS[id] ?? id.toUpperCase()} ${rich(text, item)}`),
    ...points,
  ];
}

function keyOf(item: Item, language: Language): string[] {
  const bold = (text: string) => `<b>${text}</b>`;
  switch (item.type) {
    case 'single':
    case 'multiple':
    case 'order': {
      const ids = typeof item.answer === 'string' ? [item.answer] : item.answer;
      return [bold(ids.map((id) => id.toUpperCase()).join(item.type === 'order' ? ' → ' : ', '))];
    }
    case 'boolean':
      return [bold(MARKS[String(item.answer)]!)];
    case 'number':
      return [bold(html([item.answer.value, item.answer.unit].filter((part) => part !== '').join(' ')))];
    case 'short':
      return [bold(html(item.answer.accept[language][0] ?? ''))];
    case 'open':
      return [];
  }
}

function sourcesOf({ id, refs }: Item): string {
  const links = refs.map(
    ({ title, url, where }) => `<a href="${html(url)}">${html(title)}</a> ${html(where)}`,
  );
  return `<small>${links.join(' · ')} · ${html(shownId(id))}</small>`;
}

function section(lines: readonly string[]): string {
  return `<p>${lines.join('<br>')}</p>`;
}

/** A text of the bank as Anki shows it: code as code, {{name}} as its formula. */
function rich(text: string, { formulas = {} }: Item): string {
  return text
    .split(/(`+[^`]+`+|\{\{[^{}]+\}\})/)
    .map((piece, index) => {
      if (index % 2 === 0) return html(piece);
      if (piece.startsWith('`')) return `<code>${html(piece.replace(/^`+|`+$/g, ''))}</code>`;
      const name = piece.slice(2, -2);
      return Object.hasOwn(formulas, name) ? `\\(${html(formulas[name]!)}\\)` : html(piece);
    })
    .join('');
}

/** On one line, without what parts fields: quotation marks and tabs. */
function html(text: string): string {
  return text
    .replace(/[&<>"]/g, (character) => ENTITIES[character]!)
    .replaceAll('\t', '&#9;')
    .replace(/\r?\n/g, '<br>');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const MARKS: Readonly<Record<string, string>> = { true: '✓', false: '✗' };
