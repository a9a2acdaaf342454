import type { Language } from '../bank/schema.ts';
import { medals } from './leaderboard.ts';
import { createSheet, MARGIN, palette, WIDTH } from './sheet.ts';

/** The end of a competition, in words ready to be shown. Names are Discord's own text, as they are. */
export type Winners = {
  readonly title: string;
  readonly subtitle?: string | undefined;
  /** Best first, people or teams; ties share a rank. The first three stand on the podium; at most {@link MOST_WINNERS}. */
  readonly winners: readonly Winner[];
};

export type Winner = {
  readonly rank: number;
  readonly name: string;
  /** With its unit: `128 points`. */
  readonly score: string;
};

export const MOST_WINNERS = 10;

/** @returns a PNG */
export function drawWinners({ title, subtitle, winners }: Winners, language: Language): Buffer {
  const podium = winners.slice(0, 3);
  const others = winners.slice(3, MOST_WINNERS);
  const top = subtitle ? 84 : 62;
  const floor = top + 40 + TALLEST;
  const sheet = createSheet(floor + (others.length > 0 ? 12 + others.length * ROW : 0) + MARGIN, language);
  const { write, panel } = sheet;

  write(title, WIDTH / 2, 44, { size: 24, weight: 700, align: 'center', most: WIDTH - 2 * MARGIN });
  if (subtitle)
    write(subtitle, WIDTH / 2, 70, {
      size: 14,
      color: palette.muted,
      align: 'center',
      most: WIDTH - 2 * MARGIN,
    });

  podium.forEach(({ rank, name, score }, index) => {
    const step = Math.min(rank, 3) - 1;
    const height = TALLEST - step * 34;
    const middle = podium.length === 1 ? WIDTH / 2 : placesOf(podium.length)[index]!;
    const y = floor - height;
    panel(middle - STAND / 2, y, STAND, height, palette.panel);
    panel(middle - STAND / 2, y, STAND, 5, medals[step]!, 2);
    const centred = { align: 'center', most: STAND - 12 } as const;
    write(name, middle, y - 12, { ...centred, size: 17, weight: 700, most: STAND + 4 });
    write(String(rank), middle, y + 46, { ...centred, size: 34, weight: 700, color: medals[step]! });
    write(score, middle, floor - 12, { ...centred, size: 14, color: palette.text });
  });

  others.forEach(({ rank, name, score }, index) => {
    const y = floor + 12 + index * ROW + 24;
    write(String(rank), MARGIN + 24, y, { size: 15, color: palette.muted, align: 'center', most: 40 });
    write(name, MARGIN + 56, y, { size: 15, most: 270 });
    write(score, WIDTH - MARGIN - 8, y, { size: 15, weight: 700, align: 'right', most: 130 });
  });
  return sheet.png();
}

/** The first in the middle, the second to the left, the third to the right. */
function placesOf(count: number): readonly number[] {
  const step = STAND + 10;
  return count === 2
    ? [WIDTH / 2 + step / 2, WIDTH / 2 - step / 2]
    : [WIDTH / 2, WIDTH / 2 - step, WIDTH / 2 + step];
}

const STAND = 150;
const TALLEST = 150;
const ROW = 32;
