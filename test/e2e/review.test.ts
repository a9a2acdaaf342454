import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { customIds, openStage, type Stage, textOf } from './stage.ts';

/** Reviews as people do them: in a server, by direct message, as an app of one's own. */
let stage: Stage;
const here = () => stage.channel.id;

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

type Who = ReturnType<Stage['person']>;

/** Presses the button whose id begins so, and waits for the message to change. */
async function press(who: Who, message: Message, start: string): Promise<string> {
  const id = customIds(message).find((each) => each.startsWith(start));
  if (!id) throw new Error(`no ${start} among ${customIds(message).join(' ')}`);
  await (await who.press(message, id)).settled();
  return textOf(message);
}

async function begin(
  who: Who,
  options: Record<string, string | number> = {},
  channel = here(),
): Promise<Message> {
  const reply = await who.slash(channel, 'review start', options);
  await reply.settled();
  expect(reply.ephemeral).toBe(true);
  return reply.message!;
}

const labels = (message: Message) =>
  [...JSON.stringify(message.components).matchAll(/"label":"([^"]+)"/g)].map(([, label]) => label!);

describe('a review', () => {
  test('asks, shows the answer, takes a grade with the time after which it comes back, and goes on', async () => {
    const alice = stage.person('alice');
    const message = await begin(alice, { topic: 'attention', count: 3 });
    expect(textOf(message)).toContain('0 due · 3 new');
    expect(textOf(message)).toContain('Attention Mechanisms');
    expect(await press(alice, message, 'review-show:')).toContain('Sources');
    expect(labels(message)).toEqual([
      '❌ Again · 10 min',
      '🤔 Hard · 15 min',
      '✅ Good · 2 d',
      '⚡ Easy · 8 d',
    ]);
    expect(await press(alice, message, 'review-grade:')).toContain('0 due · 2 new');
    for (let rest = 0; rest < 2; rest++) {
      await press(alice, message, 'review-show:');
      await press(
        alice,
        message,
        `review-grade:${message.components ? customIds(message)[2]!.slice(13) : ''}`,
      );
    }
    expect(textOf(message)).toContain('3 questions reviewed.');
    expect(textOf(message)).toContain('Again **1** · Hard **0** · Good **2** · Easy **0**');
  });
});
