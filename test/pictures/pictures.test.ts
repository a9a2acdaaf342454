import { createCanvas, loadImage } from '@napi-rs/canvas';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, weekdayOf } from '../../src/calendar/dates.ts';
import { drawFormulas } from '../../src/pictures/formulas.ts';
import { drawLeaderboard } from '../../src/pictures/leaderboard.ts';
import { drawMastery } from '../../src/pictures/mastery.ts';
import { ceiling, drawMemory } from '../../src/pictures/memory.ts';
import { drawStudy, layStudy, levelOf } from '../../src/pictures/study.ts';
import { drawWinners } from '../../src/pictures/winners.ts';
import { sizeOfPng } from './png.ts';

const name = [
  '超级无敌长的中文名字'.repeat(4),
  'Featherstonehaugh-Cholmondeley'.repeat(3),
  'محمد عبد الله '.repeat(8),
  '👨‍👩‍👧🔥'.repeat(20),
  '\u{10FFFD}'.repeat(40),
  '',
];
const rows = name.map((each, index) => ({
  rank: 10 ** index,
  name: each,
  score: '9,999,999,999,999',
  streak: 99_999,
  you: index === 1,
}));
const columns = { name: name[0]!, score: name[1]!, streak: name[1]! };
const dates = Array.from({ length: 30 }, (_, index) => addDays('2026-03-02', index));

/** Each picture with texts that are far too long for it, and empty. */
const pictures: Record<string, Buffer> = {
  leaderboard: drawLeaderboard({ title: name[1]!, subtitle: name[0]!, columns, rows }, 'zh'),
  'empty leaderboard': drawLeaderboard({ columns, rows: [] }, 'en'),
  winners: drawWinners({ title: name[1]!, subtitle: name[0]!, winners: rows }, 'en'),
  'one winner': drawWinners({ title: 'x', winners: rows.slice(0, 1) }, 'en'),
  'no winner': drawWinners({ title: 'x', winners: [] }, 'en'),
  study: drawStudy(
    {
      title: name[1]!,
      figures: name.slice(0, 4).map((label) => ({ value: '999,999,999', label })),
      today: '2026-03-02',
      acts: { '2026-03-01': 3 },
      frozen: ['2026-02-28'],
      legend: { less: 'less', more: 'more', frozen: name[1]! },
    },
    'en',
  ),
  mastery: drawMastery(
    { title: name[1]!, topics: name.map((each) => ({ name: each, share: 1, detail: 'of 999,999' })) },
    'en',
  ),
  'empty mastery': drawMastery({ title: '', topics: [] }, 'zh'),
  memory: drawMemory(
    {
      recall: {
        title: name[0]!,
        weeks: dates.slice(0, 12).map((date, index) => ({ date, share: index % 3 === 0 ? null : index % 2 })),
        target: 0.97,
        targetLabel: 'target 97%',
        none: name[1]!,
      },
      due: { title: name[1]!, days: dates.map((date, index) => ({ date, due: index * 1_000_000 })) },
    },
    'zh',
  ),
  formulas: drawFormulas([
    { number: 1, tex: '\\frac{\\sum_{i=1}^{n}x_i}{\\sqrt{\\begin{pmatrix}1\\\\2\\\\3\\end{pmatrix}}}' },
    { number: 99, tex: 'a+'.repeat(240) },
    { number: 100, tex: `\\foo{${'很长的公式'.repeat(40)}}` },
    { number: 7, tex: 'x_{1}+'.repeat(10) },
  ]),
};

describe.each(Object.entries(pictures))('the picture %s', (_, png) => {
  test('is a PNG 1,040 pixels wide', () => {
    expect(sizeOfPng(png)).toEqual({ width: 1040, height: expect.any(Number) });
    expect(sizeOfPng(png).height).toBeLessThanOrEqual(4_000);
  });

  test('has nothing that touches its edge', async () => {
    const image = await loadImage(png);
    const canvas = createCanvas(image.width, image.height);
    const context = canvas.getContext('2d');
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const edge: number[] = [];
    for (let y = 0; y < image.height; y++)
      for (let x = 0; x < image.width; x++) {
        const inner = x >= EDGE && x < image.width - EDGE && y >= EDGE && y < image.height - EDGE;
        if (!inner) edge.push(data[4 * (y * image.width + x)]!);
      }
    expect(new Set(edge)).toEqual(new Set([GROUND]));
  });
});

test('formulas that would make a picture of gigabytes are not drawn', () => {
  const wall = `\\begin{matrix}${'x\\\\'.repeat(14)}\\end{matrix}`;
  const many = (count: number) => Array.from({ length: count }, (_, at) => ({ number: at + 1, tex: wall }));
  expect(sizeOfPng(drawFormulas(many(9))).height).toBeLessThanOrEqual(8_000);
  expect(() => drawFormulas(many(60))).toThrow('a picture has room for 4000');
});

describe('the calendar of a year', () => {
  test('shows each of its days once, in columns from Monday, up to today, within the picture', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40_000 }), (days) => {
        const today = addDays('1999-12-31', days);
        const cells = layStudy(today);
        expect(cells.at(-1)!.date).toBe(today);
        expect(weekdayOf(cells[0]!.date)).toBe(1);
        expect(cells.length).toBeGreaterThanOrEqual(366);
        expect(cells.map(({ date }) => date)).toEqual(
          cells.map((_, index) => addDays(cells[0]!.date, index)),
        );
        expect(new Set(cells.map(({ x, y }) => `${x} ${y}`)).size).toBe(cells.length);
        for (const { x } of cells) expect(x >= 40 && x + 14 <= 500).toBe(true);
      }),
      { numRuns: 50 },
    );
  });

  test('is darker where less was done', () => {
    expect([0, 1, 2, 3, 4, 6, 7, 100].map(levelOf)).toEqual([0, 1, 2, 2, 3, 3, 4, 4]);
  });
});

test('a scale ends on a round number whose half is whole, not far above the highest value', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), (most) => {
      const top = ceiling(most);
      expect(top).toBeGreaterThanOrEqual(most);
      expect(top % 2).toBe(0);
      expect(top).toBeLessThanOrEqual(Math.max(4, 2 * most));
    }),
  );
});

/** The red of the ground, and how many pixels around a picture are its own. */
const GROUND = 0x1e;
const EDGE = 6;
