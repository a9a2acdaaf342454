import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Playground, startPlayground } from '../../playground/start.ts';
import { rest } from './raw-bot.ts';

let discord: Playground;
let commands: string;

beforeEach(async () => {
  discord = await startPlayground({ rateLimits: false, checkAnswers: true });
  commands = `/applications/${discord.applicationId}/commands`;
});

afterEach(() => discord.close());

const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const option = (more: object = {}) => ({ type: 3, name: 'topic', description: 'A topic', ...more });
const ideal = {
  type: 1,
  name: 'daily',
  description: 'Daily questions',
  name_localizations: { 'zh-CN': '每日' },
  description_localizations: { 'zh-CN': '每日一题' },
  default_member_permissions: '32',
  contexts: [0],
  integration_types: [0, 1],
  options: [
    {
      type: 1,
      name: 'add',
      description: 'Adds one',
      options: [
        option({ required: true, choices: [{ name: 'attention', value: 'attention' }] }),
        option({ name: 'zone', autocomplete: true }),
      ],
    },
  ],
};
const put = (...list: object[]) => rest(discord, 'PUT', commands, list);

it('a good command is kept as it was sent, and keeps its id when it is sent again', async () => {
  const first = await put(ideal);
  const second = await put(ideal);
  expect(first.status).toBe(200);
  expect(second.body[0]).toMatchObject({ id: first.body[0].id, version: first.body[0].version });
  expect(second.body[0].options[0].options[0]).toMatchObject({ name: 'topic', required: true });
  expect(discord.violations).toEqual([]);
});

it('a changed command has another version', async () => {
  const first = await put(ideal);
  const second = await put({ ...ideal, description: 'Other' });
  expect(second.body[0].id).toBe(first.body[0].id);
  expect(second.body[0].version).not.toBe(first.body[0].version);
});

it('a bulk overwrite removes what it does not name', async () => {
  await put(ideal, { ...ideal, name: 'other' });
  await put(ideal);
  expect((await rest(discord, 'GET', commands)).body).toHaveLength(1);
});

it('localizations are listed only when asked for', async () => {
  await put(ideal);
  const plain = await rest(discord, 'GET', commands);
  const full = await rest(discord, 'GET', `${commands}?with_localizations=true`);
  expect(plain.body[0].name_localizations).toBeUndefined();
  expect(full.body[0].name_localizations).toEqual({ 'zh-CN': '每日' });
});

it('one command is created, changed and deleted', async () => {
  const created = await rest(discord, 'POST', commands, ideal);
  expect(created.status).toBe(201);
  expect((await rest(discord, 'POST', commands, ideal)).status).toBe(200);
  const one = `${commands}/${created.body.id}`;
  expect((await rest(discord, 'PATCH', one, { description: 'New' })).body.description).toBe('New');
  expect((await rest(discord, 'DELETE', one)).status).toBe(204);
  expect(await rest(discord, 'GET', one)).toMatchObject({ status: 404, body: { code: 10063 } });
  expect(discord.violations).toEqual([]);
});

const { contexts: _c, integration_types: _i, ...forGuild } = ideal;

it('a guild has its own commands, for which contexts mean nothing', async () => {
  const guild = discord.addGuild({ name: 'g' });
  const path = `/applications/${discord.applicationId}/guilds/${guild.id}/commands`;
  expect((await rest(discord, 'PUT', path, [forGuild])).body[0].guild_id).toBe(guild.id);
  expect((await rest(discord, 'GET', commands)).body).toEqual([]);
  expect(await rest(discord, 'PUT', path, [ideal])).toMatchObject({ status: 400, body: { code: 50035 } });
});

const refused: [name: string, command: object, where: string][] = [
  ['has an upper-case name', { ...ideal, name: 'Daily' }, '0.name'],
  ['has a space in its name', { ...ideal, name: 'da ily' }, '0.name'],
  ['has a name of 33', { ...ideal, name: 'n'.repeat(33) }, '0.name'],
  ['has no description', { ...ideal, description: '' }, '0.description'],
  ['has a description of 101', { ...ideal, description: 'd'.repeat(101) }, '0.description'],
  [
    'is localized to no language',
    { ...ideal, name_localizations: { zh: '每日' } },
    '0.name_localizations.zh',
  ],
  [
    'has a localized name that is too long',
    { ...ideal, name_localizations: { 'zh-CN': '每'.repeat(33) } },
    '0.name_localizations.zh-CN',
  ],
  [
    'has a required option after an optional one',
    { ...ideal, options: [option(), option({ name: 'b', required: true })] },
    '0.options.1',
  ],
  [
    'has 26 choices',
    { ...ideal, options: [option({ choices: times(26, (i) => ({ name: `${i}`, value: `${i}` })) })] },
    '0.options.0.choices',
  ],
  [
    'has a choice name of 101',
    { ...ideal, options: [option({ choices: [{ name: 'c'.repeat(101), value: 'c' }] })] },
    '0.options.0.choices.0.name',
  ],
  [
    'has choices and autocomplete',
    { ...ideal, options: [option({ autocomplete: true, choices: [{ name: 'c', value: 'c' }] })] },
    '0.options.0.autocomplete',
  ],
  ['has 26 options', { ...ideal, options: times(26, (i) => option({ name: `o${i}` })) }, '0.options'],
  ['names two options alike', { ...ideal, options: [option(), option()] }, '0.options.1.name'],
  ['mixes subcommands with options', { ...ideal, options: [...ideal.options, option()] }, '0.options'],
];

describe('a command is refused when it', () => {
  it.each(refused)('%s', async (_name, command, where) => {
    const answer = await put(command);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    let node = answer.body.errors;
    for (const key of where.split('.')) node = node?.[key];
    expect(node?._errors, JSON.stringify(answer.body)).toBeDefined();
    expect(discord.world.commands.size).toBe(0);
  });

  it('comes twice', async () => {
    expect(await put(ideal, ideal)).toMatchObject({ status: 400, body: { code: 50035 } });
  });

  it('is longer than 8,000 characters in all', async () => {
    const wide = times(25, (i) => option({ name: `o${i}`, description: 'd'.repeat(100) }));
    const options = times(4, (i) => ({ type: 1, name: `s${i}`, description: 'x', options: wide }));
    expect(await put({ ...ideal, options })).toMatchObject({ status: 400, body: { code: 50035 } });
  });

  it('is of another application', async () => {
    expect((await rest(discord, 'GET', '/applications/123456789012345678/commands')).status).toBe(403);
  });
});
