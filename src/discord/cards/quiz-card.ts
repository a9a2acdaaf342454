import {
  type APIMessageTopLevelComponent,
  ButtonStyle,
  MessageFlags,
  type RESTPostAPIChannelMessageJSONBody,
} from 'discord.js';
import type { Bank } from '../../bank/load.ts';
import type { MarkableItem } from '../../bank/mark.ts';
import { labelOf } from '../../bank/search.ts';
import { overBy, type Quiz } from '../../quiz/quiz.ts';
import { SCORES, type Standing, standingsOf } from '../../quiz/score.ts';
import { wordsOf } from '../words/of.ts';
import { quizWords } from '../words/quiz.ts';
import { answerControls, controlIds } from './answer-controls.ts';
import { clip, plain, prose } from './markdown.ts';
import { button, colors, container, line, nobody, row, text } from './parts.ts';
import { formulaPicture } from './picture.ts';
import { keyText, optionText, questionParts, type Spoken } from './question-card.ts';

type Card = APIMessageTopLevelComponent[];

/** What names each message of a quiz, in the announcements' ledger and in component ids. */
export const quizKey = {
  question: ({ id }: Quiz, n: number) => `${id}-q${n}`,
  solution: ({ id }: Quiz, n: number) => `${id}-r${n}`,
  podium: ({ id }: Quiz) => `${id}-end`,
};

/** A card as a message of its own. */
export function messageOf(components: Card): RESTPostAPIChannelMessageJSONBody {
  return { flags: MessageFlags.IsComponentsV2, components, allowed_mentions: nobody };
}

/** Who is in, before the first question and after. */
export function lobbyCard(quiz: Quiz): Card {
  const say = quizWords[quiz.language].group;
  const { phase, id, questions, seconds, speedBonus, changeable, players, host } = quiz;
  const waits = phase.name === 'lobby';
  const cancelled = phase.name === 'over' && quiz.played === 0 && !quiz.messageId;
  const names = Object.values(players).map(({ name }) => plain(name));
  const state = waits ? say.starts(phase.startsAt) : cancelled ? say.cancelled : say.started;
  return [
    container(
      waits ? colors.open : colors.closed,
      text([`### ${say.title}`, say.lobby(plain(host.name))].join('\n')),
      text(
        [
          say.rules(questions.length, seconds, speedBonus, changeable),
          `-# ${say.scores(Object.values(SCORES.right))}`,
        ].join('\n'),
      ),
      text([say.players(names.length, clip(names.join(', '), LONGEST_NAMES)), state].join('\n')),
      ...(phase.name === 'over'
        ? []
        : [
            row(
              button(`quizjoin:${id}`, say.join, { style: ButtonStyle.Success }),
              ...(waits ? [button(`quizstart:${id}`, say.start)] : []),
            ),
          ]),
    ),
  ];
}

/** The present question, with what answers it while it is open. Nothing in it depends on the key. */
export function quizQuestionCard(quiz: Quiz, item: MarkableItem, bank: Bank): Card {
  const spoken = spokenIn(quiz);
  const say = quizWords[quiz.language].group;
  const { phase, n, questions, players } = quiz;
  const { order, topic, level, answers } = questions[n]!;
  const asks = phase.name === 'asking' || phase.name === 'open';
  const eligible = Object.values(players).filter(({ from }) => from <= n).length;
  const key = quizKey.question(quiz, n);
  return [
    container(
      asks ? colors.open : colors.closed,
      text(
        [
          `### ${say.question(n + 1, questions.length)}`,
          `${plain(bank.topics.get(topic)?.[quiz.language] ?? topic)} · ${spoken.words.card.level(level)}`,
        ].join('\n'),
      ),
      ...questionParts(item, order, [spoken], asks),
      ...(asks ? answerControls(item, order, controlIds('quiz', key), [spoken]) : []),
      line,
      text(
        [
          asks ? say.closes(phase.closesAt) : say.closed,
          say.answered(Object.keys(answers).length, eligible),
          ...(quiz.resumed ? [`-# ${say.resumed}`] : []),
        ].join('\n'),
      ),
    ),
  ];
}

/** The solution: the key, how the answers split, who was right, why, and how everybody stands. */
export function solutionCard(quiz: Quiz, item: MarkableItem): Card {
  const spoken = spokenIn(quiz);
  const say = quizWords[quiz.language].group;
  const { n, questions, players } = quiz;
  const { order, answers } = questions[n]!;
  const all = Object.entries(answers);
  const right = all
    .filter(([, answer]) => answer.right)
    .sort(([, a], [, b]) => a.milliseconds - b.milliseconds)
    .map(([userId]) => plain(players[userId]?.name ?? ''));
  const isLast = n + 1 === questions.length;
  const split = clip(splitText(quiz, item, order, spoken), LONGEST_SPLIT);
  const why = clip(whyText(item, quiz.language), LONGEST_WHY);
  return [
    container(
      colors.plain,
      text(`### ${say.solution(n + 1)}`),
      text(split),
      text(
        all.length === 0
          ? say.nobodyAnswered
          : [
              say.right(right.length, all.length),
              ...(right.length > 0 ? [say.quickest(clip(right.join(', '), LONGEST_NAMES))] : []),
            ].join('\n'),
      ),
      line,
      text(why),
      ...formulaPicture(item, split, why),
      line,
      text(
        [
          `**${say.standings}**`,
          ...standingLines(quiz, FEW),
          ...('nextAt' in quiz.phase && !quiz.reason
            ? [`-# ${isLast ? say.resultAt(quiz.phase.nextAt) : say.nextAt(quiz.phase.nextAt)}`]
            : []),
        ].join('\n'),
      ),
      row(button(`quizwhy:${quizKey.solution(quiz, n)}`, say.why)),
    ),
  ];
}

