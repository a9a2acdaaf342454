import {
  type APIComponentInContainer,
  type APIContainerComponent,
  ButtonStyle,
  ComponentType,
} from 'discord.js';
import type { Bank } from '../../bank/load.ts';
import { shownId } from '../../bank/own-id.ts';
import {
  type Asked,
  answerOf,
  deadlineOf,
  type Interview,
  MOST_PARTS,
  presentOf,
} from '../../interview/interview.ts';
import type { OpenItem } from '../../interview/pick.ts';
import { byImportance, PASS } from '../../interview/score.ts';
import type { InterviewWords } from '../words/interview.ts';
import { sourcesText } from './answer-card.ts';
import { clip, numbered, prose } from './markdown.ts';
import { button, colors, container, line, row, text } from './parts.ts';
import { formulaPicture } from './picture.ts';
import { letter, questionParts, type Spoken } from './question-card.ts';
import { reportButton } from './report-button.ts';

/** What an interview's cards are written with. */
export type Telling = Spoken & { readonly say: InterviewWords; readonly bank: Bank };

/** What the person may do with the language model here; absent where there is none. */
export type MarkingOffer = { readonly agreed: boolean };

/** The present question, at its stage. */
export function questionCard(
  interview: Interview,
  item: OpenItem,
  telling: Telling,
  { offer, note }: { offer?: MarkingOffer | undefined; note?: string | undefined } = {},
): APIContainerComponent {
  const notes = [
    ...(interview.timeUp ? [telling.say.timeUp] : []),
    ...(presentOf(interview).late ? [telling.say.lateKept] : []),
    ...(note ? [note] : []),
  ];
  const parts = stages[presentOf(interview).stage](interview, item, telling, offer);
  const head = [titleOf(interview, interview.turn, item, telling), ...notes].join('\n');
  return container(colors.open, text(head), ...parts);
}

type Stage = (
  interview: Interview,
  item: OpenItem,
  telling: Telling,
  offer: MarkingOffer | undefined,
) => APIComponentInContainer[];

const answering: Stage = (interview, item, { language, words, say }) => {
  const asked = presentOf(interview);
  const deadline = deadlineOf(interview);
  const written = asked.parts.length;
  const id = idsOf(interview);
  return [
    ...questionParts(item, [], [{ language, words }], false),
    ...(deadline === undefined ? [] : [text(say.deadline(deadline))]),
    ...(written > 0 ? [line, text(answerText(asked, say, 1_500))] : []),
    ...(written === MOST_PARTS ? [text(`-# ${say.full}`)] : []),
    row(
      button(id('say', String(written)), written > 0 ? say.more : say.answer, {
        style: written > 0 ? ButtonStyle.Secondary : ButtonStyle.Primary,
        disabled: written === MOST_PARTS,
      }),
      button(id('done'), written > 0 ? say.complete : say.giveUp, {
        style: written > 0 ? ButtonStyle.Primary : ButtonStyle.Secondary,
      }),
    ),
  ];
};

const ticking: Stage = (interview, item, { language, say }, offer) => {
  const asked = presentOf(interview);
  const id = idsOf(interview);
  const list = pointsText(asked, item, language);
  const prompt = clip(prose(item[language].prompt, item.formulas), 500);
  return [
    text(prompt),
    line,
    text(answerText(asked, say, Math.max(300, LONGEST_TEXT + 200 - prompt.length - list.length))),
    line,
    text(`**${say.ticksTitle}** ${say.ticksHint}\n${list}`),
    ...formulaPicture(item, prompt, list),
    {
      type: ComponentType.ActionRow,
      components: [
        {
          type: ComponentType.StringSelect,
          custom_id: id('tick'),
          placeholder: say.ticksMenu,
          min_values: 0,
          max_values: item.rubric.length,
          options: byImportance(item.rubric).map((point, index) => ({
            label: clip(`${letter(index)} · ${numbered(item.rubric[point]![language], item.formulas)}`, 100),
            value: String(point),
            default: asked.ticks.includes(point),
          })),
        },
      ],
    },
    row(
      button(id('score'), asked.ticks.length > 0 ? say.toScore : say.noneToScore, {
        style: ButtonStyle.Primary,
      }),
      ...(offer && !asked.marks ? [button(id('mark'), say.marking.suggest)] : []),
      ...(offer?.agreed ? [button(id('withdraw'), say.marking.withdraw)] : []),
    ),
  ];
};

const followUp: Stage = (interview, item, { language, say }) => {
  const asked = presentOf(interview);
  const id = idsOf(interview);
  const point = prose(item.rubric[asked.followUp?.point ?? 0]?.[language] ?? '', item.formulas);
  const deadline = deadlineOf(interview);
  return [
    text(scoreText(asked, item, say)),
    line,
    text(
      [
        `**${say.followUp}**`,
        say.followUpAsks(point),
        `-# ${say.followUpFree}`,
        ...(deadline === undefined ? [] : [say.deadline(deadline)]),
      ].join('\n'),
    ),
    ...formulaPicture(item, point),
    row(button(id('follow'), say.answer, { style: ButtonStyle.Primary }), button(id('skip'), say.skip)),
  ];
};

