import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Message } from '../../playground/start.ts';
import { answered, customIds, openStage, type Stage, textOf, until } from './stage.ts';

/** Report a mistake, from the button to the moderators’ channel. */
let stage: Stage;
let reports: Stage['channel'];
const here = () => stage.channel.id;
const set = (options: Record<string, string | boolean>) =>
  answered(stage.moderator.slash(here(), 'settings server', options));

beforeAll(async () => {
  stage = await openStage({
    driver: 'sqlite',
    rateLimits: false,
    checkAnswers: true,
    channels: 2,
    members: ['alice', 'bob', '小明', 'dora'],
  });
  reports = stage.channels[1]!;
  stage.playground.setLocale(stage.person('小明').id, 'zh-CN');
  await stage.start({ ISSUES_URL: 'https://github.com/owner/koan/issues/new' });
});
afterAll(async () => {
  expect(stage.playground.violations).toEqual([]);
  await stage.close();
});

/** Looks a question up and reports a mistake in it. */
async function report(name: string, text: string) {
  const person = stage.person(name);
  const shown = await person.slash(here(), 'question', { search: 'attention' });
  await person.press(shown.message!, customIds(shown.message!)[0]!);
  const button = customIds(shown.message!).find((id) => id.startsWith('report:'))!;
  const { modal, message } = await person.press(shown.message!, button);
  if (!modal) return { said: textOf(message), links: [] as string[], id: button.split(':')[1]! };
  const response = await (await person.submitModal(modal, { report: text })).settled();
  const links = [...JSON.stringify(response.message!.components).matchAll(/"url":"([^"]+)"/g)];
  return {
    said: textOf(response.message),
    links: links.map(([, url]) => url!),
    id: button.split(':')[1]!,
    isEphemeral: response.ephemeral,
  };
}

const sent = (): Message[] => stage.posts(reports).filter((message) => !message.ephemeralFor);

test('where no channel is set, the issue address comes up, filled in', async () => {
  const { said, links, id } = await report('alice', 'The second source is gone.');
  expect(said).toContain('those who look after the questions do');
  const url = new URL(links[0]!);
  expect(url.origin + url.pathname).toBe('https://github.com/owner/koan/issues/new');
  expect(url.searchParams.get('title')).toContain(id);
  expect(url.searchParams.get('body')).toBe('The second source is gone.');
});

test('an address stays within what Discord takes, however long the text', async () => {
  const { said, links } = await report('alice', '错'.repeat(1_000));
  expect(links[0]!.length).toBeLessThanOrEqual(512);
  expect(said).toContain('错'.repeat(1_000));
});

test('/settings server chooses the channel', async () => {
  expect(await set({})).toContain('no channel');
  expect(await set({ reports: reports.id })).toContain(`Reported mistakes go to <#${reports.id}>`);
});

test('the moderators read who, which question, in which language and what', async () => {
  const { said, id, isEphemeral } = await report('小明', '答案应该是 B @everyone <@123> [看](https://e.org)');
  expect(said).toBe('谢谢，本服务器的管理员已经收到。');
  expect(isEphemeral).toBe(true);
  const text = textOf(sent()[0]);
  expect(text).toContain('A mistake was reported');
  expect(text).toContain('小明');
  expect(text).toContain(`\`${id}\``);
  expect(text).toContain('中文');
  expect(text).toContain('> 答案应该是 B');
  expect(text).not.toMatch(/(?<!\\)<@123>|(?<!\\)\[看/);
  expect(sent()[0]!.mentions).toEqual({ users: [], roles: [], everyone: false });
});

test('a moderator marks it as handled; others can not', async () => {
  const message = sent()[0]!;
  const handled = customIds(message).find((id) => id.startsWith('report-done'))!;
  const refused = await stage.person('alice').press(message, handled);
  expect(textOf(refused.message)).toContain('Manage Server');
  await stage.moderator.press(message, handled);
  expect(textOf(message)).toContain('Handled by mona');
  expect(customIds(message)).toEqual([]);
});

test('a person makes five in an hour', async () => {
  for (let n = 1; n <= 5; n += 1) expect((await report('bob', `wrong ${n}`)).said).toContain('Thank you');
  expect((await report('bob', 'wrong 6')).said).toContain('five mistakes within an hour');
  await stage.pass(3_600_000);
  expect((await report('bob', 'wrong 7')).said).toContain('Thank you');
});

test('what can not be brought is kept, and comes once there is a channel again', async () => {
  stage.playground.deleteChannel(reports.id);
  expect((await report('alice', 'kept for later')).said).toContain('I keep your report');
  reports = stage.playground.addChannel(stage.guild.id, { name: 'reports' });
  await set({ reports: reports.id });
  await stage.pass(3_600_000);
  await until('the report', () => sent().length === 1);
  expect(textOf(sent()[0])).toContain('kept for later');
});

test('a bot that is killed as it brings a report brings it once', async () => {
  const before = sent().length;
  const stop = stage.playground.onRequest(async ({ method, path }, phase) => {
    if (method !== 'POST' || path !== `/channels/${reports.id}/messages` || phase !== 'committed') return;
    stop();
    await stage.kill();
  });
  await expect(report('dora', 'through a kill')).rejects.toThrow();
  await stage.start();
  await stage.pass(200_000);
  await until('the report to be brought', async () => {
    const store = await stage.store();
    const jobs = await store.orderedSet('{jobs}').range(0, Number.MAX_SAFE_INTEGER);
    return jobs.every(({ member }) => !member.startsWith('report:'));
  });
  expect(sent().length).toBe(before + 1);
});

test('no reports any more is one switch', async () => {
  expect(await set({ reports_off: true })).toContain('no channel');
});
