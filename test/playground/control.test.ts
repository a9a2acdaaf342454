import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { request } from 'node:http';
import { createInterface } from 'node:readline';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Playground, startPlayground } from '../../playground/start.ts';
import { identify, rest } from './raw-bot.ts';

let discord: Playground;
let control: string;

beforeEach(async () => {
  discord = await startPlayground({ rateLimits: false });
  control = discord.url.replace(/api$/, 'control');
});

afterEach(() => discord.close());

async function call(path: string, ...args: unknown[]) {
  const response = await fetch(`${control}/${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(args),
  });
  // biome-ignore lint/suspicious/noExplicitAny: whatever the method gives
  return { status: response.status, body: (await response.json()) as any };
}

describe('the control surface', () => {
  it('makes a world and shows it', async () => {
    const guild = (await call('addGuild', { name: 'study', botPermissions: '1024' })).body;
    await call('addChannel', guild.id, { name: 'daily' });
    const state = await (await fetch(`${control}/state`)).json();
    expect(state).toMatchObject({
      guilds: [{ id: guild.id }],
      channels: [{ name: 'daily', messageCount: 0 }],
    });
    expect(discord.world.guilds.get(guild.id)!.botDenied).toBeGreaterThan(0n);
  });

  it('lets one act as a person', async () => {
    const guild = discord.addGuild({ name: 'g' });
    const channel = discord.addChannel(guild.id, { name: 'c' });
    const alice = discord.addUser({ name: 'alice' });
    discord.addMember(guild.id, alice.id);
    await rest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [
      { name: 'ping', description: 'x' },
    ]);
    const gateway = await identify(discord);
    const button = { type: 2, style: 1, label: 'Go', custom_id: 'go' };
    const answer = async (type: number, from: number) => {
      const { d } = await gateway.until(
        (p) => p.t === 'INTERACTION_CREATE' && gateway.packets.indexOf(p) >= from,
      );
      const data = { content: 'pong', components: [{ type: 1, components: [button] }] };
      await rest(discord, 'POST', `/interactions/${d.id}/${d.token}/callback`, { type, data });
    };
    const [slashed] = await Promise.all([call(`as/${alice.id}/slash`, channel.id, 'ping'), answer(4, 0)]);
    expect(slashed.body).toMatchObject({ type: 'reply', message: { content: 'pong' } });
    const { id, channelId } = slashed.body.message;
    const [pressed] = await Promise.all([
      call(`as/${alice.id}/press`, { id, channelId }, 'go'),
      answer(7, gateway.packets.length),
    ]);
    expect(pressed.body.type).toBe('update');
    await call(`as/${alice.id}/react`, channel.id, id, '✅');
    const messages = await (await fetch(`${control}/messages/${channel.id}`)).json();
    expect(messages).toMatchObject([{ reactions: [{ emoji: { name: '✅' }, users: [alice.id] }] }]);
  });

  it('orders faults', async () => {
    await call('faults/order', { path: '^/users' }, { kind: 'status', status: 500 });
    expect((await rest(discord, 'GET', '/users/@me')).status).toBe(500);
  });

  it('says in words what cannot be done', async () => {
    expect(await call('addChannel', '1', { name: 'x' })).toEqual({
      status: 400,
      body: { error: 'no guild 1' },
    });
    expect((await call('close')).status).toBe(400);
    expect((await call('as/1/constructor')).status).toBe(400);
  });

  it('lends itself to others, under the names that they give', async () => {
    const given: unknown[] = [];
    discord.extend('house', { pass: (ms: number) => given.push(ms), secret: () => given.push('secret') }, [
      'pass',
    ]);
    expect((await call('house/pass', 5)).status).toBe(200);
    expect((await call('house/secret')).status).toBe(400);
    expect(given).toEqual([5]);
  });

  it('says which commands somebody may use, and follows their roles', async () => {
    const guild = discord.addGuild({ name: 'g' });
    const channel = discord.addChannel(guild.id, { name: 'c' });
    const alice = discord.addUser({ name: 'alice' });
    discord.addMember(guild.id, alice.id);
    const role = discord.addRole(guild.id, { name: 'moderator', permissions: 0x20n });
    await rest(discord, 'PUT', `/applications/${discord.applicationId}/commands`, [
      { name: 'ping', description: 'x' },
      { name: 'manage', description: 'x', default_member_permissions: '32' },
    ]);
    const names = async () =>
      (await call(`as/${alice.id}/commands`, channel.id)).body.map(
        (command: { definition: { name: string } }) => command.definition.name,
      );
    expect(await names()).toEqual(['ping']);
    await call('setMemberRole', guild.id, alice.id, role.id, true);
    expect(await names()).toEqual(['ping', 'manage']);
    await call('setMemberRole', guild.id, alice.id, role.id, false);
    expect(await names()).toEqual(['ping']);
  });

  it('is not for pages from elsewhere', async () => {
    const form = await fetch(`${control}/addGuild`, { method: 'POST', body: '[{"name":"x"}]' });
    expect(form.status).toBe(415);
    const scripted = await fetch(`${control}/addGuild`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Origin: 'http://example.org' },
      body: '[{"name":"x"}]',
    });
    expect(scripted.status).toBe(403);
    const foreign = request(`${control}/state`, { headers: { Host: 'example.org' } }).end();
    const [response] = await once(foreign, 'response');
    response.resume();
    expect(response.statusCode).toBe(403);
    expect(discord.world.guilds.size).toBe(0);
  });
});

describe('the playground as a process', () => {
  it('prints what a bot needs, answers, and stops when told', async () => {
    const child = spawn(process.execPath, ['playground/server.ts', '--port', '0', '--quiet'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const printed = new Map<string, string>();
    for await (const line of createInterface(child.stdout)) {
      const [, key, value] = /^(\w+)=(.*)$/.exec(line) ?? [];
      if (key) printed.set(key, value!);
      if (line.startsWith('server ')) break;
    }
    const response = await fetch(`${printed.get('DISCORD_API_URL')}/v10/users/@me`, {
      headers: { Authorization: `Bot ${printed.get('DISCORD_TOKEN')}` },
    });
    expect(response.status).toBe(200);
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    expect(await exited).toEqual([0, null]);
  });
});
