import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRateLimits } from '../../playground/rest/rate-limits.ts';
import { type Channel, type Playground, startPlayground } from '../../playground/start.ts';
import { rest } from './raw-bot.ts';

let discord: Playground;
let channel: Channel;

async function start(options: object): Promise<void> {
  discord = await startPlayground(options);
  channel = discord.addChannel(discord.addGuild({ name: 'guild' }).id, { name: 'daily' });
}

afterEach(() => discord?.close());

const post = (content = 'x') => rest(discord, 'POST', `/channels/${channel.id}/messages`, { content });
const POST = { method: 'POST', path: /\/messages$/ };

describe('an ordered fault', () => {
  beforeEach(() => start({ rateLimits: false }));

  it('answers with a status, and nothing happens', async () => {
    discord.faults.order(POST, { kind: 'status', status: 503 });
    expect((await post()).status).toBe(503);
    expect(channel.messages.size).toBe(0);
    expect((await post()).status).toBe(200);
  });

  it('answers 429 with the time to wait', async () => {
    discord.faults.order(POST, { kind: 'status', status: 429, retryAfter: 3 });
    const { status, body, headers } = await post();
    expect({ status, body }).toMatchObject({ status: 429, body: { retry_after: 3, global: false } });
    expect(headers.get('Retry-After')).toBe('3');
    expect(headers.get('Via')).not.toBeNull();
  });

  it('may carry one of Discord’s codes', async () => {
    discord.faults.order(POST, { kind: 'status', status: 403, code: 50013 });
    expect(await post()).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('lets it happen and says that it did not', async () => {
    discord.faults.order(POST, { kind: 'after-commit' });
    expect((await post()).status).toBe(500);
    expect(channel.messages.size).toBe(1);
  });

  it.each([
    ['before', false, 0],
    ['after', true, 1],
  ])('cuts the connection %s it happens', async (_name, after, messages) => {
    discord.faults.order(POST, { kind: 'cut', after });
    await expect(post()).rejects.toThrow();
    expect(channel.messages.size).toBe(messages);
    expect((await post()).status).toBe(200);
  });

  it('hangs, and the request lands late even when the client has gone', async () => {
    discord.faults.order(POST, { kind: 'hang', ms: 100 });
    const gone = fetch(`${discord.url}/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { Authorization: `Bot ${discord.token}`, 'Content-Type': 'application/json' },
      body: JSON.stringify({ content: 'late' }),
      signal: AbortSignal.timeout(30),
    });
    await expect(gone).rejects.toThrow();
    expect(channel.messages.size).toBe(0);
    await discord.idle(150);
    expect(channel.messages.size).toBe(1);
  });

  it('hits only what it matches, after the skipped, as often as it says', async () => {
    discord.faults.order({ ...POST, skip: 1, times: 2 }, { kind: 'status', status: 500 });
    await rest(discord, 'GET', `/channels/${channel.id}/messages`);
    const statuses = [];
    for (let i = 0; i < 4; i += 1) statuses.push((await post()).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });

  it('can be taken back', async () => {
    discord.faults.order(POST, { kind: 'status', status: 500 });
    discord.faults.clear();
    expect((await post()).status).toBe(200);
  });
});

describe('the record of requests', () => {
  beforeEach(() => start({ rateLimits: false }));

  it('has each with its route, body and status', async () => {
    await post('hello');
    expect(discord.requests).toMatchObject([
      {
        n: 1,
        method: 'POST',
        route: '/channels/{channel_id}/messages',
        body: { content: 'hello' },
        status: 200,
      },
    ]);
  });

  it('blames nobody for a client that died while sending', async () => {
    const socket = connect(Number(new URL(discord.url).port), '127.0.0.1');
    socket.write('POST /api/v10/users/@me/channels HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\n{"a');
    while (discord.requests.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    socket.destroy();
    await discord.idle(50);
    expect(discord.violations).toEqual([]);
    expect(discord.requests[0]!.status).toBe(0);
  });

  it('tells of each phase and waits for the listener', async () => {
    const phases: [phase: string, messages: number, status: number][] = [];
    const stop = discord.onRequest(async (record, phase) => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      phases.push([phase, channel.messages.size, record.status]);
    });
    await post();
    await discord.idle(20);
    stop();
    await post();
    expect(phases).toEqual([
      ['received', 0, 0],
      ['committed', 1, 0],
      ['answered', 1, 200],
    ]);
  });
});

describe('rate limits', () => {
  it('are told in the headers', async () => {
    await start({});
    const { headers } = await post();
    expect(headers.get('X-RateLimit-Limit')).toBe('5');
    expect(headers.get('X-RateLimit-Remaining')).toBe('4');
    expect(Number(headers.get('X-RateLimit-Reset-After'))).toBeCloseTo(5, 0);
    expect(Number(headers.get('X-RateLimit-Reset')) * 1_000).toBeGreaterThan(Date.now());
    expect(headers.get('X-RateLimit-Bucket')).toMatch(/^[0-9a-f]{32}$/);
  });

  it('refuse a sixth message in five seconds in the same channel, and nowhere else', async () => {
    await start({});
    for (let i = 0; i < 5; i += 1) await post();
    const { status, body, headers } = await post();
    expect({ status, body }).toMatchObject({ status: 429, body: { global: false } });
    expect(body.retry_after).toBeGreaterThan(4);
    expect(headers.get('X-RateLimit-Scope')).toBe('user');
    channel = discord.addChannel(channel.guildId!, { name: 'other' });
    expect((await post()).status).toBe(200);
  });

  it('let one reaction through each 250 ms', () => {
    const rule = { name: 'reactions', limit: 1, windowMs: 250 };
    const limits = createRateLimits();
    const taken = [0, 100, 249, 250, 499, 500].map((ms) => !limits.take(rule, 'c', true, ms).refused);
    expect(taken).toEqual([true, false, false, true, false, true]);
  });

  it('let fifty requests a second through in all, interactions apart', () => {
    const limits = createRateLimits();
    const refused = Array.from({ length: 51 }, (_, i) => limits.take(null, '', true, i).refused);
    expect(refused.filter(Boolean)).toMatchObject([{ global: true, scope: 'global' }]);
    expect(limits.take(null, '', false, 60).refused).toBeUndefined();
    expect(limits.take(null, '', true, 1_000).refused).toBeUndefined();
  });

  it('count what Discord calls invalid requests over ten minutes', () => {
    const limits = createRateLimits();
    limits.countInvalid(0);
    expect(limits.countInvalid(599_999)).toBe(2);
    expect(limits.countInvalid(600_001)).toBe(2);
  });
});
