import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageWith, noBrowser, openTheatre, type Theatre, typeCommand } from './window.ts';

describe.skipIf(noBrowser)('a daily question in the browser', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  });
  afterAll(() => theatre.close());

  test('is set up, comes, is graded by three people, outlives a kill, and closes with how they did', async () => {
    const { demo } = theatre;
    const mona = await theatre.open('mona');
    await typeCommand(mona, 'daily add', {
      channel: 'daily',
      time: '09:00',
      timezone: '上海',
      language: 'Both',
    });
    await messageWith(mona, 'Daily question set up in #daily').waitFor();

    await mona.getByRole('button', { name: 'Jump to the next question' }).click();
    const question = messageWith(mona, 'How well did you know it?');
    await question.getByRole('button', { name: /^⚡, 1/ }).waitFor();

    const windows = { alice: '✅', bob: '❌', 小明: '⚡' } as const;
    for (const [person, emoji] of Object.entries(windows)) {
      const page = await theatre.open(person);
      const own = page.getByRole('button', { name: new RegExp(`^${emoji}[,，]`) });
      await own.click();
      await expect.poll(() => own.getAttribute('aria-pressed')).toBe('true');
      await page.context().close();
    }
    await question.getByRole('button', { name: /^❌, 2: koan, bob/ }).waitFor();

    await mona.getByRole('button', { name: 'Kill the bot' }).click();
    await mona.locator('.lamp.down').waitFor();
    const alice = await theatre.open('alice', { botRuns: false });
    await alice.getByRole('button', { name: /^✅,/ }).click();
    await alice.getByRole('button', { name: /^🤔,/ }).click();

    await mona.getByRole('button', { name: 'See the next day' }).click();
    const closed = messageWith(mona, /Day 1.*Closed/s);
    await closed.waitFor({ timeout: 60_000 });
    await expect
      .poll(() => closed.innerText(), { timeout: 60_000 })
      .toContain('❌ missed it: 1 · 🤔 partly: 1');
    expect(await messageWith(mona, 'Day 2').count()).toBe(1);
    expect(demo.playground.violations).toEqual([]);
    expect(theatre.complaints).toEqual([]);
  }, 90_000);
});
