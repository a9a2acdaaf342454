import { Path2D } from '@napi-rs/canvas';
import type { LiteElement } from 'mathjax-full/js/adaptors/lite/Element.js';
import { liteAdaptor } from 'mathjax-full/js/adaptors/liteAdaptor.js';
import { RegisterHTMLHandler } from 'mathjax-full/js/handlers/html.js';
import 'mathjax-full/js/input/tex/ams/AmsConfiguration.js';
import 'mathjax-full/js/input/tex/boldsymbol/BoldsymbolConfiguration.js';
import { TeX } from 'mathjax-full/js/input/tex.js';
import { mathjax } from 'mathjax-full/js/mathjax.js';
import { SVG } from 'mathjax-full/js/output/svg.js';
import { drawable, setType } from './fonts.ts';
import type { Drawing } from './sheet.ts';

/** A formula ready to be drawn, in thousandths of an em. */
export type Typeset = {
  readonly width: number;
  /** Above and below the baseline. */
  readonly ascent: number;
  readonly descent: number;
  /** Draws it with the left end of its baseline at the context's origin, in the context's fill style. */
  readonly draw: (context: Drawing) => void;
};

/** What is wrong with a formula, in the typesetter's words. */
export class FormulaError extends Error {
  override readonly name = 'FormulaError';
}

/**
 * Typesets TeX: what LaTeX and amsmath give for formulas. Macros, links, styles and colours are left out: a formula may come from
 * anybody, and says nothing but mathematics.
 * @throws FormulaError
 */
export function typeset(tex: string): Typeset {
  if (depthOf(tex) > DEEPEST) throw new FormulaError(`is nested more than ${DEEPEST} deep`);
  const svg = adaptor.firstChild(toSvg(tex)) as LiteElement;
  if (String(svg.attributes.width).endsWith('%')) throw new FormulaError('equation tags are not supported');
  const [, top, width, height] = numbersOf(svg.attributes.viewBox, 4);
  const children = svg.children as LiteElement[];
  for (const child of children) check(child);
  return {
    width: width!,
    ascent: -top!,
    descent: height! + top!,
    draw: (context) => {
      for (const child of children) drawElement(context, child);
    },
  };
}

/** How deep braces and `\left … \right` are nested. */
function depthOf(tex: string): number {
  let depth = 0;
  let deepest = 0;
  for (const [sign] of tex.matchAll(/\\left\b|\\right\b|\\.|[{}]/gs)) {
    if (sign === '{' || sign === '\\left') deepest = Math.max(deepest, ++depth);
    else if (sign === '}' || sign === '\\right') depth--;
  }
  return deepest;
}

/** MathJax's time grows with the cube of it: 70 roots within one another take 2 s. */
const DEEPEST = 20;

const adaptor = liteAdaptor();
RegisterHTMLHandler(adaptor);
const document = mathjax.document('', {
  InputJax: new TeX({
    packages: ['base', 'ams', 'boldsymbol'],
    formatError: (_: unknown, error: Error) => {
      throw new FormulaError(error.message);
    },
  }),
  OutputJax: new SVG({ fontCache: 'none' }),
});

function toSvg(tex: string): LiteElement {
  try {
    return document.convert(tex, { display: true, em: 1000, ex: 500, containerWidth: 1e9 }) as LiteElement;
  } catch (error) {
    throw error instanceof FormulaError
      ? error
      : new FormulaError((error as Error).message, { cause: error });
  }
}

/** The elements of which MathJax builds a formula, and how each is drawn. */
const pens: Readonly<Record<string, (context: Drawing, element: LiteElement) => void>> = {
  g: drawChildren,
  svg: drawNested,
  path: (context, { attributes }) => context.fill(new Path2D(attributes.d)),
  rect: (context, { attributes }) => {
    const { x = 0, y = 0, width = 0, height = 0 } = attributes;
    const box = [x, y, width, height].map(Number) as [number, number, number, number];
    if (attributes['data-frame'] || attributes.fill === 'none') {
      context.lineWidth = LINE;
      context.strokeRect(...box);
    } else if (attributes.fill !== 'transparent') context.fillRect(...box);
  },
  line: (context, { attributes }) => {
    context.lineWidth = LINE;
    context.beginPath();
    context.moveTo(Number(attributes.x1), Number(attributes.y1));
    context.lineTo(Number(attributes.x2), Number(attributes.y2));
    context.stroke();
  },
  /** A letter that MathJax's own fonts lack, such as a Chinese one. */
  text: (context, element) => {
    setType(context, Number.parseFloat(element.attributes['font-size']), 400);
    context.textAlign = 'left';
    context.fillText(drawable(adaptor.textContent(element)), 0, 0);
  },
};

function check(element: LiteElement): void {
  if (!pens[element.kind]) throw new FormulaError(`<${element.kind}> is not supported`);
  if (element.kind !== 'text') for (const child of element.children) check(child as LiteElement);
}

function drawElement(context: Drawing, element: LiteElement): void {
  context.save();
  context.strokeStyle = context.fillStyle;
  transform(context, element.attributes.transform ?? '');
  pens[element.kind]!(context, element);
  context.restore();
}

function drawChildren(context: Drawing, { children }: LiteElement): void {
  for (const child of children) drawElement(context, child as LiteElement);
}

/** A stretched sign: a window on a glyph that is larger. */
function drawNested(context: Drawing, element: LiteElement): void {
  const { x = 0, y = 0 } = element.attributes;
  const [left, top, width, height] = numbersOf(element.attributes.viewBox, 4);
  context.translate(Number(x) - left!, Number(y) - top!);
  context.beginPath();
  context.rect(left!, top!, width!, height!);
  context.clip();
  drawChildren(context, element);
}

function transform(context: Drawing, list: string): void {
  for (const [, kind, values] of list.matchAll(/(\w+)\(([^)]*)\)/g)) {
    const [a = 0, b] = numbersOf(values);
    if (kind === 'translate') context.translate(a, b ?? 0);
    else if (kind === 'scale') context.scale(a, b ?? a);
    else if (kind === 'rotate') context.rotate((a * Math.PI) / 180);
  }
}

function numbersOf(text: unknown, count?: number): number[] {
  const numbers = String(text)
    .split(/[\s,]+/)
    .map(Number);
  if (numbers.some(Number.isNaN) || (count !== undefined && numbers.length !== count))
    throw new FormulaError(`“${text}” are not the numbers expected`);
  return numbers;
}

/** Of frames and of lines in tables, as MathJax's style sheet has it. */
const LINE = 70;
