export type Pick = {
  readonly id: string;
  /** `repeat`: one that went badly and is due again · `new`: one that this round has not had yet */
  readonly kind: 'new' | 'repeat';
};

export type PickFrom = {
  /** The items that may be asked: narrowed by topic, level and language, in the order of the bank. */
  readonly items: readonly { readonly id: string; readonly topic: string }[];
  /** Question id → date (`YYYY-MM-DD`) on which the group was last asked it. */
  readonly seen: Readonly<Record<string, string>>;
  /** Question id → the group's card: when it is due (epoch milliseconds), and whether it went badly. */
  readonly cards: Readonly<Record<string, { readonly due: number; readonly bad: boolean }>>;
  /** The kinds of the group's last posts, newest last. */
  readonly recent: readonly Pick['kind'][];
  /** The topics of the group's last posts, newest last. */
  readonly lastTopics: readonly string[];
  /** Epoch milliseconds. */
  readonly now: number;
  /** Gives numbers in [0, 1). */
  readonly random: () => number;
};

/** Of this many posts in a row, one at most is a repeat. */
const repeatEvery = 4;

/**
 * Which question a group gets next: at most one post in four is a repeat that is due and went badly, the one that has
 * been due longest; else one that the group has not seen, at random; and when it has seen all, a new round begins with
 * the one asked longest ago. The topic of the last post is avoided where there is a choice.
 * @returns `undefined` only if there are no items
 */
export function pickQuestion(from: PickFrom): Pick | undefined {
  const repeat = mayRepeat(from.recent) ? longestDue(from) : undefined;
  if (repeat) return { id: repeat.id, kind: 'repeat' };
  const unseen = from.items.filter(({ id }) => !Object.hasOwn(from.seen, id));
  const candidates = avoidTopic(unseen.length > 0 ? unseen : askedLongestAgo(from), from.lastTopics.at(-1));
  const chosen = candidates[Math.floor(from.random() * candidates.length)];
  return chosen && { id: chosen.id, kind: 'new' };
}

/** The first posts of a group are new ones, too: there is nothing yet to weigh a repeat against. */
const mayRepeat = (recent: PickFrom['recent']) =>
  recent.length >= repeatEvery - 1 && !recent.slice(1 - repeatEvery).includes('repeat');

function longestDue({ items, cards, now }: PickFrom) {
  return items
    .flatMap(({ id }) => {
      const card = cards[id];
      return card?.bad && card.due <= now ? [{ id, due: card.due }] : [];
    })
    .sort((left, right) => left.due - right.due)[0];
}

function askedLongestAgo({ items, seen }: PickFrom) {
  const oldest = items.map(({ id }) => seen[id]!).reduce((left, right) => (right < left ? right : left), '9');
  return items.filter(({ id }) => seen[id] === oldest);
}

function avoidTopic<T extends { readonly topic: string }>(items: readonly T[], topic: string | undefined) {
  const others = items.filter((item) => item.topic !== topic);
  return others.length > 0 ? others : items;
}

/**
 * Numbers in [0, 1) that are the same for the same seed, on every machine: the seed's FNV-1a hash drives mulberry32
 * (Tommy Ettinger's 32-bit generator). Good for choosing questions, not for secrets.
 */
export function seededRandom(seed: string): () => number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(seed)) state = Math.imul(state ^ byte, 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
