import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Demo, openDemo } from '../demo/open-demo.ts';
import { openPreview } from '../demo/preview.ts';
import { launchBrowser } from './browser.ts';
import { flaws } from './flaws.ts';

/**
 * `npm run screenshots`: writes the README's pictures to `docs/pictures`, each as somebody at the page would see it, from
 * the bot as it is, and says what is clipped, overlaps, lacks a glyph or contrast. Look at them afterwards.
 */
const pictures = fileURLToPath(new URL('../../docs/pictures/', import.meta.url));
const DAY = 86_400_000;

const folder = await mkdtemp(join(tmpdir(), 'koan-pictures-'));
const at = Date.parse('2026-03-02T00:30:00Z');
const demo = await openDemo({ folder, fresh: true, port: 0, at, rateLimits: false });
const browser = await launchBrowser();
try {
  await takeAll(browser);
} finally {
  await browser.close();
  await demo.close();
  await rm(folder, { recursive: true, force: true });
}

async function takeAll(browser: Browser): Promise<void> {
  const mona = await open(browser, 'mona');
  await write(mona, 'daily add', { channel: 'daily', time: '09:00', timezone: '上海', language: 'Both' });
  await mona.getByText('Daily question set up').waitFor();
  await mona.getByRole('button', { name: 'Dismiss message' }).click();
  for (let day = 0; day < 6; day++) await spendDay(day);
  await write(mona, 'daily next', { question: 'attention-no-scaling-symptom' });
  await mona.getByRole('button', { name: 'Dismiss message' }).click();
  await call('house/toNextQuestion');
  await settled(7);
  await call('house/pass', 40_000);
  const question = lastWith(mona, 'How well did you know it?');
  react(['✅', '⚡', '🤔']);
  await question.getByRole('button', { name: 'Show answer' }).waitFor();
  await mona.mouse.move(0, 0);
  await mona.waitForTimeout(2_500);
  await takePage(mona, 'page');
  await take(question, 'daily');
  await take(lastWith(mona, 'Closed'), 'closed');

  // Tall, so that each card is in sight as a whole.
  const alice = await open(browser, 'alice', { width: 1360, height: 2_600 });
  await lastWith(alice, 'How well did you know it?').getByRole('button', { name: 'B', exact: true }).click();
  await take(lastWith(alice, 'Sources'), 'answer');
  await write(alice, 'progress');
  await takeAnswer(alice, 'progress');
  await write(alice, 'leaderboard');
  await takeAnswer(alice, 'leaderboard');
  await write(alice, 'quiz solo', { type: 'One right option' });
  await take(lastWith(alice, 'Question 1 of 5'), 'quiz');
  await write(alice, 'review start');
  await lastWith(alice, 'used /review start').getByRole('button', { name: 'Show answer' }).click();
  await take(
    alice.locator('article').filter({ has: alice.getByRole('button', { name: /Good · / }) }),
    'review',
  );
  await write(alice, 'question', { search: 'alignment-dpo-derivation-open' });
  await lastWith(alice, 'used /question').getByRole('button', { name: 'Show answer' }).click();
  await alice.locator('img[alt*="pi_"]').last().waitFor();
  await take(lastWith(alice, 'used /question'), 'formulas');
  await write(alice, 'privacy show');
  await take(lastWith(alice, 'What I keep of you'), 'privacy');
  await write(alice, 'interview');
  await alice.getByRole('button', { name: 'Start', exact: true }).click();
  await take(lastWith(alice, 'question 1 of'), 'interview');

  const ming = await open(browser, '小明', { width: 400, height: 800 });
  await takePage(ming, 'phone.zh');

  await write(mona, 'doctor');
  await take(lastWith(mona, 'used /doctor'), 'doctor');
  await lastWith(mona, 'used /doctor').getByRole('button', { name: 'Dismiss message' }).click();

  await mona.getByRole('tab', { name: 'Clock & faults' }).click();
  await mona.getByRole('button', { name: 'Light' }).click();
  await mona.locator('.reaction').last().scrollIntoViewIfNeeded();
  await mona.mouse.move(0, 0);
  await mona.waitForTimeout(300);
  await takePage(mona, 'faults');
  await takePreview(browser);
}

