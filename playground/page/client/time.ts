import { state } from './state.ts';
import { language } from './words.ts';

/** Epoch milliseconds, by the playground's clock. */
export function now(): number {
  return Date.now() + (state.house?.clock ?? 0);
}

const styles: Readonly<Record<string, Intl.DateTimeFormatOptions>> = {
  t: { timeStyle: 'short' },
  T: { timeStyle: 'medium' },
  d: { dateStyle: 'short' },
  D: { dateStyle: 'long' },
  f: { dateStyle: 'long', timeStyle: 'short' },
  F: { dateStyle: 'full', timeStyle: 'short' },
};

/** A point in time in one of the styles of Discord's `<t:…>`. */
export function formatTime(epochMs: number, style: string): string {
  if (style === 'R') return formatRelative(epochMs - now());
  return new Intl.DateTimeFormat(locale(), styles[style] ?? styles.f).format(epochMs);
}

const units: readonly (readonly [Intl.RelativeTimeFormatUnit, seconds: number])[] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
];

function formatRelative(milliseconds: number): string {
  const seconds = Math.round(milliseconds / 1_000);
  const [unit, size] = units.find(([, each]) => Math.abs(seconds) >= each) ?? units.at(-1)!;
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

function locale(): string {
  return language() === 'zh' ? 'zh-CN' : 'en-GB';
}
