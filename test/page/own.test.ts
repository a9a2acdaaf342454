import { readFile } from 'node:fs/promises';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flaws } from '../../playground/page/flaws.ts';
import { messageWith, noBrowser, openTheatre, type Theatre, typeCommand } from './window.ts';

describe.skipIf(noBrowser)('what is one’s own, in the browser', () => {
  let theatre: Theatre;
  let mona: Page;
  let alice: Page;
  beforeAll(async () => {
    theatre = await openTheatre();
    mona = await theatre.open('mona');
    alice = await theatre.open('alice');
  }, 60_000);
  afterAll(() => theatre.close());

  test('a moderator brings questions of the server’s own, and a member finds them', async () => {
    await mona.getByRole('combobox').last().focus();
    await mona.keyboard.type('/bank import');
    await mona.getByRole('option').first().waitFor();
    await mona.keyboard.press('Enter');
    await mona.locator('.composer [data-option="file"]').setInputFiles('src/own-bank/example.yaml');
    await mona.locator('.composer').getByRole('button').last().click();
    const card = messageWith(mona, 'mona used /bank import');
    await card.getByRole('button', { name: 'Store' }).click();
    await card.getByText('✅ Stored: 2 new').waitFor();
    expect(await flaws(mona)).toEqual([]);

    await typeCommand(mona, 'bank list');
    await messageWith(mona, 'This server’s own questions').waitFor();
    await typeCommand(mona, 'bank topics');
    await messageWith(mona, 'Topics in this server').waitFor();
    await typeCommand(mona, 'doctor');
    await messageWith(mona, 'mona used /doctor').locator('.container').first().waitFor();
    expect(await flaws(mona)).toEqual([]);
  });

  test('a mistake that a member reports comes to the channel that was chosen', async () => {
    await typeCommand(mona, 'settings server', { reports: 'general' });
    await messageWith(mona, 'mona used /settings server').locator('.container').waitFor();
    await typeCommand(alice, 'question', { search: 'variance' });
    const card = messageWith(alice, 'alice used /question');
    await card.getByRole('button', { name: 'Show answer' }).click();
    await card.getByRole('button', { name: 'Report a mistake' }).click();
    await alice.getByRole('dialog').getByRole('textbox').fill('The second option is right, too.');
    expect(await flaws(alice)).toEqual([]);
    await alice.getByRole('dialog').getByRole('button', { name: 'Submit' }).click();
    await mona.getByRole('link', { name: 'general' }).click();
    await messageWith(mona, 'The second option is right, too.').waitFor();
  });

  test('a member sees, exports and deletes what is kept of them', async () => {
    await typeCommand(alice, 'privacy show');
    const shown = messageWith(alice, 'What I keep of you');
    await shown.waitFor();
    expect(await flaws(alice)).toEqual([]);
    await typeCommand(alice, 'privacy export');
    const saved = alice.waitForEvent('download');
    await messageWith(alice, 'alice used /privacy export')
      .getByRole('link', { name: /\.json/ })
      .click();
    const file = await (await saved).path();
    expect(JSON.parse(await readFile(file, 'utf8'))).toBeTypeOf('object');

    await typeCommand(alice, 'privacy delete');
    const card = messageWith(alice, 'alice used /privacy delete');
    await card.getByText('Delete all of this?').waitFor();
    expect(await flaws(alice)).toEqual([]);
    await card.getByRole('button', { name: 'Delete everything' }).click();
    await card.getByText('I keep nothing of you any more').waitFor();
    await typeCommand(alice, 'privacy show');
    await messageWith(alice, 'Nothing at all.').waitFor();
  });

  test('has not made the bot or the page do wrong', () => {
    expect(theatre.demo.playground.violations).toEqual([]);
    expect(theatre.complaints).toEqual([]);
  });
});
