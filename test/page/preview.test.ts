import { appendFile, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openPreview } from '../../playground/demo/preview.ts';
import { launchBrowser } from '../../playground/page/browser.ts';
import { flaws } from '../../playground/page/flaws.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { noBrowser } from './window.ts';

describe.skipIf(noBrowser)('an author’s preview', () => {
  const folder = temporaryFolder();
  const file = join(folder.path, 'attention.yaml');
  let browser: Browser;
  let opened: Awaited<ReturnType<typeof openPreview>>;
  beforeAll(async () => {
    const [first] = (await readFile('questions/attention/scaled-dot-product.yaml', 'utf8'))
      .split(/\n(?=- id:)/)
      .slice(1);
    await writeFile(file, `${first}\n`);
    opened = await openPreview({ file, port: 0 });
    browser = await launchBrowser();
  }, 60_000);
  afterAll(async () => {
    await browser?.close();
    await opened?.close();
    folder.remove();
  });

  test('shows each item in both languages, follows the file, and says by line what is wrong', async () => {
    const page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(opened.address);
    await page.getByText('Nothing to object to.').waitFor();
    expect(await page.locator('.container').count()).toBe(4);
    expect(await flaws(page)).toEqual([]);

    await appendFile(file, '\n- id: Half_Done\n  type: single\n  level: 9\n');
    await page.getByText('level must be 1, 2 or 3').waitFor();
    expect(await page.locator('.findings').innerText()).toMatch(/error line \d+: .*id must be kebab-case/);
    expect(await page.locator('section').count()).toBe(1);
    expect(await flaws(page)).toEqual([]);
    await page.getByRole('button', { name: '中文' }).click();
    await page.getByRole('heading', { name: '预览' }).waitFor();
  });
});
