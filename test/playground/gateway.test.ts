import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { shardOf } from '../../playground/gateway.ts';
import { Intent } from '../../playground/platform.ts';
import { type Channel, type Guild, type Playground, startPlayground } from '../../playground/start.ts';
import { identify, identity, openGateway, rest } from './raw-bot.ts';

let discord: Playground;
let guild: Guild;
let channel: Channel;
let alice: string;

beforeEach(async () => {
  discord = await startPlayground({ rateLimits: false });
  guild = discord.addGuild({ name: 'guild' });
  channel = discord.addChannel(guild.id, { name: 'daily' });
  alice = discord.addUser({ name: 'alice' }).id;
  discord.addMember(guild.id, alice);
});

afterEach(() => discord.close());

/** Makes `n` events that a bot with reactions hears, told apart by their emoji. */
const EMOJI = ['1️⃣', '2️⃣', '3️⃣', '4️⃣', '5️⃣'];
function react(...numbers: number[]): void {
  const message = [...channel.messages.values()][0] ?? discord.as(alice).post(channel.id, 'hi');
  for (const n of numbers) discord.as(alice).react(channel.id, message.id, EMOJI[n - 1]!);
}
const heard = (packets: { t?: string | null; d?: { emoji: { name: string } } }[]) =>
  packets.filter((p) => p.t === 'MESSAGE_REACTION_ADD').map((p) => EMOJI.indexOf(p.d!.emoji.name) + 1);

describe('identifying', () => {
  it('is greeted with the heartbeat interval, and READY lists the guilds as unavailable', async () => {
    const gateway = await identify(discord);
    expect(gateway.packets[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 41_250 } });
    const ready = await gateway.dispatch('READY');
    expect(ready.d.guilds).toEqual([{ id: guild.id, unavailable: true }]);
    expect((await gateway.dispatch('GUILD_CREATE')).d).toMatchObject({ id: guild.id, member_count: 3 });
  });

  it.each([
    ['a wrong token', { token: 'wrong' }, 4004],
    ['a privileged intent', { intents: Intent.Guilds | Intent.MessageContent }, 4014],
    ['an intent that does not exist', { intents: 1 << 30 }, 4013],
    ['an impossible shard', { shard: [2, 2] }, 4010],
  ])('with %s ends the connection', async (_name, more, code) => {
    const gateway = openGateway(discord);
    gateway.send({ op: 2, d: identity(discord, more) });
    expect(await gateway.closed).toBe(code);
  });

  it('twice ends the connection', async () => {
    const gateway = await identify(discord);
    gateway.send({ op: 2, d: identity(discord) });
    expect(await gateway.closed).toBe(4005);
  });

  it('acknowledges heartbeats', async () => {
    const gateway = await identify(discord);
    gateway.send({ op: 1, d: null });
    expect(await gateway.until((p) => p.op === 11)).toBeDefined();
  });

  it('delivers only what the intents ask for', async () => {
    const gateway = await identify(discord, { intents: Intent.Guilds });
    react(1);
    discord.addChannel(guild.id, { name: 'last' });
    await gateway.dispatch('CHANNEL_CREATE');
    expect(heard(gateway.packets)).toEqual([]);
  });

  it('hides what others write from a bot without the content intent', async () => {
    const gateway = await identify(discord, { intents: Intent.Guilds | Intent.GuildMessages });
    discord.as(alice).post(channel.id, 'secret');
    expect((await gateway.dispatch('MESSAGE_CREATE')).d).toMatchObject({
      content: '',
      author: { id: alice },
    });
  });
});

describe('shards', () => {
  it('get their own guilds, and shard 0 the direct messages', async () => {
    const shards = await Promise.all(
      [0, 1].map((id) =>
        identify(discord, { shard: [id, 2], intents: Intent.Guilds | Intent.DirectMessages }),
      ),
    );
    const mine = shardOf(guild.id, 2);
    expect((await shards[mine]!.dispatch('READY')).d.guilds).toHaveLength(1);
    expect((await shards[1 - mine]!.dispatch('READY')).d.guilds).toHaveLength(0);
    discord.as(alice).post(discord.openDm(alice).id, 'hello');
    expect((await shards[0]!.dispatch('MESSAGE_CREATE')).d.content).toBe('hello');
    expect(shards[1]!.packets.some((p) => p.t === 'MESSAGE_CREATE')).toBe(false);
  });
});

