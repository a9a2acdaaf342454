import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { type Curriculum, draw, giveBack, newCurriculum, recordGrade } from '../../src/daily/curriculum.ts';

const bank = await loadBank(new URL('../bank/fixtures/bank', import.meta.url).pathname);
const items = [...bank.items.values()];
const DAY = 86_400_000;
const start = Date.parse('2026-03-02T09:00Z');

/** Draws for so many days, grading each as told. */
function play(
  days: number,
  grade?: (questionId: string) => 1 | 2 | 3 | 4,
): { curriculum: Curriculum; asked: string[] } {
  let curriculum = newCurriculum;
  const asked: string[] = [];
  for (let day = 0; day < days; day++) {
    const now = start + day * DAY;
    const drawn = draw(curriculum, `p${day}`, items, [], now, `p${day}`);
    curriculum = drawn.curriculum;
    asked.push(drawn.draw.questionId);
    if (grade)
      curriculum = recordGrade(
        curriculum,
        `p${day}`,
        drawn.draw.questionId,
        grade(drawn.draw.questionId),
        now,
      );
  }
  return { curriculum, asked };
}

test('a group is asked everything once before anything comes again', () => {
  expect(new Set(play(items.length).asked).size).toBe(items.length);
});

test('the same seed makes the same choice, and a post that has its question keeps it', () => {
  const one = draw(newCurriculum, 'p', items, [], start, 'seed');
  expect(draw(newCurriculum, 'p', items, [], start, 'seed').draw).toEqual(one.draw);
  expect(draw(one.curriculum, 'p', items, [], start + DAY, 'another seed').draw).toEqual(one.draw);
});

test('two posts never draw the same question', () => {
  const one = draw(newCurriculum, 'p', items, [], start, 'seed');
  expect(draw(one.curriculum, 'q', items, [], start, 'seed').draw.questionId).not.toBe(one.draw.questionId);
});

test('a post whose question no longer fits draws again and gives the first one back', () => {
  const one = draw(newCurriculum, 'p', items, [], start, 'seed');
  const others = items.filter(({ id }) => id !== one.draw.questionId);
  const two = draw(one.curriculum, 'p', others, [], start, 'seed');
  expect(Object.keys(two.curriculum.seen)).toEqual([two.draw.questionId]);
});

test('what is queued comes first', () => {
  expect(draw(newCurriculum, 'p', items, ['lora-name'], start, 'seed').draw.questionId).toBe('lora-name');
});

test('giving back restores what was seen before', () => {
  const { curriculum } = play(items.length);
  const again = draw(curriculum, 'again', items, [], start + 30 * DAY, 'again');
  expect(giveBack(again.curriculum, 'again').seen).toEqual(curriculum.seen);
});

test('at most one post in four repeats what went badly', () => {
  const { curriculum } = play(40, () => 1);
  const kinds = curriculum.draws.map(({ kind }) => kind);
  for (let index = 3; index < kinds.length; index++) {
    expect(kinds.slice(index - 3, index + 1).filter((kind) => kind === 'repeat').length).toBeLessThanOrEqual(
      1,
    );
  }
  expect(kinds).toContain('repeat');
});

test('what went well is not repeated early', () => {
  expect(play(items.length, () => 4).curriculum.draws.map(({ kind }) => kind)).not.toContain('repeat');
});

test('a grade that is entered twice counts once', () => {
  const once = recordGrade(newCurriculum, 'p', 'q', 1, start);
  expect(recordGrade(once, 'p', 'q', 1, start)).toEqual(once);
});
