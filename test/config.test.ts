import { expect, test } from 'vitest';
import { ConfigError, parseConfig } from '../src/config.ts';
import { createRedaction } from '../src/log.ts';

const TOKEN = 'MTIz.abcdef.ghijklmnopqrstuvwxyz';

test('a token is all that is required', () => {
  expect(parseConfig({ DISCORD_TOKEN: TOKEN })).toEqual({
    token: TOKEN,
    redisUrl: undefined,
    dataDir: './data',
    questionsDir: undefined,
    apiUrl: 'https://discord.com/api',
    logLevel: 'info',
    httpPort: undefined,
    httpHost: '127.0.0.1',
  });
});

test('an empty variable counts as absent', () => {
  expect(parseConfig({ DISCORD_TOKEN: TOKEN, REDIS_URL: '', HTTP_PORT: ' ' }).redisUrl).toBeUndefined();
});

test('everything missing or wrong is named at once, without its value', () => {
  const wrong = { REDIS_URL: 'http://user:hunter2@x', LOG_LEVEL: 'shout', HTTP_PORT: '0' };
  expect(() => parseConfig(wrong)).toThrow(ConfigError);
  try {
    parseConfig(wrong);
  } catch (error) {
    const { message } = error as Error;
    expect(message.match(/^\w+ is (missing|wrong)/gm)).toEqual([
      'DISCORD_TOKEN is missing',
      'REDIS_URL is wrong',
      'LOG_LEVEL is wrong',
      'HTTP_PORT is wrong',
    ]);
    expect(message).not.toContain('hunter2');
  }
});

test('the log shows neither the token, nor the store’s password, nor an interaction’s token', () => {
  const redact = createRedaction({ token: TOKEN, redisUrl: 'redis://me:p%40ss@host' });
  const line = `${TOKEN} p%40ss p@ss https://discord.com/api/v10/webhooks/123/aW50ZXJhY3Rpb246MTIz/messages/@original /interactions/9/aW50ZXJhY3Rpb246MTIzNDU/callback`;
  expect(redact(line)).toBe(
    '[secret] [secret] [secret] https://discord.com/api/v10/webhooks/123/[secret]/messages/@original /interactions/9/[secret]/callback',
  );
});

test('the marking model is configured whole or not at all', () => {
  const whole = {
    DISCORD_TOKEN: TOKEN,
    AI_BASE_URL: 'https://host.example/v1/',
    AI_MODEL: 'm',
    AI_API_KEY: 'sk-hunter2',
  };
  expect(parseConfig(whole).marking).toEqual({
    baseUrl: 'https://host.example/v1',
    model: 'm',
    apiKey: 'sk-hunter2',
    dailyBudget: 100,
  });
  expect(parseConfig({ DISCORD_TOKEN: TOKEN, AI_DAILY_BUDGET: '7' }).marking).toBeUndefined();
  expect(() => parseConfig({ ...whole, AI_MODEL: '' })).toThrow(
    /^AI_MODEL is missing: [^\n]*all three AI variables, or none/,
  );
  expect(() => parseConfig({ ...whole, AI_BASE_URL: 'host/v1' })).toThrow(/^AI_BASE_URL is wrong/);
  expect(() => parseConfig({ ...whole, AI_BASE_URL: 'https://me:pw@host.example/v1' })).toThrow(
    /^AI_BASE_URL is wrong/,
  );
  expect(() => parseConfig({ ...whole, AI_DAILY_BUDGET: '0' })).toThrow(/^AI_DAILY_BUDGET is wrong/);
});

test('the log does not show the marking model’s key', () => {
  const redact = createRedaction({ token: TOKEN, redisUrl: undefined, marking: { apiKey: 'sk-hunter2' } });
  expect(redact('Bearer sk-hunter2')).toBe('Bearer [secret]');
});
