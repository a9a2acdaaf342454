import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fileOf, importFile, sendFile } from './own-questions.ts';
import { answered, customIds, openStage, type Stage, textOf } from './stage.ts';

/** A server's own questions, from the file to wherever questions come up. One server, each part leaving it as it was. */
let stage: Stage;
let example: string;
const here = () => stage.channel.id;
const run = (subcommand: string, options: Record<string, string | boolean> = {}) =>
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
    const message = await sendFile(stage, fileOf(example));
    expect(textOf(message)).toContain('**2** new · **0** changed');
    expect(await answered(run('list'))).toContain('no questions of its own');
    const [, cancel] = customIds(message);
    await stage.moderator.press(message, cancel!);
    expect(textOf(message)).toContain('Nothing was changed');
    expect(await answered(run('list'))).toContain('no questions of its own');
  });

  test('what is stored stands in the list, by topic', async () => {
    expect(await importFile(stage, fileOf(example))).toContain('Stored: **2** new');
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
    const again = await sendFile(stage, fileOf(text));
    expect(textOf(again)).toContain('**0** new · **0** changed · **2** the same');
  });
});
