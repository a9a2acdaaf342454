import type { Language } from '../bank/schema.ts';
import { createSheet, MARGIN, palette, WIDTH } from './sheet.ts';

/** A page of a leaderboard, in words ready to be shown. Names are Discord's own text, as they are. */
export type Leaderboard = {
  /** Absent where the card around it has one. */
  readonly title?: string | undefined;
  readonly subtitle?: string | undefined;
  readonly columns: {
    readonly name: string;
    readonly score: string;
    readonly streak?: string | undefined;
  };
  /** At most {@link MOST_ROWS}. */
  readonly rows: readonly LeaderboardRow[];
};

export type LeaderboardRow = {
  readonly rank: number;
  readonly name: string;
  /** Points, or whatever ranks them: `1,234`, `75% (12)`. */
  readonly score: string;
  /** Days; absent where it makes no sense, as for a team. */
  readonly streak?: number | undefined;
  /** The row of the person who looks at it. */
  readonly you?: boolean | undefined;
};

export const MOST_ROWS = 25;

/** @returns a PNG */
export function drawLeaderboard(board: Leaderboard, language: Language): Buffer {
  const rows = board.rows.slice(0, MOST_ROWS);
  const head = (board.title ? 44 : 0) + (board.subtitle ? 22 : 0);
  const top = head + 14;
  const sheet = createSheet(top + 26 + rows.length * ROW + MARGIN - GAP, language);
  const { write, panel } = sheet;
  const count = new Intl.NumberFormat(language);

  const all = WIDTH - 2 * MARGIN;
  if (board.title) write(board.title, MARGIN, 42, { size: 22, weight: 700, most: all });
  if (board.subtitle) write(board.subtitle, MARGIN, head, { size: 14, color: palette.muted, most: all });
  const label = { size: 13, color: palette.muted };
  const { name, score, streak } = board.columns;
  const right = streak ? SCORE : STREAK;
  write(name, NAME, top + 14, { ...label, most: LONGEST_NAME });
  write(score, right, top + 14, { ...label, align: 'right', most: LONGEST_SCORE });
  if (streak) write(streak, STREAK, top + 14, { ...label, align: 'right', most: STREAK - SCORE - 8 });

  rows.forEach((row, index) => {
    const y = top + 26 + index * ROW;
    const baseline = y + 24;
    panel(MARGIN, y, WIDTH - 2 * MARGIN, ROW - GAP, row.you ? OWN_ROW : palette.panel);
    if (row.you) panel(MARGIN, y, 4, ROW - GAP, palette.blue, 2);
    const medal = medals[row.rank - 1];
    if (medal) panel(RANK - 15, y + 4, 30, ROW - GAP - 8, medal, 15);
    write(count.format(row.rank), RANK, baseline, {
      size: row.rank < 1000 ? 16 : 12,
      weight: 700,
      color: medal ? palette.ground : palette.muted,
      align: 'center',
      most: 44,
    });
    write(row.name, NAME, baseline, { size: 17, weight: row.you ? 700 : 400, most: LONGEST_NAME });
    write(row.score, right, baseline, { size: 17, weight: 700, align: 'right', most: LONGEST_SCORE });
    if (row.streak !== undefined) {
      const color = row.streak > 0 ? palette.orange : palette.muted;
      write(count.format(row.streak), STREAK, baseline, { size: 16, color, align: 'right', most: 70 });
    }
  });
  return sheet.png();
}

/** Gold, silver, bronze: apart in lightness too. */
export const medals = ['#f2c14e', '#c9ced6', '#c98a5b'] as const;

const OWN_ROW = '#2f4257';

const ROW = 40;
const GAP = 4;

/** Where the columns stand: the rank by its middle, the name by its left, the numbers by their right. */
const RANK = MARGIN + 28;
const NAME = MARGIN + 62;
const SCORE = WIDTH - MARGIN - 86;
const STREAK = WIDTH - MARGIN - 14;
const LONGEST_SCORE = 124;
const LONGEST_NAME = SCORE - LONGEST_SCORE - 8 - NAME;
