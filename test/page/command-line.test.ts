import { expect, test } from 'vitest';
import { commands as all } from '../../commands/index.ts';
import {
  compose,
  type Field,
  matching,
  objection,
  pathsOf,
  valuesOf,
} from '../../playground/page/client/command-line.ts';
import { words } from '../../playground/page/client/page-words.ts';
import type { Command, CommandOption } from '../../playground/world.ts';

const commands = all.map(
  ({ definition }) => ({ id: '1', guildId: null, version: '1', definition }) as unknown as Command,
);
const say = words.en.option;

test('each subcommand is a command of its own, under its name in the person’s language', () => {
  const names = pathsOf(commands, 'zh-CN').map(({ name, label }) => `${name} = ${label}`);
  expect(names).toContain('daily add = 每日一题 添加');
  expect(names).toContain('help = 帮助');
  expect(names.some((name) => name.startsWith('daily ='))).toBe(false);
});

test('what is typed finds commands in either language, those that begin with it first', () => {
  const paths = pathsOf(commands, 'zh-CN');
  expect(matching(paths, '/每日')[0]!.name).toMatch(/^daily /);
  expect(matching(paths, '/daily ne')[0]!.name).toBe('daily next');
  expect(matching(paths, '/添加').map(({ name }) => name)).toContain('daily add');
  expect(matching(paths, '/nothing like it')).toEqual([]);
});

test('a command opens with what it requires, and the cursor where something is missing', () => {
  const path = pathsOf(commands, 'en-US').find(({ name }) => name === 'daily add')!;
  const empty = compose(path);
  expect(empty.fields.map(({ option }) => option.name)).toEqual(['channel', 'time']);
  expect(empty.focus).toBe('channel');
  const filled = compose(path, { channel: { text: '#daily', value: '7' } });
  expect(filled.focus).toBe('time');
  expect(valuesOf(filled.fields)).toEqual({ channel: '7' });
});

const field = (option: Partial<CommandOption>, text: string, value?: Field['value']): Field => ({
  option: { type: 3, name: 'x', description: '', ...option },
  text,
  value,
});

test.each<[string, Field, string | undefined]>([
  ['a required option that is empty', field({ required: true }, ''), say.required],
  ['an optional one that is empty', field({}, ''), undefined],
  ['a number that is none', field({ type: 4 }, 'two'), say.number],
  ['a part of a number', field({ type: 4 }, '1.5'), say.whole],
  ['a number beyond its range', field({ type: 4, min_value: 1, max_value: 20 }, '21'), say.range('1', '20')],
  ['a number within it', field({ type: 4, min_value: 1, max_value: 20 }, '20'), undefined],
  ['a long label with a short value', field({ max_length: 3 }, 'four (4)', '4'), undefined],
  ['a text that is too long', field({ max_length: 3 }, 'four'), say.length(3)],
])('%s', (_, given, expected) => {
  expect(objection(given, undefined, say)).toBe(expected);
});

test('what is none of the choices is refused, and a chosen one is sent by its value', () => {
  const offers = [{ label: 'Both', value: 'both' }];
  expect(objection(field({}, 'Bo'), offers, say)).toBe(say.choice);
  expect(objection(field({}, 'Both', 'both'), offers, say)).toBeUndefined();
  expect(valuesOf([field({ name: 'n', type: 4 }, '3'), field({ name: 'l' }, 'Both', 'both')])).toEqual({
    n: 3,
    l: 'both',
  });
});
