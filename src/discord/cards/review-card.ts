import { type APIContainerComponent, type APITextDisplayComponent, ButtonStyle } from 'discord.js';
import type { Bank } from '../../bank/load.ts';
import { shownId } from '../../bank/own-id.ts';
import { seededRandom } from '../../bank/pick.ts';
import type { Item, Language } from '../../bank/schema.ts';
import { shuffled } from '../../bank/shuffle.ts';
import { GRADES, type Grade } from '../../progress/grade.ts';
import type { Forecast, Outlook } from '../../review/outlook.ts';
import type { Turn } from '../../review/reviews.ts';
import type { Session } from '../../review/session.ts';
import type { Words } from '../words/en.ts';
import { type ReviewWords, reviewWords } from '../words/review.ts';
import { answerCard } from './answer-card.ts';
import { clip, plain, prose } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';
import { formulaPicture } from './picture.ts';
import { memoryPicture } from './progress-pictures.ts';
import { questionParts } from './question-card.ts';

/** In whose language, and with which questions. */
export type Reader = { readonly bank: Bank; readonly language: Language; readonly words: Words };

/** The question of a review, its answer still hidden. */
export function frontCard(turn: Turn & { item: Item }, reader: Reader): APIContainerComponent[] {
  const { session, item } = turn;
  const say = reviewWords[reader.language];
  const number = session.done.length;
  return [
    container(
      colors.open,
      text(heading(turn, reader)),
      ...questionParts(item, orderOf(session, item), [reader], true),
      text(`-# ${say.hint}`),
      row(
        button(`review-show:${session.id}:${number}`, say.show, { style: ButtonStyle.Primary }),
        ...undoButton(session, say),
      ),
    ),
  ];
}

/**
 * The same question with its answer, and the grades, each with the time after which it comes back.
 * @param dues when each grade would bring the question back, epoch milliseconds
 */
export function backCard(
  turn: Turn & { item: Item },
  dues: Readonly<Record<Grade, number>>,
  now: number,
  reader: Reader,
): APIContainerComponent[] {
  const { session, item } = turn;
  const { language, words } = reader;
  const say = reviewWords[language];
  const number = session.done.length;
  const asks = [
    line,
    text(`**${say.ask}**`),
    row(
      ...GRADES.map(({ grade, emoji }) =>
        button(
          `review-grade:${session.id}:${number}:${grade}`,
          `${emoji} ${say.grades[grade - 1]} · ${intervalText(dues[grade] - now, say)}`,
        ),
      ),
    ),
  ];
  const answer = answerCard(item, orderOf(session, item), language, words, { asks });
  const title = heading(turn, reader);
  const room = MOST_TEXT - lengthOf(answer) - title.length;
  const prompt = clip(prose(item[language].prompt, item.formulas), room);
  return [container(colors.open, text(title), text(prompt), ...formulaPicture(item, prompt)), answer];
}

/** What a session came to, and what comes when. */
export function endCard(
  { session }: Turn,
  { dueNow, next, days }: Forecast,
  { language }: Reader,
): APIContainerComponent[] {
  const say = reviewWords[language];
  const counts = GRADES.map(({ grade }) => session.done.filter((each) => each.grade === grade).length);
  const due = days.map((day) => day.due);
  const done = session.done.length;
  return [
    container(
      colors.right,
      text(
        [
          `### ${done > 0 ? say.finished : say.nothing}`,
          ...(done > 0 ? [say.reviewed(done), say.summary(counts)] : [say.nothingHint]),
        ].join('\n'),
      ),
      line,
      text(
        [
          dueNow > 0 ? say.stillDue(dueNow) : next === undefined ? '' : say.soon(next),
          say.coming(due[0]! - dueNow, due[1]!, sumOf(due.slice(0, 7)) - dueNow),
        ]
          .filter(Boolean)
          .join('\n'),
      ),
      row(button('review-again', say.goOn, { style: ButtonStyle.Primary }), ...undoButton(session, say)),
    ),
  ];
}

