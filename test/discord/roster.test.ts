import { type Client, Collection } from 'discord.js';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { createRoster } from '../../src/discord/roster.ts';

/** A roster of server 1, whose gateway answers with these members, or not at all. */
function isMemberOf(userIds: readonly string[] | undefined, isIn = true) {
  const fetch = async () => {
    if (!userIds) throw new Error('Members didn’t arrive in time.');
    const member = { displayName: 'Name', roles: { cache: new Collection() } };
    return new Collection(userIds.map((id) => [id, { id, ...member }]));
  };
  const client = { guilds: { cache: new Collection([['1', { members: { fetch } }]]) } };
  const { isMember } = createRoster(
    client as unknown as Client,
    () => isIn,
    () => 0,
    pino({ level: 'silent' }),
  );
  return isMember('1', 'u');
}

test('who is in a server is a member, who is not is none, and a silent gateway says neither', async () => {
  expect(await isMemberOf(['u'])).toBe(true);
  expect(await isMemberOf([])).toBe(false);
  expect(await isMemberOf(undefined)).toBeUndefined();
});

test('nobody is a member of a server that the bot has left', async () => {
  expect(await isMemberOf(['u'], false)).toBe(false);
});
