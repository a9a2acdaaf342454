import { createHash } from 'node:crypto';

/** A bucket's size: so many requests in a window that starts with the first of them. Windows are real time. */
export interface BucketRule {
  readonly name: string;
  readonly limit: number;
  readonly windowMs: number;
}

/**
 * Discord publishes no table and tells clients to read the headers; these are figures its API has been seen to send.
 * What is not named here shares nothing and has a wide bucket.
 */
export const BUCKETS = {
  createMessage: { name: 'create-message', limit: 5, windowMs: 5_000 },
  editMessage: { name: 'edit-message', limit: 5, windowMs: 5_000 },
  deleteMessage: { name: 'delete-message', limit: 5, windowMs: 1_000 },
  reactions: { name: 'reactions', limit: 1, windowMs: 250 },
  webhook: { name: 'webhook', limit: 5, windowMs: 2_000 },
  commands: { name: 'commands', limit: 5, windowMs: 20_000 },
  createDm: { name: 'create-dm', limit: 10, windowMs: 10_000 },
  wide: { name: 'wide', limit: 30, windowMs: 1_000 },
} as const satisfies Record<string, BucketRule>;

/** Requests a second that one bot may send, interaction answers apart. */
export const GLOBAL_LIMIT = 50;
/** 401, 403 and 429 in ten minutes after which Discord bans the address. */
export const INVALID_REQUEST_LIMIT = 10_000;
const INVALID_WINDOW_MS = 600_000;

export interface Verdict {
  readonly headers: Record<string, string>;
  /** Set when the request is refused. */
  readonly refused?: { retryAfterSeconds: number; global: boolean; scope: 'user' | 'global' };
}

export interface RateLimits {
  /**
   * Counts a request.
   * @param major what the bucket is counted by besides its name: the channel, guild or webhook of the path.
   * @param nowMs monotonic milliseconds.
   */
  take(rule: BucketRule | null, major: string, countsGlobally: boolean, nowMs: number): Verdict;
  /** Counts an answer of 401, 403 or 429 and says how many there were in the last ten minutes. */
  countInvalid(nowMs: number): number;
}

export function createRateLimits(): RateLimits {
  const buckets = new Map<string, { remaining: number; resetAt: number }>();
  const invalid: number[] = [];
  let second = { startedAt: Number.NEGATIVE_INFINITY, used: 0 };

  return {
    take(rule, major, countsGlobally, nowMs) {
      if (countsGlobally) {
        if (nowMs >= second.startedAt + 1_000) second = { startedAt: nowMs, used: 0 };
        if (second.used >= GLOBAL_LIMIT) {
          const seconds = (second.startedAt + 1_000 - nowMs) / 1_000;
          return refuse({ 'X-RateLimit-Global': 'true' }, seconds, 'global');
        }
        second.used += 1;
      }
      if (!rule) return { headers: {} };

      const key = `${rule.name}:${major}`;
      let bucket = buckets.get(key);
      if (!bucket || nowMs >= bucket.resetAt) {
        bucket = { remaining: rule.limit, resetAt: nowMs + rule.windowMs };
        buckets.set(key, bucket);
      }
      const allowed = bucket.remaining > 0;
      if (allowed) bucket.remaining -= 1;
      const resetAfter = Math.max(0, bucket.resetAt - nowMs) / 1_000;
      const headers = {
        'X-RateLimit-Limit': String(rule.limit),
        'X-RateLimit-Remaining': String(bucket.remaining),
        'X-RateLimit-Reset': (Date.now() / 1_000 + resetAfter).toFixed(3),
        'X-RateLimit-Reset-After': resetAfter.toFixed(3),
        'X-RateLimit-Bucket': createHash('md5').update(rule.name).digest('hex'),
      };
      return allowed ? { headers } : refuse(headers, resetAfter, 'user');
    },
    countInvalid(nowMs) {
      invalid.push(nowMs);
      while (invalid[0]! < nowMs - INVALID_WINDOW_MS) invalid.shift();
      return invalid.length;
    },
  };
}

function refuse(headers: Record<string, string>, seconds: number, scope: 'user' | 'global'): Verdict {
  const retryAfterSeconds = Math.max(0.001, Number(seconds.toFixed(3)));
  return {
    headers: {
      ...headers,
      'Retry-After': String(Math.ceil(retryAfterSeconds)),
      'X-RateLimit-Scope': scope,
    },
    refused: { retryAfterSeconds, global: scope === 'global', scope },
  };
}
