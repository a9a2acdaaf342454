import type { Answer, MarkableItem } from './mark.ts';

/** What a person pressed, as the positions shown, in the order pressed; or what they typed. */
export type Given = readonly number[] | string;

/**
 * The answer that was given to an item whose options stood in `order`. What the item does not offer comes out as an
 * answer that can't be marked.
 */
export function answerOf(item: MarkableItem, order: readonly string[], given: Given): Answer {
  const typed = item.type === 'number' || item.type === 'short';
  if (typeof given === 'string') return typed ? given : NONE;
  const [first = -1] = given;
  switch (item.type) {
    case 'boolean':
      return [true, false][first] ?? NONE;
    case 'single':
      return order[first] ?? NONE;
    case 'multiple':
    case 'order': {
      const complete = item.type === 'multiple' || given.length === order.length;
      if (!complete || new Set(given).size < given.length) return NONE;
      return given.map((position) => order[position] ?? NONE);
    }
    default:
      return NONE;
  }
}

/** Positions as component ids carry them, a digit each; `undefined` for a text that holds anything else. */
export function readPositions(text: string): number[] | undefined {
  return /^\d{0,6}$/.test(text) ? [...text].map(Number) : undefined;
}

/** No option has this id, and no number or word is empty. */
const NONE = '';