/** How it ended. */
export function podiumCard(quiz: Quiz): Card {
  const say = quizWords[quiz.language].group;
  const scored = standingsOf(quiz).some(({ score }) => score > 0);
  return [
    container(
      colors.plain,
      text([`### ${say.podium}`, ...(quiz.reason ? [say.reason[quiz.reason]] : [])].join('\n')),
      text(scored ? standingLines(quiz, MANY).join('\n') : say.nobody),
      ...(scored ? [text(`-# ${say.ties}`)] : []),
      row(button(`quizmine:${quizKey.podium(quiz)}`, say.mine)),
    ),
  ];
}

/** One player's own quiz, in their own language. */
export function ownCard(quiz: Quiz, userId: string, bank: Bank, { language, words }: Spoken): Card {
  const say = quizWords[language].group;
  const standings = standingsOf(quiz);
  const own = standings.find((standing) => standing.userId === userId)!;
  const lines = quiz.questions.slice(0, quiz.played).map(({ questionId, answers }, n) => {
    const answer = answers[userId];
    const item = bank.items.get(questionId);
    return say.ownLine(
      n + 1,
      answer ? (answer.right ? '✅' : '❌') : '➖',
      item ? plain(labelOf(item, language)) : '',
    );
  });
  return [
    container(
      colors.plain,
      text(say.own(own.place, standings.length, words.number(own.score))),
      text(clip(lines.join('\n'), 3_500)),
    ),
  ];
}

/** That a channel plays already. */
export function busyText(quiz: Quiz, language: Quiz['language']): string {
  const { host, n, questions } = quiz;
  return quizWords[language].errors.busy(plain(host.name), n + 1, questions.length, overBy(quiz));
}

/** Each option with its share; of other answers only the key. */
function splitText(quiz: Quiz, item: MarkableItem, order: readonly string[], spoken: Spoken): string {
  const answers = Object.values(quiz.questions[quiz.n]!.answers);
  const rows: [label: string, right: boolean, position: number][] =
    item.type === 'boolean'
      ? [
          [spoken.words.yes, item.answer, 0],
          [spoken.words.no, !item.answer, 1],
        ]
      : item.type === 'single' || item.type === 'multiple'
        ? order.map((id, position) => [
            optionText(item, order, id, quiz.language),
            item.answer.includes(id),
            position,
          ])
        : [];
  if (rows.length === 0) return `**${spoken.words.answer.key}**\n${keyText(item, order, spoken)}`;
  return rows
    .map(([label, right, position]) => {
      const count = answers.filter(
        ({ given }) => typeof given !== 'string' && given.includes(position),
      ).length;
      return `${right ? '✅' : '▫️'} ${label}\n-# ${bar(count, answers.length)} ${count}`;
    })
    .join('\n');
}

function bar(count: number, of: number): string {
  const full = of === 0 ? 0 : Math.round((count / of) * BAR);
  return `${'▰'.repeat(full)}${'▱'.repeat(BAR - full)}`;
}

/** The explanation in the server's language, and the right option's own reason. */
function whyText(item: MarkableItem, language: Quiz['language']): string {
  const parts = [prose(item[language].explanation, item.formulas)];
  if (item.type === 'single') parts.unshift(prose(item[language].why[item.answer] ?? '', item.formulas));
  if (item.type === 'boolean') {
    const { why } = item[language];
    parts.unshift(prose(item.answer ? why.true : why.false, item.formulas));
  }
  return parts.filter(Boolean).join('\n\n');
}

function standingLines(quiz: Quiz, most: number): string[] {
  const say = quizWords[quiz.language].group;
  const { number } = wordsOf(quiz.language);
  const all = standingsOf(quiz);
  const written = ({ place, name, score, right, time }: Standing) =>
    `${medals[place - 1] ?? `**${place}.**`} ${clip(plain(name), 60)} · ${say.line(number(score), right, (time / 1000).toFixed(1))}`;
  return [
    ...all.slice(0, most).map(written),
    ...(all.length > most ? [quizWords[quiz.language].solo.more(all.length - most)] : []),
  ];
}

function spokenIn({ language }: Quiz): Spoken {
  return { language, words: wordsOf(language) };
}

const medals = ['🥇', '🥈', '🥉'];

/** Lines of the standings between questions, and at the end. */
const FEW = 5;
const MANY = 20;

/** Squares. */
const BAR = 10;

/** Characters; together with five standings they stay below the 4,000 that Discord takes in a message. */
const LONGEST_SPLIT = 1_300;
const LONGEST_NAMES = 400;
const LONGEST_WHY = 1_500;
