import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flaws } from '../../playground/page/flaws.ts';
import { messageWith, noBrowser, openTheatre, type Theatre, typeCommand } from './window.ts';

describe.skipIf(noBrowser)('the page', () => {
  let theatre: Theatre;
  let mona: Page;
  beforeAll(async () => {
    theatre = await openTheatre();
    mona = await theatre.open('mona');
    await typeCommand(mona, 'daily add', { channel: 'daily', time: '09:00', language: 'Both' });
    await messageWith(mona, 'Daily question set up in #daily').waitFor();
    await mona.getByRole('button', { name: 'Jump to the next question' }).click();
    await mona.getByRole('button', { name: /^⚡, 1/ }).waitFor();
  }, 60_000);
  afterAll(() => theatre.close());

  test.each(['Dark', 'Light'])('has labels, roles and contrast for everybody: %s', async (theme) => {
    await mona.getByRole('button', { name: theme, exact: true }).click();
    for (const tab of ['Guide', 'Clock & faults', 'Requests']) {
      await mona.getByRole('tab', { name: tab }).click();
      expect(await flaws(mona)).toEqual([]);
    }
    await mona.getByRole('combobox', { name: 'Narrow it to some topics' }).click();
    await mona.getByRole('option').first().waitFor();
    expect(await flaws(mona)).toEqual([]);
    await mona.keyboard.press('Escape');
    await mona.locator('.composer input').fill('/daily add');
    await mona.getByRole('option').first().waitFor();
    expect(await flaws(mona)).toEqual([]);
    await mona.keyboard.press('Enter');
    await mona.locator('.composer .command').waitFor();
    expect(await flaws(mona)).toEqual([]);
    await mona.keyboard.press('Escape');
    await mona.keyboard.press('Escape');
    await mona.locator('.composer .line').waitFor();
  });

  test('fits a phone, in Chinese, and has nothing cut off', async () => {
    const ming = await theatre.open('小明', { width: 360, height: 740 });
    await messageWith(ming, '掌握得怎么样').waitFor();
    expect(await flaws(ming)).toEqual([]);
    await ming.getByRole('button', { name: '显示频道列表' }).click();
    await expect.poll(() => ming.locator('.sidebar').isVisible()).toBe(true);
    expect(await flaws(ming)).toEqual([]);
    await ming.getByRole('link', { name: 'general' }).click();
    await ming.getByRole('heading', { name: '#general', exact: true }).waitFor();
    await ming.getByRole('button', { name: '显示侧栏' }).click();
    await ming.getByRole('tab', { name: '时钟与故障' }).click();
    expect(await flaws(ming)).toEqual([]);
    await ming.context().close();
  });

  test('has nothing cut off in a window of its usual size', async () => {
    for (const tab of ['Guide', 'Clock & faults', 'Requests']) {
      await mona.getByRole('tab', { name: tab }).click();
      expect(await flaws(mona)).toEqual([]);
    }
  });

  test('asks nothing of any other machine, and nothing goes wrong in it', () => {
    expect(theatre.complaints).toEqual([]);
    expect(theatre.demo.playground.violations).toEqual([]);
  });
});
