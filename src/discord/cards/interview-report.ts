import { type APIContainerComponent, ButtonStyle, ComponentType } from 'discord.js';
import { shownId } from '../../bank/own-id.ts';
import type { Item } from '../../bank/schema.ts';
import { labelOf } from '../../bank/search.ts';
import { type Interview, overallOf } from '../../interview/interview.ts';
import type { OpenItem } from '../../interview/pick.ts';
import { byImportance, missedOf, PASS } from '../../interview/score.ts';
import { stamp } from '../words/en.ts';
import { answerText, dateText, pointsText, quoted, scoreText, type Telling } from './interview-card.ts';
import { clip, code, plain, prose, withFormulas } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';
import { formulaPicture } from './picture.ts';
import { reportButton } from './report-button.ts';

/** The questions of an interview, as far as the bank still has them. */
export type Items = ReadonlyMap<string, Item>;

/** What came of an interview: scores, strengths, gaps, and what to look at again. */
export function reportCard(interview: Interview, items: Items, telling: Telling): APIContainerComponent {
  const { say, language } = telling;
  const { id, questions, turn, timeUp } = interview;
  const overall = overallOf(interview);
  const points = (choose: (item: OpenItem, ticks: readonly number[]) => number[]) =>
    questions
      .flatMap(({ questionId, score, ticks }, index) => {
        const item = openItem(items, questionId);
        if (!item || !score) return [];
        return choose(item, ticks).map((point) => ({ index, item, ...item.rubric[point]! }));
      })
      .sort((left, right) => Number(right.essential ?? 0) - Number(left.essential ?? 0))
      .map(({ index, item, essential, [language]: says }) => {
        const point = prose(withFormulas(says, item.formulas, code));
        return `- ${essential ? '**★** ' : ''}${point} · ${say.ofQuestion(index + 1)}`;
      });
  const strengths = points((item, ticks) =>
    byImportance(item.rubric).filter((point) => ticks.includes(point)),
  );
  const gaps = points((item, ticks) => missedOf(item.rubric, ticks));
  const review = questions.filter(({ score }) => score && score.value < PASS);
  const section = (title: string, lines: readonly string[], most: number) =>
    lines.length > 0 ? [line, text(clip(`**${title}**\n${few(lines)}`, most))] : [];
  return container(
    colors.plain,
    text(
      [
        `### ${say.report}`,
        `-# ${stamp(interview.startedAt, 'f')}${interview.finishedAt === undefined ? ` · ${say.unfinished}` : ''}`,
        overall === undefined ? say.notScored : say.overall(overall),
        ...(timeUp && turn + 1 < questions.length ? [say.reached(turn + 1, questions.length)] : []),
        ...questions.map((_, index) => scoreLine(interview, index, items, telling)),
      ].join('\n'),
    ),
    ...section(say.strengths, strengths, 900),
    ...section(say.gaps, gaps.length > 0 || strengths.length === 0 ? gaps : [say.noGaps], 1_100),
    ...section(
      say.review,
      review.map(({ questionId }) => {
        const item = items.get(questionId);
        const prompt = item ? plain(clip(labelOf(item, language), 70)) : say.itemGone;
        return `- ${prompt} \`${shownId(questionId)}\``;
      }),
      700,
    ),
    text([...(review.length > 0 ? [say.inDeck] : []), say.lookHint].map((hint) => `-# ${hint}`).join('\n')),
    row(...questions.map((_, index) => button(`interview-look:${id}:${index}`, String(index + 1)))),
    row(
      ...(interview.finishedAt === undefined
        ? [button(`interview-open:${id}`, say.proceed, { style: ButtonStyle.Primary })]
        : []),
      button(`interview-file:${id}`, say.export),
      button('interview-past:', say.past),
    ),
  );
}

/** One question of the report, with one's own answer. */
export function lookCard(
  interview: Interview,
  index: number,
  items: Items,
  telling: Telling,
): APIContainerComponent {
  const { say, language } = telling;
  const asked = interview.questions[index]!;
  const item = openItem(items, asked.questionId);
  const answer = asked.followUp?.answer;
  const prompt = item ? clip(prose(item[language].prompt, item.formulas), 400) : say.itemGone;
  const points = item && asked.score ? clip(pointsText(asked, item, language), 2_000) : '';
  return container(
    colors.closed,
    text(`### ${say.turn(index + 1, interview.questions.length)}\n${prompt}`),
    line,
    text(answerText(asked, say, 700)),
    ...(asked.late ? [text(`**${say.late}**\n${quoted(asked.late, 200)}`)] : []),
    ...(answer ? [text(`**${say.yourFollowUp}**\n${quoted(answer, 200)}`)] : []),
    line,
    text(
      [
        scoreText(asked, item, say),
        ...(item && points ? [points, `-# ${say.modelAnswerAt(shownId(item.id))}`] : []),
      ].join('\n'),
    ),
    ...(item ? formulaPicture(item, prompt, points) : []),
    row(
      button(`interview-report:${interview.id}`, say.back),
      ...(item ? [reportButton(item.id, language)] : []),
    ),
  );
}

/** A person's interviews, with a menu to open one. */
export function pastCard(past: readonly Interview[], most: number, telling: Telling): APIContainerComponent {
  const { say } = telling;
  const title = text(
    `### ${say.pastTitle}\n${past.length === 0 ? say.pastNone : `-# ${say.pastKept(most)}`}`,
  );
  if (past.length === 0) return container(colors.plain, title);
  return container(
    colors.plain,
    title,
    text(past.map((interview, index) => `${index + 1}. ${pastLine(interview, telling)}`).join('\n')),
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: 'interview-choose:',
          placeholder: say.pastMenu,
          options: past.map((interview, index) => ({
            label: clip(`${index + 1} · ${dateText(interview)} · ${topicsText(interview, telling)}`, 100),
            value: interview.id,
          })),
        },
      ],
    },
  );
}

function pastLine(interview: Interview, telling: Telling): string {
  const { say } = telling;
  const overall = overallOf(interview);
  const score = overall === undefined ? say.notScored : `**${overall}**`;
  const open = interview.finishedAt === undefined ? ` · ${say.unfinished}` : '';
  return `${stamp(interview.startedAt, 'D')} · ${score} · ${clip(topicsText(interview, telling), 80)}${open}`;
}

export function topicsText({ questions }: Interview, { bank, words, language }: Telling): string {
  const topics = new Set(questions.map(({ topic }) => bank.topics.get(topic)?.[language] ?? topic));
  return words.list([...topics]);
}

function scoreLine({ questions }: Interview, index: number, items: Items, telling: Telling): string {
  const { questionId, topic } = questions[index]!;
  const { bank, language, say } = telling;
  const label = bank.topics.get(topic)?.[language] ?? topic;
  return `${index + 1}. ${label} · ${scoreText(questions[index]!, openItem(items, questionId), say)}`;
}

function openItem(items: Items, id: string): OpenItem | undefined {
  const item = items.get(id);
  return item?.type === 'open' ? item : undefined;
}

function few(lines: readonly string[]): string {
  return lines.slice(0, MOST_LINES).join('\n');
}

/** Points of one kind that a report names: the most important ones. */
const MOST_LINES = 5;
