import type { Language } from '../bank/schema.ts';
import type { LocalDate } from '../calendar/dates.ts';
import { createSheet, MARGIN, palette, type Sheet, WIDTH } from './sheet.ts';

/** How a deck is remembered and what it will ask for, in words ready to be shown. */
export type MemoryChart = {
  readonly recall: {
    readonly title: string;
    /** By week, oldest first; a week without reviews has no share. From 0 to 1. */
    readonly weeks: readonly { readonly date: LocalDate; readonly share: number | null }[];
    readonly target: number;
    /** Beside the target's line. */
    readonly targetLabel: string;
    /** In place of the line, where no week has a share. */
    readonly none: string;
  };
  readonly due: {
    readonly title: string;
    readonly days: readonly { readonly date: LocalDate; readonly due: number }[];
  };
};

/** Draws two charts, one below the other. @returns a PNG */
export function drawMemory({ recall, due }: MemoryChart, language: Language): Buffer {
  const sheet = createSheet(2 * CHART + 8, language);
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  const shares = recall.weeks.map(({ share }) => share);
  const lowest = Math.min(recall.target, ...shares.filter((share) => share !== null));
  const floor = Math.max(0, Math.floor((lowest - 0.05) * 10) / 10);
  const upper = frame(sheet, 0, recall.title, recall.weeks, [floor, 1], percent.format, language);
  const { write, context } = sheet;
  const target = upper.y(recall.target);
  context.setLineDash([6, 5]);
  strokeLine(
    context,
    [
      [LEFT, target],
      [RIGHT, target],
    ],
    palette.orange,
  );
  context.setLineDash([]);
  write(recall.targetLabel, RIGHT, target < upper.top + 24 ? target + 16 : target - 6, {
    size: 12,
    color: palette.orange,
    align: 'right',
  });
  if (shares.every((share) => share === null))
    write(recall.none, (LEFT + RIGHT) / 2, (upper.top + upper.bottom) / 2 + 20, {
      size: 14,
      color: palette.muted,
      align: 'center',
      most: RIGHT - LEFT,
    });
  plot(sheet, upper, shares, palette.blue);

  const count = new Intl.NumberFormat(language, { maximumFractionDigits: 0 });
  const counts = due.days.map((day) => day.due);
  const lower = frame(
    sheet,
    CHART,
    due.title,
    due.days,
    [0, ceiling(Math.max(...counts))],
    count.format,
    language,
  );
  plot(sheet, lower, counts, palette.green, true);
  return sheet.png();
}

/** The next round number: 4, 8, 12, 20, 40, 80 … so that half of it is a whole one. */
export function ceiling(most: number): number {
  for (let unit = 4; ; unit *= 10) {
    const step = [1, 2, 3, 5].find((times) => unit * times >= most);
    if (step) return unit * step;
  }
}

type Frame = {
  readonly top: number;
  readonly bottom: number;
  readonly x: (index: number) => number;
  readonly y: (value: number) => number;
};

/** Title, three levels with their values, and dates below. */
function frame(
  { context, write }: Sheet,
  offset: number,
  title: string,
  points: readonly { readonly date: LocalDate }[],
  [low, high]: readonly [number, number],
  format: (value: number) => string,
  language: Language,
): Frame {
  const top = offset + 66;
  const bottom = offset + CHART - 32;
  const x = (index: number) => LEFT + (index / Math.max(1, points.length - 1)) * (RIGHT - LEFT);
  const y = (value: number) => bottom - ((value - low) / (high - low)) * (bottom - top);
  write(title, MARGIN, offset + 40, { size: 20, weight: 700, most: WIDTH - 2 * MARGIN });
  const style = { size: 12, color: palette.muted } as const;
  for (const value of [low, (low + high) / 2, high]) {
    strokeLine(
      context,
      [
        [LEFT, y(value)],
        [RIGHT, y(value)],
      ],
      palette.rule,
      1,
    );
    write(format(value), LEFT - 8, y(value) + 4, { ...style, align: 'right', most: LEFT - 12 });
  }
  const date = new Intl.DateTimeFormat(language, { month: 'numeric', day: 'numeric', timeZone: 'UTC' });
  const last = points.length - 1;
  for (const index of new Set([0, Math.round(last / 3), Math.round((2 * last) / 3), last])) {
    const align = index === 0 ? 'left' : index === last ? 'right' : 'center';
    write(date.format(new Date(points[index]!.date)), x(index), bottom + 20, { ...style, align });
  }
  return { top, bottom, x, y };
}

/** A line through the values; where one is missing it is interrupted. */
function plot(
  { context }: Sheet,
  { x, y, bottom }: Frame,
  values: readonly (number | null)[],
  color: string,
  filled = false,
): void {
  const points = values.map((value, index) => (value === null ? null : ([x(index), y(value)] as const)));
  if (filled) {
    context.globalAlpha = 0.25;
    context.fillStyle = color;
    context.beginPath();
    context.moveTo(x(0), bottom);
    for (const point of points) if (point) context.lineTo(...point);
    context.lineTo(x(values.length - 1), bottom);
    context.fill();
    context.globalAlpha = 1;
  }
  let run: (readonly [number, number])[] = [];
  for (const point of [...points, null]) {
    if (point) run.push(point);
    else {
      strokeLine(context, run, color, 2.5);
      run = [];
    }
  }
  context.fillStyle = color;
  for (const point of points) {
    if (!point || filled) continue;
    context.beginPath();
    context.arc(...point, 4, 0, 2 * Math.PI);
    context.fill();
  }
}

function strokeLine(
  context: Sheet['context'],
  points: readonly (readonly [number, number])[],
  color: string,
  width = 2,
): void {
  context.strokeStyle = color;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.beginPath();
  points.forEach((point, index) => {
    if (index === 0) context.moveTo(...point);
    else context.lineTo(...point);
  });
  context.stroke();
}

const CHART = 216;
const LEFT = MARGIN + 40;
const RIGHT = WIDTH - MARGIN - 4;
