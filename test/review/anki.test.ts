import { expect, test } from 'vitest';
import { loadBank } from '../../src/bank/load.ts';
import { ankiFiles, historyCsv } from '../../src/review/anki.ts';

const bank = await loadBank('questions');
const items = [...bank.items.values()];

test('every question of the bank is one line of id, front, back and tags, in both languages', () => {
  const [file, ...more] = ankiFiles(items, bank.topics);
  expect(more).toEqual([]);
  const lines = file!.trimEnd().split('\n');
  const notes = lines.filter((line) => !line.startsWith('#'));
  expect(lines.length - notes.length).toBe(6);
  expect(notes).toHaveLength(items.length);
  for (const [index, note] of notes.entries()) {
    const [guid, front, back, tags, ...rest] = note.split('\t');
    expect(rest).toEqual([]);
    expect(guid).toBe(`koan-${items[index]!.id}`);
    expect(front).toMatch(/\p{Script=Han}/u);
    expect(back).toContain('https://');
    expect(tags).toContain(`koan::${items[index]!.topic}`);
    expect(note.replace(/ href="[^"]*"/g, ''), 'a quotation mark would open a field').not.toContain('"');
    expect(front).not.toMatch(/\{\{[a-z]/i);
  }
});

test('formulas are MathJax, code is code, and nothing of a text is HTML', () => {
  const item = {
    ...items.find(({ type }) => type === 'boolean')!,
    formulas: { scale: 'a<\\sqrt{d_{k}}' },
  } as (typeof items)[number];
  const texts = { ...item.en, prompt: 'Is {{scale}} <b>\n"so", as in `a < b` and {{none}}?' };
  const [file] = ankiFiles([{ ...item, en: texts } as typeof item], bank.topics);
  expect(file).toContain(
    'Is \\(a&lt;\\sqrt{d_{k}}\\) &lt;b&gt;<br>&quot;so&quot;, as in <code>a &lt; b</code> and {{none}}?',
  );
});

test('a deck that is too large for one file comes in several, each complete', () => {
  const files = ankiFiles(items.slice(0, 40), bank.topics, 60_000);
  expect(files.length).toBeGreaterThan(1);
  for (const file of files) {
    expect(Buffer.byteLength(file)).toBeLessThanOrEqual(60_000);
    expect(file.startsWith('#separator:tab\n')).toBe(true);
  }
  const notes = files.flatMap((file) => file.split('\n').filter((line) => line.startsWith('koan-')));
  expect(notes).toHaveLength(40);
});

test('the history has every review, the earliest first', () => {
  const at = Date.parse('2026-03-02T09:00:00Z');
  const csv = historyCsv([
    { questionId: 'b', log: { x: { at: at + 1_000, grade: 1, kind: 'review' } } },
    { questionId: 'a', log: { y: { at, grade: 4, kind: 'daily' } } },
  ]);
  expect(csv.split('\r\n')).toEqual([
    'at,question,grade,grade_name,source',
    '2026-03-02T09:00:00.000Z,a,4,atOnce,daily',
    '2026-03-02T09:00:01.000Z,b,1,missed,review',
    '',
  ]);
});
