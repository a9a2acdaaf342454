import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Permission } from '../../playground/permissions.ts';
import {
  type Channel,
  type Guild,
  type Message,
  type Playground,
  startPlayground,
} from '../../playground/start.ts';
import { identify, type Packet, type RawGateway, rest } from './raw-bot.ts';

let now: number;
let discord: Playground;
let guild: Guild;
let channel: Channel;
let gateway: RawGateway;
let alice: string;
let bob: string;

beforeEach(async () => {
  now = Date.UTC(2026, 2, 1, 12);
  discord = await startPlayground({ rateLimits: false, checkAnswers: true, now: () => now });
  guild = discord.addGuild({ name: 'guild', locale: 'zh-CN' });
  channel = discord.addChannel(guild.id, { name: 'daily' });
  [alice, bob] = ['alice', 'bob'].map((name) => {
    const { id } = discord.addUser({ name });
    discord.addMember(guild.id, id);
    return id;
  }) as [string, string];
  await register({ name: 'ping', description: 'Answers' });
  gateway = await identify(discord);
});

afterEach(() => discord.close());

const register = (...commands: object[]) =>
  rest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, commands);

/** Answers the next interaction with this body, and gives its packet and the answer. */
async function respond(body: object, from = 0) {
  const { d } = await gateway.until(
    (p: Packet) => p.t === 'INTERACTION_CREATE' && gateway.packets.indexOf(p) >= from,
  );
  return { d, answer: await callback(d, body) };
}
const callback = (d: { id: string; token: string }, body: object, query = '') =>
  rest(discord, 'POST', `/interactions/${d.id}/${d.token}/callback${query}`, body);
const webhook = (token: string, rest = '') => `/webhooks/${discord.applicationId}/${token}${rest}`;

/** Plays a whole exchange: somebody acts, the bot answers. */
async function play<T>(act: Promise<T>, body: object) {
  const from = gateway.packets.length;
  const [response, { d, answer }] = await Promise.all([act, respond(body, from)]);
  return { response, d, answer };
}

const reply = (data: object = {}) => ({ type: 4, data: { content: 'hi', ...data } });
const EPHEMERAL = { flags: 64 };
const button = (more: object = {}) => ({ type: 2, style: 1, label: 'Go', custom_id: 'go', ...more });
const withButton = (more: object = {}) => ({ components: [{ type: 1, components: [button(more)] }] });
const ping = () => discord.as(alice).slash(channel.id, 'ping');

async function pingWith(data: object): Promise<Message> {
  return (await play(ping(), reply(data))).response.message!;
}

describe('the interaction that the bot gets', () => {
  it('says who, where, in which languages and with which permissions', async () => {
    discord.setLocale(alice, 'zh-CN');
    const { d } = await play(ping(), reply());
    expect(d).toMatchObject({
      type: 2,
      version: 1,
      application_id: discord.applicationId,
      guild_id: guild.id,
      channel: { id: channel.id },
      member: { user: { id: alice } },
      locale: 'zh-CN',
      guild_locale: 'zh-CN',
      context: 0,
      authorizing_integration_owners: { '0': guild.id },
      entitlements: [],
      data: { name: 'ping', type: 1 },
    });
    expect(BigInt(d.app_permissions) & Permission.SendMessages).toBeTruthy();
    expect(BigInt(d.member.permissions) & Permission.ManageGuild).toBe(0n);
  });

  it('in a direct message has a user and no guild', async () => {
    const dm = discord.openDm(alice);
    const { d } = await play(discord.as(alice).slash(dm.id, 'ping'), reply());
    expect(d).toMatchObject({
      user: { id: alice },
      context: 1,
      authorizing_integration_owners: { '0': '0' },
    });
    expect(d.guild_id).toBeUndefined();
    expect(dm.messages.size).toBe(1);
  });

  it('comes by user install from a server that does not have the bot', async () => {
    await register({ name: 'ping', description: 'x', integration_types: [0, 1], contexts: [0, 1, 2] });
    const foreign = discord.addGuild({ name: 'foreign', bot: false });
    const there = discord.addChannel(foreign.id, { name: 'c' });
    const carol = discord.addUser({ name: 'carol', installed: true }).id;
    discord.addMember(foreign.id, carol);
    const { d } = await play(discord.as(carol).slash(there.id, 'ping'), reply());
    expect(d).toMatchObject({ guild_id: foreign.id, authorizing_integration_owners: { '1': carol } });
    expect(d.authorizing_integration_owners['0']).toBeUndefined();
  });

  it('carries what stands behind the ids that a person gave', async () => {
    await register({
      name: 'who',
      description: 'x',
      options: [
        { type: 1, name: 'is', description: 'x', options: [{ type: 6, name: 'user', description: 'x' }] },
      ],
    });
    const { d } = await play(discord.as(alice).slash(channel.id, 'who is', { user: bob }), reply());
    expect(d.data.options).toEqual([
      { name: 'is', type: 1, options: [{ name: 'user', type: 6, value: bob }] },
    ]);
    expect(d.data.resolved).toMatchObject({ users: { [bob]: { username: 'bob' } }, members: { [bob]: {} } });
  });
});

