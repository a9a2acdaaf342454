import type { Weekday } from '../calendar/dates.ts';

export const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];
export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5];
export const weekends: readonly Weekday[] = [6, 7];

/**
 * Reads days of the week in English or Chinese: `every day`, `weekdays`, `weekends`, `mon, wed fri`, `每天`, `工作日`,
 * `周一、周三` or `一三五`.
 * @returns the days in order, or `undefined` where the text names none or has anything else in it
 */
export function parseDays(text: string): Weekday[] | undefined {
  const folded = text.normalize('NFKC').toLowerCase().trim().replace(/\s+/g, ' ');
  const named = groups[folded];
  if (named) return [...named];
  const words = folded.split(/[,;、/\s]+|and|和/).filter(Boolean);
  const days = words.map((word) =>
    word.match(/^(?:周|星期|礼拜)?[一二三四五六日天]+$/) ? readChinese(word) : readEnglish(word),
  );
  if (days.length === 0 || days.some((some) => some.length === 0)) return undefined;
  return [...new Set(days.flat())].sort();
}

function readChinese(word: string): Weekday[] {
  return [...word.replace(/^(周|星期|礼拜)/, '')].flatMap((character) => chinese[character] ?? []);
}

function readEnglish(word: string): Weekday[] {
  const index = english.findIndex((day) => word.length >= 3 && day.startsWith(word.replace(/s$/, '')));
  return index < 0 ? [] : [(index + 1) as Weekday];
}

const groups: Readonly<Record<string, readonly Weekday[]>> = {
  'every day': everyDay,
  everyday: everyDay,
  daily: everyDay,
  all: everyDay,
  weekday: weekdays,
  weekdays,
  workdays: weekdays,
  weekend: weekends,
  weekends,
  每天: everyDay,
  每日: everyDay,
  工作日: weekdays,
  周末: weekends,
};

const english = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

const chinese: Readonly<Record<string, Weekday>> = { 一: 1, 二: 2, 三: 3, 四: 4, 五: 5, 六: 6, 日: 7, 天: 7 };
