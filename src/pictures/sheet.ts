import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import type { Language } from '../bank/schema.ts';
import { drawable, setType } from './fonts.ts';

/**
 * A dark sheet to draw on. Its unit is the pixel at which Discord shows the picture: the sheet is {@link WIDTH} of them
 * wide, and drawn at twice the density.
 */
export type Sheet = ReturnType<typeof createSheet>;

export type Style = {
  readonly size?: number;
  readonly weight?: number;
  readonly color?: string;
  readonly align?: 'left' | 'center' | 'right';
};

/** About as wide as Discord shows a picture in a card. */
export const WIDTH = 520;
export const DENSITY = 2;
export const MARGIN = 20;

/** On the dark ground; each reaches a contrast of 4.5 : 1 there, and the series stay apart to colour-blind eyes. */
export const palette = {
  ground: '#1e1f22',
  panel: '#2b2d31',
  rule: '#3f4147',
  text: '#f2f3f5',
  muted: '#b5bac1',
  blue: '#56b4e9',
  orange: '#e69f00',
  green: '#2fc59c',
} as const;

export function createSheet(height: number, language: Language) {
  const canvas = createCanvas(WIDTH * DENSITY, Math.ceil(height) * DENSITY);
  const context = canvas.getContext('2d');
  context.scale(DENSITY, DENSITY);
  context.lang = language === 'zh' ? 'zh-CN' : 'en';
  context.fillStyle = palette.ground;
  context.fillRect(0, 0, WIDTH, Math.ceil(height));

  function prepare({ size = 15, weight = 400, color = palette.text, align = 'left' }: Style): void {
    setType(context, size, weight);
    context.fillStyle = color;
    context.textAlign = align;
  }

  function measure(text: string, style: Style = {}): number {
    prepare(style);
    return context.measureText(text).width;
  }

  /** Writes a text on a baseline, cut to `most` pixels with an ellipsis. A text from right to left is cut at its left. */
  function write(text: string, x: number, y: number, style: Style & { most?: number } = {}): void {
    prepare(style);
    const shown = drawable(text);
    context.direction = startsFromRight(shown) ? 'rtl' : 'ltr';
    context.fillText(
      shorten(shown, style.most ?? WIDTH, (part) => context.measureText(part).width),
      x,
      y,
    );
    context.direction = 'ltr';
  }

  function panel(x: number, y: number, width: number, height: number, color: string, radius = 8): void {
    context.fillStyle = color;
    context.beginPath();
    context.roundRect(x, y, width, height, radius);
    context.fill();
  }

  return { context, measure, write, panel, png: () => canvas.toBuffer('image/png') };
}

export type Drawing = SKRSContext2D;

/** The text, or as much of its beginning as fits into `most` with an ellipsis, never cutting through a character. */
export function shorten(text: string, most: number, widthOf: (text: string) => number): string {
  if (widthOf(text) <= most) return text;
  const parts = [...graphemes.segment(text)].map(({ segment }) => segment);
  let [fits, tooMany] = [0, parts.length];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (widthOf(ended(middle)) <= most) fits = middle;
    else tooMany = middle;
  }
  return ended(fits);

  function ended(count: number): string {
    return `${parts.slice(0, count).join('').trimEnd()}…`;
  }
}

function startsFromRight(text: string): boolean {
  const first = /\p{L}/u.exec(text)?.[0] ?? '';
  return /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u.test(first);
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
