import { describe, expect, test } from 'vitest';
import { bankWords } from '../src/discord/words/bank.ts';
import { boardWords } from '../src/discord/words/board.ts';
import { competitionWords } from '../src/discord/words/competition.ts';
import { doctorWords } from '../src/discord/words/doctor.ts';
import { en } from '../src/discord/words/en.ts';
import { interviewWords } from '../src/discord/words/interview.ts';
import { pictureWords } from '../src/discord/words/pictures.ts';
import { privacyWords } from '../src/discord/words/privacy.ts';
import { quizWords } from '../src/discord/words/quiz.ts';
import { reportWords } from '../src/discord/words/report.ts';
import { reviewWords } from '../src/discord/words/review.ts';
import { zh } from '../src/discord/words/zh.ts';

/** All plain sentences, by path. (A missing one is a type error; this looks at what they say.) */
function sentences(words: object, path = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]): [string, string][] => {
    if (typeof value === 'string') return [[`${path}${key}`, value]];
    return typeof value === 'object' ? sentences(value, `${path}${key}.`) : [];
  });
}

describe.each([
  ['the core', { en, zh }],
  ['banks', bankWords],
  ['boards', boardWords],
  ['competitions', competitionWords],
  ['the doctor', doctorWords],
  ['interviews', interviewWords],
  ['pictures', pictureWords],
  ['privacy', privacyWords],
  ['quizzes', quizWords],
  ['reports', reportWords],
  ['reviews', reviewWords],
])('of %s', (_, words) => {
  test('what is English has no Chinese in it, and what is Chinese is Chinese', () => {
    const both = /languages\.|help\.title/;
    for (const [path, text] of sentences(words.en)) {
      if (!both.test(path)) expect(text, path).not.toMatch(/\p{Script=Han}/u);
    }
    for (const [path, text] of sentences(words.zh)) {
      if (!both.test(path)) expect(text, path).toMatch(/\p{Script=Han}/u);
    }
  });

  test('both languages name the same commands', () => {
    const commandsIn = (text: string) => [...text.matchAll(/`\/[a-z ]+`/g)].map(([name]) => name).sort();
    const chinese = new Map(sentences(words.zh));
    for (const [path, text] of sentences(words.en))
      expect(commandsIn(chinese.get(path)!), path).toEqual(commandsIn(text));
  });
});

test('one is singular', () => {
  expect([0, 1, 2].map(en.days)).toEqual(['0 days', '1 day', '2 days']);
});