/** A day of the group: the question comes, and everybody grades themselves, some better than others. */
async function spendDay(day: number): Promise<void> {
  await call('house/toNextQuestion');
  await settled(day + 1);
  const habits = [
    ['✅', '⚡', '✅'],
    ['🤔', '✅', '❌'],
    ['⚡', '⚡', '🤔'],
  ];
  react(habits[day % habits.length]!);
  await call('house/pass', DAY / 4);
  await new Promise((resolve) => setTimeout(resolve, 1_500));
}

/** Alice, bob and 小明 react to the newest question. */
function react(emoji: readonly string[]): void {
  const channel = [...demo.playground.world.channels.values()].find(({ name }) => name === 'daily')!;
  const newest = [...channel.messages.values()].at(-1)!;
  ['alice', 'bob', '小明'].forEach((name, index) => {
    demo.playground.as(idOf(demo, name)).react(channel.id, newest.id, emoji[index]!);
  });
}

/** Waits until so many questions have come, the last with its reactions. */
async function settled(count: number): Promise<void> {
  const channel = [...demo.playground.world.channels.values()].find(({ name }) => name === 'daily')!;
  for (;;) {
    const messages = [...channel.messages.values()];
    if (messages.length >= count && messages.at(-1)!.reactions.size >= 4) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

async function open(browser: Browser, person: string, size = { width: 1360, height: 850 }): Promise<Page> {
  const context = await browser.newContext({
    viewport: size,
    deviceScaleFactor: 1.5,
    timezoneId: 'Asia/Shanghai',
    locale: 'en-GB',
  });
  const page = await context.newPage();
  await page.goto(`${demo.address}?as=${idOf(demo, person)}`);
  await page.locator('.lamp.ready').waitFor();
  await page.waitForTimeout(500);
  return page;
}

async function write(page: Page, command: string, options: Record<string, string> = {}): Promise<void> {
  await page.locator('.composer input').fill(`/${command}`);
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  const box = page.locator('.composer');
  await box.locator('.command').waitFor();
  for (const [name, text] of Object.entries(options)) {
    const field = box.locator(`[data-option="${name}"]`);
    if ((await field.count()) === 0) await box.locator(`[data-name="${name}"]`).click();
    await field.fill(text);
    if ((await field.getAttribute('aria-autocomplete')) !== 'list') continue;
    await box.getByRole('option').first().waitFor();
    await page.keyboard.press('Enter');
  }
  await box.getByRole('button').last().click();
}

function lastWith(page: Page, text: string): Locator {
  return page.locator('article').filter({ hasText: text }).last();
}

async function takeAnswer(page: Page, command: string): Promise<void> {
  const answer = lastWith(page, `used /${command}`);
  await answer.locator('.container').first().waitFor();
  await take(answer, command);
}

/** The card of a message, once its pictures have come. */
async function take(message: Locator, name: string): Promise<void> {
  const card = message.locator('.container').last();
  await card.waitFor();
  await message.page().waitForTimeout(600);
  await card.screenshot({ path: join(pictures, `${name}.png`) });
  await look(message.page(), name);
}

async function takePage(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(pictures, `${name}.png`) });
  await look(page, name);
}

async function look(page: Page, name: string): Promise<void> {
  for (const flaw of await flaws(page)) {
    process.stderr.write(`${name}: ${flaw}\n`);
    process.exitCode = 1;
  }
}

async function takePreview(browser: Browser): Promise<void> {
  const preview = await openPreview({ file: 'questions/attention/efficient-variants.yaml', port: 0 });
  const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, deviceScaleFactor: 1.5 });
  await page.goto(preview.address);
  await page.locator('section').first().waitFor();
  await takePage(page, 'preview');
  await preview.close();
}

function idOf({ playground }: Demo, person: string): string {
  return [...playground.world.users.values()].find(({ name }) => name === person)!.id;
}

async function call(method: string, ...args: readonly unknown[]): Promise<void> {
  const response = await fetch(`${demo.address}control/${method}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(args),
  });
  if (!response.ok) throw new Error(`${method}: ${await response.text()}`);
}
