import { readFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Permission } from '../../playground/permissions.ts';
import type { Message, Response } from '../../playground/start.ts';
import { loadBank } from '../../src/bank/load.ts';
import { curricula, newCurriculum } from '../../src/daily/curriculum.ts';
import { schedules } from '../../src/daily/schedule.ts';
import { documentKey } from '../../src/store/keys.ts';
import { answered, openStage, type Stage, textOf, until } from './stage.ts';

/** What a moderator is told of how the bot is doing. */
describe('/doctor', () => {
  let stage: Stage;

  beforeEach(async () => {
    stage = await openStage({ driver: 'sqlite', rateLimits: false, channels: 2 });
    await stage.start();
  });
  afterEach(async () => {
    expect(stage.playground.violations).toEqual([]);
    await stage.close();
  });

  const here = () => stage.channel.id;
  const ask = () => answered(stage.moderator.slash(here(), 'doctor'));
  const add = (channelId: string, options: Record<string, string> = {}) =>
    answered(
      stage.moderator.slash(here(), 'daily add', {
        channel: channelId,
        time: '09:00',
        timezone: 'UTC',
        ...options,
      }),
    );
  const stampOf = (time: string) => `<t:${Date.parse(time) / 1000}`;

  test('finds nothing wrong in a server that is well, and tells how it stands', async () => {
    await add(here());
    const reply = await (await stage.moderator.slash(here(), 'doctor')).settled();
    expect(reply.ephemeral).toBe(true);
    const text = textOf(reply.message);
    expect(text).toContain('✅ **All is well.**');
    expect(text).not.toContain('⚠️');
    const next = stampOf('2026-03-02T09:00:00Z');
    expect(text).toContain(`<#${here()}> · Next: ${next}:F> (${next}:R>)`);
    expect(text).toContain('nothing posted yet');
    expect(text).toContain('no failure');
    expect(text).toContain(`<#${here()}> (daily questions): ✅ nothing is lacking`);
    expect(text).toContain(`<#${stage.guild.systemChannelId}> (notices): ✅`);
    expect(text).toMatch(/Store: SQLite, answers in (< )?[\d.]+ ms/);
    expect(text).toMatch(/Gateway: connected since <t:\d+:F>/);
    expect(text).toContain('Shard 1 of 1 · resumed 0×, begun anew 0×');
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(text).toMatch(new RegExp(`Version ${version}, running since <t:\\d+:F>`));
  });

  test('is for those who manage the server', async () => {
    await expect(stage.person('alice').slash(here(), 'doctor')).rejects.toThrow('no permission');
  });

  test('names a suspended question first, with the commands that mend it', async () => {
    await add(here());
    await add(stage.channels[1]!.id);
    stage.playground.deleteChannel(stage.channels[1]!.id);
    stage.setTime('2026-03-02T09:00:00Z');
    await stage.post(1);
    await until('the suspension', async () => (await ask()).includes('1 thing to mend'));
    const text = await ask();
    expect(text.indexOf('its channel was deleted')).toBeLessThan(text.indexOf('Daily questions'));
    expect(text).toMatch(/<\/daily edit:\d+>/);
    expect(text).toMatch(/last failure <t:\d+:F>: the channel was deleted/);
    expect(text).toMatch(/last posted <t:\d+:R>/);
  });

  test('names what it lacks in every channel that it uses', async () => {
    const bot = { deny: Permission.AttachFiles | Permission.AddReactions | Permission.ReadMessageHistory };
    await add(here());
    stage.playground.setPermissions(here(), { bot });
    stage.playground.setPermissions(stage.guild.systemChannelId!, { bot: { deny: Permission.SendMessages } });
    await until('the change', async () => (await ask()).includes('things to mend'));
    const text = await ask();
    expect(text).toContain('I still lack: **Read Message History**');
    expect(text).toContain('I lack **Add Reactions**');
    expect(text).toContain('I lack **Attach Files**');
    expect(text).toContain('the server’s system channel, I lack: **Send Messages**');
    expect(text).toContain('⚠️ lacking: **Read Message History, Add Reactions, and Attach Files**');
  });

  test('names what it lacks where reports of mistakes go', async () => {
    const reports = stage.channels[1]!;
    await answered(stage.moderator.slash(here(), 'settings server', { reports: reports.id }));
    expect(await ask()).toContain(`<#${reports.id}> (reports of mistakes): ✅`);
    stage.playground.setPermissions(reports.id, { bot: { deny: Permission.SendMessages } });
    await until('the finding', async () =>
      (await ask()).includes(`In <#${reports.id}>, where reports of mistakes go, I lack: **Send Messages**`),
    );
    stage.playground.deleteChannel(reports.id);
    await until('the finding', async () =>
      (await ask()).includes(`<#${reports.id}>, where reports of mistakes go, is gone`),
    );
    expect(await ask()).toMatch(/<\/settings server:\d+>/);
  });

  test('says why a question is late, and keeps the failure in mind once it is posted', async () => {
    await add(here());
    stage.playground.faults.order(
      { method: 'POST', path: /^\/channels\/\d+\/messages$/, times: 1_000 },
      { kind: 'status', status: 503 },
    );
    stage.setTime('2026-03-02T09:00:00Z');
    await until('the failure', async () => (await ask()).includes('an error (503)'));
    expect(await ask()).toContain('All is well');
    stage.pass(4 * 60_000);
    expect(await ask()).toMatch(/should have come <t:\d+:R>: Discord answered with an error \(503\)/);
    stage.playground.faults.clear();
    stage.pass(60_000);
    await stage.post(1);
    await until('it is well', async () => (await ask()).includes('All is well'));
    expect(await ask()).toContain('an error (503)');
  });

  test('says that a question waits for a permission', async () => {
    await add(here());
    stage.playground.setPermissions(here(), { bot: { deny: Permission.ReadMessageHistory } });
    stage.setTime('2026-03-02T09:04:00Z');
    await until(
      'the reason',
      async () =>
        (await ask()).includes('should have come') &&
        (await ask()).includes('I lacked **Read Message History**'),
    );
  });

  test('says which question was left out while the bot was away', async () => {
    await add(here());
    await stage.kill();
    stage.setTime('2026-03-02T22:00:00Z');
    await stage.start();
    const missed = `The question of ${stampOf('2026-03-02T09:00:00Z')}:F>`;
    await until('the finding', async () => (await ask()).includes(missed));
  });

  test('warns before questions repeat', async () => {
    await add(here(), { topic: 'attention' });
    const items = [...(await loadBank('questions')).items.values()].filter(
      (item) => item.topic === 'attention',
    );
    const store = await stage.store();
    const see = (count: number) =>
      store.collection(curricula).update(documentKey.curriculum(stage.guild.id), () => ({
        document: {
          ...newCurriculum,
          seen: Object.fromEntries(items.slice(0, count).map(({ id }) => [id, '2026-01-01T00:00:00Z'])),
        },
        result: undefined,
      }));
    await see(items.length - 14);
    expect(await ask()).toContain(`14 of ${items.length} questions unseen`);
    expect(await ask()).toContain('All is well');
    await see(items.length - 3);
    expect(await ask()).toContain(`Only 3 of the ${items.length} questions`);
    await see(items.length);
    expect(await ask()).toContain(`All ${items.length} questions that <#${here()}> can get were asked`);
  });

  test('tells of a message that Discord does not take', async () => {
    stage.playground.faults.order(
      { method: 'POST', path: /^\/channels\/\d+\/messages$/, times: 1_000 },
      { kind: 'status', status: 503 },
    );
    await answered(
      stage.moderator.slash(here(), 'competition create', {
        name: 'Spring cup',
        start: '2026-03-03',
        end: '2026-03-09',
      }),
    );
    await add(here());
    await until('the first attempt', async () => (await ask()).includes('a message did not arrive'));
    await until('the finding', async () => {
      stage.pass(60_000);
      return (await ask()).includes(`on its way to <#${here()}> since`);
    });
  });

  test('says that no question fits what was chosen', async () => {
    await add(here(), { topic: 'attention' });
    const [schedule] = await stage.moderator.autocomplete(here(), 'daily edit', { schedule: '' }, 'schedule');
    const store = await stage.store();
    await store.collection(schedules).update(documentKey.schedule(String(schedule!.value)), (current) => ({
      document: { ...current!, topics: ['alchemy'] },
      result: undefined,
    }));
    expect(await ask()).toContain(`No question fits the topics and the level of <#${here()}>`);
    expect(await ask()).toMatch(/<\/bank topics:\d+>/);
  });

  test('tells of a competition whose news Discord refuses', async () => {
    stage.playground.setPermissions(here(), { bot: { deny: Permission.SendMessages } });
    await answered(
      stage.moderator.slash(here(), 'competition create', {
        name: 'Spring cup',
        start: '2026-03-03',
        end: '2026-03-09',
      }),
    );
    await until('the refusal', async () => (await ask()).includes('last failure'));
    expect(await ask()).toMatch(/\*\*Spring cup\*\* · <#\d+>\n-# no news yet · last failure/);
    expect(await ask()).toContain('or the news can’t be posted');
  });

  test('counts resumed and lost connections', async () => {
    stage.playground.gateway.drop({ resumable: true });
    await until('it is back', () => stage.playground.connections() === 1);
    await until('the resume', async () => (await ask().catch(() => '')).includes('resumed 1×'));
    stage.playground.gateway.drop({ resumable: false });
    await until('it is back', () => stage.playground.connections() === 1);
    await until('the new session', async () => (await ask().catch(() => '')).includes('begun anew 1×'));
  });

  test('has as many pages as it needs, in Chinese too, and looks anew with each', async () => {
    stage.playground.setLocale(stage.moderator.id, 'zh-CN');
    const all = Permission.SendMessages | Permission.ReadMessageHistory | Permission.AddReactions;
    for (let n = 0; n < 10; n++) {
      const channel = stage.playground.addChannel(stage.guild.id, { name: `room-${n}` });
      await until('the bot knows the channel', async () => !(await add(channel.id)).includes('出错'));
      stage.playground.setPermissions(channel.id, { bot: { deny: all | Permission.AttachFiles } });
    }
    const reply: Response = await (await stage.moderator.slash(here(), 'doctor')).settled();
    const message = reply.message as Message;
    expect(textOf(message)).toContain('有 30 处需要处理');
    const pages = Number(/第 1 \/ (\d+) 页/.exec(textOf(message))![1]);
    expect(pages).toBeGreaterThan(1);
    let whole = textOf(message);
    for (let page = 2; page <= pages; page++) {
      await (await stage.moderator.press(message, `doctor-page:${page}`)).settled();
      expect(textOf(message)).toContain(`第 ${page} / ${pages} 页`);
      whole += textOf(message);
    }
    for (const part of ['缺少：**发送消息', '附加文件', '网关', '版本']) expect(whole).toContain(part);
    await (await stage.moderator.press(message, 'doctor-again')).settled();
    expect(textOf(message)).toContain(`第 1 / ${pages} 页`);
  });
});

test('/doctor tells what it knows while the store is away', async () => {
  const stage = await openStage({ driver: 'redis', rateLimits: false });
  try {
    await stage.start();
    expect(await answered(stage.moderator.slash(stage.channel.id, 'doctor'))).toContain(
      'Store: Redis, answers',
    );
    process.kill(stage.redis!.pid, 'SIGSTOP');
    const text = await answered(stage.moderator.slash(stage.channel.id, 'doctor'));
    process.kill(stage.redis!.pid, 'SIGCONT');
    expect(text).toContain('My storage does not answer');
    expect(text).toContain('Store: Redis, does not answer');
    expect(text).toContain('Gateway: connected since');
    expect(text).toContain('(notices): ✅');
    expect(text).toMatch(/Version \d/);
    await until('it is well again', async () =>
      (await answered(stage.moderator.slash(stage.channel.id, 'doctor'))).includes('All is well'),
    );
    expect(stage.playground.violations).toEqual([]);
  } finally {
    await stage.close();
  }
});
