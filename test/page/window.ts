import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Demo, openDemo } from '../../playground/demo/open-demo.ts';
import { findBrowser, launchBrowser } from '../../playground/page/browser.ts';

/** A machine without a browser leaves these tests out; on CI that is an error. */
export const noBrowser = findBrowser() === undefined && !process.env.CI;

/** The demo as `npm run demo` starts it, and a real browser before it. */
export interface Theatre {
  readonly demo: Demo;
  readonly folder: string;
  /** What pages asked of any other place than the playground, and what went wrong in them. */
  readonly complaints: readonly string[];
  /** A window of its own for a person, once the bot runs, unless it need not. */
  open(person: string, options?: { width?: number; height?: number; botRuns?: boolean }): Promise<Page>;
  /** Moves all clocks on. */
  pass(milliseconds: number): Promise<void>;
  close(): Promise<void>;
}

export async function openTheatre(env: Readonly<Record<string, string>> = {}): Promise<Theatre> {
  const folder = await mkdtemp(join(tmpdir(), 'koan-page-'));
  // Always the same time of day: whether a question is still asked depends on how late it is.
  const at = new Date().setUTCHours(8, 0, 0, 0);
  const demo = await openDemo({ folder, fresh: false, port: 0, at, rateLimits: false, env });
  const browser: Browser = await launchBrowser();
  const complaints: string[] = [];

  return {
    demo,
    folder,
    complaints,
    async open(person, { width = 1360, height = 860, botRuns = true } = {}) {
      const context = await browser.newContext({
        viewport: { width, height },
        timezoneId: 'Asia/Shanghai',
        reducedMotion: 'reduce',
      });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('console', (message) => {
        // What the playground refuses a person comes as a 400, which the browser also notes.
        if (message.type() === 'error' && !message.text().includes('400')) complaints.push(message.text());
      });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (protocol !== 'data:' && `${origin}/` !== demo.address) complaints.push(`asked ${origin}`);
      });
      await page.goto(`${demo.address}?as=${idOf(demo, person)}`);
      await page.locator(botRuns ? '.lamp.ready' : '.lamp').waitFor({ timeout: 30_000 });
      return page;
    },
    async pass(milliseconds) {
      await fetch(`${demo.address}control/house/pass`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify([milliseconds]),
      });
    },
    async close() {
      await browser.close();
      await demo.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

export function idOf({ playground }: Demo, person: string): string {
  const user = [...playground.world.users.values()].find(({ name }) => name === person);
  if (!user) throw new Error(`nobody is called ${person}`);
  return user.id;
}

/** Types a command and its options as a person does, by keyboard alone, and sends it. */
export async function typeCommand(
  page: Page,
  command: string,
  options: Readonly<Record<string, string>> = {},
): Promise<void> {
  await page.getByRole('combobox').last().focus();
  await page.keyboard.type(`/${command}`);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  const box = page.locator('.composer');
  await box.locator('.command').waitFor();
  for (const [name, text] of Object.entries(options)) {
    const field = box.locator(`[data-option="${name}"]`);
    if ((await field.count()) === 0) await box.locator(`.more button[data-name="${name}"]`).click();
    await field.fill(text);
    const offers = box.locator('#offers [role="option"]');
    if (await takesOffers(page, name)) {
      await offers.first().waitFor();
      await page.keyboard.press('Enter');
    }
  }
  await box.getByRole('button').last().click();
}

async function takesOffers(page: Page, option: string): Promise<boolean> {
  return (await page.locator(`.composer [data-option="${option}"][aria-autocomplete="list"]`).count()) > 0;
}

/** The last message in the channel that holds a text. */
export function messageWith(page: Page, text: string | RegExp) {
  return page.locator('article').filter({ hasText: text }).last();
}
