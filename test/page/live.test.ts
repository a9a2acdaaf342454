import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { WebSocket } from 'ws';
import type { Live } from '../../playground/page/live.ts';
import type { MessageView, News } from '../../playground/page/protocol.ts';
import { serveSite } from '../../playground/page/site.ts';
import { type Channel, type Playground, startPlayground, type User } from '../../playground/start.ts';
import { until } from '../e2e/stage.ts';
import { identify, rest } from '../playground/raw-bot.ts';

let playground: Playground;
let live: Live;
let channel: Channel;
let alice: User;
let bob: User;

beforeEach(async () => {
  playground = await startPlayground({ rateLimits: false });
  const guild = playground.addGuild({ name: 'g' });
  channel = playground.addChannel(guild.id, { name: 'c' });
  alice = playground.addUser({ name: 'alice' });
  bob = playground.addUser({ name: 'bob' });
  for (const { id } of [alice, bob]) playground.addMember(guild.id, id);
  live = serveSite(playground, () => alice.id);
});
afterEach(async () => {
  live.close();
  await playground.close();
});

const site = () => playground.url.replace(/api$/, '');

/** A window that keeps all that it is told. */
async function openWindow(user: User, headers: Record<string, string> = {}) {
  const socket = new WebSocket(`${site().replace('http', 'ws')}live?as=${user.id}`, { headers });
  const told: News[] = [];
  socket.on('message', (data) => told.push(JSON.parse(String(data)) as News));
  await once(socket, 'open');
  await until('the scene', () => told.some(({ kind }) => kind === 'scene'));
  const messages = () => {
    const last = new Map<string, MessageView>();
    for (const news of told) {
      if (news.kind === 'messages') for (const message of news.messages) last.set(message.id, message);
      if (news.kind === 'message') last.set(news.message.id, news.message);
      if (news.kind === 'gone') last.delete(news.messageId);
    }
    return [...last.values()];
  };
  return { told, messages };
}

describe('a window', () => {
  test('is told of messages, reactions and deletions', async () => {
    const window = await openWindow(alice);
    const message = playground.as(bob.id).post(channel.id, 'hello');
    await until('the message', () => window.messages()[0]?.content === 'hello');
    playground.as(bob.id).react(channel.id, message.id, '✅');
    await until('the reaction', () => window.messages()[0]?.reactions[0]?.count === 1);
    expect(window.messages()[0]?.reactions).toEqual([{ emoji: '✅', count: 1, mine: false, by: ['bob'] }]);
    playground.moderate.deleteMessage(channel.id, message.id);
    await until('it is gone', () => window.messages().length === 0);
  });

  test('shows nobody what is for somebody else only, neither at once nor later', async () => {
    const own = await openWindow(alice);
    const other = await openWindow(bob);
    await rest(playground, 'PUT', `/applications/${playground.applicationId}/commands`, [
      { name: 'ping', description: 'x' },
    ]);
    const gateway = await identify(playground);
    const answering = playground.as(alice.id).slash(channel.id, 'ping');
    const { d } = await gateway.dispatch('INTERACTION_CREATE');
    await rest(playground, 'POST', `/interactions/${d.id}/${d.token}/callback`, {
      type: 4,
      data: { content: 'for you', flags: 64 },
    });
    await answering;
    await until('the answer', () => own.messages().some(({ content }) => content === 'for you'));
    expect(own.messages()[0]).toMatchObject({ ephemeral: true, command: { name: 'ping', userId: alice.id } });
    const later = await openWindow(bob);
    playground.as(bob.id).post(channel.id, 'after');
    await until('what comes after', () => later.messages().length === 1 && other.messages().length === 1);
    // The panel of requests shows whoever plays what the bot sends; the messages are for their own people.
    const told = [...other.told, ...later.told].filter(({ kind }) => kind !== 'requests');
    expect(JSON.stringify(told)).not.toContain('for you');
    expect(JSON.stringify(own.told)).not.toContain(d.token);
  });

  test('hears nothing of a channel that the person cannot see, until they can', async () => {
    playground.setPermissions(channel.id, { users: { [bob.id]: { deny: 1n << 10n } } });
    const window = await openWindow(bob);
    playground.as(alice.id).post(channel.id, 'secret');
    playground.as(bob.id).post(playground.openDm(bob.id).id, 'mine');
    await until('the own message', () => window.messages().length === 1);
    expect(JSON.stringify(window.told)).not.toContain('secret');
    playground.setPermissions(channel.id, { users: { [bob.id]: {} } });
    const scenes = () => window.told.filter((news) => news.kind === 'scene');
    await until('the channel', () => scenes().at(-1)!.scene.servers[0]!.channels.length === 1);
  });

  test('is not opened for a page from elsewhere, nor for somebody who is not there', async () => {
    await expect(openWindow(alice, { Origin: 'http://example.org' })).rejects.toThrow('403');
    await expect(openWindow({ ...alice, id: '1' })).rejects.toThrow('403');
    await expect(openWindow({ ...alice, id: playground.botId })).rejects.toThrow('403');
  });
});

describe('the site', () => {
  test('sends a window to the first person, and serves TypeScript as JavaScript', async () => {
    const front = await fetch(site(), { redirect: 'manual' });
    expect(front.headers.get('location')).toBe(`/?as=${alice.id}`);
    const script = await fetch(`${site()}markdown.ts`);
    expect(script.headers.get('content-type')).toContain('text/javascript');
    expect(await script.text()).not.toContain('export interface');
    expect((await fetch(`${site()}lib/lit-html/lit-html.js`)).status).toBe(200);
  });

  test.each([
    '..%2fsite.ts',
    '%2e%2e/site.ts',
    'lib/lit-html/..%2f..%2fws/package.json',
    'lib/lit-html/package.json',
    'tsconfig.json',
    'nothing.ts',
  ])('does not serve %s', async (path) => {
    expect((await fetch(`${site()}${path}`)).status).toBe(404);
  });
});
