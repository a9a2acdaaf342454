import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EVERYONE_DEFAULT, Permission } from '../../playground/permissions.ts';
import { snowflakeAt } from '../../playground/snowflake.ts';
import { type Channel, type Guild, type Playground, startPlayground } from '../../playground/start.ts';
import { rest } from './raw-bot.ts';

const V2 = 1 << 15;
let now = Date.UTC(2026, 2, 1, 12);
let discord: Playground;
let guild: Guild;
let channel: Channel;

beforeEach(async () => {
  now = Date.UTC(2026, 2, 1, 12);
  discord = await startPlayground({ rateLimits: false, checkAnswers: true, now: () => now });
  guild = discord.addGuild({ name: 'guild' });
  channel = discord.addChannel(guild.id, { name: 'daily' });
});

afterEach(() => discord.close());

const post = (body: unknown, files: { name: string; data: string }[] = []) =>
  rest(discord, 'POST', `/channels/${channel.id}/messages`, body, { files });
const times = <T>(n: number, make: (i: number) => T): T[] => Array.from({ length: n }, (_, i) => make(i));
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const row = (...components: object[]) => ({ type: 1, components });
const text = (content: string) => ({ type: 10, content });
const select = (more: object = {}) => ({
  type: 3,
  custom_id: 'menu',
  options: [{ label: 'one', value: '1' }],
  ...more,
});
const option = (i: number) => ({ label: `option ${i}`, value: String(i) });

