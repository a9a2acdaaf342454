import { addDays, type LocalDate, localDateSchema } from './dates.ts';

/**
 * Reads a date in English or Chinese: `2026-03-09`, `2026/3/9`, `2026年3月9日`, the next `3-9` or `3月9日`, `today`,
 * `tomorrow`, `今天`, `明天`.
 * @returns `undefined` where the text is none
 */
export function parseDate(text: string, today: LocalDate): LocalDate | undefined {
  const folded = text.normalize('NFKC').trim().toLowerCase();
  if (folded === 'today' || folded === '今天') return today;
  if (folded === 'tomorrow' || folded === '明天') return addDays(today, 1);
  const [, year, month, day] =
    /^(?:(\d{4})[-/.年])?(\d{1,2})[-/.月](\d{1,2})日?$/.exec(folded.replaceAll(/\s/g, '')) ?? [];
  if (!month || !day) return undefined;
  const inYear = (number: number) => {
    const date = [String(number).padStart(4, '0'), month.padStart(2, '0'), day.padStart(2, '0')].join('-');
    return localDateSchema.safeParse(date).data;
  };
  if (year) return inYear(Number(year));
  const thisYear = Number(today.slice(0, 4));
  return [inYear(thisYear), inYear(thisYear + 1)].find((date) => date !== undefined && date >= today);
}

/**
 * Reads how many days something takes: `14`, `14 days`, `2 weeks`, `14天`, `两周`, `2周`.
 * @returns `undefined` where the text is none
 */
export function parseLength(text: string): number | undefined {
  const [, count, unit = ''] =
    /^(\d{1,4}|[一二两三四])(days?|d|天|日|weeks?|w|周|星期|个星期)?$/.exec(
      text.normalize('NFKC').toLowerCase().replaceAll(/\s/g, ''),
    ) ?? [];
  if (!count) return undefined;
  const number = /\d/.test(count) ? Number(count) : '一二三四'.indexOf(count.replace('两', '二')) + 1;
  return number * (/^(w|周|星期|个)/.test(unit) ? 7 : 1) || undefined;
}
