import { expect, test } from 'vitest';
import { commands } from '../../commands/index.ts';
import { sameCommands } from '../../src/discord/register.ts';

const definitions = commands.map(({ definition }) => definition);

/** As Discord answers: with ids and defaults that nobody sent, and in its own order. */
const answered = definitions
  .map((definition) => ({
    ...definition,
    id: '1',
    application_id: '2',
    version: '3',
    type: 1,
    nsfw: false,
    dm_permission: null,
    default_member_permissions: definition.default_member_permissions ?? null,
    integration_types: [...(definition.integration_types ?? [])].reverse(),
  }))
  .reverse();

test('commands that Discord has already are left alone', () => {
  expect(sameCommands(answered, definitions)).toBe(true);
});

test.each([
  ['a description', (c: Record<string, unknown>) => ({ ...c, description: 'other' })],
  [
    'a translation',
    (c: Record<string, unknown>) => ({ ...c, description_localizations: { 'zh-CN': '别的' } }),
  ],
  ['the options', (c: Record<string, unknown>) => ({ ...c, options: [] })],
  ['the contexts', (c: Record<string, unknown>) => ({ ...c, contexts: [0, 1] })],
])('a difference in %s is seen', (_, change) => {
  const [first, ...others] = answered
    .filter(({ name }) => name === 'daily')
    .concat(answered.filter(({ name }) => name !== 'daily'));
  expect(sameCommands([change(first as unknown as Record<string, unknown>), ...others], definitions)).toBe(
    false,
  );
});

test('a command that is gone or new is seen', () => {
  expect(sameCommands(answered.slice(1), definitions)).toBe(false);
  expect(sameCommands(answered, definitions.slice(1))).toBe(false);
});