const done: Stage = (interview, item, { language, words, say }) => {
  const asked = presentOf(interview);
  const id = idsOf(interview);
  const own = asked.followUp?.answer;
  const points = pointsText({ ...asked, marks: [] }, item, language);
  const practice = own ? `**${say.yourFollowUp}**\n${quoted(own, 400)}` : '';
  const model = `**${say.modelAnswer}**\n${prose(item[language].explanation, item.formulas)}`;
  const solution = clip(model, LONGEST_TEXT - points.length - practice.length);
  const last = interview.timeUp || interview.turn + 1 === interview.questions.length;
  return [
    text(`${scoreText(asked, item, say)}\n${points}`),
    ...(practice ? [line, text(practice)] : []),
    line,
    text(solution),
    ...formulaPicture(item, points, solution),
    text(`-# ${words.answer.sources(sourcesText(item))}\n-# \`${shownId(item.id)}\``),
    row(
      button(id('next'), last ? say.toReport : say.next, { style: ButtonStyle.Primary }),
      ...(last ? [] : [button(id('end'), say.end)]),
      reportButton(item.id, language),
    ),
  ];
};

const stages: Record<Asked['stage'], Stage> = { waiting: () => [], answering, ticking, followUp, done };

/** Asks once whether answers may be sent to the model. */
export function agreementCard(
  interview: Interview,
  { host, model }: { host: string; model: string },
  say: InterviewWords,
): APIContainerComponent {
  const id = idsOf(interview);
  return container(
    colors.plain,
    text(`### ${say.marking.title}`),
    text(say.marking.asks(host, prose(model))),
    row(
      button(id('agree'), say.marking.agree, { style: ButtonStyle.Primary }),
      button(id('refuse'), say.marking.refuse),
    ),
  );
}

/** Where the question is no longer in the bank: there is nothing to mark it by. */
export function goneCard(interview: Interview, say: InterviewWords): APIContainerComponent {
  const title = `### ${say.turn(interview.turn + 1, interview.questions.length)}`;
  return container(
    colors.closed,
    text(`${title}\n${say.itemGone}`),
    row(button(idsOf(interview)('drop'), say.next, { style: ButtonStyle.Primary })),
  );
}

/** Ids that name the interview and its question, so that a click on an old card is known as one. */
export function idsOf({ id, turn }: Interview): (action: string, more?: string) => string {
  return (action, more) => `interview-${action}:${id}:${turn}${more === undefined ? '' : `:${more}`}`;
}

export function titleOf(interview: Interview, turn: number, item: OpenItem, telling: Telling): string {
  const { say, words, bank, language } = telling;
  const topic = bank.topics.get(item.topic)?.[language] ?? item.topic;
  return `### ${say.turn(turn + 1, interview.questions.length)}\n${topic} · ${words.card.level(item.level)}`;
}

export function scoreText({ score, ticks }: Asked, item: OpenItem | undefined, say: InterviewWords): string {
  if (!score) return say.notScored;
  const lacks = item?.rubric.some(({ essential }, point) => essential && !ticks.includes(point));
  const because = lacks && ticks.length > 0 ? ` · ${say.essentialMissing}` : '';
  return `${score.value >= PASS ? '✅' : '🔸'} ${say.score(score.value)}${because}`;
}

/** Every key point, the essential ones first, with what is ticked and what the model quotes. */
export function pointsText({ ticks, marks = [] }: Asked, item: OpenItem, language: 'en' | 'zh'): string {
  const lines = byImportance(item.rubric).map((point, index) => {
    const { essential, [language]: says } = item.rubric[point]!;
    const quote = marks.find((mark) => mark.point === point)?.quote;
    const box = ticks.includes(point) ? '☑' : '☐';
    const star = essential ? '**★** ' : '';
    const shown = `${box} **${letter(index)}.** ${star}${prose(says, item.formulas)}`;
    return quote ? `${shown}\n-# 🤖 “${clip(prose(quote), 100)}”` : shown;
  });
  return clip(lines.join('\n'), LONGEST_LIST);
}

export function answerText(asked: Asked, say: InterviewWords, most: number): string {
  const answer = answerOf(asked);
  if (!answer) return say.noAnswer;
  return `**${say.yourAnswer(answer.length)}**\n${quoted(answer, most)}`;
}

/** The day on which it was begun, in UTC: for where Discord shows no timestamps. */
export function dateText({ startedAt }: Interview): string {
  return new Date(startedAt).toISOString().slice(0, 10);
}

/** What a person wrote, letter by letter, as a quotation. */
export function quoted(written: string, most: number): string {
  const lines = written.replace(/\n{2,}/g, '\n').split('\n');
  return clip(lines.map((each) => `> ${prose(each)}`).join('\n'), most);
}

/** Discord takes 4,000 characters in a message; the rest is for headings and hints. */
const LONGEST_TEXT = 3_000;
const LONGEST_LIST = 2_200;
