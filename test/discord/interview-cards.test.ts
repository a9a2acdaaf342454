import { describe, expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { languages } from '../../src/bank/schema.ts';
import { questionCard, type Telling } from '../../src/discord/cards/interview-card.ts';
import { interviewFile } from '../../src/discord/cards/interview-file.ts';
import { lookCard, pastCard, reportCard } from '../../src/discord/cards/interview-report.ts';
import { interviewWords } from '../../src/discord/words/interview.ts';
import { wordsOf } from '../../src/discord/words/of.ts';
import { type Asked, begin, type Interview, LONGEST_PART } from '../../src/interview/interview.ts';
import { type OpenItem, openItems } from '../../src/interview/pick.ts';

const bank = await loadBank('questions');
const open = openItems(bank.items.values(), {});

/** As an author may write at most: every text as long as the schema lets it be, and half of it to be escaped. */
const widest: OpenItem = {
  ...open[0]!,
  id: 'x'.repeat(80),
  en: { prompt: '*a'.repeat(300), explanation: '_b'.repeat(600) },
  zh: { prompt: '*题'.repeat(300), explanation: '_解'.repeat(600) },
  rubric: Array.from({ length: 6 }, () => ({
    weight: 3,
    essential: true,
    en: '[c'.repeat(100),
    zh: '[点'.repeat(100),
  })),
};
const items = new Map([...open, widest].map((item) => [item.id, item]));
const tellings = languages.map((language): Telling => {
  return { language, words: wordsOf(language), bank, say: interviewWords[language] };
});

/** An interview about one question five times over, each with as much as a person can write. */
function fullest({ id, topic, rubric }: OpenItem, stage: Asked['stage']): Interview {
  const written = '~*`\n'.repeat(LONGEST_PART / 4);
  const questions = Array.from({ length: 5 }, () => ({ id, topic }));
  const interview = begin({ id: 'i'.repeat(13), questions, minutes: 180 }, 0);
  const points = rubric.map((_, point) => point);
  const asked: Partial<Asked> = {
    stage,
    parts: [written, written, written],
    late: written,
    ticks: points,
    score: { value: 59, at: 0 },
    marks: points.map((point) => ({ point, quote: written })),
    followUp: { point: 0, answer: written, milliseconds: 0 },
  };
  return {
    ...interview,
    timeUp: stage !== 'answering',
    questions: interview.questions.map((each) => ({ ...each, ...asked })),
  };
}

/** All text that a card shows, and how many components it has. */
function measure(card: unknown): { characters: number; components: number } {
  const all = JSON.stringify(card, (key, value) => (key === 'options' ? undefined : value));
  const texts = [...all.matchAll(/"content":("(?:[^"\\]|\\.)*")/g)].map(
    ([, text]) => JSON.parse(text!) as string,
  );
  return { characters: texts.join('').length, components: [...all.matchAll(/"type":/g)].length };
}

describe.each([
  ['every open question of the bank', open],
  ['a question as wide as the schema lets it be', [widest]],
])(
  'with %s and the longest answers, a card fits Discord’s 4,000 characters and 40 components',
  (_, asked) => {
    const note = interviewWords.en.marking.found(6);
    const cards: [string, (item: OpenItem, telling: Telling) => unknown][] = [
      ...(['answering', 'ticking', 'followUp', 'done'] as const).map(
        (stage): [string, (item: OpenItem, telling: Telling) => unknown] => [
          stage,
          (item, telling) =>
            questionCard(fullest(item, stage), item, telling, { offer: { agreed: true }, note }),
        ],
      ),
      ['report', (item, telling) => reportCard(fullest(item, 'done'), items, telling)],
      ['look', (item, telling) => lookCard(fullest(item, 'done'), 0, items, telling)],
      ['past', (item, telling) => pastCard(Array(20).fill(fullest(item, 'done')), 20, telling)],
    ];
    test.each(cards)('%s', (_, card) => {
      for (const item of asked) {
        for (const telling of tellings) {
          const { characters, components } = measure(card(item, telling));
          expect(characters, `${item.id} ${telling.language}`).toBeLessThanOrEqual(4_000);
          expect(components).toBeLessThanOrEqual(40);
        }
      }
    });
  },
);

test('before the score, neither a card nor the file shows the model answer', () => {
  for (const telling of tellings) {
    for (const stage of ['answering', 'ticking', 'followUp'] as const) {
      const { score: _, ...unscored } = fullest(open[0]!, stage).questions[0]!;
      const interview = { ...fullest(open[0]!, stage), questions: [unscored] };
      const solution = open[0]![telling.language].explanation.slice(0, 10);
      expect(JSON.stringify(questionCard(interview, open[0]!, telling))).not.toContain(solution);
      expect(interviewFile(interview, items, telling)).not.toContain(solution);
    }
  }
});

test('what a person wrote can’t become markdown, a mention or a heading', () => {
  const written = '# Big\n@everyone <@123> **bold** [link](https://x.example) > quote\n-# small';
  const interview = begin({ id: 'i', questions: [{ id: open[0]!.id, topic: open[0]!.topic }] }, 0);
  const told = {
    ...interview,
    questions: interview.questions.map((each) => ({ ...each, parts: [written] })),
  };
  const card = JSON.stringify(questionCard(told, open[0]!, tellings[0]!));
  expect(card).toContain('> \\\\# Big');
  expect(card).toContain('\\\\<\\\\@123>');
  expect(card).toContain('\\\\*\\\\*bold\\\\*\\\\*');
  expect(card).not.toContain('[link](');
});

test('the menu of past interviews names each by its day', () => {
  const card = JSON.stringify(pastCard([fullest(open[0]!, 'done')], 20, tellings[0]!));
  expect(card).toContain('"label":"1 · 1970-01-01 · ');
});
