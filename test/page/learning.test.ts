import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { flaws } from '../../playground/page/flaws.ts';
import { quizBank } from '../e2e/quiz-player.ts';
import { messageWith, noBrowser, openTheatre, type Theatre, typeCommand } from './window.ts';

/** Answers whatever question a card asks, with whatever control it has. @returns which one that was. */
async function answer(page: Page, card: Locator): Promise<string> {
  const menu = card.getByRole('combobox');
  if (await menu.count()) {
    await menu.click();
    await page.keyboard.press(' ');
    await page.keyboard.press('Enter');
    return 'menu';
  }
  if (await card.getByRole('button', { name: 'Answer', exact: true }).count()) {
    await card.getByRole('button', { name: 'Answer', exact: true }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('textbox').fill('42');
    expect(await flaws(page)).toEqual([]);
    await page.keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    return 'form';
  }
  if (await card.getByRole('button', { name: 'Put in order' }).count()) {
    await card.getByRole('button', { name: 'Put in order' }).click();
    // In a group quiz, the steps are pressed on a card of one's own.
    const undo = page.getByRole('button', { name: 'Undo' });
    const own = page.locator('article').filter({ has: undo }).last();
    await own.waitFor();
    const steps = own.getByRole('button', { name: /^[A-F]$/ }).and(page.locator(':enabled'));
    for (let left = await steps.count(); left > 0; left--) {
      await steps.first().click();
      await expect.poll(() => steps.count(), { timeout: 15_000 }).toBe(left - 1);
    }
    return 'steps';
  }
  await card.getByRole('button', { name: /^(A|True|Yes)$/ }).click();
  return 'button';
}

describe.skipIf(noBrowser)('learning in the browser', () => {
  let theatre: Theatre;
  let alice: Page;
  beforeAll(async () => {
    theatre = await openTheatre({ QUESTIONS_DIR: quizBank });
    alice = await theatre.open('alice');
  }, 60_000);
  afterAll(() => theatre.close());

  test('a quiz alone, with each kind of question', async () => {
    await typeCommand(alice, 'quiz solo', { count: '20' });
    const card = messageWith(alice, 'Question 1 of 6');
    await card.waitFor();
    const id = await card.getAttribute('data-id');
    const own = alice.locator(`[data-id="${id}"]`);
    const used = new Set<string>();
    for (let n = 1; n <= 6; n++) {
      await own.getByText(`Question ${n} of 6`).waitFor();
      used.add(await answer(alice, own));
      await own.getByText(/Right!|Not quite/).waitFor();
      expect(await flaws(alice)).toEqual([]);
      await own.getByRole('button', { name: n < 6 ? 'Next question' : 'See the result' }).click();
    }
    await own.getByText(/\d of 6 right/).waitFor();
    expect([...used].sort()).toEqual(['button', 'form', 'menu', 'steps']);
  }, 60_000);

  test('a quiz together, in two windows', async () => {
    const bob = await theatre.open('bob');
    await typeCommand(alice, 'quiz group', { count: '1', seconds: '60' });
    await messageWith(bob, 'alice has opened a quiz').getByRole('button', { name: 'Join' }).click();
    await messageWith(bob, 'You are in').waitFor();
    await messageWith(alice, '2 in: alice, bob').getByRole('button', { name: 'Start now' }).click();
    await messageWith(alice, 'On your marks').waitFor();
    await theatre.pass(6_000);
    for (const page of [alice, bob]) {
      const question = messageWith(page, 'Question 1 of 1');
      await question.waitFor();
      await answer(page, question);
      await messageWith(page, 'Locked in').waitFor();
    }
    await messageWith(alice, 'Solution to question 1').waitFor();
    await theatre.pass(60_000);
    await messageWith(bob, 'Final result').waitFor();
    await bob.context().close();
  }, 60_000);

  test('a review of what is due and what is new', async () => {
    await typeCommand(alice, 'review start');
    const card = messageWith(alice, /\d+ due · \d+ new/);
    await card.getByRole('button', { name: 'Show answer' }).click();
    await card.getByRole('button', { name: /Good · / }).click();
    await messageWith(alice, /\d+ due · \d+ new|reviewed/).waitFor();
  });

  test('an interview, from the first question to the report', async () => {
    await typeCommand(alice, 'interview', { questions: '1' });
    const start = alice.getByRole('button', { name: 'Start', exact: true });
    await start.click();
    const card = messageWith(alice, 'question 1 of 1');
    await card.getByRole('button', { name: 'Answer', exact: true }).click();
    await alice.getByRole('dialog').getByRole('textbox').fill('I would measure first.');
    await alice.getByRole('button', { name: 'Submit' }).click();
    await alice.getByText('I would measure first.').waitFor();
    await alice.getByRole('button', { name: 'That is my answer' }).click();
    await alice.getByRole('combobox', { name: 'The points that I covered' }).click();
    await alice.getByRole('option').first().click();
    await alice.getByRole('button', { name: 'Done' }).click();
    await alice.getByRole('button', { name: 'Score it' }).click();
    const skip = alice.getByRole('button', { name: 'Skip' });
    const report = alice.getByRole('button', { name: 'See the report' });
    await skip.or(report).first().waitFor();
    if (await skip.count()) await skip.click();
    await report.click();
    await messageWith(alice, 'Interview report').waitFor();
    expect(await flaws(alice)).toEqual([]);
  }, 60_000);

  test('progress and leaderboard with their pictures, each with words for those who cannot see them', async () => {
    for (const command of ['progress', 'leaderboard']) {
      await typeCommand(alice, command);
      const card = messageWith(alice, `alice used /${command}`);
      await card.locator('.container').first().waitFor();
      for (const picture of await card.getByRole('img').all()) {
        expect(await picture.getAttribute('alt')).toMatch(/\S/);
        await expect
          .poll(() =>
            picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth),
          )
          .toBeGreaterThan(100);
      }
    }
    expect(await flaws(alice)).toEqual([]);
  });

  test('has not made the bot or the page do wrong', () => {
    expect(theatre.demo.playground.violations).toEqual([]);
    expect(theatre.complaints).toEqual([]);
  });
});
