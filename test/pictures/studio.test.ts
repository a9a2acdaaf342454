import { afterEach, expect, test } from 'vitest';
import type { Picture } from '../../src/pictures/picture.ts';
import { pictureUrl, readPictureUrl } from '../../src/pictures/picture.ts';
import { createStudio, type Studio } from '../../src/pictures/studio.ts';
import { sizeOfPng } from './png.ts';

let studio: Studio;
afterEach(() => studio.close());

const formula = (tex: string): Picture => ({ kind: 'formulas', data: [{ number: 1, tex }] });
const broken = { kind: 'formulas', data: null } as unknown as Picture;

test('pictures are drawn, and those drawn last are kept by content', async () => {
  studio = createStudio({ memory: 9_000 });
  const first = await studio.draw(formula('a'));
  expect(sizeOfPng(first).width).toBe(1040);
  expect(await studio.draw(formula('a'))).toBe(first);
  for (const tex of ['b', 'c', 'd']) await studio.draw(formula(tex));
  expect(await studio.draw(formula('d'))).toBe(await studio.draw(formula('d')));
  expect(await studio.draw(formula('a'))).not.toBe(first);
});

test('the same picture wanted by many at once is drawn once', async () => {
  studio = createStudio();
  const all = await Promise.all(Array.from({ length: 50 }, () => studio.draw(formula('x'))));
  expect(new Set(all).size).toBe(1);
});

test('a picture that cannot be drawn fails by itself; those after it are drawn', async () => {
  studio = createStudio();
  const [bad, good] = await Promise.allSettled([studio.draw(broken), studio.draw(formula('x'))]);
  expect(bad.status).toBe('rejected');
  expect(good.status).toBe('fulfilled');
  await expect(studio.draw(broken)).rejects.toThrow();
});

test('a picture that takes too long is given up', async () => {
  studio = createStudio({ longest: 1 });
  await expect(studio.draw(formula('x'))).rejects.toThrow('aborted');
});

test('what an address says is what was to be shown', () => {
  studio = createStudio();
  const picture = formula('"\\frac{a}{b}" 中文 ?#%');
  expect(readPictureUrl(pictureUrl(picture))).toEqual(picture);
  expect(readPictureUrl('https://example.org/a.png')).toBeUndefined();
});
