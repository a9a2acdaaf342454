import { readNumber } from './read-number.ts';
import { type Item, isClose } from './schema.ts';

export type MarkableItem = Exclude<Item, { type: 'open' }>;

/**
 * What a person answers: single an option id; multiple ids; boolean true or false; order ids, first step first;
 * number and short the text as typed.
 */
export type Answer = string | boolean | readonly string[];

export type Marking =
  | {
      readonly kind: 'marked';
      readonly right: boolean;
      /** Of a wrong number: the value of the item's slip that leads to it. */
      readonly slip?: number;
    }
  /** Not an answer to this item at all, such as words where a number is asked: ask again, it costs nothing. */
  | { readonly kind: 'unreadable' };

/** Marks an answer: all or nothing, in either language. */
export function markAnswer(item: MarkableItem, answer: Answer): Marking {
  switch (item.type) {
    case 'boolean':
      return typeof answer === 'boolean' ? marked(answer === item.answer) : unreadable;
    case 'single':
      return typeof answer === 'string' && isOption(item, answer)
        ? marked(answer === item.answer)
        : unreadable;
    case 'multiple':
      return isOptions(item, answer) ? marked(haveSameMembers(answer, item.answer)) : unreadable;
    case 'order':
      return isOptions(item, answer) ? marked(answer.join() === item.answer.join()) : unreadable;
    case 'number':
      return typeof answer === 'string' ? markNumber(item, answer) : unreadable;
    case 'short':
      return typeof answer === 'string' && foldAnswer(answer) !== ''
        ? marked(isAccepted(item, answer))
        : unreadable;
  }
}

const unreadable: Marking = { kind: 'unreadable' };
const marked = (right: boolean): Marking => ({ kind: 'marked', right });

type WithOptions = Extract<Item, { type: 'single' | 'multiple' | 'order' }>;

const isOption = (item: WithOptions, id: string) => Object.hasOwn(item.en.options, id);

const isOptions = (item: WithOptions, answer: Answer): answer is readonly string[] =>
  Array.isArray(answer) && answer.length > 0 && answer.every((id) => isOption(item, id));

function haveSameMembers(left: readonly string[], right: readonly string[]): boolean {
  const members = new Set(left);
  return members.size === right.length && right.every((id) => members.has(id));
}

function markNumber(item: Extract<Item, { type: 'number' }>, text: string): Marking {
  const { answer } = item;
  const value = readNumber(text, answer.unit);
  if (value === undefined) return unreadable;
  if (isClose(value, answer)) return marked(true);
  const slip = item.en.slips?.find((each) => isClose(value, { ...answer, value: each.value }));
  return slip ? { kind: 'marked', right: false, slip: slip.value } : marked(false);
}

function isAccepted(item: Extract<Item, { type: 'short' }>, text: string): boolean {
  const { en, zh } = item.answer.accept;
  // `LoRA (low-rank adaptation)` is answered by what stands before the brackets.
  const folded = [text, text.replace(/[(（][^()（）]*[)）]/g, ' ')].map(foldAnswer);
  return [...en, ...zh].some((accepted) => folded.includes(foldAnswer(accepted)));
}

/**
 * Brings a short answer to the form in which it is compared: Unicode NFKC, lower case, without spaces, an article,
 * wrapping quotes or a full stop; `layer norm`, `layer-norm` and `LayerNorm` are one, and so are `n²` and `n^2`.
 * A hyphen stays where it may be a minus: `2-3`, `-1`, `1e-5`.
 */
export function foldAnswer(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[‐-―−]/g, '-')
    .replace(/[‘’]/g, "'")
    .replace(/^[\s"'`“”「」《》]+|[\s"'`“”「」《》.。!?,;:、]+$/g, '')
    .replace(/^(the|an|a) (?=.)/, '')
    .replace(/[\s_]+|(?<=\p{L})(?<!\de)-+|-+(?=\p{L})|(?<!\p{N})\^/gu, '');
}