/**
 * How a deck stands: what is due when, what was known, what is hard.
 * @param inWords shows a chart of letters instead of a picture
 */
export function statsCard(
  outlook: Outlook,
  titles: ReadonlyMap<string, string>,
  { language }: Reader,
  inWords: boolean,
): APIContainerComponent {
  const say = reviewWords[language];
  const title = text(`### ${say.statsTitle}`);
  if (outlook.cards === 0) return container(colors.plain, title, text(say.statsEmpty));
  const { asked, known } = outlook.recall;
  const target = Math.round(outlook.target * 100);
  const hardest = outlook.hardest.map(
    ({ questionId, lapses }) =>
      `- ${plain(titles.get(questionId) ?? shownId(questionId))} · ${say.lapses(lapses)}`,
  );
  return container(
    colors.plain,
    title,
    text(say.cards(outlook.cards, outlook.days[0]!.due)),
    line,
    inWords
      ? text(`**${say.forecast}**\n\`\`\`\n${barChart(outlook.days)}\n\`\`\``)
      : memoryPicture(outlook, language),
    text(
      `**${say.recall}**\n${asked > 0 ? say.recallLine(Math.round((100 * known) / asked), known, asked, target) : say.recallNone(target)}`,
    ),
    ...(hardest.length > 0 ? [text(`**${say.hardest}**\n${hardest.join('\n')}`)] : []),
  );
}

/** A bar for each of the next seven days, and then for each week. */
function barChart(days: Forecast['days']): string {
  const bars = days.slice(0, 7).map(({ date, due }) => ({ label: date.slice(5), due }));
  for (let first = 7; first < days.length; first += 7) {
    const week = days.slice(first, first + 7);
    const label = `${week[0]!.date.slice(5)}…${week.at(-1)!.date.slice(5)}`;
    bars.push({ label, due: sumOf(week.map(({ due }) => due)) });
  }
  const most = Math.max(1, ...bars.map(({ due }) => due));
  return bars
    .map(({ label, due }) => {
      const bar = '█'.repeat(due > 0 ? Math.max(1, Math.round((due / most) * LONGEST_BAR)) : 0);
      return `${label.padEnd(11)} ${bar}${bar && ' '}${due}`;
    })
    .join('\n');
}

/** `10 min`, `3 d`, `1.5 mo`. */
export function intervalText(milliseconds: number, { interval }: ReviewWords): string {
  const minutes = Math.max(1, Math.round(milliseconds / 60_000));
  if (minutes < 60) return interval.minutes(String(minutes));
  const hours = Math.round(minutes / 60);
  if (hours < 24) return interval.hours(String(hours));
  const days = Math.round(minutes / 1_440);
  if (days < 31) return interval.days(String(days));
  const tenths = (count: number) => String(Math.round(count * 10) / 10);
  return days < 365 ? interval.months(tenths(days / 30.4)) : interval.years(tenths(days / 365.25));
}

/** The options in an order of their own in each review, so that their places can't be learnt by heart. */
function orderOf({ id, done }: Session, item: Item): string[] {
  if (!('options' in item.en)) return [];
  return shuffled(Object.keys(item.en.options), seededRandom(`${id} ${done.length} options`));
}

function heading({ item, left }: Turn & { item: Item }, { bank, language, words }: Reader): string {
  const topic = bank.topics.get(item.topic)?.[language] ?? item.topic;
  return `### ${topic} · ${words.card.level(item.level)}\n-# ${reviewWords[language].left(left.due, left.fresh)}`;
}

function undoButton({ id, done }: Session, say: ReviewWords) {
  return done.length > 0 ? [button(`review-undo:${id}:${done.length - 1}`, say.undo)] : [];
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function lengthOf({ components }: APIContainerComponent): number {
  const texts = components.filter((each): each is APITextDisplayComponent => 'content' in each);
  return texts.reduce((sum, { content }) => sum + content.length, 0);
}

/** Characters: Discord's 4,000, less what stands in bold. */
const MOST_TEXT = 3_990;

/** Characters: the chart fits a phone's width. */
const LONGEST_BAR = 16;
