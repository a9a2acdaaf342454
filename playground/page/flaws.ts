import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const axe = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** All that is wrong with how the page looks now, each with its element. */
export async function flaws(page: Page): Promise<string[]> {
  return [
    ...(await objections(page)),
    ...(await clipped(page)),
    ...(await overlapping(page)),
    ...(await tofu(page)),
  ];
}

/** What axe objects to: labels, roles, contrast and the like. */
async function objections(page: Page): Promise<string[]> {
  await page.evaluate(await axe);
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
async function clipped(page: Page): Promise<string[]> {
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

/** Texts that lie on each other. What floats above the page (a menu, a tooltip) may cover what is below it. */
async function overlapping(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    ${TEXTS}
    const lines = texts().flatMap(({ node, element, ancestors }) => {
      if (ancestors.some((each) => /absolute|fixed|sticky/.test(getComputedStyle(each).position))) return [];
      const range = document.createRange();
      range.selectNodeContents(node);
      return [...range.getClientRects()].flatMap((box) => {
        let { left, right, top, bottom } = box;
        for (const each of ancestors) {
          if (getComputedStyle(each).overflow === 'visible') continue;
          const frame = each.getBoundingClientRect();
          [left, right] = [Math.max(left, frame.left), Math.min(right, frame.right)];
          [top, bottom] = [Math.max(top, frame.top), Math.min(bottom, frame.bottom)];
        }
        return right - left > 1 && bottom - top > 1 ? [{ node, left, right, top, bottom }] : [];
      });
    });
    const depth = (one, other) => Math.min(
      Math.min(one.right, other.right) - Math.max(one.left, other.left),
      Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
    );
    return lines.flatMap((one, at) => lines.slice(at + 1)
      .filter((other) => other.node !== one.node && depth(one, other) > 4)
      .map((other) => 'overlap: ' + one.node.data.slice(0, 40) + ' | ' + other.node.data.slice(0, 40)));
  })()`)) as string[];
}

/** Characters that no font has: they look like one that is none. */
async function tofu(page: Page): Promise<string[]> {
  return (await page.evaluate(`(() => {
    ${TEXTS}
    const canvas = new OffscreenCanvas(48, 48);
    const pen = canvas.getContext('2d', { willReadFrequently: true });
    const drawn = (character, font) => {
      pen.clearRect(0, 0, 48, 48);
      pen.font = '24px ' + font;
      pen.fillText(character, 8, 32);
      return pen.getImageData(0, 0, 48, 48).data.join();
    };
    const found = new Map();
    for (const { node, element } of texts()) {
      const font = getComputedStyle(element).fontFamily;
      for (const character of node.data) {
        if (/[\\x00-\\x7f\\s\\p{M}\\p{Cf}]/u.test(character)) continue;
        const key = character + font;
        if (!found.has(key)) found.set(key, drawn(character, font) === drawn('\\u{10FFFD}', font) && character);
      }
    }
    return [...found.values()].filter(Boolean).map((character) => 'no glyph: ' + character);
  })()`)) as string[];
}

/** In the page: its visible pieces of text, each with its element and all that it stands in. */
const TEXTS = `
  const texts = () => {
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const element = node.parentElement;
      if (!node.data.trim() || !element.checkVisibility({ visibilityProperty: true }) || element.closest('svg')) continue;
      const ancestors = [];
      for (let each = element; each; each = each.parentElement) ancestors.push(each);
      found.push({ node, element, ancestors });
    }
    return found;
  };`;
