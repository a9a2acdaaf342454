import type { Language } from '../bank/schema.ts';
import { addDays, type LocalDate, weekdayOf } from '../calendar/dates.ts';
import { createSheet, MARGIN, palette, type Sheet, WIDTH } from './sheet.ts';

/** A year of study days, in words ready to be shown. */
export type Study = {
  readonly title: string;
  /** Numbers to begin with: the streak, the longest one, freezes … At most four. */
  readonly figures: readonly { readonly value: string; readonly label: string }[];
  /** The last day shown. */
  readonly today: LocalDate;
  /** How much was done, by date. */
  readonly acts: Readonly<Record<LocalDate, number>>;
  /** Missed dates that a freeze has paid for. */
  readonly frozen: readonly LocalDate[];
  readonly legend: { readonly less: string; readonly more: string; readonly frozen: string };
};

/** Draws the year in two rows of half a year, so that a day can be seen on a phone. @returns a PNG */
export function drawStudy(study: Study, language: Language): Buffer {
  const sheet = createSheet(LEGEND + CELL + MARGIN, language);
  const { write, panel } = sheet;
  write(study.title, MARGIN, 40, { size: 20, weight: 700, most: WIDTH - 2 * MARGIN });
  const width = (WIDTH - 2 * MARGIN + GAP) / study.figures.length - GAP;
  study.figures.forEach(({ value, label }, index) => {
    const x = MARGIN + index * (width + GAP);
    panel(x, 56, width, 58, palette.panel);
    const centred = { align: 'center', most: width - 8 } as const;
    write(value, x + width / 2, 84, { ...centred, size: 22, weight: 700 });
    write(label, x + width / 2, 105, { ...centred, size: 12, color: palette.muted });
  });

  const frozen = new Set(study.frozen);
  const cells = layStudy(study.today);
  labelCalendar(sheet, cells, language);
  for (const { date, x, y } of cells) {
    drawDay(sheet, x, y, levelOf(study.acts[date] ?? 0), frozen.has(date), date === study.today);
  }
  drawLegend(sheet, study.legend, LEGEND);
  return sheet.png();
}

export type Cell = { readonly date: LocalDate; readonly x: number; readonly y: number };

/** Where each day of the year stands: a column a week from Monday, the older half above. */
export function layStudy(today: LocalDate): Cell[] {
  const first = addDays(today, 1 - weekdayOf(today) - 7 * (2 * WEEKS - 1));
  const cells: Cell[] = [];
  for (let index = 0, date = first; date <= today; index++, date = addDays(date, 1)) {
    const week = Math.floor(index / 7);
    cells.push({
      date,
      x: LEFT + (week % WEEKS) * STEP,
      y: CALENDAR + Math.floor(week / WEEKS) * HALF + (index % 7) * STEP,
    });
  }
  return cells;
}

/** None, a little, some, much, very much. */
export function levelOf(acts: number): number {
  return FROM.filter((least) => acts >= least).length;
}

function labelCalendar({ write }: Sheet, cells: readonly Cell[], language: Language): void {
  const month = new Intl.DateTimeFormat(language, { month: 'short', timeZone: 'UTC' });
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' });
  const style = { size: 12, color: palette.muted } as const;
  let free = 0;
  cells.forEach(({ date, x, y }, index) => {
    const before = cells[index - 7];
    if (index % 7 === 0) {
      if (index % (7 * WEEKS) === 0) free = 0;
      const begins = !before || before.date.slice(0, 7) !== date.slice(0, 7) || date.endsWith('-01');
      if (begins && x >= free && x < LEFT + (WEEKS - 1) * STEP) {
        write(month.format(new Date(date)), x, y - 6, style);
        free = x + 2 * STEP;
      }
    }
    if (x === LEFT && [0, 2, 4].includes(index % 7))
      write(weekday.format(new Date(date)), LEFT - 8, y + 11, { ...style, align: 'right' });
  });
}

function drawDay(
  { panel, context }: Sheet,
  x: number,
  y: number,
  level: number,
  frozen: boolean,
  today: boolean,
): void {
  panel(x, y, CELL, CELL, SHADES[level]!, 3);
  if (frozen) drawSnowflake(context, x + CELL / 2, y + CELL / 2);
  if (!today) return;
  context.strokeStyle = palette.text;
  context.lineWidth = 1.5;
  context.beginPath();
  context.roundRect(x - 0.75, y - 0.75, CELL + 1.5, CELL + 1.5, 3.5);
  context.stroke();
}

function drawSnowflake(context: Sheet['context'], x: number, y: number): void {
  context.strokeStyle = palette.orange;
  context.lineWidth = 1.6;
  context.beginPath();
  for (const angle of [0, 60, 120]) {
    const [dx, dy] = [Math.sin((angle * Math.PI) / 180) * 5, Math.cos((angle * Math.PI) / 180) * 5];
    context.moveTo(x - dx, y - dy);
    context.lineTo(x + dx, y + dy);
  }
  context.stroke();
}

function drawLegend(sheet: Sheet, { less, more, frozen }: Study['legend'], y: number): void {
  const { write, measure } = sheet;
  const style = { size: 12, color: palette.muted } as const;
  write(less, LEFT, y + 11, style);
  let x = LEFT + measure(less, style) + 8;
  SHADES.forEach((_, level) => {
    drawDay(sheet, x, y, level, false, false);
    x += STEP;
  });
  write(more, x + 5, y + 11, style);
  x += measure(more, style) + 29;
  drawDay(sheet, x, y, 0, true, false);
  write(frozen, x + STEP + 5, y + 11, { ...style, most: WIDTH - MARGIN - x - STEP - 5 });
}

/** From dark to light, so that they stay apart to colour-blind eyes and on grey paper. */
const SHADES = ['#33353b', '#1f4e79', '#2d7fb8', '#62b6e8', '#d3efff'] as const;

/** The fewest acts of each shade after the first. */
const FROM = [1, 2, 4, 7] as const;

const GAP = 8;
const CELL = 14;
const STEP = 17;
const WEEKS = 27;
const LEFT = WIDTH - MARGIN - WEEKS * STEP + (STEP - CELL);
const CALENDAR = 148;
const HALF = 7 * STEP + 30;
const LEGEND = CALENDAR + 2 * HALF - 14;
