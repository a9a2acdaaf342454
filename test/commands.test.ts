import { describe, expect, test } from 'vitest';
import { commands } from '../commands/index.ts';
import { postButtons } from '../src/discord/post-buttons.ts';
import { reportButtons } from '../src/discord/report-buttons.ts';

type Node = {
  name: string;
  type?: number;
  description?: string;
  name_localizations?: Record<string, string>;
  description_localizations?: Record<string, string>;
  options?: Node[];
  choices?: Node[];
};

const nodes: [string, Node][] = [];
function collect(node: Node, path: string): void {
  nodes.push([path, node]);
  for (const child of [...(node.options ?? []), ...(node.choices ?? [])])
    collect(child, `${path} ${child.name}`);
}
for (const { definition } of commands) collect(definition as Node, `/${definition.name}`);

describe.each(nodes)('%s', (_, node) => {
  test('has its name in both languages, within Discord’s limits', () => {
    const names = [node.name, node.name_localizations?.['en-US'], node.name_localizations?.['zh-CN']];
    for (const name of names) expect(name?.length).toBeGreaterThan(0);
    if (node.description !== undefined) {
      for (const name of names) expect(name).toMatch(/^[-_'\p{L}\p{N}]{1,32}$/u);
      for (const name of names) expect(name).toBe(name?.toLowerCase());
    }
  });

  test('has its description in both languages, within Discord’s limits', () => {
    if (node.description === undefined) return;
    const { 'en-US': en, 'zh-CN': zh } = node.description_localizations ?? {};
    expect(en).toBe(node.description);
    expect(zh).toMatch(/\p{Script=Han}/u);
    for (const text of [en, zh]) expect(text!.length).toBeLessThanOrEqual(100);
  });

  test('has at most 25 options and choices, each named once', () => {
    for (const list of [node.options ?? [], node.choices ?? []]) {
      expect(list.length).toBeLessThanOrEqual(25);
      for (const of of ['en-US', 'zh-CN']) {
        const names = list.map((child) => child.name_localizations?.[of]);
        expect(new Set(names).size).toBe(names.length);
      }
    }
  });
});

test('each component action has one handler', () => {
  const actions = [postButtons, reportButtons, ...commands.map(({ components = {} }) => components)].flatMap(
    (some) => Object.keys(some),
  );
  expect(new Set(actions).size).toBe(actions.length);
});
