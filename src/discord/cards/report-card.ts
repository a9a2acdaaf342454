import {
  type APIButtonComponent,
  type APIContainerComponent,
  type APIModalInteractionResponseCallbackData,
  ButtonStyle,
  ComponentType,
  TextInputStyle,
} from 'discord.js';
import { guildOfId, shownId } from '../../bank/own-id.ts';
import type { Item, Language } from '../../bank/schema.ts';
import { labelOf } from '../../bank/search.ts';
import type { Report } from '../../reports/service.ts';
import { announcementId } from '../announce.ts';
import { wordsOf } from '../words/of.ts';
import { reportWords } from '../words/report.ts';
import { quoted } from './interview-card.ts';
import { clip, code, plain } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';

/** Asks what is wrong. */
export function reportModal(customId: string, language: Language): APIModalInteractionResponseCallbackData {
  const say = reportWords[language];
  return {
    custom_id: customId,
    title: say.title,
    components: [
      {
        type: ComponentType.Label,
        label: say.label,
        description: say.hint,
        component: {
          type: ComponentType.TextInput,
          custom_id: REPORT_INPUT,
          style: TextInputStyle.Paragraph,
          required: true,
          max_length: LONGEST_REPORT,
        },
      },
    ],
  };
}

/** A report for those who manage a server, in the server's language. */
export function reportCard(
  report: Report,
  item: Item | undefined,
  language: Language,
  issuesUrl: string | undefined,
): APIContainerComponent {
  const say = reportWords[language];
  const id = shownId(report.questionId);
  const link =
    guildOfId(report.questionId) === undefined ? issueLink(issuesUrl, report, language) : undefined;
  return container(
    colors.wrong,
    text(
      [
        `### ${say.card.title}`,
        say.card.by(plain(report.name), code(id), wordsOf(language).languages[report.language], report.at),
        ...(item ? [`-# ${plain(labelOf(item, report.language))}`] : []),
      ].join('\n'),
    ),
    line,
    text(quoted(report.text, 2_500)),
    row(button(announcementId('report-done', report.key), say.card.handle), ...(link ? [link] : [])),
  );
}

/** The same once somebody has seen to it. */
export function handledCard(
  card: APIContainerComponent,
  name: string,
  language: Language,
): APIContainerComponent {
  const title = text(`**${reportWords[language].card.handled(plain(name))}**`);
  const isRow = ({ type }: { type: ComponentType }) => type === ComponentType.ActionRow;
  return {
    ...card,
    accent_color: colors.closed,
    components: [...card.components.filter((each) => !isRow(each)), title],
  };
}

/** What one can do oneself where no server takes the report: the project's own place for it, filled in. */
export function elsewhereCard(
  report: Pick<Report, 'questionId' | 'text'>,
  isOwn: boolean,
  issuesUrl: string | undefined,
  language: Language,
): APIContainerComponent {
  const say = reportWords[language];
  const link = isOwn ? undefined : issueLink(issuesUrl, report, language);
  return container(
    colors.plain,
    text(isOwn ? say.own : link ? say.nowhere : say.nowhereAtAll),
    text(`${say.copy}\n${quoted(report.text, 2_500)}`),
    ...(link ? [row(link)] : []),
  );
}

/** The form for a new issue with as much filled in as an address may be long. */
export function issueLink(
  issuesUrl: string | undefined,
  { questionId, text }: Pick<Report, 'questionId' | 'text'>,
  language: Language,
): APIButtonComponent | undefined {
  if (!issuesUrl) return undefined;
  const say = reportWords[language];
  const address = (body: string) => {
    const url = new URL(issuesUrl);
    url.searchParams.set('title', say.issueTitle(questionId));
    if (body) url.searchParams.set('body', body);
    return url.href;
  };
  let length = text.length;
  while (length > 0 && address(clip(text, length)).length > LONGEST_ADDRESS)
    length = Math.floor(length * 0.9);
  const url = address(length > 0 ? clip(text, length) : '');
  return { type: ComponentType.Button, style: ButtonStyle.Link, label: say.issue, url };
}

export const REPORT_INPUT = 'report';

/** Characters. */
export const LONGEST_REPORT = 1_000;

/** Characters that Discord takes behind a button. */
const LONGEST_ADDRESS = 512;