describe('a dropped connection', () => {
  it('is resumed with all that was missed', async () => {
    const first = await identify(discord);
    react(1);
    const seen = await first.dispatch('MESSAGE_REACTION_ADD');
    const { session_id } = (await first.dispatch('READY')).d;
    discord.gateway.drop();
    await first.closed;
    react(2, 3);
    const second = openGateway(discord);
    second.send({ op: 6, d: { token: discord.token, session_id, seq: seen.s } });
    await second.dispatch('RESUMED');
    react(4);
    await second.until((p) => p.t === 'MESSAGE_REACTION_ADD' && heard([p])[0] === 4);
    expect(heard(second.packets)).toEqual([2, 3, 4]);
  });

  it('that is not resumable answers a resume with an invalid session', async () => {
    const first = await identify(discord);
    const { session_id } = (await first.dispatch('READY')).d;
    discord.gateway.drop({ resumable: false });
    const second = openGateway(discord);
    second.send({ op: 6, d: { token: discord.token, session_id, seq: 1 } });
    expect(await second.until((p) => p.op === 9)).toMatchObject({ d: false });
  });

  it('with a sequence number from the future is refused', async () => {
    const first = await identify(discord);
    const { session_id } = (await first.dispatch('READY')).d;
    const second = openGateway(discord);
    second.send({ op: 6, d: { token: discord.token, session_id, seq: 1_000 } });
    expect(await second.closed).toBe(4007);
  });

  it('that was closed with 1000 cannot be resumed', async () => {
    const first = await identify(discord);
    const { session_id } = (await first.dispatch('READY')).d;
    first.close(1000);
    await first.closed;
    const second = openGateway(discord);
    second.send({ op: 6, d: { token: discord.token, session_id, seq: 1 } });
    expect(await second.until((p) => p.op === 9)).toMatchObject({ d: false });
  });
});

describe('ordered troubles', () => {
  it('an invalid session that is resumable can be resumed on the same connection', async () => {
    const gateway = await identify(discord);
    const { session_id } = (await gateway.dispatch('READY')).d;
    discord.gateway.invalidateSession(true);
    expect(await gateway.until((p) => p.op === 9)).toMatchObject({ d: true });
    gateway.send({ op: 6, d: { token: discord.token, session_id, seq: 2 } });
    await gateway.dispatch('RESUMED');
  });

  it('a request to reconnect is opcode 7', async () => {
    const gateway = await identify(discord);
    discord.gateway.reconnect();
    await gateway.until((p) => p.op === 7);
  });

  it('duplicates arrive twice', async () => {
    const gateway = await identify(discord);
    discord.gateway.duplicate(1);
    react(1, 2);
    await gateway.until((p) => heard([p])[0] === 2);
    expect(heard(gateway.packets)).toEqual([1, 1, 2]);
  });

  it('lost events do not arrive, not even by a resume', async () => {
    const gateway = await identify(discord);
    const { session_id } = (await gateway.dispatch('READY')).d;
    discord.gateway.lose(1);
    react(1, 2);
    await gateway.until((p) => heard([p])[0] === 2);
    discord.gateway.drop();
    const again = openGateway(discord);
    again.send({ op: 6, d: { token: discord.token, session_id, seq: 0 } });
    await again.dispatch('RESUMED');
    expect([heard(gateway.packets), heard(again.packets)]).toEqual([[2], [2]]);
  });

  it('held events arrive on release, in any order', async () => {
    const gateway = await identify(discord);
    discord.gateway.hold();
    react(1, 2, 3);
    await rest(discord, 'GET', '/users/@me');
    expect(heard(gateway.packets)).toEqual([]);
    discord.gateway.release({ reversed: true });
    await gateway.until((p) => heard([p])[0] === 1);
    expect(heard(gateway.packets)).toEqual([3, 2, 1]);
  });

  it('malformed packets are sent as they are', async () => {
    const gateway = await identify(discord);
    discord.gateway.sendRaw({ op: 0, t: 'NONSENSE', s: 99, d: { a: 1 } });
    expect((await gateway.dispatch('NONSENSE')).d).toEqual({ a: 1 });
  });
});

describe('guilds', () => {
  it('become unavailable and come back', async () => {
    const gateway = await identify(discord);
    discord.setGuildUnavailable(guild.id, true);
    expect((await gateway.dispatch('GUILD_DELETE')).d).toEqual({ id: guild.id, unavailable: true });
    discord.setGuildUnavailable(guild.id, false);
    await gateway.until((p) => p.t === 'GUILD_CREATE' && gateway.packets.indexOf(p) > 3);
  });

  it('tell of new, changed and deleted channels and roles', async () => {
    const gateway = await identify(discord);
    const role = discord.addRole(guild.id, { name: 'r' });
    discord.setPermissions(channel.id, { roles: { [role.id]: { deny: 1n } } });
    discord.deleteRole(guild.id, role.id);
    discord.deleteChannel(channel.id);
    await gateway.dispatch('CHANNEL_DELETE');
    expect(gateway.packets.slice(-4).map((p) => p.t)).toEqual([
      'GUILD_ROLE_CREATE',
      'CHANNEL_UPDATE',
      'GUILD_ROLE_DELETE',
      'CHANNEL_DELETE',
    ]);
  });

  it('give members by id without the members intent, and say who is none', async () => {
    const gateway = await identify(discord);
    const ids = [alice, '123456789012345678'];
    gateway.send({ op: 8, d: { guild_id: guild.id, user_ids: ids, limit: 0, nonce: 'n' } });
    expect((await gateway.dispatch('GUILD_MEMBERS_CHUNK')).d).toMatchObject({
      members: [{ user: { id: alice } }],
      not_found: ['123456789012345678'],
      nonce: 'n',
    });
    expect(discord.violations).toEqual([]);
  });

  it('are a thousand in one READY', async () => {
    for (let i = 0; i < 1_000; i += 1)
      discord.addChannel(discord.addGuild({ name: `${i}` }).id, { name: 'c' });
    const gateway = await identify(discord);
    await gateway.until((p) => p.t === 'GUILD_CREATE' && p.d.name === '999');
  });
});
