import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../../playground/page/browser.ts';
import { flaws } from '../../playground/page/flaws.ts';
import { noBrowser } from './window.ts';

/** What looks wrong is found, so that finding nothing elsewhere says something. */
describe.skipIf(noBrowser)('a page on which', () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await launchBrowser();
    page = await browser.newPage();
  });
  afterAll(() => browser?.close());

  const show = (body: string) =>
    page.setContent(`<html lang="en"><title>t</title><main><h1>Koan 公案 🔥 ≤ √d</h1>${body}</main></html>`);

  test('all is well has no flaws', async () => {
    await show('<p>One line</p><p>And another</p>');
    expect(await flaws(page)).toEqual([]);
  });

  test.each([
    [
      'texts lie on each other',
      '<p>One line</p><p style="margin-top:-32px">And another</p>',
      'overlap: One line | And another',
    ],
    ['a character has no glyph', '<p>A \u{F8D7} here</p>', 'no glyph: \u{F8D7}'],
    [
      'a text is cut',
      '<p style="width:60px;overflow:hidden;white-space:nowrap">A long line of text</p>',
      'is cut: P. A long line of text',
    ],
    ['something sticks out', '<p style="width:3000px">A wide line</p>', 'sticks out: P. A wide line'],
    ['a text can hardly be seen', '<p style="color:#ddd;background:#fff">Faint</p>', 'color-contrast: '],
  ])('%s is found out', async (_, body, flaw) => {
    await show(body);
    expect(await flaws(page)).toContainEqual(expect.stringContaining(flaw));
  });
});
