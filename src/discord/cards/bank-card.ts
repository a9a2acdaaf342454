import { type APIContainerComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Bank } from '../../bank/load.ts';
import { shownId } from '../../bank/own-id.ts';
import type { Item, Language } from '../../bank/schema.ts';
import { labelOf } from '../../bank/search.ts';
import { isVoid } from '../../bank/topics.ts';
import type { Schedule } from '../../daily/schedule.ts';
import { type Catalogue, type Effect, itemsOf } from '../../own-bank/catalogue.ts';
import type { Trouble } from '../../own-bank/read.ts';
import { bankWords } from '../words/bank.ts';
import { troubleText } from '../words/bank-troubles.ts';
import type { Words } from '../words/en.ts';
import { clip, code, plain } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';

/** In whose language. */
export type Reader = { readonly language: Language; readonly words: Words };

/** What keeps a file from being imported: the first mistakes; `troublesFile` has all. */
export function refusedCard(troubles: readonly Trouble[], { language }: Reader): APIContainerComponent {
  const say = bankWords[language];
  const shown = troubles.slice(0, SHOWN);
  const lines = shown.map((trouble) => `- ${clip(troubleLine(trouble, language, code, plain), 300)}`);
  const more = troubles.length - shown.length;
  return container(
    colors.wrong,
    text(say.troubles(troubles.length)),
    text(clip(lines.join('\n'), 3_400)),
    ...(more > 0 ? [text(`-# ${say.more(more)}`)] : []),
  );
}

/** Whether there is more to say of a file than its card shows. */
export const isMuch = (troubles: readonly Trouble[]) => troubles.length > SHOWN;

/** Every mistake or hint, a line each. */
export function troublesFile(troubles: readonly Trouble[], language: Language): string {
  return troubles
    .map((trouble) => troubleLine(trouble, language))
    .join('\n')
    .concat('\n');
}

function troubleLine(
  { line: number, item, field, message }: Trouble,
  language: Language,
  name: (text: string) => string = (text) => text,
  rest: (text: string) => string = (text) => text,
): string {
  const say = bankWords[language];
  const where = [number > 0 ? say.line(number) : '', item && name(item), field && name(field)];
  return say.trouble(where.filter(Boolean).join(' · '), rest(troubleText(message, language)));
}

/** What storing a file would do, before it is stored. */
export function effectCard(
  key: string,
  effect: Effect,
  hints: readonly Trouble[],
  { language }: Reader,
): APIContainerComponent {
  const say = bankWords[language];
  const isNothing = effect.added + effect.changed + effect.renamed === 0;
  return container(
    colors.plain,
    text(`### ${say.title}\n${say.effect(effect)}`),
    ...(hints.length > 0 ? [text(say.hints(hints.length))] : []),
    text(isNothing ? say.nothingNew : say.sure),
    ...(isNothing
      ? []
      : [
          row(
            button(`bank-store:${key}`, say.store, { style: ButtonStyle.Primary }),
            button(`bank-cancel:${key}`, say.cancel),
          ),
        ]),
  );
}

/** A page of a server's questions, by topic. */
export function listCard(items: readonly Item[], page: number, bank: Bank, { language, words }: Reader) {
  const say = bankWords[language];
  const sorted = [...items].sort((a, b) => compare(a.topic, b.topic) || compare(a.id, b.id));
  const pages = Math.max(1, Math.ceil(sorted.length / PAGE));
  const here = Math.min(Math.max(0, page), pages - 1);
  const lines: string[] = [];
  let topic = '';
  for (const item of sorted.slice(here * PAGE, (here + 1) * PAGE)) {
    if (item.topic !== topic) lines.push(`**${bank.topics.get(item.topic)?.[language] ?? item.topic}**`);
    topic = item.topic;
    const level = words.card.level(item.level).split(' ')[0];
    lines.push(`- ${level} ${code(shownId(item.id))} ${clip(plain(labelOf(item, language)), 110)}`);
  }
  const topics = new Set(items.map((item) => item.topic)).size;
  return container(
    colors.plain,
    text(`### ${say.title}\n${say.count(items.length, topics)}`),
    line,
    text(lines.join('\n')),
    ...(pages > 1
      ? [
          text(`-# ${say.page(here + 1, pages)}`),
          row(
            button(`bank-list:${here - 1}`, say.previous, { disabled: here === 0 }),
            button(`bank-list:${here + 1}`, say.next, { disabled: here + 1 === pages }),
          ),
        ]
      : []),
  );
}

/** Which dailies a server's choices leave without the topics they are narrowed to, a sentence each. */
export function narrowedLines(
  schedules: readonly Schedule[],
  bank: Bank,
  { language, words }: Reader,
): string[] {
  return schedules
    .filter(({ topics }) => isVoid(bank, topics))
    .map(({ channelId, topics }) => {
      const names = topics.map((slug) => `**${bank.topics.get(slug)?.[language] ?? slug}**`);
      return bankWords[language].narrowed(`<#${channelId}>`, words.list(names));
    });
}

/** Which shared topics are on, with a menu to say so. @param narrowed see {@link narrowedLines} */
export function topicsCard(
  shared: Bank,
  catalogue: Catalogue,
  narrowed: readonly string[],
  { language }: Reader,
  note?: string,
): APIContainerComponent {
  const say = bankWords[language];
  const topics = [...shared.topics.values()];
  const isOn = (slug: string) => !catalogue.off.includes(slug);
  const own = new Map<string, number>();
  for (const { topic } of itemsOf(catalogue)) own.set(topic, (own.get(topic) ?? 0) + 1);
  return container(
    colors.plain,
    text(`### ${say.topicsTitle}\n-# ${say.topicsHint}`),
    text(
      [
        ...topics.map((topic) =>
          say.topic(topic[language], shared.byTopic.get(topic.slug)?.length ?? 0, isOn(topic.slug)),
        ),
        ...catalogue.topics.map((topic) => say.ownTopic(topic[language], own.get(topic.slug) ?? 0)),
      ].join('\n'),
    ),
    ...(narrowed.length > 0 ? [line, text(narrowed.join('\n'))] : []),
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: 'bank-topics',
          placeholder: say.topicsMenu,
          min_values: 0,
          max_values: Math.min(topics.length, MOST_IN_MENU),
          options: topics.slice(0, MOST_IN_MENU).map((topic) => ({
            label: clip(topic[language], 100),
            value: topic.slug,
            default: isOn(topic.slug),
          })),
        },
      ],
    },
    ...(note ? [text(`-# ${note}`)] : []),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Mistakes on the card; the rest stands in a file. */
const SHOWN = 12;

/** Discord's limit; the shared bank has fewer topics. */
export const MOST_IN_MENU = 25;

/** Questions on a page of the list. */
const PAGE = 10;
