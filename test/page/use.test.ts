import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { idOf, messageWith, noBrowser, openTheatre, type Theatre, typeCommand } from './window.ts';

describe.skipIf(noBrowser)('somebody at the page', () => {
  let theatre: Theatre;
  let mona: Page;
  beforeAll(async () => {
    theatre = await openTheatre();
    mona = await theatre.open('mona');
  }, 60_000);
  afterAll(() => theatre.close());

  test('sets a daily question up with the keyboard alone', async () => {
    const keys = async (...all: string[]) => {
      for (const key of all) await mona.keyboard.press(key);
    };
    await mona.getByRole('combobox', { name: /^Message #daily/ }).focus();
    await mona.keyboard.type('/dai');
    await mona.getByRole('option', { name: /^\/daily add/ }).waitFor();
    await keys('ArrowDown', 'ArrowUp', 'Enter');
    await mona.getByRole('option', { name: '#general' }).waitFor();
    await keys('Enter');
    await mona.getByRole('textbox', { name: 'time' }).waitFor();
    await mona.waitForFunction("document.activeElement?.dataset.option === 'time'");
    await keys('Enter');
    await mona.getByRole('alert').filter({ hasText: 'This option is required' }).waitFor();
    await mona.keyboard.type('9:00');
    await keys('Enter');
    await messageWith(mona, 'Daily question set up in #general').waitFor();
  });

  test('leaves a command without options by Escape', async () => {
    await mona.getByRole('combobox', { name: /^Message #daily/ }).fill('/help');
    await mona.getByRole('option', { name: /^\/help/ }).waitFor();
    await mona.keyboard.press('Enter');
    await mona.locator('.composer .command').waitFor();
    await mona.waitForFunction("document.activeElement?.closest('.composer')");
    await mona.keyboard.press('Escape');
    await mona.getByRole('combobox', { name: /^Message #daily/ }).waitFor();
  });

  test('reads what the bot objects to, alone', async () => {
    await typeCommand(mona, 'daily add', { channel: 'daily', time: 'soon' });
    const answer = messageWith(mona, 'Only you can see this');
    await expect.poll(() => answer.innerText()).toContain('soon');
    const alice = await theatre.open('alice');
    expect(await messageWith(alice, 'Only you can see this').count()).toBe(0);
    await answer.getByRole('button', { name: 'Dismiss message' }).click();
    await expect.poll(() => messageWith(mona, /soon/).count()).toBe(0);
    await alice.context().close();
  });

  test('is offered a city in their own language, and commands under their own names', async () => {
    const ming = await theatre.open('小明');
    await ming.getByRole('combobox', { name: /^给 #daily/ }).fill('/');
    const offered = ming.getByRole('listbox', { name: '命令' });
    await offered.getByRole('option', { name: /^\/设置 个人/ }).waitFor();
    expect(await offered.getByRole('option', { name: /每日一题/ }).count()).toBe(0);
    await ming.keyboard.press('Escape');
    await typeCommand(ming, '设置 个人', { timezone: '东京' });
    await messageWith(ming, 'Asia/Tokyo').waitFor();
    await ming.context().close();
  });

  test('becomes a moderator, and is then offered what moderators may do', async () => {
    const bob = await theatre.open('bob');
    await bob.getByRole('switch', { name: 'Moderator' }).click();
    await expect.poll(() => bob.getByRole('button', { name: '/daily add' }).count()).toBe(1);
    await bob.getByRole('switch', { name: 'Moderator' }).click();
    await expect.poll(() => bob.getByRole('button', { name: '/daily add' }).count()).toBe(0);
    await bob.context().close();
  });

  test('sees at once what another window writes, and where there is something new', async () => {
    const alice = await theatre.open('alice');
    await alice.getByRole('link', { name: 'general' }).click();
    await mona.getByRole('combobox', { name: /^Message #daily/ }).fill('Shall we begin? ||spoiler||');
    await mona.keyboard.press('Enter');
    await alice.getByRole('link', { name: 'daily unread' }).click();
    const spoiler = messageWith(alice, 'Shall we begin?').getByRole('button', { name: /^Spoiler/ });
    await spoiler.focus();
    await alice.keyboard.press('Enter');
    await expect.poll(() => alice.locator('.spoiler.open').innerText()).toBe('spoiler');
    await alice.context().close();
  });

  test('is told plainly when nothing can be stored, and that the bot did not respond in time', async () => {
    await mona.getByRole('tab', { name: 'Clock & faults' }).click();
    await mona.getByRole('button', { name: 'Nothing can be written for 10 s' }).click();
    await mona.getByText('The store is locked.').waitFor();
    await typeCommand(mona, 'settings me', { timezone: 'Tokyo' });
    await messageWith(mona, /try again|cannot be reached|store/i).waitFor();
    await mona.getByText('The store is locked.').waitFor({ state: 'detached' });

    await mona.getByRole('button', { name: 'The next 5 take 4 s' }).click();
    await mona.getByText('Ordered.').waitFor();
    await typeCommand(mona, 'help');
    await messageWith(mona, 'The application did not respond').waitFor();
    await theatre.demo.playground.idle(5_000);
    theatre.demo.playground.faults.clear();
  }, 60_000);

  test('sees each request with its body, and nothing to object to', async () => {
    await mona.getByRole('tab', { name: 'Requests' }).click();
    await mona.getByText('No violations').waitFor();
    const put = mona.locator('.request:has(b:text-is("PUT"))').last();
    await put.locator('summary').click();
    expect(await put.locator('pre').innerText()).toContain('"name": "daily"');
    expect(
      await mona
        .locator('.request')
        .filter({ hasText: idOf(theatre.demo, 'koan') })
        .count(),
    ).toBe(0);
  });

  test('lets go of the clock and takes it back', async () => {
    const { playground } = theatre.demo;
    await mona.getByRole('tab', { name: 'Clock & faults' }).click();
    const before = playground.now();
    await mona.getByRole('button', { name: '+1 day' }).click();
    await expect.poll(() => playground.now() - before).toBeGreaterThanOrEqual(86_400_000);
    await mona.getByRole('button', { name: 'Berlin' }).click();
    const berlin = (at: number) =>
      new Intl.DateTimeFormat('en', { timeZone: 'Europe/Berlin', timeZoneName: 'longOffset' }).format(at);
    await expect
      .poll(() => berlin(playground.now()).slice(-9) !== berlin(playground.now() + 240_000).slice(-9))
      .toBe(true);
    await mona.getByRole('button', { name: 'Real time' }).click();
    await expect.poll(() => Math.abs(playground.now() - Date.now())).toBeLessThan(1_000);
  });

  test('has not made the bot or the page do wrong', () => {
    expect(theatre.demo.playground.violations).toEqual([]);
    expect(theatre.complaints).toEqual([]);
  });
});
