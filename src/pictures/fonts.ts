import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createCanvas, GlobalFonts, type SKRSContext2D } from '@napi-rs/canvas';

/** Sets the type in which a context writes: the house's font, at a size in pixels and a weight from 100 to 900. */
export function setType(context: SKRSContext2D, size: number, weight = 400): void {
  context.font = `${size}px ${families()}`;
  // The font is a variable one: its weight is an axis, and the weight of the CSS shorthand finds no other face.
  context.fontVariationSettings = `'wght' ${weight}`;
}

/**
 * A text from outside as it can be drawn here: on one line, letters in fancy dress as plain ones, no towers of marks, and
 * a dot for each run of characters that no font at hand has; marks that none has are left out.
 */
export function drawable(text: string): string {
  const folded = text
    .normalize('NFKC')
    .replace(
      /[\p{Cc}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u00AD\u061C\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\uFEFF]+/gu,
      ' ',
    )
    .replace(/[\u0334-\u0338]|([\u0300-\u036F])[\u0300-\u036F]+/g, '$1')
    .replace(/(\p{M}{2})\p{M}+/gu, '$1')
    .replace(/\s+/g, ' ')
    .trim();
  let drawn = '';
  for (const { segment } of graphemes.segment(folded)) {
    const parts = [...segment].filter((part) => hasGlyph(part) || !/\p{M}/u.test(part));
    drawn += parts.every(hasGlyph) ? parts.join('') : MISSING;
  }
  return drawn.replace(RUN_OF_MISSING, MISSING).replace(/ +/g, ' ').trim() || MISSING;
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** Stands for what no font has. */
const MISSING = '•';
const RUN_OF_MISSING = /•(?: ?•)+/g;

/** Joins or varies what stands before it, and has no shape of its own. */
const shapeless = /\p{Zs}|\p{Join_Control}|\p{Variation_Selector}|[\u{E0020}-\u{E007F}]/u;

const known = new Map<string, boolean>();

/** Whether any font at hand has the character: one that none has is drawn as the same box as a character that is none. */
function hasGlyph(character: string): boolean {
  if (shapeless.test(character)) return true;
  let has = known.get(character);
  if (has === undefined) {
    box ??= shapeOf('\u{10FFFF}');
    has = !shapeOf(character).equals(box);
    known.set(character, has);
  }
  return has;
}

let box: Buffer | undefined;

function shapeOf(character: string): Buffer {
  const canvas = createCanvas(24, 24);
  const context = canvas.getContext('2d');
  setType(context, 16);
  context.fillText(character, 2, 18);
  return canvas.data();
}

let stack: string | undefined;

/** Every font to look a character up in, first come first served. */
function families(): string {
  if (stack) return stack;
  const folder = dirname(fileURLToPath(import.meta.resolve('@fontsource-variable/noto-sans-sc')));
  // A browser would load these hundred pieces of one font by character; here each is a family of its own, Latin first.
  const names = readdirSync(join(folder, 'files'))
    .filter((name) => name.endsWith('.woff2'))
    .sort((a, b) => Number(b.includes('-latin-wght')) - Number(a.includes('-latin-wght')));
  const own = names.flatMap((name, index) => {
    const family = `Koan${index}`;
    return GlobalFonts.registerFromPath(join(folder, 'files', name), family) ? [family] : [];
  });
  stack = [...own, ...borrowed.filter((family) => GlobalFonts.has(family))]
    .map((family) => `"${family}"`)
    .join(', ');
  return stack;
}

/** For emoji and other scripts, where the system has them. */
const borrowed = [
  'Noto Color Emoji',
  'Apple Color Emoji',
  'Segoe UI Emoji',
  'Noto Sans',
  'Segoe UI',
  'Helvetica Neue',
  'Arial',
  'Noto Sans CJK KR',
  'Noto Sans CJK JP',
  'NanumGothic',
  'Malgun Gothic',
  'Apple SD Gothic Neo',
  'Noto Sans Arabic',
  'Geeza Pro',
  'Noto Sans Hebrew',
  'Noto Sans Devanagari',
  'Nirmala UI',
  'Noto Sans Thai',
  'Leelawadee UI',
  'DejaVu Sans',
];
