import type { Language } from '../bank/schema.ts';
import { createSheet, MARGIN, palette, WIDTH } from './sheet.ts';

/** How much of each topic was known, in words ready to be shown. */
export type Mastery = {
  readonly title: string;
  /** At most {@link MOST_TOPICS}. */
  readonly topics: readonly {
    readonly name: string;
    /** From 0 to 1. */
    readonly share: number;
    /** Of how many. */
    readonly detail: string;
  }[];
};

export const MOST_TOPICS = 18;

/** @returns a PNG */
export function drawMastery({ title, topics }: Mastery, language: Language): Buffer {
  const shown = topics.slice(0, MOST_TOPICS);
  const { write, panel, measure, png } = createSheet(TOP + shown.length * ROW + 4, language);
  const percent = new Intl.NumberFormat(language, { style: 'percent' });
  write(title, MARGIN, 40, { size: 20, weight: 700, most: LONGEST });
  shown.forEach(({ name, share, detail }, index) => {
    const y = TOP + index * ROW;
    const value = { size: 15, weight: 700, align: 'right' } as const;
    write(percent.format(share), WIDTH - MARGIN, y + 14, value);
    const small = { size: 12, color: palette.muted, align: 'right' } as const;
    write(detail, WIDTH - MARGIN - VALUE, y + 14, small);
    write(name, MARGIN, y + 14, { size: 15, most: LONGEST - VALUE - measure(detail, small) - 12 });
    panel(MARGIN, y + 22, LONGEST, BAR, palette.rule, BAR / 2);
    if (share > 0) panel(MARGIN, y + 22, Math.max(BAR, share * LONGEST), BAR, palette.blue, BAR / 2);
  });
  return png();
}

const TOP = 62;
const ROW = 46;
const BAR = 8;
const VALUE = 52;
const LONGEST = WIDTH - 2 * MARGIN;
