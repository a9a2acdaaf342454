/**
 * What a picture costs: the first one (thread, fonts and typesetter are loaded), further ones, one that is kept, and how long
 * the event loop of the bot stands still meanwhile. `node bench/pictures.ts [runs]`
 */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { addDays } from '../src/calendar/dates.ts';
import type { Picture } from '../src/pictures/picture.ts';
import { createStudio } from '../src/pictures/studio.ts';

const runs = Number(process.argv[2] ?? 30);
const today = '2026-03-02';
const dates = (count: number) => Array.from({ length: count }, (_, index) => addDays(today, index));
const name = (index: number) => ['小明同学', 'Alice Liddell', 'محمد', 'Grace 🚀'][index % 4]!;

/** By kind: the n-th picture of a series in which no two are the same. */
const series: Readonly<Record<string, (n: number) => Picture>> = {
  'one formula': (n) => ({
    kind: 'formulas',
    data: [{ number: 1, tex: `\\operatorname{softmax}\\left(\\frac{QK^\\top}{\\sqrt{d_{${n}}}}\\right)V` }],
  }),
  'five formulas': (n) => ({
    kind: 'formulas',
    data: dates(5).map((_, index) => ({
      number: index + 1,
      tex: `\\mathcal{L}_{${n}}=-\\mathbb{E}_{x\\sim p}\\left[\\sum_{t=1}^{${index}}\\log p_\\theta(x_t\\mid x_{<t})\\right]`,
    })),
  }),
  'leaderboard, 10 rows': (n) => ({
    kind: 'leaderboard',
    language: 'zh',
    data: {
      columns: { name: '成员', score: '积分', streak: '连续天数' },
      rows: dates(10).map((_, index) => ({
        rank: index + 1,
        name: `${name(index)} ${n}`,
        score: '1,234',
        streak: 7,
      })),
    },
  }),
  winners: (n) => ({
    kind: 'winners',
    language: 'en',
    data: {
      title: `Sprint ${n}`,
      winners: dates(8).map((_, index) => ({ rank: index + 1, name: name(index), score: '128 points' })),
    },
  }),
  'year of study': (n) => ({
    kind: 'study',
    language: 'zh',
    data: {
      title: '最近一年的学习',
      figures: ['连续天数', '最长连续', '冻结卡', '学习天数'].map((label) => ({ value: String(n), label })),
      today,
      acts: Object.fromEntries(dates(365).map((_, index) => [addDays(today, -index), index % 9])),
      frozen: [],
      legend: { less: '少', more: '多', frozen: '用掉一张冻结卡' },
    },
  }),
  'mastery, 10 topics': (n) => ({
    kind: 'mastery',
    language: 'en',
    data: {
      title: 'Mastery by topic',
      topics: dates(10).map((_, index) => ({ name: `Topic ${index}`, share: index / 10, detail: `of ${n}` })),
    },
  }),
  'recall and due': (n) => ({
    kind: 'memory',
    language: 'en',
    data: {
      recall: {
        title: 'Recall by week',
        weeks: dates(12).map((date, index) => ({ date, share: 0.8 + index / 100 })),
        target: 0.9,
        targetLabel: 'target 90%',
        none: '',
      },
      due: { title: 'Due', days: dates(30).map((date, index) => ({ date, due: (index * n) % 20 })) },
    },
  }),
};

const write = (...cells: readonly string[]) =>
  process.stdout.write(`${cells.map((cell, index) => cell.padEnd(index === 0 ? 22 : 13)).join('')}\n`);
const milliseconds = (time: number) => `${time.toFixed(time < 1 ? 3 : 0)} ms`;
const memory = () => process.memoryUsage().rss / 1e6;
const timed = async (action: () => Promise<unknown>) => {
  const began = performance.now();
  await action();
  return performance.now() - began;
};

const before = memory();
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
write('picture', 'first', 'further p50', 'p95', 'kept', 'size');
let held = 0;
for (const [kind, nth] of Object.entries(series)) {
  const studio = createStudio();
  const first = await timed(() => studio.draw(nth(0)));
  const times: number[] = [];
  for (let n = 1; n <= runs; n++) times.push(await timed(() => studio.draw(nth(n))));
  times.sort((a, b) => a - b);
  const kept = await timed(() => studio.draw(nth(runs)));
  const { length } = await studio.draw(nth(runs));
  const at = (share: number) => milliseconds(times[Math.floor(share * (times.length - 1))]!);
  write(kind, milliseconds(first), at(0.5), at(0.95), milliseconds(kept), `${Math.round(length / 1000)} kB`);
  held ||= memory() - before;
  await studio.close();
}
process.stdout.write(
  `a studio that has drawn ${runs + 1} pictures of the first kind holds ${Math.round(held)} MB; ` +
    `the event loop stood still for ${milliseconds(delay.max / 1e6)} at most, p99 ${milliseconds(delay.percentile(99) / 1e6)}\n`,
);