describe('an answer', () => {
  it('stands in the channel and belongs to the interaction', async () => {
    const { response, d } = await play(ping(), reply());
    expect(response).toMatchObject({ type: 'reply', ephemeral: false });
    const { body } = await rest(discord, 'GET', webhook(d.token, '/messages/@original'));
    expect(body).toMatchObject({
      id: response.message!.id,
      interaction_metadata: { id: d.id, name: 'ping' },
    });
    expect(discord.violations).toEqual([]);
  });

  it('can bring the message back at once', async () => {
    const answering = gateway.dispatch('INTERACTION_CREATE');
    const act = ping();
    const { d } = await answering;
    const { status, body } = await callback(d, reply(EPHEMERAL), '?with_response=true');
    await act;
    expect(status).toBe(200);
    expect(body).toMatchObject({
      interaction: { id: d.id, response_message_ephemeral: true },
      resource: { type: 4, message: { content: 'hi' } },
    });
    expect(discord.violations).toEqual([]);
  });

  it('that is ephemeral stands in no channel and cannot be read by the bot outside of the interaction', async () => {
    const { response, d } = await play(ping(), reply(EPHEMERAL));
    const { id } = response.message!;
    expect(channel.messages.size).toBe(0);
    expect(await rest(discord, 'GET', `/channels/${channel.id}/messages/${id}`)).toMatchObject({
      status: 404,
      body: { code: 10008 },
    });
    const edited = await rest(discord, 'PATCH', webhook(d.token, '/messages/@original'), { content: 'new' });
    expect(edited.status).toBe(200);
    expect(response.message!.content).toBe('new');
  });

  it('given twice is refused', async () => {
    const { d } = await play(ping(), reply());
    expect(await callback(d, reply())).toMatchObject({ status: 400, body: { code: 40060 } });
    expect(discord.violations[0]).toContain('40060');
  });

  it('that is malformed does not count as given', async () => {
    const act = ping();
    const { d, answer } = await respond(reply({ content: 'x'.repeat(2_001) }));
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    expect((await callback(d, reply())).status).toBe(204);
    await act;
  });

  it('to an interaction that nobody knows is refused', async () => {
    expect(await callback({ id: '123456789012345678', token: 'x' }, reply())).toMatchObject({
      status: 404,
      body: { code: 10062 },
    });
  });

  it('after three seconds is refused', async () => {
    await expect(ping()).rejects.toThrow('The application did not respond');
    const { d } = await gateway.dispatch('INTERACTION_CREATE');
    expect(await callback(d, reply())).toMatchObject({ status: 404, body: { code: 10062 } });
  });

  it('by webhook before the first one is refused', async () => {
    const act = ping();
    const { d } = await gateway.dispatch('INTERACTION_CREATE');
    expect(await rest(discord, 'POST', webhook(d.token), { content: 'x' })).toMatchObject({
      status: 404,
      body: { code: 10015 },
    });
    await callback(d, reply());
    await act;
  });

  it('by webhook works for 15 minutes', async () => {
    const { d } = await play(ping(), reply());
    now += 15 * 60_000 - 1;
    expect((await rest(discord, 'POST', webhook(d.token), { content: 'x' })).status).toBe(200);
    now += 1;
    expect(await rest(discord, 'POST', webhook(d.token), { content: 'x' })).toMatchObject({
      status: 401,
      body: { code: 50027 },
    });
    expect(discord.violations[0]).toContain('after 15 minutes');
  });
});

describe('a deferral', () => {
  const deferral = (data: object = {}) => ({ type: 5, data });

  it('is filled by an edit', async () => {
    const { response, d } = await play(ping(), deferral());
    expect(response.type).toBe('deferral');
    expect(response.message!.flags & 128).toBe(128);
    const settled = response.settled();
    await rest(discord, 'PATCH', webhook(d.token, '/messages/@original'), { content: 'done' });
    expect((await settled).message).toMatchObject({ content: 'done', flags: 0 });
  });

  it('is filled by the first follow-up, and stays as visible as it was', async () => {
    const { response, d } = await play(ping(), deferral(EPHEMERAL));
    const first = await rest(discord, 'POST', webhook(d.token), { content: 'one' });
    const second = await rest(discord, 'POST', webhook(d.token), { content: 'two' });
    expect(first.body.id).toBe(response.message!.id);
    expect(response).toMatchObject({ ephemeral: true, followUps: [{ content: 'two' }] });
    expect([...channel.messages.keys()]).toEqual([second.body.id]);
  });

  it('may be followed up and deleted', async () => {
    const { response, d } = await play(ping(), deferral());
    expect((await rest(discord, 'DELETE', webhook(d.token, '/messages/@original'))).status).toBe(204);
    expect(response.message!.deleted).toBe(true);
    const original = await rest(discord, 'GET', webhook(d.token, '/messages/@original'));
    expect(original).toMatchObject({ status: 404, body: { code: 10008 } });
  });
});

