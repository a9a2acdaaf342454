import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  type Block,
  type Inline,
  parseInline,
  parseMarkdown,
} from '../../playground/page/client/markdown.ts';
import { plain } from '../../src/discord/cards/markdown.ts';

const text = (text: string): Inline => ({ kind: 'text', text });

/** All that would be read, in order. */
function readable(nodes: readonly Inline[]): string {
  return nodes
    .map((node) => ('text' in node ? node.text : 'inner' in node ? readable(node.inner) : `<${node.kind}>`))
    .join('');
}

test.each<[string, Inline[]]>([
  ['**a**', [{ kind: 'bold', inner: [text('a')] }]],
  ['*a* _b_', [{ kind: 'italic', inner: [text('a')] }, text(' '), { kind: 'italic', inner: [text('b')] }]],
  ['__a__', [{ kind: 'underline', inner: [text('a')] }]],
  ['||**a**||', [{ kind: 'spoiler', inner: [{ kind: 'bold', inner: [text('a')] }] }]],
  ['||a \\| b||', [{ kind: 'spoiler', inner: [text('a | b')] }]],
  ['`**a**`', [{ kind: 'code', text: '**a**' }]],
  ['\\*a\\*', [text('*a*')]],
  ['snake_case_name', [text('snake_case_name')]],
  ['2 * 3 * 4', [text('2 * 3 * 4')]],
  [
    '[a \\[b\\]](https://example.org/x)',
    [{ kind: 'link', url: 'https://example.org/x', inner: [text('a [b]')] }],
  ],
  [
    'https://example.org.',
    [{ kind: 'link', url: 'https://example.org', inner: [text('https://example.org')] }, text('.')],
  ],
  ['<t:0:R>', [{ kind: 'time', seconds: 0, style: 'R' }]],
  [
    '<@12> <@&3> <#4>',
    [
      { kind: 'user', id: '12' },
      text(' '),
      { kind: 'role', id: '3' },
      text(' '),
      { kind: 'channel', id: '4' },
    ],
  ],
  ['</daily add:5>', [{ kind: 'command', name: 'daily add' }]],
  ['[no](javascript:x)', [text('[no](javascript:x)')]],
])('%s is read as Discord does', (source, nodes) => {
  expect(parseInline(source)).toEqual(nodes);
});

test('lines become headings, small print, lists, quotes and blocks of code', () => {
  const source =
    '### Title\ntext\n\nmore\n-# small\n- a\n  - b\n1. c\n> quoted\n```\n**x**\n```\n#no heading';
  const kinds = (blocks: readonly Block[]) => blocks.map(({ kind }) => kind);
  const blocks = parseMarkdown(source);
  expect(kinds(blocks)).toEqual(['heading', 'lines', 'subtext', 'list', 'quote', 'code', 'lines']);
  expect(blocks[3]).toMatchObject({ items: [{ depth: 0 }, { depth: 1 }, { depth: 0 }] });
});

test('what the bot has made plain is read letter by letter, whatever it is', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (anything) => {
      const escaped = plain(anything);
      const shown = escaped.replace(/\\([^A-Za-z0-9\s])/g, '$1');
      expect(readable(parseInline(escaped))).toBe(shown);
    }),
  );
});

test('no text is too strange to be read', () => {
  const strange = fc.array(
    fc.constantFrom('*', '_', '`', '|', '~', '[', '](', '<', '\\', '> ', '- ', '\n', 'a', '```'),
  );
  fc.assert(fc.property(strange, (parts) => void parseMarkdown(parts.join(''))));
});
