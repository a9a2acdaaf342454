import { createSheet, MARGIN, palette, type Sheet, WIDTH } from './sheet.ts';
import { FormulaError, type Typeset, typeset } from './typeset.ts';

/** The formulas of a card, each under the number by which its text names it. */
export type Formulas = readonly { readonly number: number; readonly tex: string }[];

/**
 * Draws formulas one below the other. One that can't be typeset shows its source.
 * @returns a PNG
 * @throws FormulaError where they would make a picture that nobody should hold in memory
 */
export function drawFormulas(formulas: Formulas): Buffer {
  const rows = formulas.map(({ number, tex }) => ({
    marker: typeset(`\\langle ${number}\\rangle`),
    ...lay(tex),
  }));
  const height = rows.reduce((sum, { ascent, descent }) => sum + ascent + descent + GAP, 2 * PADDING - GAP);
  if (height > HIGHEST)
    throw new FormulaError(
      `would be ${Math.round(height)} pixels high, and a picture has room for ${HIGHEST}`,
    );
  const sheet = createSheet(height, 'zh');
  let top = PADDING;
  for (const { marker, ascent, descent, draw } of rows) {
    drawAt(sheet, marker, MARGIN, top + ascent, EM, palette.muted);
    draw(sheet, top + ascent);
    top += ascent + descent + GAP;
  }
  return sheet.png();
}

/** What keeps a formula from being drawn, if anything does. */
export function formulaProblem(tex: string): string | undefined {
  try {
    fitIn(typeset(tex));
    return undefined;
  } catch (error) {
    if (error instanceof FormulaError) return error.message;
    throw error;
  }
}

/**
 * The em of a formula in pixels: smaller where it would be wider than a card.
 * @throws FormulaError where nobody could read it any more
 */
function fitIn({ width, ascent, descent }: Typeset): number {
  const height = (ascent + descent) / 1000;
  if (height > TALLEST)
    throw new FormulaError(`is ${Math.round(height)} em tall, and a card has room for ${TALLEST}`);
  const shrink = Math.max(1, (width * EM) / 1000 / ROOM);
  if (shrink <= MOST_SHRINK) return EM / shrink;
  const room = Math.floor((MOST_SHRINK * ROOM) / EM);
  throw new FormulaError(`is ${Math.round(width / 1000)} em wide, and a card has room for ${room}`);
}

type Row = {
  readonly ascent: number;
  readonly descent: number;
  readonly draw: (sheet: Sheet, baseline: number) => void;
};

function lay(tex: string): Row {
  try {
    const formula = typeset(tex);
    const em = fitIn(formula);
    return {
      ascent: Math.max((formula.ascent * em) / 1000, TYPE),
      descent: Math.max((formula.descent * em) / 1000, TYPE / 3),
      draw: (sheet, baseline) => drawAt(sheet, formula, LEFT, baseline, em, palette.text),
    };
  } catch (error) {
    if (error instanceof FormulaError) return laySource(tex);
    throw error;
  }
}

function laySource(tex: string): Row {
  const lines = tex.replace(/\s+/g, ' ').match(LINE) ?? [];
  return {
    ascent: TYPE,
    descent: (lines.length - 1) * LEADING + TYPE / 3,
    draw: ({ write }, baseline) => {
      lines.forEach((line, index) => {
        write(line, LEFT, baseline + index * LEADING, { size: TYPE, most: ROOM });
      });
    },
  };
}

function drawAt(
  { context }: Sheet,
  { draw }: Typeset,
  x: number,
  y: number,
  em: number,
  color: string,
): void {
  context.save();
  context.translate(x, y);
  context.scale(em / 1000, em / 1000);
  context.fillStyle = color;
  draw(context);
  context.restore();
}

/** In the pixels of a sheet. */
const EM = 20;
const TYPE = 15;
const LEADING = 21;
const PADDING = 16;
const GAP = 16;
const LEFT = MARGIN + 44;
const ROOM = WIDTH - MARGIN - LEFT;
const MOST_SHRINK = 2;

/** In em: about as high as a phone. */
const TALLEST = 25;

/** In pixels of the sheet; at its density some 33 MB. */
const HIGHEST = 4_000;

/** Characters of a source that surely fit into a line, ended by a space where there is one. */
const LINE = /.{1,42}(?: |$)|.{1,42}/gu;