describe('a component', () => {
  it('updates the message that it stands on', async () => {
    const message = await pingWith(withButton());
    const { response, d } = await play(discord.as(bob).press(message, 'go'), {
      type: 7,
      data: { content: 'pressed', components: [] },
    });
    expect(d).toMatchObject({ data: { custom_id: 'go', component_type: 2 }, message: { id: message.id } });
    expect(response.type).toBe('update');
    expect(message).toMatchObject({ content: 'pressed', components: [] });
  });

  it('may be acknowledged first and edited later', async () => {
    const message = await pingWith(withButton());
    const { response, d } = await play(discord.as(bob).press(message, 'go'), { type: 6 });
    const settled = response.settled();
    await rest(discord, 'PATCH', webhook(d.token, '/messages/@original'), { content: 'later' });
    await settled;
    expect(message.content).toBe('later');
  });

  it('on an ephemeral message is for one person', async () => {
    const message = await pingWith({ ...EPHEMERAL, ...withButton() });
    await expect(discord.as(bob).press(message, 'go')).rejects.toThrow('somebody else');
    const { response } = await play(discord.as(alice).press(message, 'go'), {
      type: 7,
      data: { content: 'x' },
    });
    expect(response.ephemeral).toBe(true);
  });

  it('that is gone or disabled cannot be pressed', async () => {
    const message = await pingWith(withButton({ disabled: true }));
    await expect(discord.as(alice).press(message, 'go')).rejects.toThrow('disabled');
    await expect(discord.as(alice).press(message, 'other')).rejects.toThrow('no component');
  });

  it('reports a selection in the order of the list', async () => {
    const options = ['a', 'b', 'c'].map((value) => ({ label: value, value }));
    const menu = { type: 3, custom_id: 'menu', options, max_values: 3 };
    const message = await pingWith({ components: [{ type: 1, components: [menu] }] });
    const { d } = await play(discord.as(alice).select(message, 'menu', ['c', 'a']), { type: 6 });
    expect(d.data.values).toEqual(['a', 'c']);
    await expect(discord.as(alice).select(message, 'menu', ['z'])).rejects.toThrow('no option');
    await expect(discord.as(alice).select(message, 'menu', [])).rejects.toThrow('choose 1 to 3');
  });
});

describe('a modal', () => {
  const input = (more: object = {}) => ({ type: 4, style: 1, custom_id: 't', label: 'Text', ...more });
  const fields = (...inputs: object[]) => inputs.map((i) => ({ type: 1, components: [i] }));
  const modal = (data: object = {}) => ({
    type: 9,
    data: { custom_id: 'form', title: 'Form', components: fields(input()), ...data },
  });

  it('is opened, filled in and answered', async () => {
    const { response } = await play(ping(), modal());
    const { response: done, d } = await play(
      discord.as(alice).submitModal(response.modal!, { t: 'hello' }),
      reply(),
    );
    expect(d).toMatchObject({
      type: 5,
      data: { custom_id: 'form', components: [{ components: [{ value: 'hello' }] }] },
    });
    expect(done.message!.content).toBe('hi');
    expect(discord.violations).toEqual([]);
  });

  it('may have labels around its fields', async () => {
    const label = { type: 18, label: 'Your answer', component: { type: 4, style: 2, custom_id: 't' } };
    const { response } = await play(ping(), modal({ components: [label] }));
    const { d } = await play(discord.as(alice).submitModal(response.modal!, { t: 'x' }), reply());
    expect(d.data.components[0].component).toMatchObject({ custom_id: 't', value: 'x' });
    expect(discord.violations).toEqual([]);
  });

  it('knows the message on which its button stands, and can update it', async () => {
    const message = await pingWith(withButton());
    const { response } = await play(discord.as(alice).press(message, 'go'), modal());
    const { d } = await play(discord.as(alice).submitModal(response.modal!, { t: 'x' }), {
      type: 7,
      data: { content: 'from the modal' },
    });
    expect(d.message.id).toBe(message.id);
    expect(message.content).toBe('from the modal');
  });

  it('does not answer a modal', async () => {
    const { response } = await play(ping(), modal());
    const from = gateway.packets.length;
    const act = discord.as(alice).submitModal(response.modal!, { t: 'x' });
    const { d, answer } = await respond(modal(), from);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    await callback(d, reply());
    await act;
  });

  it('does not come after a deferral', async () => {
    const { d } = await play(ping(), { type: 5 });
    expect(await callback(d, modal())).toMatchObject({ status: 400, body: { code: 40060 } });
  });

  it('must be filled in as it asks', async () => {
    const { response } = await play(
      ping(),
      modal({ components: fields(input({ min_length: 3, max_length: 5 })) }),
    );
    const submit = (t: string) => discord.as(alice).submitModal(response.modal!, { t });
    await expect(submit('')).rejects.toThrow('required');
    await expect(submit('ab')).rejects.toThrow('at least 3');
    await expect(submit('abcdef')).rejects.toThrow('at most 5');
  });

  it.each([
    ['a title of 46', { title: 't'.repeat(46) }],
    ['six fields', { components: fields(...[1, 2, 3, 4, 5, 6].map((n) => input({ custom_id: `${n}` }))) }],
    ['a label of 46', { components: fields(input({ label: 'l'.repeat(46) })) }],
    ['a placeholder of 101', { components: fields(input({ placeholder: 'p'.repeat(101) })) }],
    ['no style', { components: fields(input({ style: undefined })) }],
    ['no custom id', { custom_id: '' }],
    ['the same field twice', { components: fields(input(), input()) }],
  ])('with %s is refused', async (_name, data) => {
    const act = ping();
    const { d, answer } = await respond(modal(data));
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    await callback(d, reply());
    await act;
  });
});

