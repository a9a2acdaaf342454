import { createHash } from 'node:crypto';

/** A Lua script, which Redis runs as one step, and the digest that Redis knows it by. */
export type Script = { readonly source: string; readonly digest: string };

const script = (source: string): Script => ({
  source,
  digest: createHash('sha1').update(source).digest('hex'),
});

/**
 * KEYS: document, sets… ARGV: the text expected ('' for none), the text to keep ('' for none), then for each entry the
 * index of its set in KEYS, the member, and the score ('' to remove it). Returns 1, or 0 for another text.
 * A script that fails half-way is not undone, so what could fail is tried before the first write.
 */
export const COMMIT = script(`
if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
for i = 2, #KEYS do redis.call('ZCARD', KEYS[i]) end
if ARGV[2] == '' then
  redis.call('DEL', KEYS[1])
elseif ARGV[2] ~= ARGV[1] then
  redis.call('SET', KEYS[1], ARGV[2])
end
for i = 3, #ARGV, 3 do
  local set, member, score = KEYS[tonumber(ARGV[i])], ARGV[i + 1], ARGV[i + 2]
  if score == '' then redis.call('ZREM', set, member) else redis.call('ZADD', set, score, member) end
end
return 1`);

/** KEYS: document. ARGV: the text expected, what the name of the copy begins with. Returns that name, or nil. */
export const SET_ASIDE = script(`
if redis.call('GET', KEYS[1]) ~= ARGV[1] then return false end
local n = 1
while redis.call('EXISTS', ARGV[2] .. n) == 1 do n = n + 1 end
redis.call('RENAME', KEYS[1], ARGV[2] .. n)
return ARGV[2] .. n`);

/** KEYS: set. ARGV: member. Returns the rank, or nil. */
export const RANK = script(`
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
return score and redis.call('ZCOUNT', KEYS[1], '(' .. score, '+inf') + 1`);

/** KEYS: set. ARGV: highest score to take, token, limit. Returns the members taken. */
export const CLAIM = script(`
local due = redis.call('ZRANGE', KEYS[1], '-inf', ARGV[1], 'BYSCORE', 'LIMIT', 0, ARGV[3])
for _, member in ipairs(due) do redis.call('ZADD', KEYS[1], ARGV[2], member) end
return due`);

/** KEYS: set. ARGV: member, token, next score ('' to remove it). Returns 1, or 0 for another score. */
export const FINISH = script(`
local score = redis.call('ZSCORE', KEYS[1], ARGV[1])
if not score or tonumber(score) ~= tonumber(ARGV[2]) then return 0 end
if ARGV[3] == '' then redis.call('ZREM', KEYS[1], ARGV[1]) else redis.call('ZADD', KEYS[1], ARGV[3], ARGV[1]) end
return 1`);

/** KEYS: lease. ARGV: holder, milliseconds. Returns 1 for the holder, else 0. */
export const LEASE = script(`
if (redis.call('GET', KEYS[1]) or ARGV[1]) ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
return 1`);

/** KEYS: lease. ARGV: holder. */
export const RELEASE = script(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1`);
