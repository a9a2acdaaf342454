import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flaws } from '../../playground/page/flaws.ts';
import { messageWith, noBrowser, openTheatre, type Theatre, typeCommand } from './window.ts';

describe.skipIf(noBrowser)('a group in the browser', () => {
  let theatre: Theatre;
  let mona: Page;
  let alice: Page;
  beforeAll(async () => {
    theatre = await openTheatre();
    mona = await theatre.open('mona');
    alice = await theatre.open('alice');
    await typeCommand(mona, 'daily add', { channel: 'daily', time: '09:00' });
    await messageWith(mona, 'Daily question set up').waitFor();
  }, 60_000);
  afterAll(() => theatre.close());

  test('vies for points: made by a moderator, joined by a button, begun on its day', async () => {
    await typeCommand(mona, 'competition create', {
      name: 'Spring sprint',
      start: 'tomorrow',
      end: '4 days',
      channel: 'daily',
    });
    await messageWith(alice, 'A competition is coming up').getByRole('button', { name: 'Join' }).click();
    await messageWith(alice, 'You have joined').waitFor();
    await mona.getByRole('tab', { name: 'Clock & faults' }).click();
    await mona.getByRole('button', { name: '+1 day' }).click();
    await messageWith(alice, 'The competition has begun').waitFor();
    await mona.getByRole('button', { name: 'To the next question' }).click();
    const question = messageWith(alice, 'How well did you know it?');
    await question.getByRole('button', { name: /^✅, 1/ }).click();
    await expect
      .poll(
        async () => {
          await typeCommand(alice, 'competition standings');
          const standings = messageWith(alice, 'alice used /competition standings');
          await standings.locator('.container').waitFor();
          return standings.innerText();
        },
        { timeout: 15_000 },
      )
      .toContain('10 points');
    expect(await flaws(alice)).toEqual([]);
  }, 60_000);

  test('does not see who would rather not be seen', async () => {
    await typeCommand(alice, 'settings me', { hidden: 'True' });
    await messageWith(alice, 'Your settings').waitFor();
    await typeCommand(mona, 'progress', { member: '@alice' });
    await messageWith(mona, 'alice has chosen to keep their progress private').waitFor();
  }, 60_000);

  test('has the bot in direct messages too', async () => {
    await alice.getByRole('link', { name: 'koan' }).click();
    await alice.getByRole('heading', { name: '@koan', exact: true }).waitFor();
    await typeCommand(alice, 'help');
    await messageWith(alice, 'alice used /help').locator('.container').waitFor();
    expect(await alice.getByRole('button', { name: '/daily add' }).count()).toBe(0);
  });

  test('has not made the bot or the page do wrong', () => {
    expect(theatre.demo.playground.violations).toEqual([]);
    expect(theatre.complaints).toEqual([]);
  });
});