describe('autocomplete', () => {
  const zone = { type: 3, name: 'zone', description: 'x', autocomplete: true };
  beforeEach(() => register({ name: 'set', description: 'x', options: [zone] }));
  const ask = () => discord.as(alice).autocomplete(channel.id, 'set', { zone: 'Bei' }, 'zone');

  it('gives the choices, and the bot sees what is being typed', async () => {
    const choices = [{ name: '北京', value: 'Asia/Shanghai' }];
    const { response, d } = await play(ask(), { type: 8, data: { choices } });
    expect(d).toMatchObject({ type: 4, data: { options: [{ name: 'zone', value: 'Bei', focused: true }] } });
    expect(response).toEqual(choices);
  });

  it.each([
    [
      '26 choices',
      { type: 8, data: { choices: Array.from({ length: 26 }, (_, i) => ({ name: `${i}`, value: `${i}` })) } },
    ],
    ['a choice name of 101', { type: 8, data: { choices: [{ name: 'n'.repeat(101), value: 'n' }] } }],
    ['a message', { type: 4, data: { content: 'x' } }],
  ])('refuses %s', async (_name, body) => {
    const act = ask();
    const { d, answer } = await respond(body);
    expect(answer).toMatchObject({ status: 400, body: { code: 50035 } });
    await callback(d, { type: 8, data: { choices: [] } });
    await act;
  });
});

describe('a person', () => {
  it('cannot use a command that is not there, lacks options or breaks their rules', async () => {
    await register({
      name: 'add',
      description: 'x',
      options: [{ type: 4, name: 'n', description: 'x', required: true, max_value: 5 }],
    });
    const asAlice = discord.as(alice);
    await expect(asAlice.slash(channel.id, 'nothing')).rejects.toThrow('no command');
    await expect(asAlice.slash(channel.id, 'add')).rejects.toThrow('required');
    await expect(asAlice.slash(channel.id, 'add', { n: 6 })).rejects.toThrow('option n');
    await expect(asAlice.slash(channel.id, 'add', { n: 1, m: 1 })).rejects.toThrow('no option m');
  });

  it('needs the default permissions of a command', async () => {
    await register({ name: 'daily', description: 'x', default_member_permissions: '32' });
    await expect(discord.as(alice).slash(channel.id, 'daily')).rejects.toThrow('no permission');
    const boss = discord.addUser({ name: 'boss' }).id;
    discord.addMember(guild.id, boss, { permissions: Permission.ManageGuild });
    const { response } = await play(discord.as(boss).slash(channel.id, 'daily'), reply());
    expect(response.type).toBe('reply');
  });

  it('sees and uses only the channels that they may', async () => {
    discord.setPermissions(channel.id, { users: { [alice]: { deny: Permission.ViewChannel } } });
    await expect(ping()).rejects.toThrow('may not see');
  });

  it('does not find in a server what is for direct messages only', async () => {
    await register({ name: 'ping', description: 'x', contexts: [1] });
    await expect(ping()).rejects.toThrow('no command');
  });
});
