import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { loadOpenApi } from '../../playground/openapi.ts';
import { startPlayground } from '../../playground/start.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { rest } from './raw-bot.ts';

/** A document of the same build as Discord's, small enough to read. */
const document = {
  paths: {
    '/things/{id}': {
      patch: {
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string' } },
          { name: 'limit', in: 'query', schema: { type: 'integer', maximum: 100 } },
          { name: 'wait', in: 'query', schema: { type: 'boolean' } },
        ],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: { $ref: '#/components/schemas/Box' } } },
        },
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Box' } } } },
        },
      },
      get: { responses: {} },
    },
  },
  components: {
    schemas: {
      Box: {
        type: 'object',
        required: ['parts'],
        properties: {
          parts: {
            type: 'array',
            items: { oneOf: [{ $ref: '#/components/schemas/Text' }, { $ref: '#/components/schemas/Box2' }] },
          },
        },
      },
      Text: {
        type: 'object',
        required: ['type', 'text'],
        properties: { type: { type: 'integer', enum: [1] }, text: { type: 'string' } },
      },
      Box2: {
        type: 'object',
        required: ['type', 'child'],
        properties: {
          type: { type: 'integer', enum: [2] },
          child: { $ref: '#/components/schemas/Text' },
        },
      },
    },
  },
};
const ideal = {
  parts: [
    { type: 1, text: 'a' },
    { type: 2, child: { type: 1, text: 'b' } },
  ],
};

const folder = temporaryFolder();
afterAll(folder.remove);
const file = join(folder.path, 'openapi.json');
writeFileSync(file, JSON.stringify(document));
const openapi = loadOpenApi(file);
const check = (query: string, body: unknown, method = 'PATCH') =>
  openapi.checkRequest(method, '/things/{id}', new URLSearchParams(query), body);

describe('the check against an OpenAPI document', () => {
  it('lets a documented request pass', () => {
    expect(check('limit=5&wait=true', ideal)).toEqual([]);
  });

  it('names the place deep in a union', () => {
    const body = { parts: [{ type: 2, child: { type: 1, text: 5 } }] };
    expect(check('', body)).toEqual(['/parts/0/child/text must be string']);
  });

  it('flags a missing body, and one where none belongs', () => {
    expect(check('', null)).toEqual(['the body must be object']);
    expect(check('', {}, 'GET')).toEqual(['this request takes no body']);
  });

  it('flags query parameters that do not exist or do not fit', () => {
    expect(check('limt=5', ideal)).toEqual(['there is no query parameter limt']);
    expect(check('limit=101', ideal)).toEqual(['query parameter limit does not take 101']);
  });

  it('checks answers, too', () => {
    expect(openapi.checkAnswer('PATCH', '/things/{id}', 200, { parts: 1 })).toEqual(['/parts must be array']);
    expect(openapi.checkAnswer('PATCH', '/things/{id}', 418, {})).toHaveLength(1);
  });

  it('stops the start when the document is not where it is said to be', () => {
    expect(() => loadOpenApi('/nowhere/openapi.json')).toThrow('not at /nowhere');
  });

  it('says when there is no document, and checks nothing', () => {
    expect(loadOpenApi(undefined).state).toBe('absent');
    expect(loadOpenApi(undefined).checkRequest('POST', '/x', new URLSearchParams(), { a: 1 })).toEqual([]);
  });
});

const probe = await startPlayground();
await probe.close();

describe.skipIf(probe.openapi === 'absent')('Discord’s own document (DISCORD_OPENAPI)', () => {
  it('flags a body that the playground alone would take', async () => {
    const discord = await startPlayground();
    const channel = discord.addChannel(discord.addGuild({ name: 'g' }).id, { name: 'c' });
    await rest(discord, 'POST', `/channels/${channel.id}/messages`, { content: 'x', tts: 'yes' });
    expect(discord.violations).toMatchObject([expect.stringContaining('/tts must be boolean')]);
    expect(discord.requests[0]!.violations).toHaveLength(1);
    await discord.close();
  });
});
