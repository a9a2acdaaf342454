import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messageWith, noBrowser, openTheatre, type Theatre } from './window.ts';

describe.skipIf(noBrowser)('a file at the page', () => {
  let theatre: Theatre;
  beforeAll(async () => {
    theatre = await openTheatre();
  }, 60_000);
  afterAll(() => theatre.close());

  test('is chosen, sent with its command, and stored', async () => {
    const mona = await theatre.open('mona');
    await mona.getByRole('combobox').last().fill('/bank import');
    await mona.getByRole('option', { name: /^\/bank import/ }).waitFor();
    await mona.keyboard.press('Enter');
    await mona.locator('.composer input[type="file"]').setInputFiles('src/own-bank/example.yaml');
    await mona.locator('.composer').getByRole('button').last().click();
    const summary = messageWith(mona, '2 new');
    await summary.getByRole('button', { name: 'Store' }).click();
    await messageWith(mona, 'Stored: 2 new').waitFor();
    expect(theatre.complaints).toEqual([]);
  });
});
