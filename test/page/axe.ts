import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe objects to in what the page shows now: labels, roles, contrast and the like, each with its element. */
export async function objections(page: Page): Promise<string[]> {
  await page.evaluate(await source);
  const run =
    'axe.run(document, { resultTypes: ["violations"], rules: { "page-has-heading-one": { enabled: true } } })';
  const { violations } = (await page.evaluate(run)) as {
    violations: { id: string; nodes: { html: string; failureSummary: string }[] }[];
  };
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)} — ${failureSummary}`),
  );
}

/** Elements that stick out of the window, or whose text is cut off without an ellipsis. */
export async function clipped(page: Page): Promise<string[]> {
  return (await page.evaluate(`
    [...document.querySelectorAll('body *')].flatMap((element) => {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      if (box.width === 0 || style.visibility === 'hidden' || element.closest('svg')) return [];
      const name = element.tagName + '.' + element.className + ' ' + element.textContent.slice(0, 40);
      const out = box.right > innerWidth + 1 || box.left < -1;
      const cut = style.overflowX === 'hidden' && style.textOverflow !== 'ellipsis' && element.scrollWidth > element.clientWidth + 1;
      return out || cut ? [(out ? 'sticks out: ' : 'is cut: ') + name] : [];
    })`)) as string[];
}