describe('a good message', () => {
  it('may be plain', async () => {
    const { status, body } = await post({ content: 'hello' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ content: 'hello', author: { id: discord.botId }, channel_id: channel.id });
    expect(discord.violations).toEqual([]);
  });

  it('may be as large as the limits say', async () => {
    const ideal = {
      content: 'x'.repeat(2_000),
      embeds: [
        { title: 't'.repeat(256), description: 'd'.repeat(4_096), fields: [{ name: 'n', value: 'v' }] },
      ],
      components: [
        row(...times(5, (i) => button({ custom_id: `${i}`.padEnd(100, '.'), label: 'l'.repeat(80) }))),
        row(select({ options: times(25, option), max_values: 25 })),
      ],
    };
    expect((await post(ideal)).status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it('may be made of Components V2', async () => {
    const ideal = {
      flags: V2,
      components: [
        {
          type: 17,
          accent_color: 0xffaa00,
          components: [
            text('# Day 1'),
            { type: 9, components: [text('a section')], accessory: button({ custom_id: 'side' }) },
            { type: 14, divider: true, spacing: 2 },
            { type: 12, items: [{ media: { url: 'https://example.org/a.png' } }] },
            row(button(), button({ custom_id: 'other' })),
          ],
        },
      ],
    };
    const { status, body } = await post(ideal);
    expect(status).toBe(200);
    expect(body.components[0].id).toBe(1);
    expect(discord.violations).toEqual([]);
  });
});

const refused: [name: string, body: object, code: number, where?: string][] = [
  ['without anything', {}, 50006],
  ['with 2,001 characters', { content: 'x'.repeat(2_001) }, 50035, 'content'],
  [
    'with a sixth row',
    { components: times(6, (i) => row(button({ custom_id: `${i}` }))) },
    50035,
    'components',
  ],
  [
    'with a sixth button in a row',
    { components: [row(...times(6, (i) => button({ custom_id: `${i}` })))] },
    50035,
    'components.0.components',
  ],
  ['with an empty row', { components: [row()] }, 50035, 'components.0.components'],
  [
    'with a label of 81',
    { components: [row(button({ label: 'l'.repeat(81) }))] },
    50035,
    'components.0.components.0.label',
  ],
  [
    'with a custom id of 101',
    { components: [row(button({ custom_id: 'c'.repeat(101) }))] },
    50035,
    'components.0.components.0.custom_id',
  ],
  [
    'with a button without a custom id',
    { components: [row({ type: 2, style: 1, label: 'x' })] },
    50035,
    'components.0.components.0.custom_id',
  ],
  [
    'with a link button that has a custom id',
    { components: [row(button({ style: 5, url: 'https://example.org' }))] },
    50035,
    'components.0.components.0',
  ],
  [
    'with a button that shows nothing',
    { components: [row({ type: 2, style: 1, custom_id: 'x' })] },
    50035,
    'components.0.components.0',
  ],
  ['with the same custom id twice', { components: [row(button(), button())] }, 50035, 'components'],
  [
    'with a select beside a button',
    { components: [row(select(), button())] },
    50035,
    'components.0.components',
  ],
  [
    'with 26 options',
    { components: [row(select({ options: times(26, option) }))] },
    50035,
    'components.0.components.0.options',
  ],
  [
    'with an option label of 101',
    { components: [row(select({ options: [{ label: 'l'.repeat(101), value: '1' }] }))] },
    50035,
    'components.0.components.0.options.0.label',
  ],
  [
    'with the same option value twice',
    { components: [row(select({ options: [option(1), option(1)] }))] },
    50035,
    'components.0.components.0.options.1.value',
  ],
  ['with a text component but not the V2 flag', { components: [text('hi')] }, 50035, 'components.0.type'],
  ['of V2 with content', { flags: V2, content: 'x', components: [text('hi')] }, 50035, 'content'],
  ['of V2 with an embed', { flags: V2, embeds: [{ title: 'x' }], components: [text('hi')] }, 50035, 'embeds'],
  [
    'of V2 with a poll',
    { flags: V2, poll: { question: { text: 'x' }, answers: [] }, components: [text('hi')] },
    50035,
    'poll',
  ],
  ['of V2 without components', { flags: V2 }, 50006],
  [
    'of V2 with 41 components in all',
    { flags: V2, components: [{ type: 17, components: times(40, () => text('x')) }] },
    50035,
    'components',
  ],
  [
    'of V2 with 4,001 characters in all',
    { flags: V2, components: [text('x'.repeat(2_000)), text('x'.repeat(2_001))] },
    50035,
    'components',
  ],
  [
    'of V2 with a section without an accessory',
    { flags: V2, components: [{ type: 9, components: [text('x')] }] },
    50035,
    'components.0.accessory',
  ],
  [
    'of V2 with four texts in a section',
    { flags: V2, components: [{ type: 9, components: times(4, () => text('x')), accessory: button() }] },
    50035,
    'components.0.components',
  ],
  [
    'of V2 with eleven pictures',
    {
      flags: V2,
      components: [{ type: 12, items: times(11, () => ({ media: { url: 'https://example.org' } })) }],
    },
    50035,
    'components.0.items',
  ],
  [
    'of V2 with a container in a container',
    { flags: V2, components: [{ type: 17, components: [{ type: 17, components: [text('x')] }] }] },
    50035,
    'components.0.components.0.type',
  ],
  [
    'of V2 that shows a file nobody uploaded',
    { flags: V2, components: [{ type: 12, items: [{ media: { url: 'attachment://a.png' } }] }] },
    50035,
    'components',
  ],
  ['with eleven embeds', { embeds: times(11, () => ({ title: 'x' })) }, 50035, 'embeds'],
  ['with an embed title of 257', { embeds: [{ title: 't'.repeat(257) }] }, 50035, 'embeds.0.title'],
  [
    'with 26 embed fields',
    { embeds: [{ fields: times(26, () => ({ name: 'n', value: 'v' })) }] },
    50035,
    'embeds.0.fields',
  ],
  [
    'with an embed field without a value',
    { embeds: [{ fields: [{ name: 'n' }] }] },
    50035,
    'embeds.0.fields.0.value',
  ],
  [
    'with 6,001 characters in its embeds',
    { embeds: [{ description: 'd'.repeat(4_000) }, { description: 'd'.repeat(2_001) }] },
    50035,
    'embeds',
  ],
  ['with a nonce of 26', { content: 'x', nonce: 'n'.repeat(26) }, 50035, 'nonce'],
  [
    'that parses users and names some',
    { content: 'x', allowed_mentions: { parse: ['users'], users: ['1'] } },
    50035,
    'allowed_mentions',
  ],
  [
    'with 101 users allowed',
    { content: 'x', allowed_mentions: { users: times(101, (i) => `${i + 1}`) } },
    50035,
    'allowed_mentions.users',
  ],
  [
    'that lists a file it does not send',
    { content: 'x', attachments: [{ id: '0' }] },
    50035,
    'attachments.0.id',
  ],
];

describe('a message is refused', () => {
  it.each(refused)('%s', async (_name, body, code, where) => {
    const answer = await post(body);
    expect(answer).toMatchObject({ status: 400, body: { code } });
    if (where) {
      let node = answer.body.errors;
      for (const key of where.split('.')) node = node?.[key];
      expect(node?._errors?.[0]?.code, JSON.stringify(answer.body)).toBeTypeOf('string');
    }
    expect(channel.messages.size).toBe(0);
  });

  it('and a refused form counts as a violation', async () => {
    await post({ content: 'x'.repeat(2_001) });
    expect(discord.violations[0]).toContain('50035');
  });

  it('in an unknown channel', async () => {
    const answer = await rest(discord, 'POST', '/channels/123456789012345678/messages', { content: 'x' });
    expect(answer).toMatchObject({ status: 404, body: { code: 10003 } });
  });

  it('with a wrong token', async () => {
    const answer = await rest(discord, 'GET', '/users/@me', undefined, { token: 'wrong' });
    expect(answer).toMatchObject({ status: 401, body: { code: 0 } });
  });
});

describe('permissions', () => {
  const without = (permission: bigint) => discord.setPermissions(channel.id, { bot: { deny: permission } });

  it.each([
    ['View Channel', Permission.ViewChannel, 50001],
    ['Send Messages', Permission.SendMessages, 50013],
  ])('without %s nothing is sent', async (_name, permission, code) => {
    without(permission);
    expect(await post({ content: 'x' })).toMatchObject({ status: 403, body: { code } });
  });

  it('files need Attach Files', async () => {
    without(Permission.AttachFiles);
    const answer = await post({ content: 'x' }, [{ name: 'a.txt', data: 'a' }]);
    expect(answer).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('embeds need Embed Links', async () => {
    without(Permission.EmbedLinks);
    expect(await post({ embeds: [{ title: 'x' }] })).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('without Read Message History the list is empty and one message is forbidden', async () => {
    const { body } = await post({ content: 'x' });
    without(Permission.ReadMessageHistory);
    const list = await rest(discord, 'GET', `/channels/${channel.id}/messages`);
    const one = await rest(discord, 'GET', `/channels/${channel.id}/messages/${body.id}`);
    expect(list).toMatchObject({ status: 200, body: [] });
    expect(one).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('a guild may give the bot exactly what it says', async () => {
    const strict = discord.addGuild({
      name: 'strict',
      botPermissions: EVERYONE_DEFAULT & ~Permission.SendMessages,
    });
    channel = discord.addChannel(strict.id, { name: 'x' });
    expect(await post({ content: 'x' })).toMatchObject({ status: 403, body: { code: 50013 } });
  });

  it('a role overwrite is weaker than a member overwrite', async () => {
    discord.setPermissions(channel.id, {
      roles: { everyone: { deny: Permission.SendMessages } },
      bot: { allow: Permission.SendMessages },
    });
    expect((await post({ content: 'x' })).status).toBe(200);
  });
});

describe('mentions', () => {
  it('follow the text when nothing is said about them', async () => {
    const { body } = await post({ content: '@everyone' });
    expect(body.mention_everyone).toBe(true);
  });

  it('none get through when none are allowed', async () => {
    const alice = discord.addUser({ name: 'alice' });
    const role = discord.addRole(guild.id, { name: 'r', mentionable: true });
    const content = `@everyone <@${alice.id}> <@&${role.id}>`;
    const { body } = await post({ content, allowed_mentions: { parse: [] } });
    expect(body).toMatchObject({ mention_everyone: false, mentions: [], mention_roles: [] });
  });

  it('reach exactly the role that was named', async () => {
    const [one, two] = times(2, (i) => discord.addRole(guild.id, { name: `${i}`, mentionable: true }));
    const { body } = await post({
      flags: V2,
      components: [text(`<@&${one!.id}> <@&${two!.id}>`)],
      allowed_mentions: { parse: [], roles: [two!.id] },
    });
    expect(body.mention_roles).toEqual([two!.id]);
  });

  it('reach no unmentionable role and not everyone without the permission', async () => {
    discord.setPermissions(channel.id, { bot: { deny: Permission.MentionEveryone } });
    const role = discord.addRole(guild.id, { name: 'r' });
    const { body } = await post({ content: `@here <@&${role.id}>` });
    expect(body).toMatchObject({ mention_everyone: false, mention_roles: [] });
  });
});

describe('an enforced nonce', () => {
  const once = { content: 'x', nonce: 'daily-1', enforce_nonce: true };

  it('sends once and answers with the same message', async () => {
    const [first, second] = [await post(once), await post({ ...once, content: 'y' })];
    expect(second.body.id).toBe(first.body.id);
    expect(channel.messages.size).toBe(1);
  });

  it('is forgotten after a few minutes', async () => {
    await post(once);
    now += 6 * 60_000;
    await post(once);
    expect(channel.messages.size).toBe(2);
  });

  it('counts in its own channel only', async () => {
    await post(once);
    const other = discord.addChannel(guild.id, { name: 'other' });
    await rest(discord, 'POST', `/channels/${other.id}/messages`, once);
    expect(other.messages.size).toBe(1);
  });

  it('means nothing unless enforced', async () => {
    await post({ content: 'x', nonce: '1' });
    await post({ content: 'x', nonce: '1' });
    expect(channel.messages.size).toBe(2);
  });
});

describe('an edit', () => {
  const edit = (id: string, body: object) =>
    rest(discord, 'PATCH', `/channels/${channel.id}/messages/${id}`, body);

  it('changes what it names and keeps the rest', async () => {
    const { body } = await post({ content: 'one', components: [row(button())] });
    const edited = await edit(body.id, { content: 'two' });
    expect(edited.body).toMatchObject({ content: 'two', components: [{ type: 1 }] });
    expect(edited.body.edited_timestamp).not.toBeNull();
  });

  it('cannot take the V2 flag away', async () => {
    const { body } = await post({ flags: V2, components: [text('x')] });
    const edited = await edit(body.id, { flags: 0, content: 'plain', components: [] });
    expect(edited).toMatchObject({ status: 400, body: { code: 50035, errors: { content: {} } } });
  });

  it('can turn a plain message to V2 if the content goes', async () => {
    const { body } = await post({ content: 'x' });
    const edited = await edit(body.id, { flags: V2, content: null, components: [text('y')] });
    expect(edited).toMatchObject({ status: 200, body: { flags: V2, content: '' } });
  });

  it('of somebody else’s message is forbidden', async () => {
    const alice = discord.addUser({ name: 'alice' });
    discord.addMember(guild.id, alice.id);
    const message = discord.as(alice.id).post(channel.id, 'mine');
    expect(await edit(message.id, { content: 'x' })).toMatchObject({ status: 403, body: { code: 50005 } });
  });

  it('of a deleted message finds none', async () => {
    const { body } = await post({ content: 'x' });
    discord.moderate.deleteMessage(channel.id, body.id);
    expect(await edit(body.id, { content: 'y' })).toMatchObject({ status: 404, body: { code: 10008 } });
  });
});

describe('a list of messages', () => {
  const list = async (query: string) => {
    const { body } = await rest(discord, 'GET', `/channels/${channel.id}/messages${query}`);
    return body.map((message: { content: string }) => message.content);
  };

  beforeEach(async () => {
    for (let i = 0; i < 10; i += 1) {
      await post({ content: `${i}` });
      now += 1_000;
    }
  });

  it('has the newest first', async () => {
    expect(await list('?limit=3')).toEqual(['9', '8', '7']);
  });

  it('goes on after a message with the oldest that follow', async () => {
    const third = [...channel.messages.keys()][2]!;
    expect(await list(`?after=${third}&limit=2`)).toEqual(['4', '3']);
  });

  it('goes back before a message', async () => {
    const third = [...channel.messages.keys()][2]!;
    expect(await list(`?before=${third}`)).toEqual(['1', '0']);
  });

  it('shows what stands around a message', async () => {
    const fifth = [...channel.messages.keys()][5]!;
    expect(await list(`?around=${fifth}&limit=3`)).toEqual(['6', '5', '4']);
  });

  it('takes a bound made of a time', async () => {
    expect(await list(`?after=${snowflakeAt(now - 2_500)}`)).toEqual(['9', '8']);
  });

  it('has at most 100', async () => {
    const answer = await rest(discord, 'GET', `/channels/${channel.id}/messages?limit=101`);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035, errors: { limit: {} } } });
  });
});

describe('a file', () => {
  it('is served back, and shown where the components refer to it', async () => {
    const body = {
      flags: V2,
      components: [{ type: 12, items: [{ media: { url: 'attachment://a.txt' } }] }],
      attachments: [{ id: 0, filename: 'a.txt', description: 'a file' }],
    };
    const answer = await post({ ...body, attachments: [{ ...body.attachments[0], id: '0' }] }, [
      { name: 'a.txt', data: 'what is in it' },
    ]);
    expect(answer.status).toBe(200);
    const { url } = answer.body.components[0].items[0].media;
    expect(await (await fetch(url)).text()).toBe('what is in it');
    expect(answer.body.attachments[0]).toMatchObject({ description: 'a file', size: 13 });
    expect(discord.violations).toEqual([]);
  });
});

it('a message of Components V2 is empty without components, whatever files it has', async () => {
  const answer = await post({ flags: V2 }, [{ name: 'a.txt', data: 'a' }]);
  expect(answer).toMatchObject({ status: 400, body: { code: 50006 } });
});

describe('a direct message', () => {
  it('is sent over a channel that is opened first', async () => {
    const alice = discord.addUser({ name: 'alice' });
    const dm = await rest(discord, 'POST', '/users/@me/channels', { recipient_id: alice.id });
    const again = await rest(discord, 'POST', '/users/@me/channels', { recipient_id: alice.id });
    expect(again.body.id).toBe(dm.body.id);
    const sent = await rest(discord, 'POST', `/channels/${dm.body.id}/messages`, { content: 'hi' });
    expect(sent.status).toBe(200);
    expect(discord.violations).toEqual([]);
  });

  it('does not reach a person who takes none', async () => {
    const alice = discord.addUser({ name: 'alice' });
    alice.acceptsDms = false;
    const dm = discord.openDm(alice.id);
    const sent = await rest(discord, 'POST', `/channels/${dm.id}/messages`, { content: 'hi' });
    expect(sent).toMatchObject({ status: 403, body: { code: 50007 } });
  });
});

it('a route that is not here answers 501 and is a violation', async () => {
  expect((await rest(discord, 'GET', `/guilds/${guild.id}/audit-logs`)).status).toBe(501);
  expect(discord.violations).toHaveLength(1);
});
