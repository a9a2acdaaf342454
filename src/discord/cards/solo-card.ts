import { type APIMessageTopLevelComponent, ButtonStyle } from 'discord.js';
import type { Library } from '../../bank/banks.ts';
import type { MarkableItem } from '../../bank/mark.ts';
import { shownId } from '../../bank/own-id.ts';
import { labelOf } from '../../bank/search.ts';
import type { SoloAnswer, SoloQuestion, SoloQuiz } from '../../quiz/solo.ts';
import { quizWords } from '../words/quiz.ts';
import { answerCard } from './answer-card.ts';
import { answerControls, controlIds, orderControls } from './answer-controls.ts';
import { clip, plain, prose } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';
import { givenText, questionParts, type Spoken } from './question-card.ts';

type Reader = Spoken & Pick<Library, 'bank'>;
type Card = APIMessageTopLevelComponent[];

/** Names a question of a quiz in component ids. */
export function soloKey({ id }: SoloQuiz, n: number): string {
  return `${id}-${n}`;
}

/** The question on show. */
export function soloQuestionCard(solo: SoloQuiz, item: MarkableItem, reader: Reader): Card {
  const question = solo.questions[solo.n]!;
  return [
    container(
      colors.open,
      text(headingOf(solo, question, reader)),
      ...questionParts(item, question.order, [reader], true),
      ...answerControls(item, question.order, controlIds('solo', soloKey(solo, solo.n)), [reader]),
    ),
  ];
}

/** The steps pressed so far. */
export function soloOrderCard(
  solo: SoloQuiz,
  item: MarkableItem,
  pressed: readonly number[],
  spoken: Spoken,
): Card {
  const { order } = solo.questions[solo.n]!;
  return [orderControls(item, order, pressed, controlIds('solo', soloKey(solo, solo.n)), spoken)];
}

/** The solution of the question on show, and the way on. @param points none are told of outside of servers */
export function soloFeedbackCard(
  solo: SoloQuiz,
  item: MarkableItem,
  { given, right, slip }: SoloAnswer,
  points: number | undefined,
  reader: Reader,
): Card {
  const say = quizWords[reader.language].solo;
  const { n, questions } = solo;
  const question = questions[n]!;
  const prompt = clip(prose(item[reader.language].prompt, item.formulas), LONGEST_PROMPT);
  const notes = [headingOf(solo, question, reader), prompt];
  if (right && points !== undefined) notes.push(`-# ${points > 0 ? say.points(points) : say.noPoints}`);
  const verdict = { right, slip, given: givenText(item, question.order, given, reader) };
  const isLast = n + 1 === questions.length;
  return [
    answerCard(item, question.order, reader.language, reader.words, { verdict, notes }),
    row(
      button(`solonext:${soloKey(solo, n)}`, isLast ? say.finish : say.next, { style: ButtonStyle.Primary }),
    ),
  ];
}

/** How it went. @param points what it earned for the boards */
export function soloResultCard({ questions }: SoloQuiz, points: number, reader: Reader): Card {
  const { bank, language } = reader;
  const say = quizWords[language].solo;
  const wrong = questions.filter(({ answer }) => !answer?.right);
  const nameOf = (topic: string) => plain(bank.topics.get(topic)?.[language] ?? topic);
  const topics = [...new Set(questions.map(({ topic }) => topic))].map((topic) => {
    const asked = questions.filter((question) => question.topic === topic);
    return {
      name: nameOf(topic),
      right: asked.filter(({ answer }) => answer?.right).length,
      of: asked.length,
    };
  });
  const weak = topics.filter(({ right, of }) => right < of).map(({ name }) => name);
  const wrongLines = wrong.slice(0, MOST_LINES).map(({ questionId }) => {
    const item = bank.items.get(questionId);
    return `- ${item ? plain(labelOf(item, language)) : ''} \`${shownId(questionId)}\``;
  });
  return [
    container(
      colors.plain,
      text(
        [
          say.result(questions.length - wrong.length, questions.length),
          ...(points > 0 ? [say.earned(points)] : []),
        ].join('\n'),
      ),
      line,
      text(
        [
          `**${say.byTopic}**`,
          ...topics.map(({ name, right, of }) => say.topic(name, right, of)),
          weak.length > 0 ? say.review(reader.words.list(weak)) : say.perfect,
        ].join('\n'),
      ),
      ...(wrong.length > 0
        ? [
            text(
              [
                `**${say.wrong}**`,
                ...wrongLines,
                ...(wrong.length > MOST_LINES ? [say.more(wrong.length - MOST_LINES)] : []),
                `-# ${say.look}`,
              ].join('\n'),
            ),
          ]
        : []),
    ),
  ];
}

function headingOf({ n, questions }: SoloQuiz, { topic, level }: SoloQuestion, reader: Reader): string {
  const name = plain(reader.bank.topics.get(topic)?.[reader.language] ?? topic);
  return quizWords[reader.language].solo.heading(
    n + 1,
    questions.length,
    name,
    reader.words.card.level(level),
  );
}

/** Characters; the solution below needs the room. */
const LONGEST_PROMPT = 500;

/** A line has 200 characters at most, with its id. */
const MOST_LINES = 10;
