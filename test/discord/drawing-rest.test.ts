import { ComponentType } from 'discord.js';
import { pino } from 'pino';
import { expect, test } from 'vitest';
import { container, text } from '../../src/discord/cards/parts.ts';
import { picture } from '../../src/discord/cards/picture.ts';
import { DrawingRest } from '../../src/discord/drawing-rest.ts';
import type { Picture } from '../../src/pictures/picture.ts';

const formula: Picture = { kind: 'formulas', data: [{ number: 1, tex: '\\frac{a`}{b}' }] };
const board: Picture = {
  kind: 'leaderboard',
  language: 'en',
  data: { columns: { name: '', score: '' }, rows: [] },
};
const message = (...shown: Picture[]) => ({
  components: [container(0, text('before'), ...shown.map((each) => picture(each, '1. *a*\n2. b')))],
});

type Conditions = { draw?: () => Promise<Buffer>; mayAttach?: boolean; route?: string; files?: never[] };

/** What Discord receives when a body is sent. */
async function send(
  body: object,
  {
    draw = async () => Buffer.from('png'),
    mayAttach = true,
    route = '/channels/1/messages',
    files = [],
  }: Conditions = {},
) {
  let sent: unknown;
  const rest = new DrawingRest(
    {
      makeRequest: async (_, init) => {
        sent = init.body;
        return new Response('{}', { headers: { 'content-type': 'application/json' } });
      },
    },
    {
      studio: { draw, clear: () => {}, close: async () => {} },
      mayAttach: () => mayAttach,
      log: pino({ level: 'silent' }),
    },
  ).setToken('t');
  await rest.post(route as '/x', { body, files });
  rest.clearHashSweeper();
  rest.clearHandlerSweeper();
  if (typeof sent === 'string') return { body: JSON.parse(sent), names: [] as string[] };
  const form = sent as FormData;
  return {
    body: JSON.parse(form.get('payload_json') as string),
    names: [...form.entries()].flatMap(([key, value]) =>
      typeof value === 'string' ? [] : [`${key} ${value.name}`],
    ),
  };
}

test('a picture is attached, and the card shows the attachment', async () => {
  const { body, names } = await send(message(formula));
  const [, gallery] = body.components[0].components;
  expect(names).toEqual([expect.stringMatching(/^files\[0\] formulas-[0-9a-f]{16}\.png$/)]);
  const name = names[0]!.split(' ')[1];
  expect(gallery.items).toEqual([{ media: { url: `attachment://${name}` }, description: '1. *a*\n2. b' }]);
  expect(body.attachments).toEqual([{ id: '0', filename: name }]);
});

test('the answer to an interaction carries its picture, too', async () => {
  const { body, names } = await send(
    { type: 7, data: message(formula) },
    { route: '/interactions/1/x/callback' },
  );
  expect(body.type).toBe(7);
  expect(body.data.attachments).toHaveLength(1);
  expect(names).toHaveLength(1);
});

test('a picture shown twice is attached once, behind the files that were there', async () => {
  const { body, names } = await send(
    { ...message(formula, formula), attachments: [{ id: '0', filename: 'deck.txt' }] },
    { files: [{ name: 'deck.txt', data: 'text' }] as never[] },
  );
  expect(names.map((each) => each.split(' ')[0])).toEqual(['files[0]', 'files[1]']);
  expect(body.attachments.map(({ id }: { id: string }) => id)).toEqual(['0', '1']);
});

test('a message without pictures is sent as it is', async () => {
  const { body, names } = await send(message());
  expect(body).toEqual(message());
  expect(names).toEqual([]);
});

test.each<[string, Conditions]>([
  ['fails', { draw: () => Promise.reject(new Error('no')) }],
  ['may not be attached', { mayAttach: false }],
  [
    'takes longer than Discord waits',
    { draw: () => new Promise<Buffer>(() => {}), route: '/interactions/1/x/callback' },
  ],
])('a picture that %s is shown in words', async (_, options) => {
  const { body, names } = await send(message(formula, board), options);
  expect(names).toEqual([]);
  expect(body.components[0].components.slice(1)).toEqual([
    { type: ComponentType.TextDisplay, content: "⟨1⟩ `\\frac{a'}{b}`" },
    { type: ComponentType.TextDisplay, content: '1. \\*a\\*\n2. b' },
  ]);
});

test('words in place of pictures never make a message longer than Discord takes', async () => {
  const long: Picture = { kind: 'formulas', data: [{ number: 1, tex: 'x'.repeat(500) }] };
  for (const room of [0, 1, 200]) {
    const { body } = await send(
      { components: [text('y'.repeat(4_000 - room)), picture(long, ''), picture(formula, '')] },
      { mayAttach: false },
    );
    const total = body.components.reduce(
      (sum: number, { content }: { content: string }) => sum + content.length,
      0,
    );
    expect(total).toBeLessThanOrEqual(Math.max(4_000, 4_000 - room + 2));
  }
});
