import { z } from 'zod';
import type { Level } from './points.ts';

/** How well a person knew it; the numbers are FSRS's ratings (1 Again, 2 Hard, 3 Good, 4 Easy). */
export type Grade = 1 | 2 | 3 | 4;

export const gradeSchema = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);

/** The one table of the grade reactions, lowest grade first. */
export const GRADES = [
  { grade: 1, name: 'missed', emoji: '❌' },
  { grade: 2, name: 'partly', emoji: '🤔' },
  { grade: 3, name: 'knew', emoji: '✅' },
  { grade: 4, name: 'atOnce', emoji: '⚡' },
] as const;

export type GradeName = (typeof GRADES)[number]['name'];

/** The grade that an emoji stands for. Discord sends some emoji with a variation selector and some without. */
export function gradeOfEmoji(emoji: string): Grade | undefined {
  const plain = emoji.replaceAll('\u{FE0F}', '');
  return GRADES.find((entry) => entry.emoji === plain)?.grade;
}

/**
 * The grade reactions that a person has on a post, one bit each: normal ones in bits 0–3 and super ones in bits 4–7,
 * lowest grade first. A grade holds while either exists.
 */
export type Held = number;

export const NOTHING_HELD: Held = 0;

export function heldBit(grade: Grade, burst: boolean): Held {
  return 1 << (grade - 1 + (burst ? 4 : 0));
}

/** The grade that counts: the lowest of those held. */
export function gradeOf(held: Held): Grade | undefined {
  return GRADES.find(({ grade }) => held & (heldBit(grade, false) | heldBit(grade, true)))?.grade;
}

/** What a marked answer says of how well the person knew it: wrong is missed, right is known, right and fast at once. */
export function gradeOfAnswer(
  { right, milliseconds }: { readonly right: boolean; readonly milliseconds?: number | undefined },
  level: Level,
): Grade {
  if (!right) return 1;
  return milliseconds !== undefined && milliseconds <= FAST[level] ? 4 : 3;
}

/** Milliseconds in which only somebody answers who need not think: about as long as reading takes. */
const FAST: Readonly<Record<Level, number>> = { 1: 6_000, 2: 10_000, 3: 15_000 };

/** The lower median: of an even number of grades, the lower of the two in the middle. */
export function lowerMedian(grades: readonly Grade[]): Grade | undefined {
  return [...grades].sort((a, b) => a - b)[Math.floor((grades.length - 1) / 2)];
}
