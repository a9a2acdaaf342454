/** First millisecond of 2015 (UTC), where Discord's ids begin to count. */
export const DISCORD_EPOCH_MS = 1_420_070_400_000;

/**
 * A source of unique ids that carry their time of birth, as Discord's do.
 * @param now epoch milliseconds; may stand still or go back, ids stay unique (4 million a millisecond).
 */
export function createSnowflakes(now: () => number): () => string {
  let increment = 0n;
  return () => {
    const id = (BigInt(Math.floor(now()) - DISCORD_EPOCH_MS) << 22n) | (increment & 0x3fffffn);
    increment += 1n;
    return id.toString();
  };
}

/** The id that something born at `epochMs` would have at least: the lower bound for `after`. */
export function snowflakeAt(epochMs: number): string {
  return (BigInt(Math.floor(epochMs) - DISCORD_EPOCH_MS) << 22n).toString();
}

/** Epoch milliseconds at which the id was minted. */
export function timestampOf(id: string): number {
  return Number(BigInt(id) >> 22n) + DISCORD_EPOCH_MS;
}

/** Orders ids by age without parsing them: a longer number is a greater one. */
export function compareIds(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

/** Whether the text can be an id at all. */
export function isSnowflake(text: unknown): text is string {
  return typeof text === 'string' && /^(0|[1-9]\d{0,19})$/.test(text);
}
