import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answered, customIds, openStage, type Stage, textOf } from './stage.ts';

/** A server's own questions, from the file to wherever questions come up. One server, each part leaving it as it was. */
let stage: Stage;
let example: string;
const here = () => stage.channel.id;
const file = (text: string | Buffer, name = 'mine.yaml') => ({
  name,
  base64: Buffer.from(text).toString('base64'),
});
const run = (subcommand: string, options: Record<string, string | boolean | ReturnType<typeof file>> = {}) =>
  stage.moderator.slash(here(), `bank ${subcommand}`, options);

beforeAll(async () => {
  stage = await openStage({ driver: 'sqlite', rateLimits: false, checkAnswers: true });
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start();
  example = await readFile('src/own-bank/example.yaml', 'utf8');
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

async function importAll(text: string, name?: string): Promise<string> {
  const response = await (await run('import', { file: file(text, name) })).settled();
  const store = customIds(response.message!).find((id) => id.startsWith('bank-store'));
  if (store) await (await stage.moderator.press(response.message!, store)).settled();
  return textOf(response.message);
}

describe('/bank', () => {
  test('is for those who manage the server', async () => {
    await expect(stage.person('alice').slash(here(), 'bank list')).rejects.toThrow('no permission');
  });

  test('list says how to begin, and export gives a file to begin with', async () => {
    expect(await answered(run('list'))).toContain('`/bank import` takes');
    const { message } = await (await run('export')).settled();
    expect(message!.attachments.map(({ filename }) => filename)).toEqual(['example.yaml']);
  });

  test('import says what it would do, and changes nothing before it is told to', async () => {
    const response = await (await run('import', { file: file(example) })).settled();
    expect(textOf(response.message)).toContain('**2** new · **0** changed');
    expect(await answered(run('list'))).toContain('no questions of its own');
    const [, cancel] = customIds(response.message!);
    await stage.moderator.press(response.message!, cancel!);
    expect(textOf(response.message)).toContain('Nothing was changed');
    expect(await answered(run('list'))).toContain('no questions of its own');
  });

  test('what is stored stands in the list, by topic', async () => {
    expect(await importAll(example)).toContain('Stored: **2** new');
    const text = await answered(run('list'));
    expect(text).toContain('2 questions in 2 topics');
    expect(text).toContain('**Our stack**\n- ●○○ `gateway-of-our-service`');
  });

  test('a question is looked up by its words and shown with its author’s id', async () => {
    const alice = stage.person('alice');
    const [choice] = await alice.autocomplete(here(), 'question', { search: 'inference gateway' }, 'search');
    expect(choice!.name).toBe('Our inference gateway retries a request that timed out.');
    expect(String(choice!.value).length).toBeLessThanOrEqual(93);
    const shown = await alice.slash(here(), 'question', { search: 'gateway-of-our-service' });
    expect(textOf(shown.message)).toContain('### Our stack');
    await alice.press(shown.message!, customIds(shown.message!)[0]!);
    expect(textOf(shown.message)).toContain('`gateway-of-our-service`');
    expect(textOf(shown.message)).not.toContain('own.');
  });

  test('export gives back what imports again unchanged', async () => {
    const { message } = await (await run('export')).settled();
    const [id] = [...message!.attachments].map((attachment) => attachment.id);
    const text = stage.playground.world.files.get(id!)!.data.toString();
    const again = await (await run('import', { file: file(text) })).settled();
    expect(textOf(again.message)).toContain('**0** new · **0** changed · **2** the same');
  });
});
